import Platform

/// The rectangles and circles of one size and line that stand in a picture many times, such as a matrix' cells: each is
/// defined once, and then only placed and filled.
struct SVGShapes {
    struct Shape: Hashable {
        /// In hundredths, as they are written; a circle has no height.
        var width: Int
        var height: Int?
        var radius: Int
        var stroke: Stroke?

        init?(_ path: Path, _ stroke: Stroke?) {
            func whole(_ value: Double) -> Int { Int(clamping: SVGText.hundredths(value)) }
            switch path.whole {
            case .rectangle(let rect, let radius)?:
                (width, height, self.radius) = (whole(rect.width), whole(rect.height), whole(radius))
            case .circle(_, let radius)?: (width, height, self.radius) = (0, nil, whole(radius))
            case nil: return nil
            }
            self.stroke = stroke
        }
    }

    /// A cell where one row and one column are one long, in ten-thousandths, and how round its corners are.
    struct Unit: Hashable {
        var width: Int
        var height: Int
        var across: Int
        var down: Int
        /// In thousandths.
        var column = 0

        init(width: Double, height: Double, across: Double, down: Double) {
            func whole(_ value: Double) -> Int { Int(clamping: (value * 10_000).rounded()) }
            (self.width, self.height) = (whole(width), whole(height))
            (self.across, self.down) = (whole(across), whole(down))
        }
    }

    /// The name of each that is worth a definition; empty until it is defined.
    private var names: [Shape: String] = [:]
    private var units: [Unit: String] = [:]
    private var count = 0

    /// So often a shape must stand there.
    private static let fewest = 4

    init() {}

    init(_ items: [Item]) {
        var counts: [Shape: Int] = [:]
        Self.count(items, &counts)
        names = counts.filter { $0.value >= Self.fewest }.mapValues { _ in "" }
    }

    private static func count(_ items: [Item], _ counts: inout [Shape: Int]) {
        for item in items {
            switch item.content {
            case .path(let path, _, let stroke): if let shape = Shape(path, stroke) { counts[shape, default: 0] += 1 }
            case .group(let inner), .link(_, let inner): count(inner, &counts)
            case .text, .image: break
            }
        }
    }

    /// The name of a shape, and whether it is still to be defined; nil of one that stands there seldom.
    mutating func name(_ shape: Shape) -> (name: String, isNew: Bool)? {
        guard let known = names[shape] else { return nil }
        guard known.isEmpty else { return (known, false) }
        let name = nextName()
        names[shape] = name
        return (name, true)
    }

    /// The name of a cell in a column, in thousandths; defined when it is first asked for.
    mutating func name(_ unit: Unit, column: Int, _ definitions: inout SVGText) -> String {
        var placed = unit
        placed.column = column
        if let known = units[placed] { return known }
        // A place is a shape that is moved.
        let shape = column == 0 ? nil : name(unit, column: 0, &definitions)
        let name = nextName()
        units[placed] = name
        definitions.raw(shape == nil ? "<rect id=\"" : "<use id=\"")
        definitions.beginName()
        definitions.raw(name)
        if let shape {
            definitions.raw("\" href=\"#")
            definitions.beginName()
            definitions.raw(shape)
            definitions.raw("\"")
            definitions.attribute("x", Double(column) / 1000, decimals: 3)
        } else {
            definitions.raw("\"")
            definitions.attribute("width", Double(unit.width) / 10_000, decimals: 4)
            definitions.attribute("height", Double(unit.height) / 10_000, decimals: 4)
            if unit.across > 0, unit.down > 0 {
                definitions.attribute("rx", Double(unit.across) / 10_000, decimals: 4)
                if unit.across != unit.down { definitions.attribute("ry", Double(unit.down) / 10_000, decimals: 4) }
            }
        }
        definitions.raw("/>")
        return name
    }

    private static let letters = Array("abcdefghijklmnopqrstuvwxyz")

    /// A small letter, or one and more: letters and words have the great ones. `f` and `l` alone are followed by
    /// numbers, for frames and legends.
    private mutating func nextName() -> String {
        defer { count += 1 }
        guard count >= Self.letters.count else { return String(Self.letters[count]) }
        return "s" + String(count - Self.letters.count, radix: 36)
    }
}
