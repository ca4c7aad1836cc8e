import Drawing
import Platform
import Tensors
import Tokenizers
import Tracing
import Wording

/// A text as an encoder reads it: its tokens as chips, a second sentence on lines of its own.
struct SegmentLines: ComposedMark {
    struct Token: Sendable {
        var label: TokenLabel
        /// Counted in the whole text.
        var place: Int
        var note: String?
        var isLit = false
        var tag: Tag?
    }

    /// One or two sentences; elided tokens are nil with their number.
    var segments: [[Token?]]
    var gaps: [Int]
    var size: Double

    /// - Parameters:
    ///   - request: the trace, with its tokens and segments.
    ///   - notes: what is written under a token, by its place; such tokens are lit.
    ///   - size: the letters' size at the label's density.
    init(_ request: FigureRequest, notes: [Int: String] = [:], lit: Set<Int> = [], size: Double = 24) {
        let labels = request.labels
        let segments = request.segments
        var lines: [[Token?]] = []
        var gaps: [Int] = []
        let special = lit.union(notes.keys)
        for segment in Set(segments).sorted() {
            let places = labels.indices.filter { $0 < segments.count && segments[$0] == segment }
            var line: [Token?] = []
            let shown = Set(Elision(places.count, most: 28).shown)
            var hidden = 0
            for (order, place) in places.enumerated() {
                // What the figure speaks of is drawn wherever it stands.
                guard shown.contains(order) || special.contains(place) else {
                    hidden += 1
                    continue
                }
                if hidden > 0 {
                    line.append(nil)
                    gaps.append(hidden)
                    hidden = 0
                }
                line.append(
                    Token(
                        label: labels[place], place: place, note: notes[place], isLit: special.contains(place),
                        tag: Tag(step: StepName(.tokens).description, index: [0, place])))
            }
            if !line.isEmpty { lines.append(line) }
        }
        self.segments = lines
        self.gaps = gaps
        self.size = size
    }

    func build(_ space: Space) -> AnyMark {
        var rest = gaps[...]
        let font = Font(size: max(Font.leastSize, size * space.density.zoom))
        let lines = segments.enumerated().map { index, segment -> AnyMark in
            Flow(
                .top, spacing: Size(space.density.gap * 0.3, space.density.gap * 0.4), centred: true,
                segment.map { token -> AnyMark in
                    guard let token else { return ElisionMark(count: rest.popFirst() ?? 0).any }
                    var chip = Chip(token.label, note: token.note, tint: .role(.token), lit: token.isLit).font(font)
                    if let tag = token.tag { chip = chip.tagged(tag) }
                    return token.isLit ? chip.anchored("token \(token.place)").any : chip.any
                }
            ).anchored("segment \(index)").any
        }
        return VStack(.center, spacing: space.density.gap * 0.6, lines).any
    }
}

extension SegmentLines {
    /// From a token that is lit down to what is made of it, round the lines that lie between.
    ///
    /// - Parameters:
    ///   - anchors: the places of tokens and segments, remembered when they were placed.
    ///   - target: where the arrow ends.
    static func way(from place: Int, in anchors: [String: Rect], to target: Point) -> Path? {
        guard let token = anchors["token \(place)"] else { return nil }
        let start = Point(token.midX, token.maxY + 2)
        var lines: [Rect] = []
        while let line = anchors["segment \(lines.count)"] { lines.append(line) }
        let below = lines.filter { $0.maxY > token.maxY + 4 }
        let level = target.y - min(20, (target.y - (lines.map { $0.maxY }.max() ?? start.y)) * 0.5)
        guard let left = below.map({ $0.minX }).min(), let right = below.map({ $0.maxX }).max() else {
            return .turning([start, Point(start.x, level), Point(target.x, level), target], radius: 8)
        }
        let gap = start.y + 3
        // To the nearer side.
        let side = start.x - left < right - start.x ? min(left, token.minX) - 16 : max(right, token.maxX) + 16
        return .turning(
            [
                start, Point(start.x, gap), Point(side, gap), Point(side, level), Point(target.x, level), target,
            ], radius: 3)
    }
}

extension FigureRequest {
    /// Which segment each of the text's tokens belongs to; all to the first where the trace does not say.
    var segments: [Int] {
        let count = labels.count
        guard let step = trace[StepName(.segments)], step.shape.rank == 2, step.shape[1] == count else {
            return Array(repeating: 0, count: count)
        }
        return step.row(0).map { Int(clamping: $0) }
    }

    /// The tokens of one segment as one text, without the special ones.
    func sentence(_ segment: Int) -> String {
        let segments = segments
        let words = prompt.enumerated().filter {
            segments.indices.contains($0.offset) && segments[$0.offset] == segment
                && (!$0.element.isSpecial || $0.element.display == "[MASK]")
        }
        let ids = words.map { $0.element.id }
        // As it was typed: tokens may be pieces of characters.
        let text =
            tokenizer.map { $0.decode(ids, skippingSpecialTokens: false) }
            ?? words.map { $0.element.display }.joined().replacing("␣", with: " ")
        return text.count > 40 ? text.prefix(38) + "…" : text
    }

    /// The places of `[MASK]`, by its spelling.
    var maskedPlaces: [Int] { labels.indices.filter { labels[$0].display == "[MASK]" } }
}
