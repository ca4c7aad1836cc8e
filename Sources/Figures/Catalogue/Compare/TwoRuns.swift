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
            LegendKey(.fill(.muted), Phrase(en: "before", zh: "改动前")).any,
            LegendKey(.fill(.role(.probability)), Phrase(en: "after", zh: "改动后")).any,
        ]
        if let change = pair.pattern {
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
                #"\Delta \role{probability}{p} = \role{probability}{p}_{\mathrm{after}} - \role{probability}{p}_{\mathrm{before}}"#
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

/// A changed run beside the run that it was made of.
struct RunPair: Sendable {
    /// The pattern that changed most.
    struct PatternChange: Sendable {
        var layer: Int
        var head: Int
        var before: [[Float]]
        var after: [[Float]]
        var row: Int
        var column: Int
        var step: String

        var scale: ValueScale { .fitting(difference.joined()) }
        var difference: [[Float]] { zip(before, after).map { $1.subtracting($0) } }

        func matrices(_ labels: [TokenLabel], _ shown: [Int]) -> [Matrix] {
            let tables: [(cells: [[Float]], words: Phrase)] = [
                (before, Phrase(en: "before", zh: "改动前")), (after, Phrase(en: "after", zh: "改动后")),
                (difference, Phrase(en: "difference", zh: "差")),
            ]
            return tables.enumerated().map { order, table in
                let matrix = Matrix(table.cells).rows(labels).columns(labels).showing(rows: shown, columns: shown)
                    .named(order < 2 ? "P" : #"\Delta P"#, .probability, table.words).withoutShape()
                    .highlighting(cell: row, column).queriesByKeys()
                let (step, head) = (step, head)
                let scaled = matrix.scaled(order < 2 ? .probability : scale)
                return order == 1 ? scaled.tagged(step) { [0, head, $0, $1] } : scaled
            }
        }
    }

    let words: Phrase
    let labels: [TokenLabel]
    let best: [RankedToken]
    let after: [RankedToken]
    /// Candidates of either run, the likeliest before the change first.
    let shown: [Int]
    var pattern: PatternChange?
    let tag: Tag
    private let rows: (before: [Float], after: [Float])
    private var names: [Int: TokenLabel] = [:]

    func label(_ id: Int) -> TokenLabel { names[id] ?? TokenLabel(display: "#\(id)") }
    func old(_ id: Int) -> Double { rows.before.indices.contains(id) ? Double(rows.before[id]) : .nan }
    func share(_ id: Int) -> Double { rows.after.indices.contains(id) ? Double(rows.after[id]) : .nan }

    init?(_ request: FigureRequest) throws(Failure) {
        guard let now = Watched(request), let earlier = try request.trace.undoingChanges(),
            let step = earlier[now.step.name]
        else { return nil }
        let old = now.isClass ? step.row(0) : step.row(0, now.position)
        guard old.count == now.row.count else { return nil }
        rows = (old, now.row)
        labels = request.labels
        words = Self.words(request.trace)
        best = largest(old, 6)
        after = largest(now.row, 6)
        var ids = best.map { $0.id }
        for token in after where !ids.contains(token.id) { ids.append(token.id) }
        let changes = ids.map { id in abs(Double(now.row[id]) - Double(old[id])) }
        // Of many candidates those that either run holds likely.
        let order = ids.indices.sorted {
            (max(old[ids[$0]], now.row[ids[$0]]), changes[$0]) > (max(old[ids[$1]], now.row[ids[$1]]), changes[$1])
        }
        shown = order.prefix(8).map { ids[$0] }.sorted { old[$0] > old[$1] }
        tag = Tag(step: now.step.name.description, index: now.isClass ? [0] : [0, now.position])
        for id in ids { names[id] = now.isClass ? Self.className(request, id) : request.label(id: id) }
        pattern = Self.pattern(earlier, request)
    }

    private static func className(_ request: FigureRequest, _ id: Int) -> TokenLabel {
        let names = request.trace.model.classNames
        return TokenLabel(display: names.indices.contains(id) ? names[id] : String(id))
    }

    private static func pattern(_ earlier: Trace, _ request: FigureRequest) -> PatternChange? {
        var found: PatternChange?
        var most: Float = 0.005
        for step in request.trace.steps
        where step.name.label == .pattern && step.name.pass == 0 && step.shape.rank == 4 && step.name.stack == .single {
            guard let before = earlier[step.name], before.shape == step.shape, let layer = step.name.block,
                step.shape[2] == request.labels.count, step.shape[3] == request.labels.count
            else { continue }
            for head in 0..<step.shape[1] {
                let (old, new) = (before.cells(head: head), step.cells(head: head))
                for row in new.indices {
                    for column in new[row].indices {
                        let change = abs(new[row][column] - old.cell(row, column))
                        guard change > most else { continue }
                        most = change
                        found = PatternChange(
                            layer: layer, head: head, before: old, after: new, row: row, column: column,
                            step: step.name.description)
                    }
                }
            }
        }
        return found
    }

    /// What was done, as it was asked for where it is one of the usual changes.
    private static func words(_ trace: Trace) -> Phrase {
        var parts: [String] = []
        var (english, chinese): ([String], [String]) = ([], [])
        for step in trace.changedSteps where step.name.pass == 0 {
            let name = step.name
            let stack = name.stack.prefix()
            let place = name.block.map { "\(stack)L\($0)" } ?? ""
            if let part = step.operation as? ScalePart, part.factor == 0,
                name.label == .z || name.label == Label.z.crossed
            {
                parts.append((name.label == .z ? place : "cross.L\(name.block ?? 0)") + "H\(part.place)")
            } else if let part = step.operation as? ScalePart {
                english.append("column \(part.place) of \(name) times \(Numbers.significant(part.factor))")
                chinese.append("把 \(name) 的第 \(part.place) 维乘以 \(Numbers.significant(part.factor))")
            } else if let all = step.operation as? Magnify, all.factor == 0,
                name.label == .attentionOut || name.label == .feedForwardOut
            {
                parts.append(place + (name.label == .attentionOut ? "A" : "M"))
            } else if let all = step.operation as? Magnify {
                english.append("\(name) times \(Numbers.significant(all.factor))")
                chinese.append("把 \(name) 乘以 \(Numbers.significant(all.factor))")
            } else {
                english.append("\(name) taken from another text")
                chinese.append("把 \(name) 换成另一段文本的")
            }
        }
        if !parts.isEmpty {
            let shown = parts.prefix(6).joined(separator: ", ") + (parts.count > 6 ? " …" : "")
            english.insert("\(shown) off", at: 0)
            chinese.insert("关掉 \(shown)", at: 0)
        }
        return Phrase(en: english.prefix(3).joined(separator: ", "), zh: chinese.prefix(3).joined(separator: "，"))
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
