import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// One distribution at several temperatures, with what top-k and top-p keep of each.
package enum Temperature: TraceFigure {
    package static let id = "temperature"
    package static let title = Phrase(en: "Temperature, top-k and top-p", zh: "温度、top-k 与 top-p")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.probabilities]

    package static func isPossible(_ request: FigureRequest) -> Bool { HeatedGuess(request) != nil }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        Watched(request).map { [$0.step.name] } ?? []
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let heated = HeatedGuess(request) else { throw request.missing(.probabilities, block: .some(nil)) }
        let takeaway = takeaway(heated)
        let subtitle =
            heated.watched.place.map { place in
                (heated.watched.step.name.label == .maskedProbabilities
                    ? Phrase(
                        en: "What may stand at {token}, with the logits divided by T before softmax.",
                        zh: "{token}处的候选：softmax 之前先把 logits 除以 T。")
                    : Phrase(
                        en: "What may follow {token}, with the logits divided by T before softmax.",
                        zh: "{token}之后的候选：softmax 之前先把 logits 除以 T。"))
                    .filled(["token": place.spoken])
            }
            ?? Phrase(en: "The logits are divided by T before softmax.", zh: "softmax 之前先把 logits 除以 T。")
        return Slide(
            id: id, title: title, subtitle: subtitle, here: MiniMap(.output, of: request),
            formula: Formula(
                #"\role{probability}{p_i} = \frac{e^{\role{scores}{s_i}/T}}{\sum_j e^{\role{scores}{s_j}/T}}"#),
            takeaway: takeaway,
            legend: [
                LegendKey(
                    .fill(.role(.probability)),
                    Phrase(en: "kept by top-p 0.9", zh: "top-p 0.9 留下的")
                ).any,
                LegendKey(.fill(.muted), Phrase(en: "cut off by it", zh: "被它截去的")).any,
                LegendKey(
                    .line(.highlight, dashed: true),
                    Phrase(en: "top-k {k} keeps what is above", zh: "top-k {k} 只留线以上的").filled([
                        "k": Phrase(String(heated.topK))
                    ])
                ).any,
            ],
            altText: request.altText(altText(heated), takeaway)
        ) { _ in HeatColumns(heated: heated).steady() }
    }

    private static func takeaway(_ heated: HeatedGuess) -> Phrase {
        guard let first = heated.best.first, let cold = heated.columns.first, let hot = heated.columns.last else {
            return title
        }
        let kept = heated.columns.map { Numbers.count($0.nucleus) }
        return Phrase(
            en:
                "{word} has {cold} at T = 0.5, {plain} at 1 and {hot} at 2; 90% of the probability takes {few}, {some} and {many} {many|token|tokens}.",
            zh: "{word}在 T = 0.5、1、2 时的概率是 {cold}、{plain}、{hot}；凑够 90% 的概率分别要 {few}、{some}、{many} 个词元。"
        ).filled([
            "word": heated.label(first.id).spoken,
            "cold": Phrase(Numbers.percent(cold.shares[0])),
            "plain": Phrase(Numbers.percent(heated.columns[1].shares[0])),
            "hot": Phrase(Numbers.percent(hot.shares[0])), "few": Phrase(kept[0]), "some": Phrase(kept[1]),
            "many": Phrase(kept[2]),
        ])
    }

    private static func altText(_ heated: HeatedGuess) -> Phrase {
        let parts = heated.columns.map { column in
            let words = TokenLabel.shares(
                heated.best.prefix(4).enumerated().map {
                    (heated.label($0.element.id), Numbers.percent(column.shares[$0.offset]))
                })
            return Phrase(en: "T = {t}: {list}", zh: "T = {t}：{list}").filled([
                "t": Phrase(Numbers.significant(column.temperature)), "list": words,
            ])
        }
        return Phrase(
            en: "The same candidates in three columns of bars, one for each temperature. {list}.",
            zh: "同样的候选排成三列条形，每列一个温度。{list}。"
        ).filled([
            "list": Phrase(
                en: parts.map { $0.english }.joined(separator: "; "),
                zh: parts.map { $0.chinese }.joined(separator: "；"))
        ])
    }
}

/// A guess at three temperatures.
struct HeatedGuess: Sendable {
    struct Column: Sendable {
        let temperature: Double
        /// Of the best candidates, in their order.
        let shares: [Double]
        /// How many tokens it takes to reach 90 %.
        let nucleus: Int
    }

    static let temperatures = [0.5, 1, 2]
    static let topP = 0.9
    private static let most = 12

    let watched: Watched
    let best: [RankedToken]
    let columns: [Column]
    let topK: Int
    private var labels: [Int: TokenLabel] = [:]

    func label(_ id: Int) -> TokenLabel { labels[id] ?? TokenLabel(display: "#\(id)") }
    var vocabulary: Int { watched.row.count }

