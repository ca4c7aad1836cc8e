import Foundation
import Models
import Tensors
import Tracing

/// What an answer earns.
package struct AnswerReward: Sendable, Hashable {
    /// For the right answer in a whole sentence.
    package var whole: Double
    /// For the right answer, but short. Anything else earns nothing.
    package var short: Double

    package func of(_ judgement: AnswerQuestion.Judgement) -> Double {
        switch judgement {
        case .whole: whole
        case .short: short
        case .wrong: 0
        }
    }
}

/// Questions put to a policy, its answers and what they earned.
struct Rollout: Sendable {
    let batch: PolicyBatch
    let rewards: [Double]
    let judgements: [AnswerQuestion.Judgement]
    /// Σ π log(π / π_ref) over the vocabulary at each of an answer's tokens, summed over the answer; the mean of answers.
    let divergence: Double
    /// The policy's entropy at the answers' tokens, their mean.
    let entropy: Double

    var reward: Double { rewards.reduce(0, +) / Double(max(rewards.count, 1)) }
    var measures: [String: Double] {
        let count = Double(max(judgements.count, 1))
        return [
            "reward": reward, "kl": divergence, "entropy": entropy,
            "whole_sentences": Double(judgements.count { $0 == .whole }) / count,
            "accuracy": Double(judgements.count { $0.isRight }) / count,
        ]
    }
}

/// Puts questions to a policy and reckons what its answers were worth.
struct RolloutMaker: Sendable {
    let words: AnswerWords
    let reference: Decoder
    let reward: AnswerReward
    let settings: RewardRecipe.Policy
    let rule: PolicyRule

    /// Answers to questions drawn at random.
    func rollout(
        on questions: [AnswerQuestion], by policy: PolicyModel, using random: inout RandomSource
    ) throws -> Rollout {
        let asked = (0..<settings.answers).map { _ in questions[random.integer(below: questions.count)] }
        return try rollout(of: asked, by: policy, seeds: asked.map { _ in random.next() })
    }

    func rollout(of asked: [AnswerQuestion], by policy: PolicyModel, seeds: [UInt64]) throws -> Rollout {
        let answers = try AnswerExam(words: words, questions: asked).answers(of: policy.decoder, seeds: seeds)
        let judgements = zip(asked, answers).map { $0.judge(words.text($1)) }
        let rewards = judgements.map(reward.of)
        let read = SupervisedAnswers.batch(
            try zip(asked, answers).map { .init(prompt: try words.prompt($0), answer: $1) }, padding: words.end)
        let spoken = try View(of: policy.decoder, values: policy, on: read)
        let referred = try View(of: reference, values: nil, on: read)
        let places = read.targets.map { row in row.indices.filter { row[$0] >= 0 } }
        let (kl, entropy) = spoken.divergence(from: referred, at: places)

        // Each token pays for being likelier than the reference holds it; the last one earns the answer's reward.
        var earned: [[Double]] = []
        var expected: [[Double]] = []
        for (row, places) in places.enumerated() {
            var rewards = places.map {
                -settings.kl * Double(spoken.logProbability(row, $0) - referred.logProbability(row, $0))
            }
            if !rewards.isEmpty { rewards[rewards.count - 1] += judgements.isEmpty ? 0 : reward.of(judgements[row]) }
            earned.append(rewards)
            expected.append(places.map { spoken.value(row, $0) })
        }
        var advantages: [[Double]]
        switch rule.algorithm {
        case .reinforce:
            let baselined = Advantages.leaveOneOut(earned.map { $0.reduce(0, +) })
            advantages = zip(earned, baselined).map { tokens, advantage in tokens.map { _ in advantage } }
        case .ppo:
            advantages = zip(earned, expected).map {
                Advantages.generalized(
                    rewards: $0, values: $1, discount: settings.discount, smoothing: settings.smoothing)
            }
        }
        let targets = zip(advantages, expected).map { zip($0, $1).map(+) }
        if rule.algorithm == .ppo { advantages = Advantages.normalized(advantages) }
        let length = read.inputs.first?.count ?? 0
        func spread(_ rows: [[Double]]) -> [[Float]] {
            rows.indices.map { row in
                var line = [Float](repeating: 0, count: length)
                for (place, value) in zip(places[row], rows[row]) { line[place] = Float(value) }
                return line
            }
        }
        let old = places.indices.map { row in places[row].map { Double(spoken.logProbability(row, $0)) } }
        return Rollout(
            batch: PolicyBatch(
                inputs: read.inputs, tokens: read.targets, oldLogProbabilities: spread(old),
                advantages: spread(advantages), valueTargets: spread(targets)),
            rewards: rewards, judgements: judgements, divergence: kl, entropy: entropy)
    }

    /// What a decoder holds of written answers.
    private struct View {
        private let logits: Tensor
        private let spoken: Tensor
        private let values: Tensor?
        private let length: Int
        private let vocabulary: Int

        init(of decoder: Decoder, values policy: PolicyModel?, on read: NextTokenBatch) throws {
            let recorder = Recorder(recording: false)
            var cache: KeyValueCache?
            let reading = try decoder.reading(read.inputs, cache: &cache, on: recorder)
            length = read.inputs.first?.count ?? 0
            logits = reading.logits.tensor
            vocabulary = logits.shape[-1]
            let tokens = try Tensor(rows: read.targets)
            spoken = try TokenLogProbability().evaluate([logits, tokens])
            values = try policy?.values(of: reading.state, on: recorder)?.tensor
        }

        func logProbability(_ row: Int, _ place: Int) -> Float { spoken[flat: row * length + place] }
        func value(_ row: Int, _ place: Int) -> Double { values.map { Double($0[flat: row * length + place]) } ?? 0 }

        /// log softmax of one place's logits.
        private func logProbabilities(_ row: Int, _ place: Int) -> [Double] {
            logits.withUnsafeBuffer { logits in
                let start = (row * length + place) * vocabulary
                let cells = logits[start..<start + vocabulary]
                let top = Double(cells.max() ?? 0)
                let sum = log(cells.reduce(0.0) { $0 + exp(Double($1) - top) }) + top
                return cells.map { Double($0) - sum }
            }
        }

        func divergence(from other: View, at places: [[Int]]) -> (divergence: Double, entropy: Double) {
            var (divergence, entropy, tokens) = (0.0, 0.0, 0)
            for (row, places) in places.enumerated() {
                for place in places {
                    let (own, others) = (logProbabilities(row, place), other.logProbabilities(row, place))
                    for (p, q) in zip(own, others) where p > -80 {
                        divergence += exp(p) * (p - q)
                        entropy -= exp(p) * p
                    }
                    tokens += 1
                }
            }
            return (divergence / Double(max(places.count, 1)), entropy / Double(max(tokens, 1)))
        }
    }
}
