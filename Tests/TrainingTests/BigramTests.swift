import Foundation
import Testing
import Tokenizers

@testable import Training

struct BigramTests {
    /// Sequences of one token, 0 three times as often as 1, mixed so that every tenth is a fair sample.
    private static let coins: [[Int]] = (0..<400).map { [($0 / 10 + $0) % 4 == 0 ? 1 : 0] }

    /// By hand: the first token has ¾ or ¼, the end is certain, so two tokens share H(¼) = 0.8113 bits.
    @Test func perplexityByHand() throws {
        let model = BigramModel(sequences: Self.coins, vocabularySize: 3, boundary: 2)
        #expect(abs(model.probability(of: 0, after: 2) - 0.75) < 1e-3)
        #expect(abs(model.probability(of: 2, after: 0) - 1) < 1e-3)
        let perplexity = try #require(model.perplexity(of: [[0], [0], [0], [1]], boundary: 2))
        #expect(abs(perplexity - exp2(0.8112781 / 2)) < 1e-3)
        #expect(model.perplexity(of: [], boundary: 2) == nil)
    }

    @Test func probabilitiesAddUpToOne() {
        let model = BigramModel(sequences: Self.coins + [[0, 3, 1]], vocabularySize: 6, boundary: 2)
        for context in 0..<6 {
            let total = (0..<6).reduce(0) { $0 + model.probability(of: $1, after: context) }
            #expect(abs(total - 1) < 1e-9, "after \(context)")
            #expect((0..<6).allSatisfy { model.probability(of: $0, after: context) > 0 })
        }
    }

    /// The weights are the best there are: moving any of them makes the left-out tenth less likely.
    @Test func weightsAreTuned() {
        var state: UInt64 = 9
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let sequences = (0..<300).map { _ in (0..<5).map { _ in next(4) == 0 ? next(30) : next(5) } }
        let model = BigramModel(sequences: sequences, vocabularySize: 31, boundary: 30)
        var pairs: [[Int]: Double] = [:]
        var contexts: [Int: Double] = [:]
        var tokens: [Int: Double] = [:]
        var left: [[Int]] = []
        for (index, sequence) in sequences.enumerated() {
            for (context, token) in zip([30] + sequence, sequence + [30]) {
                if index % 10 == 9 {
                    left.append([context, token])
                } else {
                    pairs[[context, token], default: 0] += 1
                    contexts[context, default: 0] += 1
                    tokens[token, default: 0] += 1
                }
            }
        }
        let total = tokens.values.reduce(0, +)
        func likelihood(_ kind: Int, _ weights: [Double]) -> Double {
            left.reduce(0) { sum, pair in
                let seen = contexts[pair[0]] ?? 0
                guard BigramModel.contextClass(Int(seen)) == kind else { return sum }
                let bigram = seen == 0 ? 0 : (pairs[pair] ?? 0) / seen
                return sum + log(weights[0] * bigram + weights[1] * (tokens[pair[1]] ?? 0) / total + weights[2] / 31)
            }
        }
        var tuned = 0
        for (kind, weights) in model.weights.enumerated() {
            let best = [weights.bigram, weights.unigram, weights.uniform]
            #expect(abs(best.reduce(0, +) - 1) < 1e-9)
            guard likelihood(kind, [1, 1, 1]) != 0 else { continue }
            tuned += 1
            for (from, to) in [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)] {
                var moved = best
                let step = min(0.05, moved[from])
                moved[from] -= step
                moved[to] += step
                #expect(likelihood(kind, moved) <= likelihood(kind, best) + 0.02, "class \(kind): \(best) \(moved)")
            }
        }
        #expect(tuned >= 2)
    }

    @Test func contextClasses() {
        #expect([0, 1, 2, 3, 4, 7, 8, 1 << 40].map(BigramModel.contextClass) == [0, 1, 2, 2, 3, 3, 4, 23])
    }
}
