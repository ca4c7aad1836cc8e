import Models
import Tensors
import TestSupport
import Testing
import Tracing
import Training

/// A training step is a trace: what is written down is what the trainer did, number for number.
@Suite struct TracedUpdateTests {
    private struct Case: Sendable {
        let task: NextTokenTask
        let trainer: Trainer<NextTokenTask>
        let batch: NextTokenBatch
    }

    /// - Parameter clip: 0 for no clipping; a small number so that it happens.
    private func make(
        batch count: Int, clip: Double, optimizer: OptimizerSettings? = nil, rule: ClipRule? = nil
    ) throws -> Case {
        let decoder = try Decoder(
            configuration: DecoderConfiguration(
                vocabularySize: 13, context: 6, width: 8, layers: 2, heads: 2, hidden: 12), seed: 4)
        let sentences = (0..<9).map { start in (0..<8).map { (start * 5 + $0 * $0) % 13 } }
        let task = NextTokenTask(batches: try Batches(sentences: sentences, end: 12, length: 6))
        let schedule = Schedule(rate: 0.01, warmUp: 2, shape: .cosine, steps: 9)
        var settings = TrainingSettings(steps: 9, batch: count, schedule: schedule, clipNorm: clip)
        if let optimizer { settings.optimizer = optimizer }
        if let rule { settings.clip = rule }
        var trainer = Trainer<NextTokenTask>(model: decoder, settings: settings)
        for _ in 0..<3 { try trainer.update(task) }
        var random = RandomSource(seed: 8)
        return Case(task: task, trainer: trainer, batch: task.batch(count, using: &random))
    }

    @Test(arguments: [(1, 1.0), (5, 0.05), (4, 0), (3, 100)]) func itIsTheTrainersOwnUpdate(
        count: Int, clip: Double
    ) throws {
        let it = try make(batch: count, clip: clip)
        var plain = it.trainer
        try plain.update(it.task, on: it.batch)
        var traced = it.trainer
        let trace = try traced.tracedUpdate(it.task, on: it.batch)
        #expect(traced.records == plain.records)
        for (place, parameter) in plain.model.parameters.all.enumerated() {
            #expect(traced.model.parameters.all[place].tensor.bits == parameter.tensor.bits)
            #expect(try trace.step(parameter.name.about("updated")).tensor.bits == parameter.tensor.bits)
            let first = try trace.step(parameter.name.about("first_moment"))
            #expect(first.tensor.bits == plain.optimizer.memory[0].tensors[place].bits)
            #expect(try trace.step(parameter.name).tensor.bits == it.trainer.model.parameters.all[place].tensor.bits)
        }
        let record = try #require(plain.records.last)
        #expect(trace["learning_rate"]?.tensor == Tensor(scalar: Float(record.learningRate)))
        #expect(trace["gradient_norm"]?.tensor == Tensor(scalar: Float(record.gradientNorm ?? .nan)))
        #expect(trace[count > 1 ? "batch_loss" : "loss"]?.tensor == Tensor(scalar: Float(record.loss)))
        #expect((trace["part.1.loss"] != nil) == (count > 1))
        #expect((trace["clip_factor"] != nil) == (clip > 0))
        let isClipped = clip > 0 && (record.gradientNorm ?? 0) > clip
        #expect((trace["embed.W_E.clipped_grad"] != nil) == isClipped)
    }

    /// Every step of the update, every cell: the arithmetic on the recorded operands gives the recorded number.
    @Test(arguments: [(1, 1.0), (5, 0.05)]) func everyNumberOfTheStepExplainsItself(count: Int, clip: Double) throws {
        try explain(make(batch: count, clip: clip))
    }

    static let optimizers = [
        OptimizerSettings(.sgd), OptimizerSettings(.sgd, momentum: 0.9, weightDecay: 0.1),
        OptimizerSettings(.sgd, momentum: 0.9, nesterov: true), OptimizerSettings(.adam, weightDecay: 0.1),
        OptimizerSettings(.adamw, weightDecay: 0.1, decaysVectors: true), OptimizerSettings(.lamb, weightDecay: 0.1),
    ]

    @Test(arguments: optimizers) func everyOptimizerExplainsItself(_ optimizer: OptimizerSettings) throws {
        let it = try make(batch: 3, clip: 1, optimizer: optimizer, rule: .value(0.002))
        try explain(it)
        var (plain, traced) = (it.trainer, it.trainer)
        try plain.update(it.task, on: it.batch)
        let trace = try traced.tracedUpdate(it.task, on: it.batch)
        for parameter in plain.model.parameters.all {
            #expect(try trace.step(parameter.name.about("updated")).tensor.bits == parameter.tensor.bits)
        }
    }

    private func explain(_ it: Case) throws {
        var trainer = it.trainer
        let trace = try trainer.tracedUpdate(it.task, on: it.batch)
        for step in trace.steps where !step.isSource {
            let scale = step.tensor.scalars.filter(\.isFinite).map { abs(Double($0)) }.max() ?? 0
            for place in stride(from: 0, to: step.tensor.count, by: max(1, step.tensor.count / 23)) {
                let index = step.shape.index(at: place)
                let explanation = try trace.explain(step.name, at: index)
                let inputs = try explanation.inputs.map { try trace.step($0).tensor }
                let exact = explanation.expression.value { Double(inputs[$0].cell($1) ?? .nan) }
                let operands = step.name.isGradient ? explanation.terms.map { abs($0.value) }.max() ?? 0 : 0
                let agrees =
                    explanation.value == exact
                    || abs(explanation.value - exact) <= 1e-5 * abs(exact) + 2e-6 * scale + 2e-7 * operands
                #expect(agrees, "\(step.name)\(index): \(explanation.value), \(exact)")
            }
        }
    }

    @Test func theFileHoldsTheWholeStep() throws {
        let it = try make(batch: 3, clip: 0.05)
        var trainer = it.trainer
        let trace = try trainer.tracedUpdate(it.task, on: it.batch)
        let path = try Places.temporaryFolder() + "/step.safetensors"
        try TraceFile.write(trace, to: path)
        let again = try TraceFile.read(path: path)
        #expect(again.steps.map(\.name) == trace.steps.map(\.name))
        #expect(again.notes.isEmpty)
        for (one, other) in zip(trace.steps, again.steps) {
            #expect(one.tensor.bits == other.tensor.bits)
            #expect(one.inputs == other.inputs)
            #expect(one.operation.attributes == other.operation.attributes)
        }
        for name: StepName in ["blocks.0.attn.W_Q.grad", "part.1.blocks.1.mlp.W_in.grad", "embed.W_E.updated"] {
            let index = try again.step(name).shape.dimensions.map { _ in 1 }
            #expect(try again.explain(name, at: index).expression == trace.explain(name, at: index).expression)
        }
    }

    @Test func oneTokenForetellsNothing() throws {
        let decoder = try Decoder(
            configuration: DecoderConfiguration(
                vocabularySize: 13, context: 6, width: 8, layers: 1, heads: 2, hidden: 12), seed: 4)
        let model = LanguageModel(name: "small", folder: "", family: "gpt2", decoder: decoder, tokenizer: nil)
        #expect(throws: TrainingError.nothingToPredict(tokens: 1)) { try model.trainingTrace([3]) }
        let trace = try model.trainingTrace([3, 4])
        #expect(trace["blocks.0.attn.W_Q.grad"] != nil)
        #expect(trace["probabilities"]?.shape == [1, 2, 13])
        #expect(trace["tokens"]?.shape == [1, 2])
    }
}
