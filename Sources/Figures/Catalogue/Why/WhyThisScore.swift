import Drawing
import Tensors
import Tracing
import Wording

/// Which parts of a query and a key make one score: the product of each column, and the sum as it grows.
package enum WhyThisScore: TraceFigure {
    package static let id = "why-this-score"
    package static let title = Phrase(en: "Why this score?", zh: "这个得分从何而来？")
    package static let scope = FigureScope.perHead
    package static let isOfEachStack = true
    package static let shows: [Label] = [.dotProducts, .query, .key]

    package static func isPossible(_ request: FigureRequest) -> Bool { ScoreParts(HeadView(request)) != nil }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let view = HeadView(request)
        guard let parts = ScoreParts(view) else { throw request.missing(.dotProducts) }
        let takeaway = takeaway(parts)
        let theme = request.style.theme
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "Query and key are multiplied column by column; the products add up to the dot product, the score before √d.",
                zh: "查询与键逐维相乘，乘积加起来就是点积，也就是除以 √d 之前的得分。"),
            here: view.here,
            formula: Formula(
                #"\role{query}{q}\cdot\role{key}{k} = \sum_{i} \role{query}{q_i}\,\role{key}{k_i}"#),
            takeaway: takeaway,
            legend: [
                ColorScale(
                    parts.scale, Phrase(en: "query and key", zh: "查询与键")
                ).any,
                LegendKey(.fill(.fixed(theme.positive)), Phrase(en: "raises the score", zh: "使得分升高")).any,
                LegendKey(.fill(.fixed(theme.negative)), Phrase(en: "lowers it", zh: "使得分降低")).any,
            ],
            altText: request.altText(altText(parts), takeaway)
        ) { density in
            Adaptive { space in
                let plot = ScorePlot(parts: parts).any
                let list = parts.bars(most: space.height < 300 ? 4 : 6, space).any
                let isWide = space.width > space.height * 1.25
                return ThatFits {
                    if isWide {
                        HStack(.middle, spacing: 44) {
                            plot
                            list
                        }
                    } else {
                        VStack(spacing: 28) {
                            plot
                            list
                        }
                    }
                    if density.isLast { plot }
                }.any
            }.steady()
        }
    }

    private static func takeaway(_ parts: ScoreParts) -> Phrase {
        let shown = parts.strongest(3)
        let names: KeyValuePairs<String, Phrase> = [
            "query": parts.queryName, "key": parts.isOwn ? Phrase(en: "its own key", zh: "它自己的键") : parts.keyName,
            "count": Phrase(String(parts.products.count)),
        ]
        guard parts.products.count > shown.count + 1 else {
            return Phrase(
                en: "{query} and {key}: the dot product is the sum of {count} {count|product|products}, {total}.",
                zh: "{query}与{key}：点积是 {count} 个乘积之和，{total}。"
            ).filled(names).filled(["total": Phrase(Numbers.fixed(parts.total))])
        }
        let top = shown.reduce(0) { $0 + parts.products[$1] }
        let sum = ShownSum([top, parts.total - top], total: parts.total)
        let list = shown.sorted().map { String($0) }
        return Phrase(
            en:
                "{query} and {key}: columns {columns} give {top}, the other {rest} give {others}; q·k {sign} {total}.",
            zh: "{query}与{key}：第 {columns} 维合计 {top}，其余 {rest} 维合计 {others}，q·k {sign} {total}。"
        ).filled(names).filled([
            "columns": Phrase(
                en: list.dropLast().joined(separator: ", ") + " and " + (list.last ?? ""),
                zh: list.joined(separator: "、")),
            "top": Phrase(sum.terms[0]), "others": Phrase(sum.terms[1]), "sign": Phrase(sum.sign),
            "total": Phrase(sum.total), "rest": Phrase(String(parts.products.count - shown.count)),
        ])
    }

    private static func altText(_ parts: ScoreParts) -> Phrase {
        let most = parts.strongest(1).first ?? 0
        return Phrase(
            en:
                "Two rows of {count} {count|cell|cells}, the query of {query} over {key}; under each pair its product as a bar up or down, the largest {most} in column {column}; below, a line that climbs and falls by these products to {total}.",
            zh:
                "两行各 {count} 格：上面是{query}的查询，下面是{key}；每一对下面用向上或向下的条画出乘积，绝对值最大的在第 {column} 维，为 {most}；再下面的折线随这些乘积升降，最后到 {total}。"
        ).filled([
            "count": Phrase(String(parts.products.count)), "query": parts.queryName,
            "key": parts.isOwn
                ? Phrase(en: "its own key", zh: "它自己的键")
                : Phrase(en: "the key of \(parts.keyName.english)", zh: "\(parts.keyName.chinese)的键"),
            "most": Phrase(Numbers.fixed(parts.products[most])), "column": Phrase(String(most)),
            "total": Phrase(Numbers.fixed(parts.total)),
        ])
    }
}

