import Drawing
import Reading

/// The places of a figure's frames as data. Those of a matrix share their sizes, their columns and most of their words:
/// each is written once, and so is what several frames share.
///
///     {"rows": [{"s": step, "w": width, "h": height, "x": [left, …], "y": [top, …],
///                "a": [the row's words, …], "b": [the column's, …], "v": [value, …], "m": [sum, …]}, …],
///      "frames": [[place among the rows, …], …]}
///
/// Values and sums stand row by row. All sides are thousandths of the figure's.
struct SpotRows {
    private struct Spot {
        var sides: [JSONText]
        var words: String
        var value: String
        var sum: String
        var step: String
        var rect: Rect
    }

    /// Neighbours of one step and size, row by row.
    private struct Rows {
        var first: Spot
        var xs: [Double]
        var lefts: [JSONText]
        var ys: [JSONText]
        var begins: [String]
        var ends: [String]
        var values: [String]
        var sums: [String]

        /// One row.
        init?(_ spots: ArraySlice<Spot>) {
            guard let first = spots.first else { return nil }
            self.first = first
            xs = spots.map { $0.rect.minX }
            lefts = spots.map { $0.sides[0] }
            ys = [first.sides[1]]
            let shared = spots.reduce(first.words) { $0.commonPrefix(with: $1.words) }
            begins = [shared]
            ends = spots.map { String($0.words.unicodeScalars.dropFirst(shared.unicodeScalars.count)) }
            values = spots.map { $0.value }
            sums = spots.map { $0.sum }
        }

        /// Takes the next row if its columns and their words are the same.
        mutating func add(_ next: Rows, _ spots: ArraySlice<Spot>) -> Bool {
            guard next.xs == xs, next.first.step == first.step, next.first.rect.size == first.rect.size,
                let end = ends.first, let word = spots.first?.words, word.hasSuffix(end)
            else { return false }
            let begin = String(word.unicodeScalars.dropLast(end.unicodeScalars.count))
            guard zip(spots, ends).allSatisfy({ $0.words == begin + $1 }) else { return false }
            ys += next.ys
            begins.append(begin)
            values += next.values
            sums += next.sums
            return true
        }

        var data: JSONText {
            var members: [(String, JSONText)] = [
                ("s", .text(first.step)), ("w", first.sides[2]), ("h", first.sides[3]), ("x", .array(lefts)),
                ("y", .array(ys)), ("a", .texts(begins)), ("b", .texts(ends)), ("v", .texts(values)),
            ]
            if sums.contains(where: { !$0.isEmpty }) { members.append(("m", .texts(sums))) }
            return .members(members)
        }
    }

    private var known: [String: Int] = [:]
    private var rows: [JSONText] = []
    private var frames: [JSONText] = []

    init(_ frames: [Figure.Frame], size: Size, sum: (Drawing.Tag) -> String?) {
        for frame in frames {
            let spots = frame.hotSpots.map { spot in
                Spot(
                    sides: PageFigure.sides(spot.rect, of: size), words: spot.words, value: spot.value ?? "",
                    sum: spot.tag.flatMap(sum) ?? "", step: spot.tag?.step ?? "", rect: spot.rect)
            }
            self.frames.append(.integers(Self.grouped(spots).map { place(of: $0.data) }))
        }
    }

    private mutating func place(of data: JSONText) -> Int {
        let text = data.line
        if let place = known[text] { return place }
        known[text] = rows.count
        rows.append(data)
        return rows.count - 1
    }

    private static func grouped(_ spots: [Spot]) -> [Rows] {
        var groups: [Rows] = []
        var start = 0
        while start < spots.count {
            let first = spots[start]
            var end = start + 1
            while end < spots.count, spots[end].step == first.step, spots[end].rect.minY == first.rect.minY,
                spots[end].rect.size == first.rect.size
            {
                end += 1
            }
            if let row = Rows(spots[start..<end]),
                groups.last == nil || !groups[groups.count - 1].add(row, spots[start..<end])
            {
                groups.append(row)
            }
            start = end
        }
        return groups
    }

    var data: JSONText { .object(["rows": .array(rows), "frames": .array(frames)]) }
}

extension String {
    /// Scalar by scalar: a part of a letter's marks may be shared.
    fileprivate func commonPrefix(with other: String) -> String {
        var shared = String.UnicodeScalarView()
        for (own, its) in zip(unicodeScalars, other.unicodeScalars) {
            guard own == its else { break }
            shared.append(own)
        }
        return String(shared)
    }
}
