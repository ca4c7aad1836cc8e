import Drawing
import Tracing
import Wording

/// Where one head of the decoder looks in the source: a row for each token it writes, a column for each it reads there.
package enum CrossAttentionPattern: TraceFigure {
    package static let id = "cross-attention"
    package static let title = Phrase(en: "Where it looks in the source", zh: "写的时候在看原文哪里")
    package static let scope = FigureScope.perHead
    package static let shows: [Label] = [Label.pattern.crossed]

    package static func isPossible(_ request: FigureRequest) -> Bool { CrossHead(request) != nil }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let head = CrossHead(request) else { throw request.missing(Label.pattern.crossed) }
        let row = head.focus(request.position)
        let key = head.strongest(row)
        let (view, cells) = (head.view, head.cells)
        let columns = TokenWindow(count: view.source.count, named: [key] + head.favourites)
        let rows = TokenWindow(count: cells.count, named: [row])
        let shares = Shares(cells)
        let weights = PatternScale(cells)
        let scale = weights.scale
        let takeaway =
            (shares.areWhole
            ? Phrase(
                en: "Writing {token}, this head gives {share} of its attention to {key}.",
                zh: "写{token}时，这个头把 {share} 的注意力给了{key}。")
            : Phrase(
                en: "Writing {token}, this head gives {key} a weight of {share}.",
                zh: "写{token}时，这个头给{key}的权重是 {share}。")).filled([
                "token": view.written.name(row), "key": view.source.name(key),
                "share": shares.phrase(cells.cell(row, key)),
            ])
        let names = cells.indices.map { view.tag(request.layer, request.head, $0, 0) }
        let number = request.head
        return Slide(
            id: id, title: title,
            subtitle: shares.areWhole
                ? Phrase(
                    en:
                        "The decoder asks (rows), the encoder's output answers (columns). Each row adds up to 1; nothing is hidden.",
                    zh: "解码器提问（行），编码器输出回答（列）。每一行合计为 1，没有遮挡。")
                : Phrase(
                    en: "The decoder asks (rows), the encoder's output answers (columns). The rows do not add up to 1.",
                    zh: "解码器提问（行），编码器输出回答（列）。各行合计不为 1。"),
            here: MiniMap(.crossAttention, in: Stage.encoderDecoder, layer: request.layer, head: request.head),
            formula: Formula(
                #"\role{probability}{P} = \softmax\left(\frac{\role{query}{Q}_{\mathrm{decoder}} \role{key}{K}_{\mathrm{encoder}}^\top}{\sqrt{d}}\right)"#
            ),
            takeaway: takeaway,
            legend: [weights.legend],
            altText: CrossHead.altText(
                view, Phrase(en: "A heat map of one cross-attention head.", zh: "一个交叉注意力头的热力图。"), takeaway)
        ) { density in
            ThatFits {
                for (most, fewest) in CrossHead.budgets(at: density, rows.count, columns.count) {
                    let (shownRows, shownColumns) = (rows.shown(most), columns.shown(fewest))
                    let matrix = Matrix(cells).rows(view.written).columns(view.source)
                        .showing(rows: shownRows, columns: shownColumns)
                        .tagged(rows: { names[$0].step }, { [0, number, names[$0].index[2], $1] }).asPattern(scale)
                        .axes(
                            rows: Phrase(en: "written", zh: "写出的词元"), columns: Phrase(en: "source", zh: "原文词元")
                        )
                        .highlighting(row: row)
                    let bars = Bars(
                        weights: cells.row(row), of: view.source, shares: shares, lit: key,
                        limit: weights.limit(holding: cells.row(row)),
                        length: min(280, max(110, request.style.canvas.width * 0.15)),
                        tag: { Tag(step: names[row].step, index: [0, number, names[row].index[2], $0]) }
                    ).besideRows(shownColumns)
                    let title = Text(CrossHead.sees(view.written(row))).font(density.label.semibold)
                    Fullest {
                        HStack(spacing: density.gap * 2) {
                            matrix
                            bars.titled(title, gap: 14)
                        }
                        VStack(.center, spacing: density.gap) {
                            matrix
                            bars.titled(title, gap: 14)
                        }
                    }
                    if density.isLast { matrix }
                }
            }.any
        }
    }
}

/// One cross-attention head's weights on a translation.
struct CrossHead: Sendable {
    let view: TranslationView
    /// `[target][source]`
    let cells: [[Float]]

    init?(_ request: FigureRequest) {
        guard let view = TranslationView(request) else { return nil }
        let cells = view.weights(layer: request.layer, head: request.head)
        guard cells.count == view.places.count, cells.count > 0, view.source.count > 0,
            cells.allSatisfy({ $0.count == view.source.count })
        else { return nil }
        self.view = view
        self.cells = cells
    }

    func strongest(_ row: Int) -> Int { cells.row(row).greatestPlace ?? 0 }

    /// The source tokens that any row looks at most.
    var favourites: [Int] { cells.indices.map(strongest) }

    /// The place asked about, else the row whose greatest weight is greatest, of those that write a part of the text.
    func focus(_ position: Int?) -> Int {
        if let position { return min(max(position, 0), cells.count - 1) }
        let words = cells.indices.filter { view.written($0).kind != .special && view.written($0).display != "␣" }
        let places = words.isEmpty ? Array(cells.indices) : words
        let greatest = places.map { cells.cell($0, strongest($0)) }
        return greatest.greatestPlace.map { places[$0] } ?? 0
    }

    static func sees(_ label: TokenLabel) -> Phrase {
        Phrase(en: "writing {token}", zh: "写{token}时在看").filled(["token": label.spoken])
    }

    /// How many rows and columns may be drawn, from all to few.
    static func budgets(at density: Density, _ rows: Int, _ columns: Int) -> [(Int, Int)] {
        let full = (min(rows, TokenWindow.most), min(columns, TokenWindow.most))
        guard density.isLast else { return [full] }
        return [full] + [16, 12, 9, 7, 5, 4].map { (min(full.0, $0), min(full.1, $0)) }
    }

    static func altText(_ view: TranslationView, _ what: Phrase, _ takeaway: Phrase) -> Phrase {
        Phrase(
            en: "{what} Source: {source}. Written: {written}. {takeaway}",
            zh: "{what}原文：{source}。写出：{written}。{takeaway}"
        ).filled([
            "what": what, "source": view.source.elided, "written": view.written.elided,
            "takeaway": takeaway,
        ])
    }
}

extension TranslationView {
    /// The token behind a place, numbered where none is known.
    func written(_ place: Int) -> TokenLabel {
        written.indices.contains(place) ? written[place] : TokenLabel(String(place))
    }

    func source(_ place: Int) -> TokenLabel {
        source.indices.contains(place) ? source[place] : TokenLabel(String(place))
    }
}