/// One query, one key, and what each column gives their dot product.
struct ScoreParts: Sendable {
    let query: [Float]
    let key: [Float]
    let products: [Double]
    /// The trace's own sum.
    let total: Double
    let scale: ValueScale
    let queryLabel: TokenLabel
    let keyLabel: TokenLabel
    let queryName: Phrase
    let keyName: Phrase
    /// Whether the query meets the key of its own token.
    let isOwn: Bool
    let tags: (query: Tag, key: Tag, total: Tag?)

    /// Of the query asked about and the key that fits it best.
    init?(_ view: HeadView) {
        guard let (queries, keys) = view.compared else { return nil }
        let place = view.focus
        let query = queries.cells.row(place)
        guard !query.isEmpty, query.allSatisfy({ $0.isFinite }) else { return nil }
        let own = view.has(.dotProducts) && view.request.isBorneOut(.dotProducts)
        let row = own ? view.cells(.dotProducts).row(place) : keys.cells.map { Float(query.dot($0)) }
        let best = view.strongest(row, of: place)
        let key = keys.cells.row(best)
        guard key.count == query.count, key.allSatisfy({ $0.isFinite }), row.indices.contains(best) else { return nil }
        self.query = query
        self.key = key
        products = zip(query, key).map { Double($0) * Double($1) }
        total = Double(row[best])
        scale = .fitting(query + key)
        func label(_ place: Int) -> TokenLabel {
            view.labels.indices.contains(place) ? view.labels[place] : TokenLabel(String(place))
        }
        (queryLabel, keyLabel) = (label(place), label(best))
        queryName = view.labels.name(place)
        keyName = view.labels.name(best)
        isOwn = place == best
        tags = (
            Tag(step: queries.name, index: [0, place - queries.earlier, queries.head]),
            Tag(step: keys.name, index: [0, best - keys.earlier, keys.head]),
            own ? view.tag(.dotProducts, head: view.head, place, best) : nil
        )
    }

    /// The columns of the largest products, by their size, largest first.
    func strongest(_ count: Int) -> [Int] {
        Array(products.map { Float($0) }.rankedByStrength.prefix(count))
    }

    /// The largest products, the rest together, and the score.
    func bars(most: Int, _ space: Space) -> Bars {
        let shown = strongest(products.count <= most + 1 ? products.count : most)
        let rest = total - shown.reduce(0) { $0 + products[$1] }
        let hasRest = shown.count < products.count
        let sum = ShownSum(shown.map { products[$0] } + (hasRest ? [rest] : []), total: total)
        let theme = space.theme
        func tint(_ value: Double) -> Tint { .fixed(value < 0 ? theme.negative : theme.positive) }
        func words(_ phrase: Phrase) -> TokenLabel { TokenLabel(display: space.text(phrase)) }
        var bars = shown.enumerated().map { order, column in
            Bars.Bar(
                words(Phrase(en: "column \(column)", zh: "第 \(column) 维")), products[column], text: sum.terms[order],
                tint: tint(products[column]))
        }
        if hasRest {
            let count = products.count - shown.count
            bars.append(
                Bars.Bar(
                    words(Phrase(en: "other \(count)", zh: "其余 \(count) 维")), rest, text: sum.terms.last,
                    tint: .muted))
        }
        bars.append(
            Bars.Bar(
                words(Phrase("q·k")), total, text: (sum.sign == "≈" ? "≈ " : "") + sum.total,
                tint: .role(.scores), lit: true, tag: tags.total))
        return Bars(bars, length: min(260, max(120, space.width * 0.2)))
    }
}
