import Drawing
import Tensors
import Tracing
import Wording

/// What the guess loses when each head, and each feed-forward part, is switched off: one run a part.
package enum WhichHeadMatters: TraceFigure {
    package static let id = "which-head-matters"
    package static let title = Phrase(en: "Which head matters?", zh: "哪个头最要紧？")
    package static let scope = FigureScope.once
    package static let shows: [Label] = []

    package static func isPossible(_ request: FigureRequest) -> Bool {
        guard let watched = Watched(request), let place = request.trace.place(of: watched.step.name) else {
            return false
        }
        let steps = request.trace.steps[...place]
        // What is off already cannot be switched off once more.
        guard request.trace.changedSteps.isEmpty else { return false }
        return steps.contains { $0.name.label == .z && $0.name.block != nil && !$0.isSource }
            && !steps.contains { $0.isSource && ($0.operation as? Source)?.kind == .unexplained }
    }

    /// A run for each part: only of a small model are they made without being asked for.
    package static func isOnDemand(_ request: FigureRequest) -> Bool {
        let steps = request.trace.steps
        let parts = steps.reduce(0) { count, step in
            guard step.name.pass == 0, step.name.block != nil else { return count }
            if step.name.label == .feedForwardOut { return count + 1 }
            guard step.name.label == .z || step.name.label == Label.z.crossed, step.shape.rank == 4 else {
                return count
            }
            return count + step.shape[2]
        }
        let weights = steps.reduce(0.0) { $1.isParameter ? $0 + Double($1.tensor.count) : $0 }
        return Double(parts) * weights * Double(max(1, request.prompt.count)) > 2e8
    }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        Watched(request).map { [$0.step.name] } ?? []
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let watched = Watched(request), let place = request.trace.place(of: watched.step.name) else {
            throw request.missing(.probabilities, block: .some(nil))
        }
        // What comes after the guess cannot change it.
        let part = try Trace(steps: Array(request.trace.steps[...place]), model: request.trace.model)
        let ablation = try part.ablating(watched.step.name, at: watched.index)
        let losses = HeadLosses(ablation)
        let takeaway = takeaway(losses, watched)
        let scale = losses.scale
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Each part is switched off in a run of its own; the cell says how far the guess {word} falls.",
                zh: "每次只关掉一个部分，重新计算；格中是{word}的概率下降了多少。"
            ).filled(["word": watched.label.spoken]),
            here: MiniMap.span(.attention, .feedForward, of: Stage.decoder),
            formula: Formula(#"\Delta = \role{probability}{p} - \role{probability}{p}_{\mathrm{off}}"#),
            takeaway: takeaway,
            note: note(losses),
            legend: [
                ColorScale(
                    scale, Phrase(en: "the guess loses, percentage points", zh: "概率下降（百分点）")
                ).any
            ],
            altText: request.altText(altText(losses, watched), takeaway), densities: Density.fine
        ) { density in
            Adaptive { space in
                let grid = losses.matrix(space).scaled(scale).whole()
                let bars = losses.bars(space, most: density.cell.width > 46 ? 6 : 8)
                return ThatFits {
                    if space.width > space.height * 1.1 {
                        HStack(.middle, spacing: density.gap * 1.6) {
                            grid
                            bars
                        }
                    } else {
                        VStack(spacing: density.gap * 1.4) {
                            grid
                            bars
                        }
                    }
                    if density.cell == Density.fine.last?.cell { grid }
                }.any
            }.any
        }
    }

    private static func note(_ losses: HeadLosses) -> Phrase {
        let unit = Phrase(
            en: "M: the layer's feed-forward part. 1 pp = 1 percentage point.", zh: "M：该层的前馈部分。数值单位：百分点。")
        guard let full = PatternScale.note(fullBar: losses.fullBar) else { return unit }
        return Phrase(en: unit.english + " " + full.english, zh: unit.chinese + full.chinese)
    }

    private static func takeaway(_ losses: HeadLosses, _ watched: Watched) -> Phrase {
        let word = watched.label.spoken
        guard let worst = losses.ranked.first(where: { $0.head != nil }) ?? losses.ranked.first else { return title }
        let before = Phrase(Numbers.percent(losses.before))
        guard worst.after < losses.before else {
            return Phrase(
                en: "{word} has {before}; no head alone holds it up: without any of them it is no less probable.",
                zh: "{word}的概率是 {before}；单独关掉任何一个头，它都不会下降。"
            ).filled(["word": word, "before": before])
        }
        let helps = losses.all.count { losses.before - $0.after >= 0.0005 }
        return Phrase(
            en:
                "Of the heads, {part} matters most: without it {word} falls from {before} to {after}. {helps} of {count} {count|part|parts} hold the guess up by 0.1 points or more.",
            zh: "各头之中 {part} 最要紧：关掉它，{word}从 {before} 变为 {after}。{count} 个部分中有 {helps} 个使它高出 0.1 个百分点以上。"
        ).filled([
            "part": Phrase(worst.name), "word": word, "before": before,
            "after": Phrase(Numbers.percent(worst.after)), "helps": Phrase(String(helps)),
            "count": Phrase(String(losses.all.count)),
        ])
    }

    private static func altText(_ losses: HeadLosses, _ watched: Watched) -> Phrase {
        let losers = losses.ranked.prefix(5).filter { $0.after < losses.before }
        let parts = losers.map { part in
            "\(part.name) \(Numbers.percent(losses.before)) → \(Numbers.percent(part.after))"
        }
        let list = Phrase(
            en: parts.isEmpty ? "none" : parts.joined(separator: "; "),
            zh: parts.isEmpty ? "没有" : parts.joined(separator: "；"))
        return Phrase(
            en:
                "A grid with a row for each layer and a column for each head and the feed-forward part; each cell is what the probability of {word} loses without that part. The greatest: {list}.",
            zh: "每层一行、每个头一列的方格表，末列为前馈部分；每格是关掉该部分后{word}的概率下降多少。下降最多的：{list}。"
        ).filled(["word": watched.label.spoken, "list": list])
    }
}

