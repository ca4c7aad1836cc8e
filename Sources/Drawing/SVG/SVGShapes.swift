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

    /// The name of each that is worth a definition; empty until it is defined.
    private var names: [Shape: String] = [:]
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
        let name = "s" + String(count, radix: 36)
        count += 1
        names[shape] = name
        return (name, true)
    }
}
