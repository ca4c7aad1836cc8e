import Drawing
import Tracing
import Wording

/// One head's weights and what its pictures say of the query that is asked about.
struct HeadPattern: Sendable {
    let view: HeadView
    /// `[query][key]`
    let cells: [[Float]]
    /// The weights of the query asked about.
    let row: [Float]
    /// The keys that have a share worth naming, the greatest first.
    let ranked: [Int]
    let shares: Shares
    let scale: PatternScale

    private static let leastShare: Float = 0.005

    /// - Throws: `TracingError.unknownStep(_:nearest:)` where the trace has no weights.
    init(_ request: FigureRequest) throws(Failure) {
        _ = try request.step(.pattern)
        view = HeadView(request)
        cells = view.cells(.pattern)
        let row = cells.row(view.focus)
        self.row = row
        ranked = row.ranked.filter { row[$0] >= Self.leastShare }
        shares = Shares(cells)
        scale = PatternScale(cells)
    }

    var focus: Int { view.focus }
    /// With the keys that count, more of them where most of a text is left out.
    var window: TokenWindow {
        view.request.window(
            cells.count, named: [focus] + ranked.prefix(cells.count > TokenWindow.most ? 8 : 3))
    }

    /// The query asked about and so many of the keys that it gives most, in their order.
    func keysThatCount(_ most: Int) -> [Int] {
        TokenWindow(count: cells.count, named: [focus] + ranked.prefix(most)).shown(most + 1)
    }

    /// How much the query gives each of its first keys.
    var takeaway: Phrase {
        guard row.count > 1 else {
            return Phrase(en: "A single token can only look at itself.", zh: "只有一个词元，只能看自己。")
        }
        guard !ranked.isEmpty else {
            return Phrase(en: "{query} looks at none of them.", zh: "{query}一个也没有看。").filled([
                "query": view.token(focus)
            ])
        }
        func list(_ language: Language) -> [String] {
            ranked.prefix(3).map { key in
                let itself = Phrase(en: "itself", zh: "自己")
                let name = (key == focus ? itself : view.token(key))[language]
                return language == .english
                    ? "\(name) \(shares.text(row[key]))"
                    : name + (key == focus ? " " : "") + shares.text(row[key])
            }
        }
        return Phrase(en: "{query} looks at {keys}.", zh: "{query}看：{keys}。").filled([
            "query": view.token(focus),
            "keys": Phrase(en: list(.english).joined(separator: ", "), zh: list(.chinese).joined(separator: "，")),
        ])
    }
}
