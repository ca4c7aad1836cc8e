import Drawing
import Platform
import Tracing
import Wording

/// Dot products divided by √d, before and after on one colour scale, and what that does to their spread
/// (Vaswani et al. 2017, section 3.2.1).
package enum Scaling: TraceFigure {
    package static let id = "scaling"
    package static let title = Phrase(en: "Divided by √d, scores stay moderate", zh: "除以 √d，分数不致过大")
    package static let scope = FigureScope.perHead
    package static let isOfEachStack = true
    package static let shows: [Label] = [.unmaskedScores, .dotProducts]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.has(shows) && request.isBorneOut(.unmaskedScores)
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        _ = try request.step(.dotProducts)
        let step = try request.step(.unmaskedScores)
        let view = HeadView(request)
        let before = view.cells(.dotProducts)
        let after = view.cells(.unmaskedScores)
        let divisor = divisor(step, before, after)
        let width = Int(clamping: (divisor * divisor).rounded())
        let window = TokenWindow(count: before.count, named: [view.focus])
        let scale = ValueScale.fitting(tables: [before])
        let strips = SpreadStrips(strips: [
            SpreadStrips.Strip(words: Phrase(en: "before", zh: "之前"), role: .scores, values: before.flatMap { $0 }),
            SpreadStrips.Strip(words: Phrase(en: "after", zh: "之后"), role: .scores, values: after.flatMap { $0 }),
        ])
        let spread = { (cells: [[Float]]) in
            Phrase(Numbers.significant(SpreadStrips.Spread(cells.flatMap { $0 }).deviation))
        }
        let takeaway = Phrase(
            en:
                "√{width} = {divisor}: the spread shrinks from {before} to {after}, and softmax need not bet on one token.",
            zh: "√{width} = {divisor}：标准差从 {before} 缩到 {after}，softmax 不必孤注一掷。"
        ).filled([
            "width": Phrase(String(width)), "divisor": Phrase(Numbers.significant(divisor)), "before": spread(before),
            "after": spread(after),
        ])
        let isLow = request.style.canvas.height < 640
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "A sum of d products grows with √d; dividing by √d makes up for it.",
                zh: "d 个乘积之和大致按 √d 增大，除以 √d 正好抵消。"),
            here: view.here,
            formula: Formula(
                #"\role{scores}{S} = \frac{\role{query}{Q}\role{key}{K^\top}}{\sqrt{d}},\quad d = "# + String(width)),
            takeaway: takeaway,
            legend: [ColorScale(scale, Phrase(en: "both on one scale", zh: "前后同一色标")).any]
        ) { density in
            // On a small canvas the matrices say it alone.
            window.arranged(at: density, as: isLow ? [false] : density.isLast ? [true, false] : [true]) {
                shown, _, hasStrips in
                let square = { (label: Label, cells: [[Float]], words: Phrase) in
                    view.square(label, cells, showing: shown).named(words: words, .scores).scaled(scale).queriesByKeys()
                }
                let picture = HStack(spacing: density.gap * 1.5) {
                    square(.dotProducts, before, Phrase(en: "dot products", zh: "点积"))
                    Arrow(
                        .right, above: Formula(#"\div \sqrt{"# + String(width) + "}").any,
                        below: Text("÷ " + Numbers.significant(divisor)).font(.small).color(.muted).any, length: 90)
                    square(.unmaskedScores, after, AttentionText.scaled.phrase)
                }
                guard hasStrips else { return picture.any }
                return VStack(spacing: density.gap * 1.3) {
                    picture
                    strips
                }.any
            }
        }
    }

    /// The operation's own divisor; from the data where another engine made the trace.
    private static func divisor(_ step: Step, _ before: [[Float]], _ after: [[Float]]) -> Double {
        if let scale = step.operation as? Scale { return scale.divisor }
        let pairs = zip(before.joined(), after.joined()).filter { $0.0.isFinite && $0.1.isFinite && $0.1 != 0 }
        guard let (large, small) = pairs.max(by: { abs($0.0) < abs($1.0) }) else { return 1 }
        return Double(large) / Double(small)
    }
}
