import Drawing
import Tracing
import Wording

/// The mask: scores of later tokens become −∞, so that softmax gives them nothing.
package enum Mask: TraceFigure {
    package static let id = "mask"
    package static let title = Phrase(en: "No token may look ahead", zh: "不许偷看后面的词元")
    package static let scope = FigureScope.perHead
    package static let isOfEachStack = true
    package static let shows: [Label] = [.scores, .unmaskedScores]

    /// Only where the future is hidden: padding is another matter, and an encoder hides nothing.
    package static func isPossible(_ request: FigureRequest) -> Bool {
        guard let scores = request.trace[request.name(.scores)],
            request.isBorneOut(.scores) || !request.has([.unmaskedScores])
        else { return false }
        return !(scores.operation is Same) && !(scores.operation is PaddingMask) && HeadView(request).isCausal
            || request.trace[request.name(.causalScores)] != nil
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        _ = try request.step(.scores)
        let view = HeadView(request)
        let after = view.cells(.scores)
        let before = view.cells(.unmaskedScores)
        let focus = view.focus
        let window = request.window(after.count, named: [focus])
        let clipped = ClippedScale((before + after).joined())
        let scale = clipped.scale
        let hidden = after.joined().count { $0 == -.infinity }
        let takeaway = takeaway(view, after, hidden)
        let reach = (request.trace[request.name(.causalScores)] ?? request.trace[request.name(.scores)])
            .flatMap { ($0.operation as? CausalMask)?.window }
        // A window as long as the text hides nothing.
        let isWindow = reach.map { $0 < after.count } ?? false
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "While the model learns to guess the next token, the answer must stay out of sight.",
                zh: "模型要学的是猜下一个词元，答案自然不能让它看见。"),
            here: view.here,
            formula: Formula(
                #"\role{scores}{S_{ij}} = -\infty \quad (j > i"#
                    + (isWindow ? #",\; j \le i - \#(reach ?? 0)"# : "") + ")"),
            takeaway: takeaway,
            legend: [
                clipped.legend(AttentionText.scores.phrase).any,
                LegendKey(
                    .fill(.panel),
                    isWindow
                        ? Phrase(en: "hidden: the future, and what is outside the window", zh: "看不到：未来，以及窗口之外")
                        : AttentionText.hidden.phrase
                ).any,
            ],
            altText: request.altText(
                isWindow
                    ? Phrase(
                        en:
                            "Two squares of scores, a row for each query: in the second, the cells right of the diagonal and those left of a band along it are −∞.",
                        zh: "两个得分方阵，每行一个查询：第二个里，对角线右边的格子，以及沿对角线的窗口左边的格子，都是 −∞。")
                    : Phrase(
                        en:
                            "Two squares of scores, a row for each query: in the second, the cells right of the diagonal are −∞.",
                        zh: "两个得分方阵，每行一个查询：第二个里，对角线右边的格子都是 −∞。"), takeaway)
        ) { density in
            window.arranged(at: density) { shown, _ in
                let square = { (label: Label, cells: [[Float]], words: Phrase) in
                    view.square(label, cells, showing: shown).named(words: words, .scores).scaled(scale).queriesByKeys()
                }
                let masked = square(.scores, after, AttentionText.masked.phrase)
                    .hiding(after)
                guard !before.isEmpty else { return masked.any }
                let plain = square(.unmaskedScores, before, AttentionText.scaled.phrase)
                let words = Text(Phrase(en: "mask", zh: "掩码")).font(.small).color(.muted)
                return Fullest {
                    HStack(spacing: density.gap * 1.5) {
                        plain
                        Arrow(.right, above: words.any, length: 90)
                        masked
                    }
                    VStack(spacing: density.gap * 0.5) {
                        plain
                        Arrow(.down, above: words.any, length: window.plan == nil ? 44 : 32)
                        masked
                    }
                }.any
            }
        }
    }

    private static func takeaway(_ view: HeadView, _ after: [[Float]], _ hidden: Int) -> Phrase {
        guard after.count > view.earlier + 1, let row = after.dropFirst(view.earlier).first else {
            return Phrase(en: "A single token has no future to hide.", zh: "只有一个词元，没有未来可遮。")
        }
        // A window of so many tokens hides the first of them again.
        let isAll = !(after.last ?? []).contains(-.infinity)
        let seen = { (row: [Float]) in Phrase(String(row.count { $0 != -.infinity })) }
        return Phrase(
            en: isAll
                ? "{first} sees {few}, {last} sees all {many}: {hidden} of {all} {all|score|scores} are hidden."
                : "{first} sees {few}, {last} sees {many}: {hidden} of {all} {all|score|scores} are hidden.",
            zh: isAll
                ? "{first}只看得到 {few} 个词元，{last}看得到全部 {many} 个；{all} 个得分遮住了 {hidden} 个。"
                : "{first}看得到 {few} 个词元，{last}看得到 {many} 个；{all} 个得分遮住了 {hidden} 个。"
        ).filled([
            "first": view.token(view.earlier), "few": seen(row), "last": view.token(after.count - 1),
            "many": seen(after.last ?? []), "hidden": Phrase(Numbers.count(hidden)),
            "all": Phrase(Numbers.count((after.count - view.earlier) * row.count)),
        ])
    }
}
