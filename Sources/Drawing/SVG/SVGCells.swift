import Platform
import Wording

/// A filled rectangle or circle that waits for others of its size.
struct SVGCell {
    var path: Path
    var rect: Rect
    var radius: Double
    var isRectangle: Bool
    var fill: Color
    var name: SVGWriter.Name

    init?(_ path: Path, _ fill: Color, _ name: SVGWriter.Name) {
        switch path.whole {
        case .rectangle(let rect, let radius)?:
            guard rect.width > 0, rect.height > 0 else { return nil }
            (self.rect, self.radius, isRectangle) = (rect, radius, true)
        case .circle(let center, let radius)?:
            rect = Rect(center.x - radius, center.y - radius, 2 * radius, 2 * radius)
            (self.radius, isRectangle) = (radius, false)
        case nil: return nil
        }
        (self.path, self.fill, self.name) = (path, fill, name)
        // Nobody can point at what is so small.
        if min(rect.width, rect.height) < Self.leastNamed { self.name.index = [] }
    }

    /// In pixels.
    static let leastNamed = 8.0

    func isLike(_ other: SVGCell) -> Bool {
        func same(_ one: Double, _ other: Double) -> Bool { abs(one - other) < 0.005 }
        return isRectangle == other.isRectangle && same(rect.width, other.rect.width)
            && same(rect.height, other.rect.height) && same(radius, other.radius)
    }
}

/// Equally spaced places along one side of a matrix.
private struct SVGPitch {
    var start: Double
    var length: Double

    /// nil where most places are not whole: there are gaps in a matrix whose middle is left out, but few.
    init?(_ places: [Double], least: Double) {
        let sorted = places.sorted()
        guard let start = sorted.first else { return nil }
        var steps: [Double] = []
        for (one, next) in zip(sorted, sorted.dropFirst()) where next - one > 0.02 { steps.append(next - one) }
        guard let step = steps.min() else {
            (self.start, length) = (start, least)
            return
        }
        // As exact as the longest row of equal steps can tell.
        var (run, sum) = (0, 0.0)
        for next in steps where abs(next - step) < 0.02 {
            run += 1
            sum += next
        }
        guard step > least * 0.5, run * 2 >= steps.count else { return nil }
        (self.start, length) = (start, sum / Double(run))
    }

    func callAsFunction(_ place: Double) -> Double { (place - start) / length }
}

extension SVGWriter {
    /// So many cells are worth a group of their own.
    private static let fewestCells = 8
    /// So many of a row or a column are worth a name for its place.
    private static let fewestInLine = 6

    /// Cells of one size in their order: where they stand in rows and columns, by number of row and column, and the
    /// colour that most have said once.
    mutating func write(_ cells: [SVGCell]) {
        guard cells.count >= Self.fewestCells, let first = cells.first, first.isRectangle,
            let across = SVGPitch(cells.map { $0.rect.minX }, least: first.rect.width),
            let down = SVGPitch(cells.map { $0.rect.minY }, least: first.rect.height)
        else {
            return writeApart(cells)
        }
        var names: [Name] = []
        var columns: [Int: Int] = [:]
        for cell in cells { columns[thousandths(across(cell.rect.minX)), default: 0] += 1 }
        let common = commonFill(cells, least: 2)
        body.raw("<g transform=\"translate(")
        body.number(across.start)
        body.raw(" ")
        body.number(down.start)
        body.raw(")scale(")
        body.number(across.length, decimals: 5)
        if abs(across.length - down.length) > 0.0005 {
            body.raw(" ")
            body.number(down.length, decimals: 5)
        }
        body.raw(")\"")
        if let common { body.attribute("fill", common, opacity: "fill-opacity") }
        body.raw(">")
        let unit = SVGShapes.Unit(
            width: first.rect.width / across.length, height: first.rect.height / down.length,
            across: first.radius / across.length, down: first.radius / down.length)
        var place = 0
        while place < cells.count {
            let row = thousandths(down(cells[place].rect.minY))
            var end = place + 1
            while end < cells.count, thousandths(down(cells[end].rect.minY)) == row { end += 1 }
            let isGroup = end - place >= Self.fewestInLine && row != 0
            names = Self.names(cells[place..<end])
            if isGroup {
                body.raw("<g transform=\"translate(0 ")
                body.number(Double(row) / 1000, decimals: 3)
                body.raw(")\">")
            }
            for (cell, name) in zip(cells[place..<end], names) {
                let column = thousandths(across(cell.rect.minX))
                let isNamed = columns[column, default: 0] >= Self.fewestInLine
                let known = shapes.name(unit, column: isNamed ? column : 0, &definitions)
                body.raw("<use href=\"#")
                body.beginName()
                body.raw(known)
                body.raw("\"")
                if !isNamed, column != 0 { body.attribute("x", Double(column) / 1000, decimals: 3) }
                if !isGroup, row != 0 { body.attribute("y", Double(row) / 1000, decimals: 3) }
                if cell.fill != common { body.attribute("fill", cell.fill, opacity: "fill-opacity") }
                write(name)
                body.raw("/>")
            }
            if isGroup { body.raw("</g>") }
            place = end
        }
        body.raw("</g>")
    }

    /// Each where it stands.
    private mutating func writeApart(_ cells: [SVGCell]) {
        let common = commonFill(cells, least: 3)
        if let common {
            body.raw("<g")
            body.attribute("fill", common, opacity: "fill-opacity")
            body.raw(">")
        }
        for (cell, name) in zip(cells, Self.names(cells[...])) {
            write(cell.path, cell.fill == common ? .around : .color(cell.fill), nil, name)
        }
        if common != nil { body.raw("</g>") }
    }

    /// How each says which number it shows. Where the index of neighbours counts on, the first says it for all:
    /// `3,0..5` is this element and the five that follow it.
    private static func names(_ cells: ArraySlice<SVGCell>) -> [Name] {
        var names = cells.map { $0.name }
        var start = 0
        while start < names.count {
            var end = start + 1
            if end < names.count, let place = names[start].countingPlace(to: names[end], by: 1) {
                end += 1
                while end < names.count, names[start].countingPlace(to: names[end], by: end - start) == place {
                    end += 1
                }
                names[start].range = (place, names[start].index[place] + end - start - 1)
                for follower in start + 1..<end { names[follower].index = [] }
            }
            start = end
        }
        return names
    }

    /// The colour that stands there most often; nil where none stands there so often.
    private func commonFill(_ cells: [SVGCell], least: Int) -> Color? {
        var counts: [Color: Int] = [:]
        for cell in cells { counts[cell.fill, default: 0] += 1 }
        guard let most = counts.values.max(), most >= least else { return nil }
        return cells.first { counts[$0.fill] == most }?.fill
    }

    private func thousandths(_ value: Double) -> Int { Int(clamping: (value * 1000).rounded()) }
}

extension SVGWriter.Name {
    /// The one number of the index that is greater by so much in another of the same step; nil where it is not one.
    fileprivate func countingPlace(to other: Self, by step: Int) -> Int? {
        guard self.step == nil, other.step == nil, around == other.around, index.count == other.index.count
        else { return nil }
        var found: Int?
        for place in index.indices where index[place] != other.index[place] {
            guard found == nil, other.index[place] - index[place] == step else { return nil }
            found = place
        }
        return found
    }
}
