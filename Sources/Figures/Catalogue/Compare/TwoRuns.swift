import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// A run and the same run changed, side by side: the candidates before and after, and the pattern that changed most.
package enum TwoRuns: TraceFigure {
    package static let id = "two-runs"
    package static let title = Phrase(en: "Two runs and their difference", zh: "两次运行及其差别")
    package static let scope = FigureScope.once
    package static let shows: [Label] = []

    package static func isPossible(_ request: FigureRequest) -> Bool {
        !request.trace.changedSteps.isEmpty && Watched(request) != nil
    }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        Watched(request).map { [$0.step.name] } ?? []
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let pair = try RunPair(request) else { throw request.missing(.probabilities, block: .some(nil)) }
        let takeaway = takeaway(pair)
        var legend: [AnyMark] = [
            LegendKey(.fill(.muted), Phrase(en: "before, p", zh: "改动前 p")).any,
            LegendKey(.fill(.role(.probability)), Phrase(en: "after, p′", zh: "改动后 p′")).any,
        ]
        if let change = pair.pattern {
            legend.append(change.weights.legend)
            legend.append(ColorScale(change.scale, Phrase(en: "change of a weight", zh: "权重的变化")).any)
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(en: "The same text, once as it is and once with {change}.", zh: "同一段文本：一次照常运行，一次{change}。")
                .filled([
                    "change": pair.words
                ]),
            here: MiniMap(.output, of: request),
            formula: Formula(
                #"\Delta \role{probability}{p} = \role{probability}{p'} - \role{probability}{p}"#
            ),
            takeaway: takeaway, legend: legend,
            altText: request.altText(altText(pair), takeaway), densities: Density.fine
        ) { density in
            Adaptive { space in
                let bars = PairedBars(pair: pair)
                let isWide = space.width > space.height * 1.15
                return ThatFits {
                    if let change = pair.pattern {
                        let window = TokenWindow(count: change.before.count, named: [change.row, change.column])
                        // All three where they fit with every token; else the difference alone.
                        for (budget, first) in Self.choices(window, at: density) {
                            let tables = Array(
                                change.matrices(pair.labels, window.shown(budget)).dropFirst(first).map { $0.any })
                            if isWide {
                                HStack(.middle, spacing: density.gap * 1.5) {
                                    bars
                                    HStack(.middle, spacing: density.gap, tables)
                                }
                            } else {
                                VStack(spacing: density.gap) {
                                    bars
                                    HStack(.middle, spacing: density.gap, tables)
                                }
                            }
                        }
                    }
                    if pair.pattern == nil || density.cell == Density.fine.last?.cell { bars }
                }.any
            }.any
        }
    }

    /// How many tokens, and the first of the three tables that is drawn.
    private static func choices(_ window: TokenWindow, at density: Density) -> [(budget: Int, first: Int)] {
        guard density.cell.width < 30 else { return [(TokenWindow.most, 0)] }
        guard density.cell == Density.fine.last?.cell else { return [(TokenWindow.most, 0), (TokenWindow.most, 2)] }
        return [(TokenWindow.most, 2), (12, 2), (8, 2), (4, 2)]
    }

    private static func takeaway(_ pair: RunPair) -> Phrase {
        guard let first = pair.best.first, let now = pair.after.first else { return title }
        let (old, new) = (Double(first.value), pair.share(first.id))
        let word = pair.label(first.id).spoken
        var phrase =
            now.id == first.id
            ? (Numbers.percent(new) == Numbers.percent(old)
                ? Phrase(en: "{word} stays first, still {old}.", zh: "{word}仍排第一，概率仍为 {old}。")
                : Phrase(en: "{word} stays first, {old} before and {new} after.", zh: "{word}仍排第一：改动前 {old}，改动后 {new}。"))
            : Phrase(
                en: "{word} had {old} and has {new}; now {other} is first: {share}.",
                zh: "{word}从 {old} 变为 {new}；现在排第一的是{other}：{share}。")
        if let change = pair.pattern {
            let more = Phrase(
                en:
                    " Of the patterns that come after it, {head} changes most: {query} gives {key} {from}, then {to}.",
                zh: "之后的注意力中 {head} 变化最大：{query}给{key}的权重从 {from} 变为 {to}。")
            phrase = Phrase(en: phrase.english + more.english, zh: phrase.chinese + more.chinese).filled([
                "head": Phrase("L\(change.layer)H\(change.head)"),
                "query": pair.labels.name(change.row),
                "key": pair.labels.name(change.column),
                "from": Phrase(Numbers.percent(Double(change.before.cell(change.row, change.column)))),
                "to": Phrase(Numbers.percent(Double(change.after.cell(change.row, change.column)))),
            ])
        }
        return phrase.filled([
            "word": word, "old": Phrase(Numbers.percent(old)), "new": Phrase(Numbers.percent(new)),
            "other": pair.label(now.id).spoken, "share": Phrase(Numbers.percent(Double(now.value))),
        ])
    }

    private static func altText(_ pair: RunPair) -> Phrase {
        let list = TokenLabel.shares(
            pair.shown.prefix(5).map { id in
                (pair.label(id), "\(Numbers.percent(pair.old(id))) → \(Numbers.percent(pair.share(id)))")
            })
        return Phrase(
            en:
                "Two bars for each candidate, before and after {change}: {list}. Beside them an attention pattern before, after, and the difference.",
            zh: "每个候选两根条，分别是{change}之前与之后：{list}。旁边是一个头的注意力分布：之前、之后与差。"
        ).filled(["change": pair.words, "list": list])
    }
}

