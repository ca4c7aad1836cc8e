import Drawing
import Tracing
import Wording

/// The rows of the embedding matrix that the text picked: one vector a token.
package enum EmbeddingMatrix: TraceFigure {
    package static let id = "embedding-matrix"
    package static let title = Phrase(en: "Every token becomes a vector", zh: "每个词元变成一个向量")
    package static let scope = FigureScope.once
    package static let isOfEachStack = true
    package static let shows: [Label] = [.embed]

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let step = try request.step(StepName(.embed, stack: request.stack))
        let rows = step.rowsByPosition
        let labels = request.labels
        let strongest = VectorView.strongest(rows)
        let view = VectorView(
            rows: rows, labels: labels, name: Symbols.embedding.matrix, words: Phrase(step.name.description),
            role: .embedding,
            step: step.name.description, lit: strongest.map { ($0.row, $0.column) })
        let takeaway = takeaway(request, rows, strongest)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Row by row: the numbers that the model has learned for each token, wherever it stands.",
                zh: "一行一个词元：模型为它学到的一串数，与它排在第几位无关。"),
            here: MiniMap(.embedding, of: request),
            formula: formula,
            takeaway: takeaway, note: view.note, legend: [ColorScale(view.scale).any],
            altText: request.altText(
                Phrase(
                    en:
                        "A matrix of {shape} {shape|number|numbers} as coloured cells, a row for each token, blue above and orange below zero.",
                    zh: "一个 {shape} 的矩阵，一行一个词元，蓝色为正，橙色为负。"
                ).filled(["shape": Phrase(Numbers.shape([rows.count, rows.first?.count ?? 0]))]), takeaway)
        ) { _ in view }
    }

    /// A row of the matrix for each id.
    static var formula: Formula {
        Formula("\(Symbols.embedding.at("i")) = \(Symbols.embeddingMatrix.row(Symbols.token.at("i")))")
    }

    /// Says that a repeated token repeats its row, or else where the strongest number is.
    private static func takeaway(
        _ request: FigureRequest, _ rows: [[Float]], _ strongest: (row: Int, column: Int, value: Float)?
    ) -> Phrase {
        let labels = request.labels
        let ids = request.promptIDs
        let shown = VectorView.shownRows(rows.count)
        if let (first, second) = repeated(ids), shown.contains(first), shown.contains(second) {
            return Phrase(
                en: "{token} stands at positions {first} and {second}: the same token, the same row.",
                zh: "{token}出现在位置 {first} 和 {second}：同一个词元，同一行数。"
            ).filled([
                "token": request.label(at: second).spoken, "first": Phrase(String(first)),
                "second": Phrase(String(second)),
            ])
        }
        guard let strongest, strongest.row < labels.count else { return title }
        // Of more rows than are drawn, the strongest of all may be none of those.
        let isAll = rows.count <= VectorView.mostRows
        return Phrase(
            en: "Each token is now {width} {width|number|numbers}. The strongest"
                + (isAll ? "" : " of those drawn") + ": {value}, column {column} of {token}.",
            zh: "每个词元现在是 {width} 个数，" + (isAll ? "" : "画出的行中") + "绝对值最大的是{token}的第 {column} 列：{value}。"
        ).filled([
            "width": Phrase(String(rows.first?.count ?? 0)), "value": Phrase(Numbers.fixed(Double(strongest.value))),
            "column": Phrase(String(strongest.column)), "token": labels.name(strongest.row),
        ])
    }

    /// The first two places of the token that is first repeated.
    static func repeated(_ ids: [Int]) -> (first: Int, second: Int)? {
        var seen: [Int: Int] = [:]
        for (place, id) in ids.enumerated() {
            if let first = seen.updateValue(place, forKey: id) { return (first, place) }
        }
        return nil
    }
}
