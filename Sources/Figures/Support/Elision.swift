import Drawing
import Wording

/// Which of many things are drawn: all, or the first and the last with a mark for those between.
struct Elision: Sendable, Hashable {
    enum Slot: Sendable, Hashable {
        case shown(Int)
        /// How many are left out here.
        case gap(Int)
    }

    var slots: [Slot]

    init(_ count: Int, most: Int) {
        guard count > most, most > 1 else {
            slots = (0..<count).map { .shown($0) }
            return
        }
        let first = (most + 1) / 2
        let rest = count - most
        slots = (0..<first).map { .shown($0) } + [.gap(rest)] + (first + rest..<count).map { .shown($0) }
    }

    var shown: [Int] { slots.compactMap { if case .shown(let place) = $0 { place } else { nil } } }
}

/// `⋯ 36 more`, where things were left out.
struct ElisionMark: Mark {
    var count: Int

    private var text: Text {
        let words = DrawingText.more.phrase.filled(["count": Phrase(String(count))])
        return Text(Phrase(en: "⋯ \(words.english) ⋯", zh: "⋯ \(words.chinese) ⋯")).font(.small).color(.muted)
    }

    func extent(in space: Space) -> Extent {
        let size = text.size(in: space)
        return Extent(size.width + 12, max(size.height, space.density.label.size * 2.8))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let size = text.size(in: space)
        text.place(
            in: Rect(rect.minX + 6, rect.midY - size.height / 2, size.width, size.height), space, onto: &canvas)
    }
}
