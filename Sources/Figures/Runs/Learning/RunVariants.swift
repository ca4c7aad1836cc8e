import Drawing
import Training
import Wording

/// Runs that differ in one option, side by side: their losses, and of a playground what they say of the plane and
/// their weights.
package enum RunVariants {
    /// - Parameter changes: what is set otherwise in all of them.
    package static func slides(_ runs: [RunVariant], of key: String, with changes: RecipeChanges) -> [Slide] {
        guard let kind = runs.first?.kind else { return [] }
        let all = Shared(runs: runs, option: RecipeOption.name(key), words: .of(kind))
        let playgrounds = runs.compactMap { run -> Playground? in
            if case .playground(let playground) = run.model { playground } else { nil }
        }
        let slides =
            [losses(all)]
            + (playgrounds.count == runs.count ? [boundaries(all, playgrounds), weights(all, playgrounds)] : [])
        return slides.map { RunGallery.changed($0, changes) }
    }

    private struct Shared: Sendable {
        var runs: [RunVariant]
        var option: Phrase
        var words: RunWords

        func title(_ phrase: Phrase) -> Phrase { phrase.filled(["option": option]) }

        var subtitle: Phrase {
            Phrase(
                en: "The same recipe, run once for each value; nothing else was changed.",
                zh: "同一个配方，每个取值各训练一次，其余设置都没动。")
        }

        /// `noise 0: …; noise 0.5: …`
        func list(_ said: (RunVariant) -> Phrase) -> Phrase {
            let all = runs.map { ($0.value, said($0)) }
            return Phrase(
                en: "{option} " + all.map { "\($0.0.english): \($0.1.english)" }.joined(separator: "; ") + ".",
                zh: "{option} " + all.map { "\($0.0.chinese)：\($0.1.chinese)" }.joined(separator: "；") + "。"
            ).filled(["option": option]).sentence
        }
    }

    // MARK: Losses

    private static func losses(_ all: Shared) -> Slide {
        let takeaway = all.list { $0.end(all.words) }
        let tops = all.runs.map { run in (run.losses + run.testLosses).filter { $0.isFinite }.max() ?? 1 }
        // One scale for all, unless one of them would press the others flat.
        let isShared = (tops.max() ?? 1) <= 8 * max(tops.min() ?? 1, 1e-12)
        let hasTest = all.runs.contains { $0.hasTest }
        return Slide(
            id: "varied-losses",
            title: all.title(Phrase(en: "The loss as one option varies: {option}", zh: "只改{option}，损失怎么变")),
            subtitle: all.subtitle, formula: all.words.formula,
            takeaway: takeaway,
            note: isShared ? nil : Phrase(en: "Each chart has its own scale.", zh: "各图的纵轴刻度不同。"),
            legend: hasTest
                ? [
                    LegendKey(.line(.ink, dashed: false), Phrase(en: "training loss", zh: "训练损失")).any,
                    LegendKey(.line(.muted, dashed: true), Phrase(en: "test loss", zh: "测试损失")).any,
                ] : [],
            altText: Phrase(
                en: "{count} {count|chart|charts} of the loss beside each other, one for each value. {takeaway}",
                zh: "并排 {count} 张损失曲线，每个取值一张。{takeaway}"
            ).filled(["count": Phrase("\(all.runs.count)"), "takeaway": takeaway])
        ) { _ in
            Panels(
                least: Size(230, 150), shape: 1.25,
                all.runs.enumerated().map { place, run in
                    panel(run, all, top: isShared ? tops.max() ?? 1 : tops[place])
                }
            ).steady()
        }
    }

    private static func panel(_ run: RunVariant, _ all: Shared, top: Double) -> Panels.Panel {
        var note = run.end(all.words)
        if let turn = run.turn, !run.hasBurst {
            let words = Phrase(en: "{end}; test loss least, {loss}, after {n}", zh: "{end}；测试损失在 {n}后最小，为 {loss}")
            note = words.filled([
                "end": note, "loss": Phrase(Numbers.significant(turn.loss)), "n": all.words.count(turn.step),
            ])
        }
        return Panels.Panel(name: name(run, all), note: note) { rect, space, canvas in
            let theme = space.theme
            let steps = run.records.map { Double($0.step) }
            let chart = Chart(
                in: Rect(rect.minX, rect.minY, rect.width, rect.height - Font.small.size * 2), all.words.loss,
                x: AxisScale(steps: steps, logarithmic: steps.count > 20), y: AxisScale(values: [top]), right: 16,
                share: all.words.isShare, space)
            chart.values(&canvas)
            if run.hasTest {
                chart.draw(
                    Chart.Curve(steps, run.testLosses, theme.muted, width: 2.5, dashes: [7, 4]), &canvas)
            }
            chart.draw(Chart.Curve(steps, run.losses, theme.ink, width: 3), &canvas)
            if let turn = run.turn, !run.hasBurst {
                canvas.fill(
                    .circle(chart.point(Double(turn.step), turn.loss), radius: 6), theme.highlight,
                    stroke: Stroke(theme.muted, width: 1.5))
            }
            chart.steps(under: chart.rect.maxY, name: all.words.step, &canvas)
            canvas.hotSpot(chart.area, space.text(run.end(all.words)))
        }
    }

    private static func name(_ run: RunVariant, _ all: Shared) -> Phrase {
        Phrase(en: "{option} {value}", zh: "{option} {value}").filled(["option": all.option, "value": run.value])
    }

    // MARK: The plane

    private static func boundaries(_ all: Shared, _ playgrounds: [Playground]) -> Slide {
        let histories = playgrounds.map { PlaygroundHistory($0) }
        let isRegression = playgrounds.contains { $0.settings.data.isRegression }
        let takeaway = all.list { run in
            guard !isRegression, !run.hasBurst, case .playground(let playground) = run.model else {
                return run.end(all.words)
            }
            return Phrase(en: "{share} of the test points right", zh: "测试点分对 {share}").filled([
                "share": Phrase(Numbers.percent(playground.testAccuracy))
            ])
        }
        return Slide(
            id: "varied-boundaries",
            title: all.title(Phrase(en: "The plane as one option varies: {option}", zh: "只改{option}，平面上的输出怎么变")),
            subtitle: all.subtitle, takeaway: takeaway,
            legend: PlaygroundFigures.keys(histories.first { !$0.test.isEmpty } ?? histories[0]),
            altText: Phrase(
                en:
                    "{count} {count|picture|pictures} of the plane beside each other, one for each value, with the points. {takeaway}",
                zh: "并排 {count} 幅平面图，每个取值一幅，画出了各点。{takeaway}"
            ).filled(["count": Phrase("\(all.runs.count)"), "takeaway": takeaway])
        ) { _ in
            Panels(
                least: Size(92, 92), shape: 1,
                zip(all.runs, histories).map { run, history in
                    Panels.Panel(name: name(run, all), note: run.end(all.words)) { rect, space, canvas in
                        let side = min(rect.width, rect.height - 22)
                        guard !run.hasBurst, let moment = history.moments.last else { return }
                        OutputPicture(history: history, moment: moment, title: nil).place(
                            in: Rect(rect.minX, rect.minY, side, side), space, onto: &canvas)
                    }
                }
            ).steady()
        }
    }

    // MARK: Weights

    private static func weights(_ all: Shared, _ playgrounds: [Playground]) -> Slide {
        let weights = playgrounds.map { $0.network.linkWeights.map { Double($0) }.sorted(by: >) }
        let limit = weights.joined().filter { $0.isFinite }.map { abs($0) }.max() ?? 1
        func words(_ place: Int) -> Phrase {
            let own = weights[place]
            let zero = own.count { $0 == 0 }
            let said =
                zero == 0
                ? Phrase(
                    en: "none of {count} {count|weight|weights} is exactly 0, the largest {largest}",
                    zh: "{count} 个权重没有一个正好是 0，最大的为 {largest}")
                : Phrase(
                    en: "{zero} of {count} {count|weight|weights} {zero|is|are} exactly 0, the largest {largest}",
                    zh: "{count} 个权重里有 {zero} 个正好是 0，最大的为 {largest}")
            return said.filled([
                "zero": Phrase("\(zero)"), "count": Phrase("\(own.count)"),
                "largest": Phrase(Numbers.significant(own.map { abs($0) }.max() ?? 0)),
            ])
        }
        let said = all.runs.indices.map { words($0) }
        let values = all.runs.map { $0.value }
        let takeaway = Phrase(
            en: zip(values, said).map { "\($0.english): \($1.english)" }.joined(separator: "; ") + ".",
            zh: zip(values, said).map { "\($0.chinese)：\($1.chinese)" }.joined(separator: "；") + "。"
        ).sentence
        return Slide(
            id: "varied-weights",
            title: all.title(Phrase(en: "The weights as one option varies: {option}", zh: "只改{option}，权重怎么变")),
            subtitle: Phrase(
                en: "Every weight of the trained network, the greatest first; biases are left out.",
                zh: "训练好的网络的全部权重，从大到小排列，不含偏置。"),
            takeaway: takeaway,
            legend: weights.joined().contains(0)
                ? [LegendKey(.dot(.highlight), Phrase(en: "exactly 0", zh: "正好是 0")).any] : [],
            altText: Phrase(
                en: "{count} bar charts of weights in order of size, one for each value. {takeaway}",
                zh: "{count} 张按大小排列的权重条形图，每个取值一张。{takeaway}"
            ).filled(["count": Phrase("\(all.runs.count)"), "takeaway": takeaway])
        ) { _ in
            Panels(
                least: Size(230, 130), shape: 1.4,
                zip(all.runs, weights).enumerated().map { place, pair in
                    Panels.Panel(name: name(pair.0, all), note: said[place]) { rect, space, canvas in
                        bars(pair.1, limit, rect, space, &canvas)
                    }
                }
            ).steady()
        }
    }

    private static func bars(
        _ weights: [Double], _ limit: Double, _ rect: Rect, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let chart = Chart(
            in: rect, Phrase(en: "weight", zh: "权重"), x: AxisScale(-0.5...max(Double(weights.count) - 0.5, 0.5)),
            y: AxisScale(-limit...max(limit, 1e-12)), right: 12, space)
        chart.values(&canvas)
        let width = max(1, min(24, chart.area.width / Double(max(weights.count, 1)) * 0.7))
        let zero = chart.line(0)
        for (place, weight) in weights.enumerated() where weight.isFinite {
            let x = chart.column(Double(place))
            if weight == 0 {
                canvas.fill(
                    .circle(Point(x, zero), radius: max(3, min(6, width * 0.5))), theme.highlight,
                    stroke: Stroke(theme.ink, width: 1))
            } else {
                let end = chart.line(weight)
                canvas.fill(
                    .rectangle(Rect(x - width / 2, min(zero, end), width, abs(end - zero))),
                    weight > 0 ? theme.positive : theme.negative)
            }
        }
    }
}

extension Phrase {
    /// With a capital letter, to begin a sentence.
    var sentence: Phrase { Phrase(en: english.prefix(1).uppercased() + english.dropFirst(), zh: chinese) }
}
