import Dispatch
import Models
import Tensors
import Tracing

/// What one update of a training run measured.
public struct TrainingRecord: Sendable, Hashable, Codable {
    /// Counted from one.
    public let step: Int
    /// Mean cross-entropy in nats a token.
    public let loss: Double
    public let learningRate: Double
    /// The gradient's norm before clipping.
    public let gradientNorm: Double
}

/// Turns batches into updates. The same seed gives the same bytes on the same machine.
public struct Trainer: Sendable {
    public private(set) var decoder: Decoder
    public private(set) var optimizer: AdamW
    public private(set) var random: RandomSource
    public private(set) var records: [TrainingRecord] = []
    let settings: Recipe.TrainingSettings

    /// Every batch is cut into this many parts whatever the machine, so that the sums round alike everywhere.
    static let shards = 2

    public init(decoder: Decoder, settings: Recipe.TrainingSettings) {
        self.decoder = decoder
        self.settings = settings
        optimizer = AdamW(
            for: decoder.parameters, beta2: settings.beta2, weightDecay: settings.weightDecay)
        random = RandomSource(seed: settings.seed)
    }

    public var step: Int { optimizer.steps }
    public var isFinished: Bool { step >= settings.steps }

    mutating func resume(
        parameters: [Tensor], optimizerSteps: Int, first: [Tensor], second: [Tensor], random: RandomSource,
        records: [TrainingRecord]
    ) {
        decoder.parameters.update { place, tensor in tensor = parameters[place] }
        optimizer.resume(steps: optimizerSteps, first: first, second: second)
        self.random = random
        self.records = records
    }

    /// One update: forward, loss, backward, clip, step.
    /// - Throws: ``TrainingError/diverged(step:loss:)`` where the loss is no longer a number.
    public mutating func update(_ batches: Batches) throws {
        let rate = settings.schedule.rate(at: step)
        let (inputs, targets) = batches.draw(settings.batch, using: &random)
        var (loss, gradients) = try Self.gradients(decoder, inputs: inputs, targets: targets)
        guard loss.isFinite else { throw TrainingError.diverged(step: step + 1, loss: "\(loss)") }
        let norm = clip(&gradients, toNorm: settings.clipNorm > 0 ? settings.clipNorm : .infinity)
        optimizer.update(&decoder.parameters, gradients: gradients, rate: rate)
        records.append(
            TrainingRecord(step: step, loss: loss, learningRate: rate, gradientNorm: norm))
    }

    /// The batch's mean loss and its gradients in the parameters' order, computed in parallel parts.
    static func gradients(
        _ decoder: Decoder, inputs: [[Int]], targets: [[Int]]
    ) throws -> (loss: Double, gradients: [Tensor?]) {
        let parts = min(shards, inputs.count)
        let results = Results(count: parts)
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let range = inputs.count * part / parts..<inputs.count * (part + 1) / parts
            results.store(
                part,
                Result { try shard(decoder, inputs: Array(inputs[range]), targets: Array(targets[range])) })
        }
        // A part counts as much as it has targets, so that the sum is the mean over the whole batch.
        let counted = targets.joined().count { $0 >= 0 }
        var loss = 0.0
        var sums = [Tensor?](repeating: nil, count: decoder.parameters.all.count)
        for part in 0..<parts {
            let range = inputs.count * part / parts..<inputs.count * (part + 1) / parts
            let share = Float(targets[range].joined().count { $0 >= 0 }) / Float(max(counted, 1))
            guard let result = try results.load(part)?.get() else { continue }
            loss += result.loss * Double(share)
            for (place, gradient) in result.gradients.enumerated() {
                guard let gradient else { continue }
                var sum = sums[place] ?? Tensor(gradient.shape, repeating: 0)
                sums[place] = nil
                sum.accumulate(gradient, times: share)
                sums[place] = sum
            }
        }
        return (loss, sums)
    }

    private static func shard(
        _ decoder: Decoder, inputs: [[Int]], targets: [[Int]]
    ) throws -> (loss: Double, gradients: [Tensor?]) {
        let recorder = Recorder()
        var cache: KeyValueCache?
        let logits = try decoder.logits(inputs, cache: &cache, on: recorder)
        let target = try recorder.source(
            Tensor([targets.count, targets[0].count], targets.joined().map { Float($0) }), .tokens, as: .targets,
            axes: [.batch, .position])
        let loss = try recorder.apply(CrossEntropy(), logits, target, as: .loss, axes: [])
        let trace = recorder.trace()
        let gradients = try trace.gradients(of: StepName(.loss))
        return (
            Double(loss.tensor[flat: 0]),
            decoder.parameters.all.map { parameter in trace.place(of: parameter.name).flatMap { gradients[$0] } }
        )
    }
}

/// What the parts of a batch gave, each stored by its own thread.
private final class Results: @unchecked Sendable {
    // Unchecked: every part writes its own place, and reading waits for all of them.
    typealias Outcome = Result<(loss: Double, gradients: [Tensor?]), any Error>
    private let outcomes: UnsafeMutableBufferPointer<Outcome?>

    init(count: Int) {
        outcomes = .allocate(capacity: count)
        outcomes.initialize(repeating: nil)
    }

    func store(_ part: Int, _ outcome: Outcome) { outcomes[part] = outcome }
    func load(_ part: Int) -> Outcome? { outcomes[part] }

    deinit {
        outcomes.deinitialize()
        outcomes.deallocate()
    }
}