/// What each part is worth, as a grid and in order.
struct HeadLosses: Sendable {
    let before: Double
    let all: [Ablation.Part]
    /// Those whose loss is greatest first.
    let ranked: [Ablation.Part]

    init(_ ablation: Ablation) {
        before = ablation.before
        all = (ablation.heads + ablation.feedForwards).filter { $0.after.isFinite }
        ranked = all.sorted { $0.after < $1.after }
    }

    /// The value of a bar of full length.
    var fullBar: Double { PatternScale.fullBar(ranked.prefix(8).reduce(before) { max($0, $1.after) }) }

    private func points(_ part: Ablation.Part) -> Double { (before - part.after) * 100 }

    var scale: ValueScale { .fitting(all.map { Float(points($0)) }) }

    private struct Row: Hashable {
        var stack: Stack
        var layer: Int
    }

    func matrix(_ space: Space) -> Matrix {
        var rows: [Row] = []
        for part in all where !rows.contains(Row(stack: part.stack, layer: part.layer)) {
            rows.append(Row(stack: part.stack, layer: part.layer))
        }
        rows.sort { ($0.stack == .decoder ? 1 : 0, $0.layer) < ($1.stack == .decoder ? 1 : 0, $1.layer) }
        let own = (all.filter { !$0.isCross }.compactMap { $0.head }.max() ?? -1) + 1
        let crossed = (all.filter { $0.isCross }.compactMap { $0.head }.max() ?? -1) + 1
        let hasFeedForward = all.contains { $0.head == nil }
        let columns = own + crossed + (hasFeedForward ? 1 : 0)
        var values = [[Float]](repeating: [Float](repeating: .nan, count: columns), count: rows.count)
        var names = [[String]](repeating: [String](repeating: "", count: columns), count: rows.count)
        for part in all {
            guard let row = rows.firstIndex(of: Row(stack: part.stack, layer: part.layer)) else { continue }
            let column = part.head.map { part.isCross ? own + $0 : $0 } ?? columns - 1
            values[row][column] = Float(points(part))
            names[row][column] = "\(part.name): \(Numbers.percent(before)) → \(Numbers.percent(part.after))"
        }
        let several = Set(rows.map { $0.stack }).count > 1
        let cross = space.text(Phrase(en: "cross H", zh: "交叉 H"))
        let stackName = { (stack: Stack) in
            space.text(stack == .encoder ? Phrase(en: "encoder", zh: "编码器") : Phrase(en: "decoder", zh: "解码器"))
        }
        let labels = rows.map { row in
            TokenLabel(display: (several ? stackName(row.stack) + " " : "") + "L\(row.layer)")
        }
        var heads = (0..<own).map { TokenLabel(display: "H\($0)") }
        heads += (0..<crossed).map { TokenLabel(display: cross + "\($0)") }
        if hasFeedForward { heads.append(TokenLabel(display: "M")) }
        return Matrix(values).rows(labels).columns(heads).digits(.decimals(1)).withoutShape()
            .state { [values] in values.cell($0, $1).isNaN ? .empty : .plain }
            .explained { [names] row, column in
                names.indices.contains(row) && names[row].indices.contains(column) ? names[row][column] : ""
            }
    }

    /// What the guess falls to without the parts that it needs most.
    func bars(_ space: Space, most: Int) -> AnyMark {
        let none = Bars.Bar(
            TokenLabel(display: space.text(Phrase(en: "all on", zh: "全部开启"))), before, lit: true)
        let bars = ranked.prefix(most).map { part in
            Bars.Bar(TokenLabel(display: "− \(part.name)"), part.after)
        }
        return Bars([none] + bars, limit: fullBar, length: min(300, max(120, space.width * 0.18)))
            .titled(
                Text(Phrase(en: "probability without it", zh: "关掉之后的概率")).font(space.density.label.semibold), gap: 12
            ).any
    }
}
