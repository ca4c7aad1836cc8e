import Platform

/// BLEU (Papineni et al. 2002): the geometric mean of the n-gram precisions, times a penalty for being short; equal to
/// sacreBLEU's.
package struct BLEU: Sendable, Hashable {
    /// What is done where no n-gram of an order matches (Chen & Cherry 2014).
    package enum Smoothing: Sendable, Hashable {
        case none
        /// This many matches instead of none; 0.1 in the paper.
        case floor(Double)
        /// Added to matches and totals above single tokens.
        case addK(Double)
        /// Half a match, then a quarter, and so on: sacreBLEU's usual one.
        case exp
    }

    /// 0 … 100.
    package let score: Double
    /// Per order from one: how many n-grams of the hypotheses are matched, each at most as often as a reference has it.
    package let matches: [Double]
    /// Per order: how many n-grams the hypotheses have.
    package let totals: [Double]
    /// Per order, 0 … 100, after smoothing.
    package let precisions: [Double]
    /// 1 unless the hypotheses are shorter than their references.
    package let brevityPenalty: Double
    package let hypothesisLength: Int
    package let referenceLength: Int

    /// Of a whole corpus: n-grams are counted over all texts before precisions are taken.
    ///
    /// - Parameters:
    ///   - hypotheses: what was written.
    ///   - references: for each of them, what would have been right; the closest in length counts for the penalty.
    ///   - tokens: how texts are cut.
    ///   - smoothing: what is done where an order has no match.
    ///   - effectiveOrder: whether orders longer than the texts are left out; usual for single sentences.
    ///   - order: the longest n-grams.
    package init(
        _ hypotheses: [String], references: [[String]], tokens: BLEUTokens = .thirteenA, smoothing: Smoothing = .exp,
        effectiveOrder: Bool = false, order: Int = 4
    ) {
        let segments = zip(hypotheses, references).map { Segment($0, references: $1, tokens: tokens, order: order) }
        var matches = Array(repeating: 0.0, count: order)
        var totals = matches
        for segment in segments {
            for n in 0..<order {
                matches[n] += Double(segment.matched[n].count { $0 })
                totals[n] += Double(segment.matched[n].count)
            }
        }
        self.init(
            matches: matches, totals: totals, hypothesisLength: segments.reduce(0) { $0 + $1.hypothesis.count },
            referenceLength: segments.reduce(0) { $0 + $1.referenceLength }, smoothing: smoothing,
            effectiveOrder: effectiveOrder)
    }

    /// Of one sentence.
    package init(
        sentence hypothesis: String, references: [String], tokens: BLEUTokens = .thirteenA, smoothing: Smoothing = .exp
    ) {
        self.init([hypothesis], references: [references], tokens: tokens, smoothing: smoothing, effectiveOrder: true)
    }

    init(
        matches: [Double], totals: [Double], hypothesisLength: Int, referenceLength: Int, smoothing: Smoothing,
        effectiveOrder: Bool
    ) {
        var (matches, totals) = (matches, totals)
        let order = matches.count
        var penalty = 1.0
        if hypothesisLength < referenceLength {
            penalty = hypothesisLength > 0 ? exp(1 - Double(referenceLength) / Double(hypothesisLength)) : 0
        }
        var precisions = Array(repeating: 0.0, count: order)
        var used = order
        var halves = 1.0
        let isHopeless = !matches.contains { $0 > 0 }
        for n in 0..<order where !isHopeless {
            if case .addK(let more) = smoothing, n > 0 {
                matches[n] += more
                totals[n] += more
            }
            guard totals[n] > 0 else { break }
            if effectiveOrder { used = n + 1 }
            if matches[n] > 0 {
                precisions[n] = 100 * matches[n] / totals[n]
            } else if case .exp = smoothing {
                halves *= 2
                precisions[n] = 100 / (halves * totals[n])
            } else if case .floor(let least) = smoothing {
                precisions[n] = 100 * least / totals[n]
            }
        }
        self.matches = matches
        self.totals = totals
        self.precisions = precisions
        self.hypothesisLength = hypothesisLength
        self.referenceLength = referenceLength
        brevityPenalty = penalty
        let logarithms = precisions.prefix(used).map { $0 > 0 ? log($0) : -9_999_999_999 }
        score = isHopeless ? 0 : penalty * exp(logarithms.reduce(0, +) / Double(max(used, 1)))
    }
}

extension BLEU {
    /// One hypothesis beside its references: which of its n-grams are matched.
    package struct Segment: Sendable, Hashable {
        package let hypothesis: [String]
        /// Each reference's tokens.
        package let references: [[String]]
        /// `[order − 1][start]`: whether the n-gram that begins there counts as matched. Of one that stands there more
        /// often than in any reference only the first ones count.
        package let matched: [[Bool]]
        /// The length of the reference closest in length; of two the shorter.
        package let referenceLength: Int

        package init(_ hypothesis: String, references: [String], tokens: BLEUTokens = .thirteenA, order: Int = 4) {
            self.hypothesis = tokens(hypothesis)
            self.references = references.map { tokens($0) }
            let length = self.hypothesis.count
            referenceLength =
                self.references.map(\.count).min { (abs($0 - length), $0) < (abs($1 - length), $1) } ?? 0
            matched = (1...max(order, 1)).map { [hypothesis = self.hypothesis, references = self.references] n in
                var left: [ArraySlice<String>: Int] = [:]
                for reference in references {
                    left.merge(Self.counts(reference, n)) { max($0, $1) }
                }
                return Self.starts(hypothesis, n).map { start in
                    let gram = hypothesis[start..<start + n]
                    guard let count = left[gram], count > 0 else { return false }
                    left[gram] = count - 1
                    return true
                }
            }
        }

        private static func starts(_ tokens: [String], _ n: Int) -> Range<Int> { 0..<max(tokens.count - n + 1, 0) }

        private static func counts(_ tokens: [String], _ n: Int) -> [ArraySlice<String>: Int] {
            starts(tokens, n).reduce(into: [:]) { $0[tokens[$1..<$1 + n], default: 0] += 1 }
        }
    }
}
