import Drawing
import Wording

/// A paragraph of a slide of words.
struct WordLine: Sendable {
    enum Kind: Sendable { case large, strong, middle, small, code }

    var words: String
    var kind: Kind
    var tint: Tint

    init(_ words: String, _ kind: Kind, _ tint: Tint = .ink) {
        (self.words, self.kind, self.tint) = (words, kind, tint)
    }

    fileprivate func text(_ factor: Double) -> Text {
        let font =
            switch kind {
            case .large: Font(size: 26)
            case .strong: Font(size: 26, weight: .semibold)
            case .middle: Font(size: 20)
            case .small: Font(size: 16)
            case .code: Font(.mono, size: 18)
            }
        return Text(words).font(font.size(font.size * factor)).color(tint).wrapped()
    }
}

/// Paragraphs under each other, as large as the slide has room for.
struct WordsOfSlide: Mark {
    var lines: [WordLine]
    /// Those of every frame, so that all of them are as large as the fullest.
    var all: [[WordLine]]

    private static let factors = [1.6, 1.45, 1.3, 1.15, 1]
    /// What is below them at least, as a share of the room.
    private static let rest = 0.12

    var isRoomBound: Bool { true }

    private static func column(_ lines: [WordLine], _ factor: Double) -> VStack {
        VStack(.leading, spacing: 20 * factor, lines.map { $0.text(factor).any })
    }

    private func fitting(in space: Space) -> (factor: Double, height: Double) {
        var found = (factor: 1.0, height: 0.0)
        for factor in Self.factors {
            let height = all.map { Self.column($0, factor).size(in: space).height }.max() ?? 0
            found = (factor, height)
            if height <= space.height * (1 - Self.rest) { break }
        }
        return found
    }

    func extent(in space: Space) -> Extent { Extent(space.width, max(fitting(in: space).height, space.height)) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let space = space.with(width: rect.width, height: rect.height)
        let (factor, height) = fitting(in: space)
        let column = Self.column(lines, factor)
        // A little above the middle of what is free, where the eye looks first.
        let above = max(0, rect.height - height) * 0.3
        column.place(
            in: Rect(rect.minX, rect.minY + above, rect.width, column.size(in: space).height), space, onto: &canvas)
    }
}
