import Drawing
import Wording

/// Whether weights are shares of one whole, and how they are written: as percentages only where they are.
///
/// After dropout, or recorded by another program, the weights of a row need not add up to 1.
struct Shares: Sendable {
    /// Whether every row adds up to 1; false where there are no rows.
    let areWhole: Bool
    /// The least and the greatest sum of a row of finite numbers.
    let sums: ClosedRange<Double>?

    /// Sixteen bits round a row's sum by less than this.
    private static let slack = 0.01

    init(_ rows: some Sequence<[Float]>) {
        var (least, greatest, isOdd) = (Double.infinity, -Double.infinity, false)
        // Rows of an earlier pass were computed there.
        for row in rows where !row.isEmpty {
            var (sum, isNegative) = (0.0, false)
            for value in row {
                sum += Double(value)
                if value < 0 { isNegative = true }
            }
            guard sum.isFinite, !isNegative else {
                isOdd = true
                continue
            }
            (least, greatest) = (min(least, sum), max(greatest, sum))
        }
        sums = least <= greatest ? least...greatest : nil
        areWhole = sums != nil && !isOdd && least >= 1 - Self.slack && greatest <= 1 + Self.slack
    }

    /// Of one row.
    init(row: [Float]) { self.init([row]) }

    func text(_ value: Double) -> String { areWhole ? Numbers.percent(value) : Numbers.significant(value) }
    func text(_ value: Float) -> String { text(Double(value)) }
    func phrase(_ value: Float) -> Phrase { Phrase(text(value)) }

    /// What a bar's end says; nil lets the bar write its percentage.
    func barText(_ value: Float) -> String? { areWhole ? nil : text(value) }

    /// The weight that a query gives a key; both as sentences name them.
    func giving(_ share: Float, from query: Phrase, to key: Phrase) -> Phrase {
        let isItself = query == key
        return
            (areWhole
            ? Phrase(en: "{query} gives {share} of its attention to {key}.", zh: "{query}把 {share} 的注意力给了{key}。")
            : Phrase(en: "{query} gives {key} a weight of {share}.", zh: "{query}给{key}的权重是 {share}。"))
            .filled([
                "share": phrase(share), "query": query, "key": isItself ? Phrase(en: "itself", zh: "自己") : key,
            ])
    }

    /// That a row is a question, and what its weights add up to.
    var rowsAddUp: Phrase {
        if areWhole {
            return Phrase(en: "Each row is one token’s question and adds up to 1.", zh: "每一行是一个词元的提问，合计为 1。")
        }
        guard let sums else { return Phrase(en: "Each row is one token’s question.", zh: "每一行是一个词元的提问。") }
        let (low, high) = (Numbers.fixed(sums.lowerBound), Numbers.fixed(sums.upperBound))
        let range =
            low == high ? Phrase(low) : Phrase(en: "between \(low) and \(high)", zh: "\(low) 到 \(high)")
        return Phrase(
            en: "Each row is one token’s question; its weights add up to {sums}, not to 1.",
            zh: "每一行是一个词元的提问，权重合计为 {sums}，而不是 1。"
        ).filled(["sums": range])
    }
}

extension Matrix {
    /// Masks the cells where a table of masked scores is −∞.
    func hiding(_ scores: [[Float]]) -> Matrix {
        state { row, column in
            scores.indices.contains(row) && scores[row].indices.contains(column) && scores[row][column] == -.infinity
                ? .masked : .plain
        }
    }
}

extension [[Float]] {
    /// A cell of a table whose rows need not be equally long; not a number where there is none.
    func cell(_ row: Int, _ column: Int) -> Float {
        indices.contains(row) && self[row].indices.contains(column) ? self[row][column] : .nan
    }

    func row(_ row: Int) -> [Float] { indices.contains(row) ? self[row] : [] }
}
