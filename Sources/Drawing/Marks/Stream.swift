import Wording

/// A thick line with boxes on it and beside it, in the order in which something runs along: upwards, or to the right on a
/// low page. What leaves the line passes through boxes and turns back to it at the next sum. A dashed frame holds the
/// levels that repeat. Each level's place is remembered: `level 0`, `level 1` …
package struct Stream: Mark {
    package struct Box: Sendable {
        package var words: Phrase
        /// More about it: on the same line where there is room, else on a line of its own.
        package var detail: Phrase?
        package var role: Role
        package var tag: Tag?

        package init(_ words: Phrase, _ role: Role, detail: Phrase? = nil, tag: Tag? = nil) {
            self.words = words
            self.detail = detail
            self.role = role
            self.tag = tag
        }
    }

    package enum Kind: Sendable {
        /// On the line itself.
        case box(Box)
        /// Where something is added to the line; `side` is what comes in from outside.
        case plus(side: Box?)
        /// Leaves the line, passes through boxes and is added at the next `plus`.
        case branch([Box])
        /// Leaves the line for good, through boxes.
        case leaving([Box])
    }

    package struct Level: Sendable {
        var kind: Kind
        /// Whether it belongs to what repeats.
        var isRepeated: Bool
        /// Under the level, where the line runs to the right.
        var note: String

        package init(_ kind: Kind, repeated: Bool, note: String) {
            self.kind = kind
            isRepeated = repeated
            self.note = note
        }
    }

    package var levels: [Level]
    package var isUpright: Bool
    /// How often the frame's levels repeat, and which of them are shown: `× 4 layers`, `L2 opened`.
    package var frame: (times: Phrase, words: Phrase)

    /// What the levels' places are remembered under.
    var anchor = "level"
    /// Whether the frame's words stand behind it, and not before.
    var isMirrored = false
    /// Of a column beside another: all boxes as wide as the widest, and levels as far apart as if there were so many.
    var most: Int?

    package init(_ levels: [Level], upright: Bool, frame: (times: Phrase, words: Phrase)) {
        self.levels = levels
        isUpright = upright
        self.frame = frame
    }

    /// Beside another column, whose levels stand at the same heights from the bottom upwards.
    ///
    /// - Parameters:
    ///   - most: how many levels the longer of both has.
    ///   - anchor: what this column's places are remembered under.
    package func column(of most: Int, anchor: String, mirrored: Bool) -> Stream {
        with {
            $0.most = most
            $0.anchor = anchor
            $0.isMirrored = mirrored
        }
    }

    func lines(_ box: Box, _ space: Space) -> [String] {
        let words = space.text(box.words)
        guard let detail = box.detail.map(space.text) else { return [words] }
        return isUpright ? [words + " · " + detail] : [words, detail]
    }

    /// The boxes on the line itself.
    private var boxes: [Box] {
        levels.compactMap { if case .box(let box) = $0.kind { box } else { nil } }
    }

    func size(_ box: Box, _ m: Measures, _ space: Space) -> Size {
        let texts = most == nil ? lines(box, space) : boxes.flatMap { lines($0, space) }
        let widest = texts.map { space.width(of: $0, m.font) }.max() ?? 0
        return Size(widest + m.font.size * (isUpright ? 1.5 : 1), m.box)
    }

    package func extent(in space: Space) -> Extent {
        let m = measure(space)
        let across = m.bracket + m.near + m.far
        return isUpright ? Extent(across, m.length) : Extent(m.length, across)
    }

    package func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let m = measure(space)
        let painter = Painter(
            rect: rect, m: m, isUpright: isUpright, before: isMirrored ? 0 : m.bracket, space: space)
        var middles: [Double] = []
        var along = 0.0
        for (index, level) in levels.enumerated() {
            if index > 0 { along += m.gap }
            if level.isRepeated != (index > 0 && levels[index - 1].isRepeated) { along += Self.margin }
            middles.append(along + m.lengths[index] / 2)
            along += m.lengths[index]
        }
        paintFrame(middles, painter, &canvas)
        paintLine(middles, painter, &canvas)
        for index in levels.indices {
            paint(index, middles, painter, &canvas)
            let center = painter.point(middles[index], 0)
            var width = 0.0
            if case .box(let box) = levels[index].kind { width = size(box, m, space).width }
            canvas.anchors["\(anchor) \(index)"] = Rect(center.x - width / 2, center.y - m.box / 2, width, m.box)
            guard !isUpright else { continue }
            canvas.text(
                levels[index].note, at: Point(center.x, center.y + m.box / 2 + 16), .mono(.small), space.theme.muted,
                in: space)
        }
    }
}
