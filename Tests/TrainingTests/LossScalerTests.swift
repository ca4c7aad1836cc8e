import Foundation
import Models
import TestSupport
import Testing
import Wording

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
        let told = Told()
        var session = try CourseSession(
            SmallCourse(task: task, settings: settings, decoder: decoder, told: told), steps: nil)
        session.trainer = trainer
        var steps: [Int] = []
        try session.carryOn(in: Places.temporaryFolder()) {
            if case .update(let record, _) = $0 { steps.append(record.step) }
        }
        #expect(session.trainer.scaler.skipped > 0)
        #expect(steps == Array(1...8))
        #expect(told.steps == Array(1...7))
    }

    /// At which steps a sample was asked for; only the test's own thread writes it.
    private final class Told: @unchecked Sendable { var steps: [Int] = [] }

    private struct SmallCourse: PlainCourse {
        typealias Task = NextTokenTask

        let task: NextTokenTask
        let settings: TrainingSettings
        let decoder: Decoder
        let told: Told
        var notes: [Phrase] { [] }
        var fingerprint: String { "skips" }

        func beginning() -> Decoder { decoder }
        func sample(of decoder: Decoder, at step: Int) -> TrainingEvent? {
            told.steps.append(step)
            return nil
        }
        func written(_ decoder: Decoder) -> LanguageModel {
            LanguageModel(name: "small", folder: "", family: "gpt2", decoder: decoder, tokenizer: nil)
        }
        func measures(of decoder: Decoder) -> [Measure] { [] }
        func measured(_ decoder: Decoder, in folder: String) -> (measures: [Measure], findings: NoFindings) {
            ([], NoFindings())
        }
    }
}
