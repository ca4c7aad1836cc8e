import Drawing
import Platform
import Tracing
import Wording

/// One head from end to end: queries meet keys, scores become a pattern, the pattern weighs values.
package enum OneHead: TraceFigure {
    package static let id = "one-head"
    package static let title = Phrase(en: "One attention head, end to end", zh: "一个注意力头，从头到尾")
    package static let scope = FigureScope.perHead
    package static let isOfEachStack = true
    package static let shows: [Label] = [.query, .key, .value, .scores, .pattern, .z]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.has(shows) && [.pattern, .z].allSatisfy(request.isBorneOut)
            && (!request.trace.isElsewhere || Scores.isPossible(request))
    }

    private struct Parts: Sendable {
        var view: HeadView
        var queries: HeadView.Projection
        var keys: HeadView.Projection
        var values: HeadView.Projection
        var result: HeadView.Projection
        var scores: [[Float]]
        var pattern: [[Float]]
        /// Of queries and keys, and of values and output: their numbers may differ in size by far.
        var asked: ClippedScale
        var given: ClippedScale
        var products: ClippedScale
        var weights: PatternScale
        var best: Int
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let view = HeadView(request)
        guard let compared = view.compared, let values = view.projection(.value), let result = view.projection(.z)
        else { throw request.missing(.query) }
        let pattern = view.cells(.pattern)
        let scores = view.cells(.scores)
        let focus = view.focus
        let row = pattern.row(focus)
        let shares = Shares(pattern)
        let weights = PatternScale(pattern)
        let best = view.strongest(row, of: focus)
        let parts = Parts(
            view: view, queries: compared.queries, keys: compared.keys, values: values, result: result, scores: scores,
            pattern: pattern,
            asked: ClippedScale(edgesOf: [compared.queries.cells, compared.keys.cells]),
            given: ClippedScale(edgesOf: [values.cells, result.cells]), products: ClippedScale(scores.joined()),
            weights: weights, best: best)
        let window = request.window(pattern.count, named: [focus, best])
        // On a low page, and of many tokens, scores have no room of their own: the arrow stands for them.
        let canvas = request.style.canvas
        let hasScores = canvas.height > canvas.width * 0.9 || canvas.height >= 640 && pattern.count <= 6
        let takeaway = shares.giving(
            row.indices.contains(best) ? row[best] : .nan, from: view.token(focus), to: view.token(best))
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Whom does {query} look at? Its query meets every key; the values are mixed by weight.",
                zh: "{query}在看谁？它的查询与每个键相遇，再按权重把值混合起来。"
            ).filled(["query": view.token(focus)]),
            here: view.here,
            formula: Formula(
                #"\role{attention output}{z} = \softmax\left(\frac{\role{query}{Q}\role{key}{K^\top}}{\sqrt{d}}\right)\role{value}{V}"#
            ),
            takeaway: takeaway, note: view.sharing,
            legend: [parts.asked.legend(Phrase("Q, K")).any, parts.given.legend(Phrase("V, z")).any]
                + (hasScores ? [parts.products.legend(AttentionText.scores.phrase).any] : []) + [weights.legend],
            altText: request.altText(
                Phrase(
                    en:
                        "Queries times keys give scores, softmax makes weights of them, the weights times the values give the output: all as matrices of one head.",
                    zh: "查询乘以键得到得分，softmax 把得分变成权重，权重乘以值得到输出：都画成一个头的矩阵。"), takeaway)
        ) { density in
            let columns = TokenWindow.columns(at: density, digits: [4], colours: 8)
            let pictures: [Picture] = hasScores ? [.twoLines, .threeLines] : [.oneLine]
            var last: [[Picture]] = hasScores ? [pictures, [.oneLine], [.end]] : [pictures, [.end]]
            if window.plan != nil { last.append([.endInTwo]) }
            return window.arranged(
                at: density, columns: density.isLast ? columns + [2] : columns, as: window.pictures(last, at: density)
            ) { shown, width, pictures in
                Adaptive { space in
                    // A row of matrices leaves room for more queries than keys.
                    let room = space.room(or: Size(1100, 400)).height - 130
                    let rows = Int(clamping: room / (space.density.drawnCell.height + 2))
                    let hasMore = rows > shown.count && window.plan == nil
                    let queries = hasMore ? window.shown(min(rows, TokenWindow.most)) : shown
                    let drawn = pictures.map { each in
                        picture(each, parts, shown, queries: each == .oneLine ? queries : shown, width, density)
                    }
                    return Fullest { drawn }.any
                }.any
            }
        }
    }

    private enum Picture: Sendable {
        /// Scores and pattern above, the weighing of the values below.
        case twoLines
        case oneLine
        /// For a tall page: what is multiplied, what softmax makes of it, what is mixed.
        case threeLines
        /// From the pattern on.
        case end
        /// Likewise, for a phone.
        case endInTwo
    }

    private static func picture(
        _ picture: Picture, _ parts: Parts, _ shown: [Int], queries asked: [Int], _ width: Int, _ density: Density
    ) -> AnyMark {
        let view = parts.view
        let (focus, labels) = (view.focus, view.labels)
        let vectors = {
            (table: HeadView.Projection, name: String, role: Role, words: Phrase, scale: ClippedScale) in
            table.matrix().named(name, role, words).scaled(scale.scale)
                .columnsElided(to: width, of: table.width).showing(rows: name == "V" ? shown : asked)
        }
        let scores = parts.scores
        let queries = vectors(parts.queries, "Q", .query, view.words(parts.queries, .queries), parts.asked).rows(labels)
            .highlighting(row: focus)
        let keys = parts.keys.transposed().named(#"K^\top"#, .key, view.words(parts.keys, .keys)).columns(labels)
            .scaled(parts.asked.scale).rowsElided(to: width, of: parts.keys.width).showing(columns: shown)
        let squares = view.square(.scores, scores, showing: shown).named("S", .scores, AttentionText.scores.phrase)
            .scaled(parts.products.scale).hiding(scores).highlighting(row: focus)
        let pattern = view.square(.pattern, parts.pattern, showing: shown).showing(rows: asked).asPattern(
            parts.weights.scale
        ).hiding(scores)
            .highlighting(row: focus)
        let values = vectors(parts.values, "V", .value, AttentionText.values.phrase, parts.given)
        let result = vectors(parts.result, "z", .attentionOutput, AttentionText.output.phrase, parts.given).rows(labels)
            .highlighting(row: focus)
        let bars = view.bars(parts.pattern, of: focus, showing: shown, lit: parts.best, length: 150)
            .titled(
                Text(view.sees(focus)).font(.small.semibold).anchored("bars"), gap: 12)
        let isTight = density.cell.width < 46
        let scaled = Arrow(
            .right, above: Formula(#"\div\sqrt{d}"#).size(18).any,
            below: view.isCausal ? Text(Phrase(en: "mask", zh: "掩码")).font(.small).color(.muted).any : nil,
            length: isTight ? 60 : 64)
        let softmax = Arrow(.right, "softmax", length: isTight ? 60 : 64)
        switch picture {
        case .twoLines:
            return VStack(spacing: density.gap * 1.2) {
                HStack(spacing: density.gap * 0.7) {
                    queries
                    Symbol("×")
                    keys
                    scaled
                    squares
                    softmax
                    pattern.anchoring("row", rows: focus...focus, columns: 0...max(0, parts.pattern.count - 1))
                        .anchored("pattern")
                }.anchored("top")
                HStack(spacing: density.gap) {
                    bars
                    Symbol("×")
                    values
                    Arrow(.right, length: 48)
                    result
                }
            }.connected { anchors, _, space, canvas in
                guard let top = anchors["top"], let row = anchors["row"], let bars = anchors["bars"],
                    let whole = anchors["pattern"]
                else { return }
                // From under the row, or under what is written below the matrix.
                let start = Point(row.midX, max(row.maxY + 8, whole.maxY + 3))
                let y = top.maxY + density.gap * 0.45
                let end = Point(bars.midX, bars.minY - 4)
                canvas.arrow(
                    .turning([start, Point(start.x, max(start.y, y)), Point(end.x, y), end], radius: 10),
                    Stroke(space.theme.highlight, width: 2))
            }.any
        case .oneLine:
            return HStack(spacing: density.gap * 0.6) {
                queries
                Symbol("×")
                keys
                softmax
                pattern
                Symbol("×")
                values
                Symbol("=")
                result
            }.any
        case .threeLines:
            return VStack(spacing: density.gap) {
                HStack(spacing: density.gap * 0.7) {
                    queries
                    Symbol("×")
                    keys
                }
                HStack(spacing: density.gap * 0.7) {
                    scaled
                    squares
                    softmax
                    pattern
                }
                HStack(spacing: density.gap * 0.7) {
                    Symbol("×")
                    values
                    Symbol("=")
                    result
                }
            }.any
        case .endInTwo:
            return VStack(spacing: density.gap) {
                pattern
                HStack(spacing: density.gap * 0.5) {
                    Symbol("×")
                    values
                    Symbol("=")
                    result
                }
            }.any
        case .end:
            return HStack(spacing: density.gap * 0.5) {
                pattern
                Symbol("×")
                values
                Symbol("=")
                result
            }.any
        }
    }
}
