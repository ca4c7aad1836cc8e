import Drawing
import Platform
import Wording

/// The scale of attention weights: up to 1 where a query gives some key much; where all queries spread theirs over
/// many keys, up to what they give most, since up to 1 the picture would be white.
struct PatternScale: Sendable {
    let scale: ValueScale
    /// Whether some weights lie beyond the end: the first queries have few keys, and give each of them much.
    let isClipped: Bool
    var limit: Double { scale.limit }

    /// Of three queries in four the largest weight lies below the end.
    private static let share = 0.75
    /// From here on the scale goes to 1.
    private static let large = 0.4

    /// - Parameter cells: one head's weights, `[query][key]`.
    init(_ cells: [[Float]]) { self.init(heads: [cells]) }

    /// One scale for several heads, so that their pictures compare: that of the middle one.
    init(heads: [[[Float]]]) {
        let ends = heads.map(Self.end).sorted()
        let whole = ValueScale.shares(heads.joined().joined())
        guard !ends.isEmpty, case let end = ends[ends.count / 2], end > 0, end < Self.large else {
            (scale, isClipped) = (whole, false)
            return
        }
        let limit = Self.roundEnd(end)
        scale = .sequential(limit: limit)
        isClipped = heads.joined().joined().contains { $0.isFinite && Double($0) > limit * 1.0001 }
    }

    /// The end of a scale of shares that goes so far at least: 1, 2 or 5 of some decimal place, at most 1.
    static func roundEnd(_ largest: Double) -> Double {
        [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5].first { largest <= $0 } ?? 1
    }

    /// The value of a bar of full length: 1, but of shares that are all small the round number above them.
    static func fullBar(_ largest: Double) -> Double { largest < large ? roundEnd(largest) : 1 }

    /// What a full bar stands for, where it is not the whole.
    static func note(fullBar: Double) -> Phrase? {
        fullBar == 1
            ? nil
            : Phrase(en: "A full bar is {share}.", zh: "条的满格是 {share}。").filled([
                "share": Phrase(Numbers.percent(fullBar))
            ])
    }

    private static func end(_ cells: [[Float]]) -> Double {
        let most = cells.compactMap { row in row.lazy.filter { $0.isFinite }.max() }.sorted()
        guard !most.isEmpty else { return 0 }
        return Double(most[min(most.count - 1, Int(clamping: Double(most.count) * share))])
    }

    /// Long enough for a bar that is not to be cut.
    func limit(holding row: [Float]) -> Double {
        row.reduce(limit) { $1.isFinite ? max($0, Double($1)) : $0 }
    }

    var words: Phrase {
        isClipped
            ? Phrase(en: "weights, clipped at the end", zh: "权重（超出右端的按右端着色）") : AttentionText.weights.phrase
    }

    var legend: AnyMark { ColorScale(scale, words).any }
}
