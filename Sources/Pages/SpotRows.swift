import Drawing
import Reading

/// The places of a figure's frames as data. Those of a matrix share their sizes, their columns and most of their words:
/// each is written once, and so is what several frames share.
///
///     {"rows": [{"s": step, "w": width, "h": height, "x": [left, …], "y": [top, …],
///                "a": [the row's words, …], "b": [the column's, …], "v": [value, …], "m": [sum, …]}, …],
///      "frames": [[place among the rows, …], …]}
///
/// Values and sums stand row by row. All sides are thousandths of the figure's. Where figures of a page share their
/// sums, each stands as its place in the page's list, −1 for none.
package struct SpotRows: Sendable {
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
            let shared = first.words.sharedStart(spots.dropFirst().lazy.map(\.words))
            begins = [first.words.part(0..<shared)]
            ends = spots.map { $0.words.part(shared..<$0.words.utf8.count) }
            values = spots.map { $0.value }
            sums = spots.map { $0.sum }
        }

        /// Takes the next row if its columns and their words are the same.
        mutating func add(_ next: Rows, _ spots: ArraySlice<Spot>) -> Bool {
            guard next.xs == xs, next.first.step == first.step, next.first.rect.size == first.rect.size,
                let end = ends.first, let word = spots.first?.words, word.utf8.ends(with: end.utf8)
            else { return false }
            let begin = word.part(0..<word.utf8.count - end.utf8.count)
            let length = begin.utf8.count
            let isLike = zip(spots, ends).allSatisfy { spot, end in
                let words = spot.words.utf8
                return words.count == length + end.utf8.count && words.starts(with: begin.utf8)
                    && words.dropFirst(length).elementsEqual(end.utf8)
            }
            guard isLike else { return false }
            ys += next.ys
            begins.append(begin)
            values += next.values
            sums += next.sums
            return true
        }

        var members: [(String, JSONText)] {
            [
                ("s", .text(first.step)), ("w", first.sides[2]), ("h", first.sides[3]), ("x", .array(lefts)),
                ("y", .array(ys)), ("a", .texts(begins)), ("b", .texts(ends)), ("v", .texts(values)),
            ]
        }
    }

    /// Some rows as they are written, but for their sums.
    private struct Written: Sendable {
        var members: [(String, JSONText)]
        var sums: [String]

        func data(_ sum: (String) -> JSONText) -> JSONText {
            guard sums.contains(where: { !$0.isEmpty }) else { return .members(members) }
            return .members(members + [("m", .array(sums.map(sum)))])
        }
    }

    private var rows: [Written] = []
    private var frames: [JSONText] = []

    /// - Parameter sum: how the number came to be; nil where it was given, or would take too long.
    package init(_ frames: [Figure.Frame], size: Size, sum: (Drawing.Tag) -> String? = { _ in nil }) {
        var known: [String: Int] = [:]
        for frame in frames {
            let spots = frame.hotSpots.map { spot in
                Spot(
                    sides: Self.sides(spot.rect, of: size), words: spot.words, value: spot.value ?? "",
                    sum: spot.tag.flatMap(sum) ?? "", step: spot.tag?.step ?? "", rect: spot.rect)
            }
            let places = Self.grouped(spots).map { group in
                let written = Written(members: group.members, sums: group.sums)
                // What stands in one frame is never found again.
                if frames.count > 1 {
                    let text = written.data { .text($0) }.line
                    if let place = known[text] { return place }
                    known[text] = rows.count
                }
                rows.append(written)
                return rows.count - 1
            }
            self.frames.append(.integers(places))
        }
    }

    /// Left, top, width and height in thousandths of the figure's.
    private static func sides(_ rect: Rect, of size: Size) -> [JSONText] {
        func share(_ length: Double, of whole: Double) -> JSONText {
            let share = whole > 0 && length.isFinite ? (length / whole * 10_000).rounded() / 10 : 0
            return Int(exactly: share).map { .integer($0) } ?? .number(share)
        }
        return [
            share(rect.minX, of: size.width), share(rect.minY, of: size.height), share(rect.width, of: size.width),
            share(rect.height, of: size.height),
        ]
    }

    /// Whether some number says how it came to be.
    package var hasSums: Bool { rows.contains { $0.sums.contains { !$0.isEmpty } } }

    /// For a figure by itself.
    package var text: String { text { .text($0) } }

    /// As ``text``, packed where that is shorter.
    package var packed: String { PackedText.of(text) }

    /// For a page of several, which share their sums.
    package func text(sharing texts: inout SharedTexts) -> String {
        // The writer's closures do not change what they hold: the places are found first.
        var places: [String: Int] = [:]
        for sum in rows.flatMap(\.sums) where !sum.isEmpty { places[sum] = texts.place(of: sum) }
        return text { .integer(places[$0] ?? -1) }
    }

    private func text(_ sum: (String) -> JSONText) -> String {
        Markup.dataText(.object(["rows": .array(rows.map { $0.data(sum) }), "frames": .array(frames)]))
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
}

/// Texts that a page's figures share: each stands once.
package struct SharedTexts: Sendable {
    package private(set) var all: [String] = []
    private var known: [String: Int] = [:]

    package init() {}

    mutating func place(of text: String) -> Int {
        if let place = known[text] { return place }
        known[text] = all.count
        all.append(text)
        return all.count - 1
    }

    /// For the page's script.
    package var data: Markup { Markup.packed("sums", .texts(all)) }
}

/// Texts by their bytes: of tens of thousands of places it is the quickest.
extension String {
    /// How many bytes all begin with, and end a character's scalar.
    fileprivate func sharedStart(_ others: some Sequence<String>) -> Int {
        var count = utf8.count
        for other in others {
            count = zip(utf8.prefix(count), other.utf8).prefix { $0 == $1 }.count
        }
        // Not within a scalar.
        while count > 0, count < utf8.count, utf8[utf8.index(startIndex, offsetBy: count)] & 0xC0 == 0x80 { count -= 1 }
        return count
    }

    /// - Parameter bytes: that begin and end with a scalar.
    fileprivate func part(_ bytes: Range<Int>) -> String {
        let from = utf8.index(startIndex, offsetBy: bytes.lowerBound)
        return String(self[from..<utf8.index(from, offsetBy: bytes.count)])
    }
}

extension String.UTF8View {
    fileprivate func ends(with end: Self) -> Bool { count >= end.count && suffix(end.count).elementsEqual(end) }
}
