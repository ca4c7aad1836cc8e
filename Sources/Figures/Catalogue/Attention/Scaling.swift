import Drawing
import Platform
import Tracing
import Wording

/// Dot products divided by √d, before and after on one colour scale, and what that does to their spread
/// (Vaswani et al. 2017, section 3.2.1).
package enum Scaling: TraceFigure {
    package static let id = "scaling"
    package static let title = Phrase(en: "Divided by √d, scores stay moderate", zh: "除以 √d，得分不致过大")
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
        let division = Division(view, step, before, after)
        let window = request.window(before.count, named: [view.focus])
        let clipped = ClippedScale(before.joined())
        let scale = clipped.scale
        let strips = SpreadStrips(strips: [
            SpreadStrips.Strip(words: Phrase(en: "before", zh: "之前"), role: .scores, values: before.flatMap { $0 }),
            SpreadStrips.Strip(words: Phrase(en: "after", zh: "之后"), role: .scores, values: after.flatMap { $0 }),
        ])
        let takeaway = takeaway(view, division, before, after)
        let canvas = request.style.canvas
        let isShort = request.style.isQuiet || canvas.height < 640 || canvas.height < canvas.width && before.count > 6
        return Slide(
            id: id,
            title: division.title(title), subtitle: division.subtitle,
            here: view.here,
            formula: Formula(
                #"\role{scores}{S} = \frac{\role{query}{Q}\role{key}{K^\top}}{"# + division.letter + #"},\quad "#
                    + division.value),
            takeaway: takeaway,
            legend: [clipped.legend(Phrase(en: "both on one scale", zh: "前后同一色标")).any],
            altText: request.altText(
                Phrase(
                    en:
                        "Two squares of numbers on one colour scale, dot products and scaled scores; under them how far each is spread.",
                    zh: "同一色标的两个方阵：点积与缩放后的得分；下面是两者各自散开的程度。"), takeaway)
        ) { density in
            // Where there is little room the matrices say it alone.
            window.arranged(at: density, as: window.pictures(isShort ? [false] : [true, false], at: density)) {
                shown, _, hasStrips in
                let square = { (label: Label, cells: [[Float]], words: Phrase) in
                    view.square(label, cells, showing: shown).named(words: words, .scores).scaled(scale).queriesByKeys()
                }
                let (first, last) = (
                    square(.dotProducts, before, Phrase(en: "dot products", zh: "点积")),
                    square(.unmaskedScores, after, AttentionText.scaled.phrase)
                )
                let sign = Formula(#"\div "# + division.sign).any
                let number =
                    division.isRoot
                    ? Text("÷ " + Numbers.significant(division.divisor)).font(.small).color(.muted).any : nil
                let row = HStack(spacing: density.gap * 1.5) {
                    first
                    Arrow(.right, above: sign, below: number, length: 90)
                    last
                }
                let column = VStack(spacing: density.gap * 0.5) {
                    first
                    Arrow(.down, above: sign, below: number, length: window.plan == nil ? 50 : 36)
                    last
                }
                return Fullest {
                    for picture in [row.any, column.any] {
                        if hasStrips {
                            VStack(spacing: density.gap * 1.3) {
                                picture
                                strips
                            }
                        } else {
                            picture
                        }
                    }
                }.any
            }
        }
    }

    /// How far the spread shrinks, and what that makes of the greatest share of the query asked about.
    private static func takeaway(
        _ view: HeadView, _ division: Division, _ before: [[Float]], _ after: [[Float]]
    ) -> Phrase {
        let spread = { (cells: [[Float]]) in
            Phrase(Numbers.significant(SpreadStrips.Spread(cells.flatMap { $0 }).deviation))
        }
        let focus = view.focus
        let hidden = view.cells(.scores).row(focus)
        let seen = before.row(focus).indices.filter { key in
            hidden.indices.contains(key) ? hidden[key] != -.infinity : !view.isCausal || key <= focus
        }
        func greatest(_ cells: [[Float]]) -> (key: Int, share: Double)? {
            let row = cells.row(focus)
            guard row.count == before.row(focus).count, let first = seen.first else { return nil }
            let key = seen.reduce(first) { row[$1] > row[$0] ? $1 : $0 }
            let sum = seen.reduce(0) { $0 + exp(Double(row[$1]) - Double(row[key])) }
            return (key, 1 / sum)
        }
        guard division.divisor != 1 else {
            return Phrase(
                en: "c = 1: the scores are the dot products; their standard deviation is {after}.",
                zh: "c = 1：得分就是点积，标准差为 {after}。"
            ).filled(["after": spread(after)])
        }
        // A single number is not spread.
        if before.count == 1, let one = before.first?.first, let other = after.first?.first, before[0].count == 1 {
            return Phrase(
                en: "{root}: the only score goes from {before} to {after}.", zh: "{root}：唯一的得分从 {before} 变为 {after}。"
            ).filled([
                "root": Phrase(division.words), "before": Phrase(Numbers.fixed(Double(one))),
                "after": Phrase(Numbers.fixed(Double(other))),
            ])
        }
        let whole = Phrase(
            en: "{root}: the standard deviation goes from {before} to {after}", zh: "{root}：标准差从 {before} 变为 {after}")
        var end = Phrase(en: ".", zh: "。")
        // Where something else is added to the scores, the division alone does not explain the shares.
        if seen.count > 1, let old = greatest(before), let new = greatest(after), old.share.isFinite,
            abs(new.share - Double(view.cells(.pattern).cell(focus, new.key))) < 0.002
        {
            let (first, last) = (Numbers.percent(old.share), Numbers.percent(new.share))
            end =
                (first == last
                ? Phrase(
                    en: "; here that hardly changes the largest share of {query}, {last}.",
                    zh: "；{query}的最大权重在这里几乎不变，仍是 {last}。")
                : Phrase(
                    en: "; softmax gives {query}’s favourite {last}, where it would have given {first}.",
                    zh: "；softmax 给{query}最看重的词元 {last}，不除则是 {first}。"))
                .filled(["query": view.token(focus), "first": Phrase(first), "last": Phrase(last)])
        }
        return Phrase(en: whole.english + end.english, zh: whole.chinese + end.chinese).filled([
            "root": Phrase(division.words), "before": spread(before), "after": spread(after),
        ])
    }
}

