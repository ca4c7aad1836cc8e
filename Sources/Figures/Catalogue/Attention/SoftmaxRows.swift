import Drawing
import Tracing
import Wording

/// From scores to probabilities, a row a frame: exponential, sum, quotient, with the numbers of the trace.
package enum SoftmaxRows: TraceFigure {
    package static let id = "softmax"
    package static let title = Phrase(en: "Softmax: from scores to shares", zh: "Softmax：从得分到概率")
    package static let scope = FigureScope.perHead
    package static let isOfEachStack = true
    package static let shows: [Label] = [.pattern, .scores]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.has(shows) && request.isBorneOut(.pattern)
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        _ = try request.step(.scores)
        _ = try request.step(.pattern)
        let view = HeadView(request)
        let scores = view.cells(.scores)
        let pattern = view.cells(.pattern)
        let window = request.window(scores.count, named: [view.focus])
        let scale = ClippedScale(scores.joined())
        let isShifted = SoftmaxRow.needShift(scores)
        let rows = zip(scores, pattern).map { SoftmaxRow(scores: $0, shares: $1, isShifted: isShifted) }
        let widest = SoftmaxTable.Widths(rows)
        guard !rows.isEmpty else { throw request.missing(.pattern) }
        let weights = PatternScale(pattern)
        // Made once: frames and densities differ in what they show of the same tables.
        let cells = rows.map { $0.scores }
        let tables = Tables(
            cells: cells,
            scores: view.square(.scores, cells, showing: []).named("S", .scores, AttentionText.scores.phrase)
                .scaled(scale.scale).hiding(cells).queriesByKeys(),
            shares: view.square(.pattern, rows.map { $0.shares }, showing: []).asPattern(weights.scale).queriesByKeys(),
            limit: rows.reduce(weights.limit) { $1.shares.reduce($0) { $1.isFinite ? max($0, Double($1)) : $0 } })
        let frames = window.shown().filter { $0 < rows.count && !rows[$0].scores.isEmpty }.map { query in
            let caption = caption(view, query, rows[query])
            return Slide.Frame(
                caption: caption,
                altText: request.altText(
                    Phrase(
                        en: "The scores, one row of them as a table of powers of e and shares, and the pattern so far.",
                        zh: "得分、其中一行的表格（e 的幂与概率），以及已经算出的注意力分布。"), caption),
                takeaway: caption, position: query
            ) { density in
                window.arranged(at: density, as: window.pictures([true, false], at: density)) { shown, _, hasScores in
                    picture(
                        view, query, rows, widest, tables, shown, density, hasScores: hasScores,
                        isLast: density.isLast)
                }
            }
        }
        var slide = Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Raise e to each score, add up, divide by the sum: every row becomes shares of one whole.",
                zh: "以 e 为底取指数，求和，再除以和：每一行就成了总和为 1 的概率分布。"),
            here: view.here,
            formula: Formula(
                #"\role{probability}{p_j} = \frac{e^{\role{scores}{s_j}}}{\sum_k e^{\role{scores}{s_k}}}"#),
            note: isShifted
                ? Phrase(
                    en:
                        "The largest score of the row, m, is taken off first, so that no power gets too large: the shares stay the same.",
                    zh: "先减去这一行的最大得分 m，免得幂太大；概率不变。") : nil,
            legend: [
                scale.legend(AttentionText.scores.phrase).any, weights.legend,
            ],
            frames: frames)
        slide.isUniform = true
        return slide
    }

    private struct Tables: Sendable {
        let cells: [[Float]]
        let scores: Matrix
        let shares: Matrix
        let limit: Double
    }

    private static func picture(
        _ view: HeadView, _ query: Int, _ rows: [SoftmaxRow], _ widths: SoftmaxTable.Widths, _ tables: Tables,
        _ shown: [Int], _ density: Density, hasScores: Bool, isLast: Bool
    ) -> AnyMark {
        let left = tables.scores.showing(rows: shown, columns: shown).highlighting(row: query)
        let right = tables.shares.showing(rows: shown, columns: shown)
            .state { $0 > query ? .empty : tables.cells.cell($0, $1) == -.infinity ? .masked : .plain }
            .highlighting(row: query)
        let (head, name) = (view.head, view.name(.pattern))
        let table = SoftmaxTable(
            labels: view.labels, row: rows[query], shown: shown, widths: widths, limit: tables.limit,
            tag: { Tag(step: name, index: [0, head, query, $0]) })
        let isQuiet = view.request.style.isQuiet
        let brief = table.with { $0.isBrief = true }
        let short = HStack {
            table
            Arrow(.right, length: 34)
            right
        }
        guard hasScores else { return short.any }
        let whole = Fullest {
            HStack(spacing: density.gap) {
                left
                Arrow(.right, length: 34)
                isQuiet ? brief : table
                Arrow(.right, length: 34)
                right
            }
            VStack(spacing: density.gap) {
                HStack {
                    left
                    right
                }
                table
            }
            VStack(spacing: density.gap * 0.5) {
                left
                Arrow(.down, length: 34)
                table
                Arrow(.down, length: 34)
                right
            }
            // For a phone, where the scores are in the table too.
            if isQuiet {
                VStack(spacing: density.gap * 0.5) {
                    table
                    Arrow(.down, length: 28)
                    right
                }
            }
        }
        // All of a short text goes before its scores, which the table holds too.
        return ThatFits {
            whole
            if isLast, rows.count <= 12 { short }
        }.any
    }

    private static func caption(_ view: HeadView, _ query: Int, _ row: SoftmaxRow) -> Phrase {
        let key = view.strongest(row.shares, of: query)
        guard row.scores.indices.contains(key), row.powers.indices.contains(key) else {
            return Phrase(en: "{query} has no scores.", zh: "{query}没有得分。").filled(["query": view.token(query)])
        }
        let digits = row.digits(key)
        // “more than 99.9%” is no approximation.
        let share = row.words.text(row.shares[key])
        let sign = share.first == "<" || share.first == ">" ? " is " : " ≈ "
        return Phrase(
            en: "{query} on {key}: e to the {score} ≈ {power}, divided by the sum {sum}{sign}{share}.",
            zh: "{query}看{key}：e 的 {score} 次方 ≈ {power}，除以总和 {sum}{sign}{share}。"
        ).filled([
            "sign": Phrase(en: sign, zh: sign == " is " ? "，得 " : sign),
            "query": view.token(query),
            "key": key == query ? Phrase(en: "itself", zh: "自己") : view.token(key),
            "score": Phrase(
                row.shift == 0
                    ? digits.score
                    : "(\(Numbers.fixed(Double(row.scores[key]))) − \(Self.bracketed(Numbers.fixed(row.shift))))"),
            "power": Phrase(digits.power), "sum": Phrase(digits.sum), "share": Phrase(share),
        ])
    }

    private static func bracketed(_ number: String) -> String {
        number.first == Numbers.minus ? "(\(number))" : number
    }
}
