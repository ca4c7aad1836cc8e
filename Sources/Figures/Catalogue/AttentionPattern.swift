import Drawing
import Tracing
import Wording

/// Where one head looks: each row is a query's softmax over the keys, from paper (0) to ink (1).
public enum AttentionPattern: TraceFigure {
    public static let id = "attention-pattern"
    public static let title = Phrase(en: "Where one head looks", zh: "一个注意力头在看哪里")
    public static let scope = FigureScope.perHead
    public static let shows: [Label] = [.pattern]

    public static func slide(_ request: FigureRequest) throws -> Slide {
        let step = try request.step(.pattern)
        let cells = step.cells(head: request.head)
        let labels = request.labels
        let (layer, head, name) = (request.layer, request.head, step.name.description)
        let strongest = strongest(cells)
        let takeaway = Phrase(
            en: "“{query}” gives {share} of its attention to “{key}”.",
            zh: "“{query}”把 {share} 的注意力给了“{key}”。"
        ).filled([
            "query": Phrase(labels[strongest.query].display), "key": Phrase(labels[strongest.key].display),
            "share": Phrase(Numbers.percent(Double(strongest.share))),
        ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Each row is one token's question; it adds up to 1. Later tokens are hidden.",
                zh: "每一行是一个词元的提问，合计为 1；后面的词元看不到。"),
            here: MiniMap(.attention, layer: layer, head: head),
            formula: Formula(#"\mathrm{pattern} = \mathrm{softmax}(\mathrm{scores})"#),
            takeaway: takeaway,
            legend: [ColorScale(.probability)]
        ) { _ in
            Matrix(cells)
                .named(words: Phrase(en: "pattern", zh: "注意力分布"), .scores)
                .rows(labels).columns(labels)
                .axes(rows: Phrase(en: "query", zh: "查询"), columns: Phrase(en: "key", zh: "键"))
                .scaled(.probability).causal()
                .highlighting(row: strongest.query)
                .tagged(name) { [0, head, $0, $1] }
        }
    }

    /// The query after the first whose greatest weight on another token is greatest.
    private static func strongest(_ cells: [[Float]]) -> (query: Int, key: Int, share: Float) {
        var best = (query: 0, key: 0, share: cells.first?.first ?? 1)
        var found: Float = -1
        for (query, row) in cells.enumerated() {
            for (key, share) in row.enumerated() where key < query && share > found {
                found = share
                best = (query, key, share)
            }
        }
        return best
    }
}
