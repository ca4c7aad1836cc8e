import Platform

/// A bigram model: how probable each token is, given only the one before it.
///
/// The maximum-likelihood bigram, the unigram and the uniform distribution are interpolated (Jelinek & Mercer 1980),
///
///     p(w | v) = λ₂ · c(v,w)/c(v) + λ₁ · c(w)/N + λ₀ / V,
///
/// with weights for each class of contexts that were seen about equally often (Chen & Goodman 1998, §2.4). The
/// weights are what expectation–maximisation finds on a tenth of the training text that the counts leave out; then
/// the counts are taken from all of it. A context that was never seen has λ₂ = 0. So it is a fair rival: it is tuned on
/// everything but the text that it is measured on.
package struct BigramModel: Sendable {
    /// Weights of bigram, unigram and uniform distribution; they add up to 1.
    struct Weights: Sendable, Hashable {
        var bigram: Double
        var unigram: Double
        var uniform: Double
    }

    private let vocabularySize: Int
    private let counts: Counts
    /// By the class of the context.
    private(set) var weights: [Weights]

    /// Counts and tunes.
    /// - Parameters:
    ///   - sequences: token ids from 0 to below the vocabulary's size; others are ignored in counting.
    ///   - vocabularySize: how many tokens there are.
    ///   - boundary: the token that stands before the first of a sequence and after the last.
    package init(sequences: [[Int]], vocabularySize: Int, boundary: Int) {
        let size = max(1, vocabularySize)
        let folds = 10
        var kept = Counts()
        var left: [[Int]] = []
        for (index, sequence) in sequences.enumerated() {
            if index % folds == folds - 1 {
                left.append(sequence)
            } else {
                kept.add(sequence, boundary)
            }
        }
        weights = Self.tune(kept, on: left, size, boundary)
        for sequence in left { kept.add(sequence, boundary) }
        counts = kept
        self.vocabularySize = size
    }

    /// The probability of a token after another.
    package func probability(of token: Int, after context: Int) -> Double {
        let parts = counts.parts(token, context, vocabularySize)
        let weight = weights[Self.contextClass(counts.contexts[context] ?? 0)]
        return weight.bigram * parts.bigram + weight.unigram * parts.unigram + weight.uniform * parts.uniform
    }

    /// 2 to the mean of −log₂ p over all tokens and the boundary at each sequence's end; nil without sequences.
    package func perplexity(of sequences: [[Int]], boundary: Int) -> Double? {
        var bits = 0.0
        var count = 0
        for sequence in sequences {
            Self.forEachPair(sequence, boundary) { context, token in
                bits -= log2(probability(of: token, after: context))
                count += 1
            }
        }
        return count == 0 ? nil : exp2(bits / Double(count))
    }

    private struct Counts: Sendable {
        var pairs: [UInt64: Int] = [:]
        var contexts: [Int: Int] = [:]
        var tokens: [Int: Int] = [:]
        var total = 0

        mutating func add(_ sequence: [Int], _ boundary: Int) {
            forEachPair(sequence, boundary) { context, token in
                pairs[Self.key(context, token), default: 0] += 1
                contexts[context, default: 0] += 1
                tokens[token, default: 0] += 1
                total += 1
            }
        }

        func parts(_ token: Int, _ context: Int, _ size: Int) -> Weights {
            let seen = contexts[context] ?? 0
            return Weights(
                bigram: seen == 0 ? 0 : Double(pairs[Self.key(context, token)] ?? 0) / Double(seen),
                unigram: total == 0 ? 0 : Double(tokens[token] ?? 0) / Double(total), uniform: 1 / Double(size))
        }

        static func key(_ context: Int, _ token: Int) -> UInt64 {
            UInt64(truncatingIfNeeded: context) << 32 | UInt64(UInt32(truncatingIfNeeded: token))
        }
    }

    private static let classes = 24

    /// Contexts seen 0, 1, 2–3, 4–7, … times.
    static func contextClass(_ count: Int) -> Int {
        min(classes - 1, Int.bitWidth - max(0, count).leadingZeroBitCount)
    }

    private static func forEachPair(_ sequence: [Int], _ boundary: Int, _ body: (Int, Int) -> Void) {
        var context = boundary
        for token in sequence {
            body(context, token)
            context = token
        }
        body(context, boundary)
    }

    private static func tune(_ counts: Counts, on left: [[Int]], _ size: Int, _ boundary: Int) -> [Weights] {
        var weights = (0..<classes).map { index in
            index == 0
                ? Weights(bigram: 0, unigram: 0.9, uniform: 0.1) : Weights(bigram: 0.8, unigram: 0.15, uniform: 0.05)
        }
        // How often each combination of class and probabilities occurs: the same pairs come again and again.
        var samples: [UInt64: (parts: Weights, kind: Int, count: Double)] = [:]
        for sequence in left {
            forEachPair(sequence, boundary) { context, token in
                let key = Counts.key(context, token)
                let kind = contextClass(counts.contexts[context] ?? 0)
                samples[key, default: (counts.parts(token, context, size), kind, 0)].count += 1
            }
        }
        let ordered = samples.sorted { $0.key < $1.key }.map(\.value)
        // Expectation–maximisation never makes it worse; it stops where it hardly moves.
        for _ in 0..<1000 {
            let before = weights
            var sums = Array(repeating: Weights(bigram: 0, unigram: 0, uniform: 0), count: classes)
            for (parts, kind, count) in ordered {
                let weight = weights[kind]
                let bigram = weight.bigram * parts.bigram
                let unigram = weight.unigram * parts.unigram
                let uniform = weight.uniform * parts.uniform
                let share = count / (bigram + unigram + uniform)
                sums[kind].bigram += share * bigram
                sums[kind].unigram += share * unigram
                sums[kind].uniform += share * uniform
            }
            for kind in weights.indices {
                let total = sums[kind].bigram + sums[kind].unigram + sums[kind].uniform
                guard total > 0 else { continue }
                // The uniform part never reaches zero, so that no token is impossible.
                let least = 1e-6
                weights[kind] = Weights(
                    bigram: sums[kind].bigram / total, unigram: sums[kind].unigram / total,
                    uniform: max(least, sums[kind].uniform / total))
                let excess = weights[kind].bigram + weights[kind].unigram + weights[kind].uniform
                weights[kind].bigram /= excess
                weights[kind].unigram /= excess
                weights[kind].uniform /= excess
            }
            let moved = zip(before, weights).map { abs($0.bigram - $1.bigram) + abs($0.uniform - $1.uniform) }
            if moved.allSatisfy({ $0 < 1e-5 }) { break }
        }
        return weights
    }
}
