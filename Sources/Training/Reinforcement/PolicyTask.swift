import Foundation
import Models
import Tensors
import Tracing

/// Answers that a policy wrote, with what is needed to learn from them; every list is `[answer][position]`.
package struct PolicyBatch: TrainingBatch, Hashable {
    package var inputs: [[Int]]
    /// What was said next; −1 where it was not the policy's to say.
    package var tokens: [[Int]]
    /// How probable the policy that wrote held each token, in nats.
    package var oldLogProbabilities: [[Float]]
    package var advantages: [[Float]]
    /// What the value head should have said.
    package var valueTargets: [[Float]]

    package var examples: Int { inputs.count }
    package var weight: Double { Double(tokens.joined().count { $0 >= 0 }) }
    package func part(_ range: Range<Int>) -> PolicyBatch { answers(Array(range)) }

    package func answers(_ places: [Int]) -> PolicyBatch {
        PolicyBatch(
            inputs: places.map { inputs[$0] }, tokens: places.map { tokens[$0] },
            oldLogProbabilities: places.map { oldLogProbabilities[$0] }, advantages: places.map { advantages[$0] },
            valueTargets: places.map { valueTargets[$0] })
    }
}

/// How a policy learns from its rewards.
package struct PolicyRule: Sendable, Hashable {
    package enum Algorithm: String, Sendable, CaseIterable {
        /// Williams 1992: what was said is made likelier by as much as it was better than the baseline.
        case reinforce
        /// Schulman et al. 2017: the same, but no step leads further than the clip from the policy that wrote.
        case ppo
    }

    package var algorithm: Algorithm
    /// PPO's ε.
    package var clip: Double
    package var valueWeight: Double
    package var entropyWeight: Double

    package init(_ algorithm: Algorithm, clip: Double = 0.2, valueWeight: Double = 0.5, entropyWeight: Double = 0) {
        self.algorithm = algorithm
        self.clip = clip
        self.valueWeight = valueWeight
        self.entropyWeight = entropyWeight
    }
}