/// What the dot products are divided by.
private struct Division: Sendable {
    let divisor: Double
    /// Whether it is the root of the head's width.
    let isRoot: Bool
    private let width: Int

    init(_ view: HeadView, _ step: Step, _ before: [[Float]], _ after: [[Float]]) {
        divisor = Self.divisor(step, before, after)
        let square = divisor * divisor
        let nearest = square.rounded()
        width = Int(clamping: nearest)
        let isWhole = nearest >= 1 && abs(square - nearest) < 1e-3 * nearest
        isRoot = isWhole && divisor > 1 && view.compared.map { $0.queries.width == Int(clamping: nearest) } ?? true
    }

    func title(_ usual: Phrase) -> Phrase {
        if isRoot { return usual }
        return divisor == 1
            ? Phrase(en: "Here scores are not divided", zh: "这里的得分不再相除")
            : Phrase(en: "Scores before and after their division", zh: "得分：相除之前与之后")
    }

    var subtitle: Phrase {
        if isRoot {
            return Phrase(
                en: "A sum of d products grows with √d; dividing by √d makes up for it.",
                zh: "d 个乘积之和大致按 √d 增大，除以 √d 正好抵消。")
        }
        return divisor == 1
            ? Phrase(en: "This model gives the dot products to softmax as they are.", zh: "这个模型把点积原样交给 softmax。")
            : Phrase(en: "This model divides by another number than √d.", zh: "这个模型除以的不是 √d，而是另一个数。")
    }

    /// In the formula.
    var letter: String { isRoot ? #"\sqrt{d}"# : "c" }
    var value: String { isRoot ? "d = \(width)" : "c = \(Numbers.significant(divisor))" }
    var sign: String { isRoot ? #"\sqrt{"# + String(width) + "}" : Numbers.significant(divisor) }
    /// `√16 = 4`, `√8 ≈ 2.83`
    var words: String {
        let number = Numbers.significant(divisor)
        guard isRoot else { return "c = " + number }
        return "√\(width) \(divisor == divisor.rounded() ? "=" : "≈") \(number)"
    }

    /// The operation's own divisor; from the data where another engine made the trace.
    private static func divisor(_ step: Step, _ before: [[Float]], _ after: [[Float]]) -> Double {
        if let scale = step.operation as? Scale { return scale.divisor }
        let pairs = zip(before.joined(), after.joined()).filter { $0.0.isFinite && $0.1.isFinite && $0.1 != 0 }
        guard let (large, small) = pairs.max(by: { abs($0.0) < abs($1.0) }) else { return 1 }
        return Double(large) / Double(small)
    }
}
