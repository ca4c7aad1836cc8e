import Wording

/// Which of many things are drawn: all, or the first and the last with a mark for those between.
package struct Elision: Sendable, Hashable {
    package enum Slot: Sendable, Hashable {
        case shown(Int)
        /// How many are left out here.
        case gap(Int)
    }

    package var slots: [Slot]

    /// These of `count`, ascending, with what is left out between them.
    package init(showing places: [Int], of count: Int) {
        slots = []
        var next = 0
        for place in places where (next..<max(next, count)).contains(place) {
            if place > next { slots.append(.gap(place - next)) }
            slots.append(.shown(place))
            next = place + 1
        }
        if next < count { slots.append(.gap(count - next)) }
    }

    /// The first and the last of `count`, at most `most` of them, and always `kept` with its neighbours.
    package init(_ count: Int, most: Int, keeping kept: Int? = nil) {
        guard count > most, most > 1 else {
            self.init(showing: Array(0..<max(0, count)), of: count)
            return
        }
        var shown = Set(0..<(most + 1) / 2).union(count - most / 2..<count)
        if let kept, !shown.contains(kept), kept >= 0, kept < count {
            let window = max(1, most / 4)
            let head = (most - window + 1) / 2
            let start = max(0, min(kept - window / 2, count - window))
            shown = Set(0..<head).union(count - (most - window - head)..<count).union(start..<start + window)
        }
        self.init(showing: shown.sorted(), of: count)
    }

    /// The chosen ones of a matrix's rows or columns, else the first and the last; those before `first` leave no gap.
    init(_ count: Int, most: Int, showing places: [Int]?, from first: Int = 0) {
        let chosen = places ?? Elision(count - first, most: most).shown.map { $0 + first }
        slots = Elision(showing: chosen.map { $0 - first }, of: count - first).slots.map { slot in
            if case .shown(let place) = slot { .shown(place + first) } else { slot }
        }
    }

    package var shown: [Int] { slots.compactMap { if case .shown(let place) = $0 { place } else { nil } } }
    package var gapCount: Int { slots.count { if case .gap = $0 { true } else { false } } }
}

/// `⋯ 36 more`, where things were left out.
package struct ElisionMark: Mark {
    var count: Int

    package init(count: Int) { self.count = count }

    private var text: Text {
        let words = DrawingText.more.phrase.filled(["count": Phrase(String(count))])
        return Text(Phrase(en: "⋯ \(words.english) ⋯", zh: "⋯ \(words.chinese) ⋯")).font(.small).color(.muted)
    }

    package func extent(in space: Space) -> Extent {
        let size = text.size(in: space)
        return Extent(size.width + 12, max(size.height, space.density.label.size * 2.8))
    }

    package func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        text.place(at: Point(rect.minX + 6, rect.midY), .leading, space, onto: &canvas)
    }
}
