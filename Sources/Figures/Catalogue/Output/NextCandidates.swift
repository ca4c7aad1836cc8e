import Drawing
import Tracing
import Wording

/// What the model expects after each token of the text: one column a position.
package enum NextCandidates: TraceFigure {
    package static let id = "candidates"
    package static let title = Phrase(en: "A guess at every position", zh: "每个位置都在猜下一个词元")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.probabilities]

    /// The most candidates of a place.
    private static let most = 6

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        request.outputPlaces.map { $0.probabilities.name }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        _ = try request.step(StepName(.probabilities))
        var columns = request.outputPlaces.map { place in
            Guess(
                request, place.probabilities, position: place.position, label: place.label, most: most...most,
                next: place.next)
        }
        // One scale for all, and not one on which nothing is seen.
        var full: Double?
        if columns.allSatisfy({ $0.shares.areWhole && $0.limit == 1 }) {
            let most = PatternScale.fullBar(columns.reduce(0) { max($0, Double($1.best.first?.value ?? 0)) })
            for place in columns.indices { columns[place].limit = most }
            full = most
        }
        let takeaway = takeaway(request, columns)
        let shown = columns
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "One pass gives a distribution after each token, not only after the last; framed: what really follows.",
                zh: "一次计算就在每个词元之后都给出一份概率，不只在最后；加框的是原文真正的下一个。"),
            here: MiniMap(.output, of: request),
            formula: Formula(
                "\(Symbols.probability.math)(\(Symbols.token.at("i+1")) "
                    + #"\mid \#(Symbols.token.at("0")), \dots, \#(Symbols.token.at("i")))"#),
            takeaway: takeaway, note: full.flatMap { PatternScale.note(fullBar: $0) },
            altText: request.altText(
                Phrase(
                    en:
                        "Under each token of the text bars of the likeliest next tokens, with what really follows framed.",
                    zh: "每个词元下面用条画出后面最可能出现的词元，原文里真正的下一个加了框。"), takeaway)
        ) { _ in GuessColumns(columns: shown) }
    }

    private static func takeaway(_ request: FigureRequest, _ columns: [Guess]) -> Phrase {
        let known = columns.filter { $0.truth != nil }
        guard !known.isEmpty else {
            guard let only = columns.last, let best = only.best.first else { return title }
            return Phrase(en: "After {token} it expects {next}: {share}.", zh: "{token}之后它猜{next}：{share}。")
                .filled([
                    "token": only.label.spoken, "next": request.label(id: best.id).spoken,
                    "share": only.shares.phrase(best.value),
                ])
        }
        let right = known.count { $0.truth != nil && $0.best.first?.id == $0.truth?.id }
        return Phrase(
            en: "At {right} of {count} {count|position|positions} the first choice is what really follows.",
            zh: "{count} 个位置中有 {right} 个，首选就是原文里的下一个词元。"
        ).filled(["right": Phrase(String(right)), "count": Phrase(String(known.count))])
    }
}

private struct GuessColumns: ComposedMark {
    var columns: [Guess]

    func build(_ space: Space) -> AnyMark {
        // Smaller letters before fewer candidates, fewer candidates before fewer tokens.
        let isSmall = space.density.cell.width <= 46
        let counts = [24, 16, 12, 10, 8, 6, 5, 4, 3, 2].filter { isSmall && $0 < columns.count }
        return ThatFits {
            for most in [min(24, columns.count)] + counts {
                for candidates in isSmall ? [6, 5, 4, 3] : [6] {
                    // In one line or several, with long bars or short ones: whatever fills the page best.
                    for lengths in [[420.0, 300, 200, 130], [90, 60]] {
                        Lazily { Fullest { lengths.map { lines(most, candidates, $0, space) } }.any }
                    }
                }
            }
        }.any
    }

    private func lines(_ most: Int, _ candidates: Int, _ length: Double, _ space: Space) -> AnyMark {
        let marks: [AnyMark] = Elision(columns.count, most: most).slots.map { slot in
            switch slot {
            case .shown(let place): column(columns[place], candidates, length, space)
            case .gap(let count): ElisionMark(count: count).any
            }
        }
        return Flow(
            .top, spacing: Size(space.density.gap * 1.4, space.density.gap * 1.2), centred: columns.count < 6, marks
        ).any
    }

    private func column(_ guess: Guess, _ candidates: Int, _ length: Double, _ space: Space) -> AnyMark {
        var shown = Array(guess.best.prefix(candidates))
        // What really follows always has a bar, even where the model did not think of it.
        if let truth = guess.truth, !shown.contains(where: { $0.id == truth.id }) {
            shown = Array(shown.dropLast()) + [truth]
        }
        let bars = guess.bars(shown, lit: guess.truth?.id, letters: 12, length: length * space.density.stretch.width)
        return VStack(.leading, spacing: 8) {
            Chip(guess.label, tint: .role(.token))
            bars.rowHeight(max(26, space.density.cell.height * 0.62) * space.density.stretch.height)
        }.any
    }
}