    init?(_ request: FigureRequest) {
        guard let watched = Watched(request), !watched.isClass, watched.row.count > 2,
            Shares(row: watched.row).areWhole
        else { return nil }
        self.watched = watched
        // From the logits where they are there: what is too small to be told from 0 as a probability is there still.
        let name = watched.step.name
        let scores = request.trace[StepName(.logits, stack: name.stack, pass: name.pass)].map {
            $0.row(0, watched.position)
        }
        let hasLogits = name.label == .probabilities && scores?.count == watched.row.count
        let logits = hasLogits ? scores ?? [] : watched.row.map { log($0) }
        best = largest(watched.row, min(Self.most, watched.row.count))
        topK = max(1, min(request.top ?? 5, best.count - 1))
        for token in best { labels[token.id] = request.label(id: token.id) }
        var columns: [Column] = []
        for temperature in Self.temperatures {
            let top = Double(logits.filter { $0.isFinite }.max() ?? 0)
            let weights = logits.map { exp((Double($0) - top) / temperature) }
            let total = weights.reduce(0, +)
            guard total > 0, total.isFinite else { return nil }
            var (sum, count) = (0.0, 0)
            for weight in weights.sorted(by: >) where sum < Self.topP * total {
                sum += weight
                count += 1
            }
            columns.append(
                Column(temperature: temperature, shares: best.map { weights[$0.id] / total }, nucleus: count))
        }
        self.columns = columns
    }
}

private struct HeatColumns: Mark {
    var heated: HeatedGuess

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent { Extent(names(space) + 3 * 120, space.density.label.size * 11) }

    private func names(_ space: Space) -> Double {
        let font = space.density.label
        let labels = heated.best.map {
            space.width(of: heated.label($0.id).shortened(to: 12).display, heated.label($0.id).font(font))
        }
        return max(labels.max() ?? 0, space.width(of: rest(space, 10), font)) + 18
    }

    private func rest(_ space: Space, _ shown: Int) -> String {
        let count = Numbers.count(heated.vocabulary - shown)
        return space.text(Phrase(en: "other \(count)", zh: "其余 \(count) 个"))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let font = space.density.label
        let names = names(space)
        let header = font.size * 2.4
        let pitch = min(62, max(font.size * 1.6, (rect.height - header) / Double(heated.best.count + 1)))
        let shown = max(2, min(heated.best.count, Int(clamping: (rect.height - header) / pitch) - 1))
        let top = rect.minY + (rect.height - header - pitch * Double(shown + 1)) / 2
        let gap = 26.0
        let width = (rect.width - names - gap * 2) / 3
        let words = space.width(of: ">99.9%", .mono(font)) + 12
        func y(_ row: Int) -> Double { top + header + (Double(row) + 0.5) * pitch }
        for row in 0..<shown {
            let label = heated.label(heated.best[row].id).shortened(to: 12)
            canvas.text(
                label.display, at: Point(rect.minX + names - 18, y(row)), label.font(font), theme.ink, .trailing,
                in: space)
        }
        let hasRest = shown < heated.vocabulary
        if hasRest {
            canvas.text(
                rest(space, shown), at: Point(rect.minX + names - 18, y(shown)), font, theme.muted, .trailing, in: space
            )
        }
        let cut = min(heated.topK, shown)
        let level = top + header + Double(cut) * pitch
        canvas.line(
            Point(rect.minX, level), Point(rect.maxX, level), Stroke(theme.highlight, width: 2.5, dashes: [9, 6]))
        for (order, column) in heated.columns.enumerated() {
            let left = rect.minX + names + Double(order) * (width + gap)
            canvas.text(
                "T = \(Numbers.significant(column.temperature))", at: Point(left, top + header * 0.4), font.semibold,
                theme.ink, .leading, in: space)
            canvas.line(
                Point(left, top + header), Point(left, top + header + pitch * Double(shown + (hasRest ? 1 : 0))),
                Stroke(theme.hairline, width: 1.5))
            let rest = max(0, 1 - column.shares.prefix(shown).reduce(0, +))
            for row in 0..<(shown + (hasRest ? 1 : 0)) {
                let share = row < shown ? column.shares[row] : rest
                let isKept = row < shown && row < column.nucleus
                let long = max(1.5, share * (width - words))
                let thick = min(26, pitch * 0.56)
                let bar = Rect(left, y(row) - thick / 2, long, thick)
                let isPlain = column.temperature == 1 && row < shown
                let tag =
                    isPlain
                    ? Tag(
                        step: heated.watched.step.name.description,
                        index: [0, heated.watched.position, heated.best[row].id]) : nil
                canvas.fill(
                    .rounded(bar, radius: min(4, long / 2)),
                    isKept ? theme.accent(.probability) : theme.muted.mixed(with: theme.paper, 0.35), tag: tag)
                canvas.hotSpot(
                    Rect(left, bar.minY, width, thick),
                    (row < shown ? heated.label(heated.best[row].id).whole : "…") + ": \(Numbers.percent(share))",
                    value: isPlain ? "\(heated.best[row].value)" : "\(share)", tag: tag)
                canvas.text(
                    Numbers.percent(share), at: Point(bar.maxX + 10, y(row)), .mono(font),
                    isKept ? theme.ink : theme.muted, .leading, in: space)
            }
        }
    }
}