/// Two bars a candidate: before, and after.
private struct PairedBars: Mark {
    var pair: RunPair

    private func font(_ space: Space) -> Font { space.density.label }

    private func shown(_ space: Space) -> [Int] {
        let most = Int(clamping: space.room(or: Size(1200, 520)).height / (font(space).size * 2.7))
        return Array(pair.shown.prefix(max(3, min(8, most))))
    }

    private func sizes(_ space: Space) -> (names: Double, length: Double, words: Double, pitch: Double) {
        let font = font(space)
        let names = pair.shown.map {
            space.width(of: pair.label($0).shortened(to: 12).display, pair.label($0).font(font))
        }
        let words = space.width(of: ">99.9%", .mono(font))
        return (
            names.max() ?? 0, min(260, max(130, space.room(or: Size(1200, 520)).width * 0.2)), words, font.size * 2.7
        )
    }

    func extent(in space: Space) -> Extent {
        let sizes = sizes(space)
        return Extent(sizes.names + 14 + sizes.length + 10 + sizes.words, sizes.pitch * Double(shown(space).count))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let font = font(space)
        let sizes = sizes(space)
        let left = rect.minX + sizes.names + 14
        let thick = font.size * 0.95
        for (row, id) in shown(space).enumerated() {
            let top = rect.minY + Double(row) * sizes.pitch + sizes.pitch * 0.5
            let label = pair.label(id).shortened(to: 12)
            canvas.text(label.display, at: Point(left - 14, top), label.font(font), theme.ink, .trailing, in: space)
            for (order, share) in [pair.old(id), pair.share(id)].enumerated() where share.isFinite {
                let y = top + (order == 0 ? -0.62 : 0.62) * font.size
                let long = max(1.5, min(1, share) * sizes.length)
                let tag = order == 0 ? nil : Tag(step: pair.tag.step, index: pair.tag.index + [id])
                canvas.fill(
                    .rounded(Rect(left, y - thick / 2, long, thick), radius: min(3, long / 2)),
                    order == 0 ? theme.muted.mixed(with: theme.paper, 0.35) : theme.accent(.probability), tag: tag)
                canvas.text(
                    Numbers.percent(share), at: Point(left + long + 10, y), .mono(font),
                    order == 0 ? theme.muted : theme.ink, .leading, in: space)
                canvas.hotSpot(
                    Rect(left, y - thick / 2, sizes.length, thick), "\(label.whole): \(Numbers.percent(share))",
                    value: "\(Float(share))", tag: tag)
            }
        }
        canvas.line(Point(left, rect.minY), Point(left, rect.maxY), Stroke(theme.hairline, width: 1.5))
    }
}
