import Foundation
import Models
import TestSupport
import Testing

@testable import Tensors
@testable import Training

@Suite struct LossScalerTests {
    /// `torch.amp.GradScaler` with a growth interval of 3 (`fixtures/reference/autocast.py`); ours is longer, so that
    /// each of its good updates stands for as many as make a third of the interval.
    @Test func theScaleMovesAsPyTorchs() throws {
        let file = try SafeTensors(path: Places.reference("autocast.safetensors"))
        var scaler = LossScaler(.dynamic)
        let factor = Float(scaler.scale / 8)
        let finite = try file.tensor("scaler.finite").scalars
        // 2000 is no multiple of three: two short thirds and a longer one, counted since the last change.
        let third = LossScaler.growthInterval / 3
        let found = finite.map { finite -> Float in
            let times = finite == 0 ? 1 : scaler.goodSteps < 2 * third ? third : LossScaler.growthInterval - 2 * third
            for _ in 0..<times {
                var gradients: [Tensor?] = [Tensor([1], repeating: finite == 1 ? 1 : .infinity), nil]
                let isUsed = scaler.unscale(&gradients)
                #expect(isUsed == (finite == 1))
            }
            return Float(scaler.scale) / factor
        }
        #expect(found == (try file.tensor("scaler.scales").scalars))
        #expect(scaler.skipped == finite.count { $0 == 0 })
    }

    /// A scale that overflows at first costs updates, but each one that is made is reported once and counted once.
    @Test func aSkippedUpdateIsNotReported() throws {
        let decoder = try Decoder(
            configuration: DecoderConfiguration(
                vocabularySize: 13, context: 6, width: 8, layers: 1, heads: 2, hidden: 12), seed: 4)
        let sentences = (0..<9).map { start in (0..<8).map { (start * 5 + $0 * $0) % 13 } }
        let task = NextTokenTask(batches: try Batches(sentences: sentences, end: 12, length: 6))
        var settings = TrainingSettings(
            steps: 8, batch: 4, schedule: Schedule(rate: 0.01, warmUp: 0, shape: .constant, steps: 8),
            checkpointEvery: 1)
        settings.precision = .float16
        settings.lossScale = .dynamic
        var trainer = Trainer<NextTokenTask>(model: decoder, settings: settings)
        let saved = #"{"scale": 1099511627776, "goodSteps": 0, "skipped": 0, "isDynamic": true}"#
        trainer.resume(
            parameters: decoder.parameters.all.map(\.tensor), optimizerSteps: 0,
            memory: Dictionary(uniqueKeysWithValues: trainer.optimizer.memory.map { ($0.name, $0.tensors) }),
            random: trainer.random, records: [],
            scaler: try JSONDecoder().decode(LossScaler.self, from: Data(saved.utf8)))
        var loop = TrainingLoop(
            task: task, trainer: trainer, folder: try Places.temporaryFolder(), fingerprint: "skips")
        var steps: [Int] = []
        var measured: [Int] = []
        try loop.run(
            report: { if case .update(let record, _) = $0 { steps.append(record.step) } },
            sample: { _, step in
                measured.append(step)
                return nil
            })
        #expect(loop.trainer.scaler.skipped > 0)
        #expect(steps == Array(1...8))
        #expect(measured == Array(1...7))
    }
}
