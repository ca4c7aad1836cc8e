import Foundation
import Models
import TestSupport
import Testing
import Tracing

@testable import Tensors
@testable import Training

/// A run whose numbers are no longer finite says what made them so.
@Suite struct DivergenceTests {
    private let sentences = (0..<9).map { start in (0..<8).map { (start * 5 + $0 * $0) % 13 } }

    private var task: NextTokenTask {
        get throws { NextTokenTask(batches: try Batches(sentences: sentences, end: 12, length: 6)) }
    }

    private func trainer(
        rate: Double = 0.01, _ change: (inout TrainingSettings, inout Decoder) -> Void
    ) throws -> Trainer<NextTokenTask> {
        var decoder = try Decoder(
            configuration: DecoderConfiguration(
                vocabularySize: 13, context: 6, width: 8, layers: 1, heads: 2, hidden: 12), seed: 4)
        var settings = TrainingSettings(
            steps: 400, batch: 4, schedule: Schedule(rate: rate, warmUp: 0, shape: .constant, steps: 400))
        change(&settings, &decoder)
        return Trainer(model: decoder, settings: settings)
    }

    /// The step and the cause with which a run ends, in English.
    private func end(_ trainer: Trainer<NextTokenTask>) throws -> (step: Int, cause: String) {
        var trainer = trainer
        let task = try task
        let error = try #require(throws: TrainingError.self) {
            // Far more than the updates that any of these can make.
            for _ in 0..<500 { try trainer.update(task) }
        }
        guard case .diverged(let step, let cause) = error else { throw error }
        #expect(cause.english != cause.chinese && !cause.english.contains("\n"))
        return (step, cause.english)
    }

    private func poke(_ decoder: inout Decoder, _ name: StepName, _ value: Float) {
        let names = decoder.parameters.all.map(\.name)
        decoder.parameters.update { place, tensor in
            if names[place] == name { tensor.mutate { $0[3] = value } }
        }
    }

    @Test(arguments: [1, 2]) func weightsThatWereNaNAreNamed(_ accumulation: Int) throws {
        let (step, cause) = try end(
            trainer { settings, decoder in
                settings.accumulation = accumulation
                poke(&decoder, "blocks.0.mlp.b_in", .nan)
            })
        #expect(step == 1)
        #expect(cause == "the parameter blocks.0.mlp.b_in[3] is NaN, before any update was made")
    }

    @Test func anUpdateThatCannotBeIsNamed() throws {
        let (step, cause) = try end(
            trainer { settings, _ in settings.optimizer = OptimizerSettings(.adamw, beta2: 1) })
        #expect(step == 1)
        #expect(cause.contains("the update by adamw made") && cause.contains("beta2"), "\(cause)")
        #expect(!cause.contains("lower the learning rate"))
    }

    @Test(arguments: [(1e12, "1e+12"), (1e6, "1e+06")]) func aLossScaleThatOverflowsIsNamed(
        _ scale: Double, _ text: String
    ) throws {
        let (step, cause) = try end(
            trainer { settings, _ in
                settings.precision = .float16
                settings.lossScale = .fixed(scale)
            })
        #expect(step == 1)
        #expect(cause.contains(".grad[") && cause.contains("float16 holds numbers up to 65504"), "\(cause)")
        #expect(cause.contains("multiplied by \(text): a smaller loss_scale"), "\(cause)")
    }

    @Test func aForwardPassThatOverflowsHalfPrecisionIsNamed() throws {
        let (_, cause) = try end(
            trainer { settings, decoder in
                settings.precision = .float16
                poke(&decoder, "blocks.0.attn.W_Q", 1e6)
            })
        #expect(cause.contains("blocks.0.attn.W_Q.half[") && cause.contains("65504"), "\(cause)")
    }

    /// Weights that grow without bound: here the rate is to blame, and is.
    @Test func aRateThatIsTooLargeIsNamed() throws {
        let (step, cause) = try end(
            trainer(rate: 10) { settings, _ in
                settings.optimizer = OptimizerSettings(.sgd, weightDecay: 10)
                settings.clip = .none
            })
        #expect(step > 1)
        #expect(cause.contains("lower the learning rate") || cause.contains("see learning_rate"), "\(cause)")
    }

    /// To be looked at, a pass is recorded all the same; the model stays as it was.
    @Test func aPassThatIsNotFiniteCanBeLookedAt() throws {
        var trainer = try trainer { _, decoder in poke(&decoder, "blocks.0.mlp.b_in", .nan) }
        let (task, before) = (try task, trainer.model.parameters.all.map(\.tensor.bits))
        let batch = task.batch(2, using: &trainer.random)
        let trace = try trainer.tracedUpdate(task, on: batch, endsWhereNotFinite: true)
        #expect(trace.firstNotFinite?.step == "blocks.0.mlp.b_in")
        #expect(trace["blocks.0.mlp.b_in.grad"] != nil && trace["blocks.0.mlp.b_in.updated"] == nil)
        #expect(trainer.step == 0 && trainer.model.parameters.all.map(\.tensor.bits) == before)
        #expect(throws: TrainingError.self) { try trainer.tracedUpdate(task, on: batch) }
    }

    /// Each worker's own pass is looked at.
    @Test(arguments: [1, 2, 3]) func aWorkersPassIsNamed(_ workers: Int) throws {
        let alone = try trainer { _, decoder in poke(&decoder, "blocks.0.mlp.b_in", .infinity) }
        var parallel = try DataParallelTrainer<NextTokenTask>(
            model: alone.model, settings: alone.settings, workers: workers)
        let error = try #require(throws: TrainingError.self) {
            try parallel.update(
                task, on: NextTokenBatch(inputs: [[1, 2], [3, 4], [5, 6]], targets: [[2, 3], [4, 5], [6, 7]]))
        }
        #expect("\(error)".contains("the parameter blocks.0.mlp.b_in[3] is ∞, before any update"), "\(error)")
    }

    /// What is not finite is written and read as texts.
    @Test func measuresThatAreInfiniteAreKept() throws {
        let path = try Places.temporaryFolder() + "/measures.json"
        try RunFolder.write([Measure("perplexity", .infinity, baseline: -.infinity)], to: path)
        let read: [Measure] = try RunFolder.read(path, otherwise: "no measures")
        #expect(read == [Measure("perplexity", .infinity, baseline: -.infinity)])
    }

    @Test func theOtherKindsNameTheirCause() throws {
        func run(_ name: String, _ changes: [(String, String)]) throws -> any Error {
            var text = try String(contentsOfFile: Places.root + "/fixtures/recipes/\(name).yaml", encoding: .utf8)
            for (right, wrong) in changes { text = text.replacing(right, with: wrong) }
            let folder = try Places.temporaryFolder()
            try text.write(toFile: folder + "/recipe.yaml", atomically: true, encoding: .utf8)
            let recipe = try Recipes.read(path: folder + "/recipe.yaml")
            return try #require(throws: (any Error).self) {
                try recipe.run(into: folder + "/out", steps: nil) { _ in }
            }
        }
        let line = try run("house-prices", [("learning_rate: 0.1", "learning_rate: 2"), ("steps: 60", "steps: 600")])
        #expect("\(line)".contains("the learning rate of 2.0 oversteps"), "\(line)")
        let plane = try run(
            "playground-plane",
            [("learning_rate: 0.03", "learning_rate: 10"), ("activation: tanh", "activation: linear")])
        #expect("\(plane)".contains("lower learning_rate"), "\(plane)")
    }
}