/// Reinforcement learning from written answers: REINFORCE's loss, or PPO's.
package struct PolicyTask: TrainingTask {
    package let rule: PolicyRule
    /// What batches are drawn from.
    package let written: PolicyBatch
    /// Told what each loss was made of.
    var meter: PolicyMeter?

    package func batch(_ count: Int, using random: inout RandomSource) -> PolicyBatch {
        written.answers((0..<count).map { _ in random.integer(below: written.inputs.count) })
    }

    /// REINFORCE: `−mean(A · log π)`. PPO: `−mean(min(r A, clip(r) A)) + c₁ · mean((V − R)²) − c₂ · mean(H)`, each mean
    /// over the answers' tokens.
    package func loss(of model: PolicyModel, on batch: PolicyBatch, recorder: Recorder) throws -> Value {
        var cache: KeyValueCache?
        let read = try model.decoder.reading(batch.inputs, cache: &cache, on: recorder)
        return try loss(
            logits: read.logits, values: model.values(of: read.state, on: recorder), on: batch, recorder: recorder)
    }

    /// The loss from what a model gave: logits `[answer, position, vocabulary]`, values `[answer, position]`.
    func loss(logits: Value, values: Value?, on batch: PolicyBatch, recorder: Recorder) throws -> Value {
        let given = try Given(batch, on: recorder)
        let spoken = try recorder.apply(
            TokenLogProbability(), logits, given.tokens, as: .logProbability, axes: .places)
        switch rule.algorithm {
        case .reinforce:
            let objective = try recorder.apply(Multiply(), spoken, given.advantages, as: .objective, axes: .places)
            return try recorder.apply(
                Magnify(by: -1), given.mean(objective, as: .meanObjective), as: .loss, axes: [])
        case .ppo:
            let old = try recorder.constants(batch.oldLogProbabilities, as: .oldLogProbability)
            let ratio = try recorder.apply(ProbabilityRatio(), spoken, old, as: .ratio, axes: .places)
            let clip = ClippedObjective(epsilon: rule.clip)
            let objective = try recorder.apply(clip, ratio, given.advantages, as: .objective, axes: .places)
            var terms = [(-1.0, try given.mean(objective, as: .meanObjective))]
            var valueLoss: Value?
            if let values {
                let error = try recorder.apply(
                    SquaredDifference(), values, recorder.constants(batch.valueTargets, as: .valueTarget),
                    as: .valueError,
                    axes: .places)
                let mean = try given.mean(error, as: .valueLoss)
                terms.append((rule.valueWeight, mean))
                valueLoss = mean
            }
            if rule.entropyWeight > 0 {
                let entropy = try recorder.apply(Entropy(), logits, as: .entropy, axes: .places)
                terms.append((-rule.entropyWeight, try given.mean(entropy, as: .meanEntropy)))
            }
            meter?.note(batch, ratio: ratio.tensor, clip: clip, valueLoss: valueLoss?.tensor[flat: 0])
            return try Self.sum(terms, on: recorder)
        }
    }

    /// The weighted sum of single numbers, the last of it named `loss`.
    private static func sum(_ terms: [(weight: Double, value: Value)], on recorder: Recorder) throws -> Value {
        var sum: Value?
        for (place, term) in terms.enumerated() {
            let isOnly = terms.count == 1
            let part = try recorder.apply(
                Magnify(by: term.weight), term.value, as: isOnly ? .loss : Label(rawValue: "loss.term.\(place)"),
                axes: [])
            guard let before = sum else {
                sum = part
                continue
            }
            let label = place == terms.count - 1 ? Label.loss : Label(rawValue: "loss.sum.\(place)")
            sum = try recorder.apply(Add(), before, part, as: label, axes: [])
        }
        guard let sum else { throw TrainingError.nothingToPredict(tokens: 0) }
        return sum
    }

    /// What a batch gives a recorder.
    private struct Given {
        let tokens: Value
        let advantages: Value
        private let mask: Value
        private let recorder: Recorder

        init(_ batch: PolicyBatch, on recorder: Recorder) throws {
            self.recorder = recorder
            tokens = try recorder.targets(batch.tokens)
            advantages = try recorder.constants(batch.advantages, as: .advantage)
            mask = try recorder.constants(batch.tokens.map { $0.map { $0 < 0 ? 0 : 1 } }, as: .answerMask)
        }

        func mean(_ value: Value, as label: Label) throws -> Value {
            try recorder.apply(MeanWhere(), value, mask, as: label, axes: [])
        }
    }
}

/// What the parts of one PPO update were made of; parts are noted side by side.
final class PolicyMeter: @unchecked Sendable {
    // Unchecked: every access holds the lock.
    private struct Part {
        var tokens = 0
        var clipped = 0
        var drift = 0.0
        var valueLoss = 0.0
    }

    private let lock = NSLock()
    private var parts: [PolicyBatch: Part] = [:]

    func note(_ batch: PolicyBatch, ratio: Tensor, clip: ClippedObjective, valueLoss: Float?) {
        var part = Part()
        let advantages = Array(batch.advantages.joined())
        for (place, token) in batch.tokens.joined().enumerated() where token >= 0 {
            let (r, advantage) = (ratio[flat: place], advantages[place])
            part.tokens += 1
            if clip.isClipped(ratio: r, advantage: advantage) { part.clipped += 1 }
            part.drift += Double(r) - 1 - log(Double(r))
        }
        part.valueLoss = Double(valueLoss ?? 0)
        lock.withLock { parts[batch] = part }
    }

    /// The update's measures in batch order, so that sums round alike; then it begins anew.
    func measures(of batches: [PolicyBatch]) -> [String: Double] {
        lock.withLock {
            defer { parts = [:] }
            let found = batches.compactMap { parts[$0] }
            let tokens = Double(max(found.reduce(0) { $0 + $1.tokens }, 1))
            guard !found.isEmpty else { return [:] }
            return [
                "clip_fraction": Double(found.reduce(0) { $0 + $1.clipped }) / tokens,
                "update_kl": found.reduce(0) { $0 + $1.drift } / tokens,
                "value_loss": found.reduce(0) { $0 + $1.valueLoss * Double($1.tokens) } / tokens,
            ]
        }
    }
}
