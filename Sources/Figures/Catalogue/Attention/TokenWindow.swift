import Drawing

extension Density {
    /// Whether nothing smaller will be tried: only now may an arrangement leave parts out.
    var isLast: Bool { cell == Density.candidates.last?.cell }
}

/// Which tokens are drawn where a text has more than a figure can hold: those that it speaks of, the first, and the
/// neighbours of the one that asks.
struct TokenWindow: Sendable {
    /// How many tokens there are.
    var count: Int
    /// Those that the figure speaks of; the first of them is the one that asks.
    var named: [Int]
    /// What all figures of a page's story agree on; nil where each chooses for itself.
    var plan: StoryPlan?

    init(count: Int, named: [Int], plan: StoryPlan? = nil) {
        self.count = count
        self.named = named
        self.plan = plan?.count == count ? plan : nil
    }

    /// The most tokens that any figure draws in full.
    static let most = 24

    /// Places, ascending, about `most` of them.
    func shown(_ most: Int = TokenWindow.most) -> [Int] {
        if let plan, plan.shown.count <= most + 1 { return plan.shown }
        guard count > most else { return Array(0..<max(0, count)) }
        var chosen = Set(named.prefix(most).filter { (0..<count).contains($0) })
        let focus = min(max(named.first ?? count - 1, 0), count - 1)
        // In turn two backwards from the focus and one from the beginning, then onwards from the focus.
        var (front, back, onward, turn) = (0, focus, focus + 1, 0)
        while chosen.count < most {
            turn += 1
            if turn % 3 == 0 || back < 0 && onward >= count, front < count {
                chosen.insert(front)
                front += 1
            } else if back >= 0 {
                chosen.insert(back)
                back -= 1
            } else {
                chosen.insert(onward)
                onward += 1
            }
        }
        // A gap that hides one token takes more room than the token.
        let places = chosen.sorted()
        let single = zip(places, places.dropFirst()).filter { $1 - $0 == 2 }.map { $0.0 + 1 }
        return (places + single).sorted()
    }

    /// The first and the last of `count`, about `most` in all, and those that are named.
    func edges(_ most: Int) -> [Int] {
        guard count > most + 1 else { return Array(0..<max(0, count)) }
        let named = Set(named.filter { (0..<count).contains($0) })
        let rest = max(2, most - named.count)
        let first = (rest + 1) / 2
        return named.union(0..<first).union((count - rest + first)..<count).sorted()
    }

    /// The budgets worth trying at a density: as many tokens as there may be, and fewer only where nothing is smaller.
    func budgets(at density: Density, last: Density? = Density.candidates.last) -> [Int] {
        if let plan {
            return density.isLast
                ? [plan.shown.count] + [8, 6, 5, 4, 3].filter { $0 < plan.shown.count } : [plan.shown.count]
        }
        let full = min(count, TokenWindow.most)
        guard density.cell == last?.cell else { return [full] }
        return [full] + [20, 16, 13, 10, 8, 6, 4].filter { $0 < full }
    }

    /// The first arrangement that fits: all tokens and the most columns of a vector before fewer of either.
    ///
    /// - Parameters:
    ///   - columns: how many numbers of a vector may be drawn, from generous to sparse.
    ///   - build: makes the picture with these tokens and at most so many columns.
    func arranged(
        at density: Density, columns: [Int] = [0],
        _ build: @escaping @Sendable (_ shown: [Int], _ columns: Int) -> AnyMark
    ) -> AnyMark {
        arranged(at: density, columns: columns, as: [0]) { shown, width, _ in build(shown, width) }
    }

    /// Likewise, with whole pictures to choose from: a picture goes before the next, with however few tokens. In a story
    /// tokens and columns go before the picture.
    func arranged<Picture: Sendable>(
        at density: Density, columns: [Int] = [0], as pictures: [Picture],
        _ build: @escaping @Sendable (_ shown: [Int], _ columns: Int, Picture) -> AnyMark
    ) -> AnyMark {
        guard plan != nil else {
            return Dwindling(
                pictures.enumerated().flatMap { place, picture in
                    budgets(at: density).flatMap { budget in
                        let shown = shown(budget)
                        return columns.map { width in
                            Dwindling.Choice(
                                kind: place, counts: [shown.count, width], Lazily { build(shown, width, picture) })
                        }
                    }
                }
            ).any
        }
        let isLast = density.isLast
        return ThatFits {
            for budget in budgets(at: density) {
                let shown = shown(budget)
                for width in isLast ? StoryPlan.columns : Array(StoryPlan.columns.prefix(1)) {
                    for picture in pictures {
                        Lazily { build(shown, width, picture) }
                    }
                }
            }
        }.any
    }

    /// Pictures to choose from, the later ones only where nothing smaller will be tried; in a story, whose cells are
    /// chosen, all of them.
    func pictures<Picture>(_ all: [Picture], at density: Density) -> [Picture] {
        plan != nil || density.isLast ? all : Array(all.prefix(1))
    }

    /// How many numbers of a vector to draw: few where cells hold digits, else many, and fewer only where the next
    /// density would lose the digits, or where there is no next one.
    static func columns(at density: Density, digits: [Int] = [6, 4], colours: Int = 16) -> [Int] {
        if density.cell.width > 46 { return Array(digits.prefix(1)) }
        if density.cell.width == 46 { return digits }
        return density.isLast ? [colours] + [8, 4].filter { $0 < colours } : [colours]
    }
}
