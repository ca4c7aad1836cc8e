import Drawing
import Wording

/// What a head mostly does on this text, read off its pattern by selecting weights and taking their mean.
struct HeadHabit: Sendable, Hashable {
    enum Kind: PhraseTable, Hashable {
        case previous, first, itself, repeated, near, focused, spread

        /// Whether it names a place, and not only how narrowly the head looks.
        var isPlace: Bool { self != .focused && self != .spread }

        var phrase: Phrase {
            switch self {
            case .previous: Phrase(en: "previous token", zh: "看前一个")
            case .first: Phrase(en: "first token", zh: "看开头")
            case .itself: Phrase(en: "itself", zh: "看自己")
            case .repeated: Phrase(en: "after a repeat", zh: "看上次之后")
            case .near: Phrase(en: "last three", zh: "看近处三个")
            case .focused: Phrase(en: "focused", zh: "集中")
            case .spread: Phrase(en: "spread out", zh: "分散")
            }
        }

        /// What several heads do, as part of a sentence.
        var plural: Phrase {
            switch self {
            case .previous: Phrase(en: "look at the previous token", zh: clause.chinese)
            case .first: Phrase(en: "look at the first token", zh: clause.chinese)
            case .itself: Phrase(en: "look at the token itself", zh: clause.chinese)
            case .repeated: Phrase(en: "look at what followed the same token before", zh: clause.chinese)
            case .near: Phrase(en: "look at the last three tokens", zh: clause.chinese)
            case .focused: Phrase(en: "look at few tokens, at no fixed place", zh: clause.chinese)
            case .spread: Phrase(en: "spread over many tokens", zh: clause.chinese)
            }
        }

        /// What one head does, as part of a sentence.
        var clause: Phrase {
            switch self {
            case .previous: Phrase(en: "looks at the previous token", zh: "看前一个词元")
            case .first: Phrase(en: "looks at the first token", zh: "看第一个词元")
            case .itself: Phrase(en: "looks at the token itself", zh: "看词元自己")
            case .repeated: Phrase(en: "looks at what followed the same token before", zh: "看同一词元上次后面的那个")
            case .near: Phrase(en: "looks at the last three tokens", zh: "看最近三个词元")
            case .focused: Phrase(en: "looks at few tokens, at no fixed place", zh: "看得集中，位置不定")
            case .spread: Phrase(en: "spreads over many tokens", zh: "分散在许多词元上")
            }
        }
    }

    var kind: Kind
    /// The mean weight that the habit is named for; for the last two the mean of each query's largest weight.
    var share: Double
    /// That weight, as a percentage where the rows are shares.
    var amount: String

    /// From this mean weight on a habit is worth its name.
    static let threshold = 0.4
    static let tooFewTokens = Phrase(
        en: "With fewer than three tokens no head has a habit yet.", zh: "词元不到三个，还看不出习惯。")
    /// Why no head of these has one.
    static func none(_ patterns: [[[Float]]]) -> Phrase {
        patterns.allSatisfy { $0.count < 3 }
            ? tooFewTokens
            : Phrase(en: "No head’s habit can be read off these weights.", zh: "从这些权重看不出任何一个头的习惯。")
    }

    /// Three places together.
    static let nearThreshold = 0.7

    /// Queries before the third count for nothing: their previous token is also the first.
    ///
    /// - Parameters:
    ///   - cells: `[query][key]`
    ///   - ids: the tokens; for an induction head (Olsson et al. 2022), which looks behind an earlier copy of its token.
    /// - Returns: nil for fewer than three tokens, other keys than queries, and weights that are no numbers.
    init?(_ cells: [[Float]], ids: [Int]) {
        guard cells.count > 2, cells.allSatisfy({ $0.count == cells.count && $0.allSatisfy { $0.isFinite } }) else {
            return nil
        }
        let queries = 2..<cells.count
        func mean(_ weights: [Float]) -> Double {
            weights.isEmpty ? 0 : weights.reduce(0) { $0 + Double($1) } / Double(weights.count)
        }
        var found: [(Kind, Double)] = [
            (.previous, mean(queries.map { cells[$0][$0 - 1] })), (.first, mean(queries.map { cells[$0][0] })),
            (.itself, mean(queries.map { cells[$0][$0] })),
        ]
        if ids.count == cells.count {
            let copies = queries.compactMap { query -> Float? in
                // The place after the last earlier copy, where that is neither the query nor its neighbour.
                guard let copy = ids[..<query].lastIndex(of: ids[query]), copy + 1 < query - 1 else { return nil }
                return cells[query][copy + 1]
            }
            found.append((.repeated, mean(copies)))
        }
        // Before the sixth query three tokens are half of all there are.
        let later = queries.filter { $0 > 4 }
        let near = mean(later.map { query in cells[query][(query - 2)...query].reduce(0, +) })
        guard let best = found.max(by: { $0.1 < $1.1 }) else { return nil }
        if best.1 >= HeadHabit.threshold {
            (kind, share) = best
        } else if near >= HeadHabit.nearThreshold {
            (kind, share) = (.near, near)
        } else {
            share = mean(queries.map { cells[$0].max() ?? 0 })
            kind = share >= 0.5 ? .focused : .spread
        }
        amount = Shares(cells).text(share)
    }

    /// For choosing the clearest of several heads: a habit that names one place goes before one that does not.
    var rank: Double { share + (kind == .near ? 1 : kind.isPlace ? 2 : 0) }

    /// `previous token 82%`
    var words: Phrase {
        Phrase(en: "\(kind.phrase.english) \(amount)", zh: "\(kind.phrase.chinese) \(amount)")
    }
}
