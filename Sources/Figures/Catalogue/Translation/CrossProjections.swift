import Drawing
import Tracing
import Wording

/// Where cross-attention's queries, keys and values come from: two texts instead of one.
package enum CrossProjections: TraceFigure {
    package static let id = "cross-projections"
    package static let title = Phrase(en: "Queries from here, keys and values from there", zh: "查询来自这边，键和值来自那边")
    package static let scope = FigureScope.perHead
    package static let shows: [Label] = [Label.query.crossed, Label.key.crossed, Label.value.crossed]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        CrossTables(request, needs: [.query, .key, .value]) != nil
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let tables = CrossTables(request, needs: [.query, .key, .value]) else {
            throw request.missing(Label.query.crossed)
        }
        let queries = tables.queries(.query)
        let (keys, values) = (tables.sources(.key), tables.sources(.value))
        let scale = ValueScale.visible([queries, keys, values], rows: .max, columns: CrossTables.mostColumns)
        let takeaway = Phrase(
            en:
                "{written} for {rows} written tokens, {keys} and {values} for {sources} source tokens, of {width} {width|number|numbers} each.",
            zh: "写出的 {rows} 个词元有{written}，原文的 {sources} 个词元有{keys}和{values}，各 {width} 个数。"
        ).filled([
            "written": AttentionText.queries.phrase.capitalized, "keys": AttentionText.keys.phrase,
            "values": AttentionText.values.phrase, "rows": Phrase(String(queries.count)),
            "sources": Phrase(String(keys.count)), "width": Phrase(String(keys.first?.count ?? 0)),
        ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The decoder asks with its own vectors; what it reads is made of the encoder's output, once.",
                zh: "解码器用自己的向量提问；它读到的，由编码器输出一次算好。"),
            here: tables.here,
            formula: Formula(
                #"\role{query}{Q} = \hat{H}_{\mathrm{decoder}}\,\role{query}{W_Q} \qquad \role{key}{K} = H_{\mathrm{encoder}}\,\role{key}{W_K} \qquad \role{value}{V} = H_{\mathrm{encoder}}\,\role{value}{W_V}"#
            ), takeaway: takeaway,
            legend: [ColorScale(scale, Phrase(en: "queries, keys, values", zh: "查询、键、值")).any],
            altText: tables.altText(
                Phrase(
                    en: "One head's queries, a row a written token, and its keys and values, a row a source token.",
                    zh: "一个头的查询（每个写出的词元一行），以及键和值（每个原文词元一行）。"), takeaway)
        ) { density in
            tables.arranged(at: density) { budget in
                let left = tables.written(queries, .query).named("Q", .query, AttentionText.queries.phrase)
                    .scaled(scale).vectors(budget.width).showing(rows: budget.written)
                func right(_ label: Label, _ letter: String, _ role: Role, _ words: AttentionText) -> Matrix {
                    tables.read(label).named(letter, role, words.phrase).scaled(scale).vectors(budget.width)
                        .showing(rows: budget.source)
                }
                let keys = right(.key, "K", .key, .keys)
                let values = right(.value, "V", .value, .values)
                let asks = left.titled(Self.origin(.decoder), alignment: 0.5, gap: 12).any
                let answers = HStack(.middle, spacing: density.gap) {
                    keys
                    values
                }.titled(Self.origin(.encoder), alignment: 0.5, gap: 12).any
                let stacked = VStack(.center, spacing: density.gap) { [asks, answers] }
                return Fullest {
                    HStack(.middle, spacing: density.gap * 1.6) { [asks, answers] }
                    stacked
                }.any
            }
        }
    }

    private static func origin(_ stack: Stack) -> Text {
        Text(
            stack == .decoder
                ? Phrase(en: "from the decoder", zh: "来自解码器") : Phrase(en: "from the encoder's output", zh: "来自编码器输出")
        ).font(.label.semibold)
    }
}

extension Phrase {
    /// With a capital letter, where the language has them.
    var capitalized: Phrase { Phrase(en: english.prefix(1).uppercased() + english.dropFirst(), zh: chinese) }
}
