import Models
import Tensors
import TestSupport
import Testing
import Tracing

@testable import Training

@Suite struct TensorParallelTests {
    /// A whole run with its loss.
    static func run(_ decoder: Decoder, _ ids: [Int]) throws -> Trace {
        let recorder = Recorder()
        let batch = NextTokenBatch(inputs: [Array(ids.dropLast())], targets: [Array(ids.dropFirst())])
        _ = try batch.loss(of: decoder, recorder: recorder)
        return recorder.trace()
    }

    private func check(_ whole: Trace, workers: Int) throws {
        let split = try TensorParallelRun(whole, workers: workers)
        try checkForward(split, whole)
        try checkBackward(split, whole)
    }

    private func checkForward(_ split: TensorParallelRun, _ whole: Trace) throws {
        let workers = split.workers
        #expect(split.replicasAgree)
        // Every step of the whole run, whether all have it or it is cut.
        for step in whole.steps {
            let found: Tensor
            if let same = split.trace[step.name] {
                found = same.tensor
            } else {
                let axis = step.isParameter ? ShardPlan.axis(of: step) : ShardPlan.axis(ofComputed: step)
                found = try JoinShards(workers, axis: try #require(axis)).evaluate(split.parts(of: step.name))
            }
            let difference = relativeDifference(found, step.tensor)
            #expect(difference <= 1e-5, "\(workers) workers, \(step.name): \(difference)")
        }
    }

    private func checkBackward(_ split: TensorParallelRun, _ whole: Trace) throws {
        let workers = split.workers
        let expected = try whole.gradients(of: StepName(.loss))
        // A softmax does not change when all keys gain the same: the key bias has a gradient of rounding errors only.
        let scale = expected.values.map { $0.scalars.map(abs).max() ?? 0 }.max() ?? 0
        for (place, step) in whole.steps.enumerated() where step.isParameter {
            guard let gradient = expected[place] else { continue }
            let found = try #require(split.gradients[step.name])
            let absolute = Double((zip(found.scalars, gradient.scalars).map { abs($0 - $1) }.max() ?? 0) / scale)
            let relative = relativeDifference(found, gradient)
            // Behind a softmax that is nearly sure, large gradients cancel: what is left carries their roundings, which
            // differ from one machine's matrix products to another's.
            let isCancelled = [.queryWeight, .keyWeight, .queryBias].contains(step.name.label) && absolute <= 1e-6
            let difference = step.name.label == .keyBias || isCancelled ? absolute : relative
            #expect(difference <= 1e-5, "\(workers) workers, gradient of \(step.name): \(difference)")
        }
        // The joined trace goes backward by itself, to the same numbers as the workers' threads.
        let again = try split.trace.withGradients(of: StepName(.loss))
        for step in whole.steps where step.isParameter && split.trace[step.name] != nil {
            guard let threads = split.gradients[step.name] else { continue }
            let joined = try again.step(step.name.gradient).tensor
            if step.name.label != .keyBias { #expect(relativeDifference(joined, threads) <= 1e-5) }
        }
    }

    @Test(arguments: [1, 2, 4])
    func nextWordIsTheWhole(_ workers: Int) throws {
        let model = try LanguageModel.load(folder: Places.root + "/fixtures/models/next-word")
        try check(try Self.run(model.decoder, model.encode("中华人民共和国")), workers: workers)
    }

    @Test(arguments: [1, 2, 4])
    func aGPT2IsTheWhole(_ workers: Int) throws {
        let decoder = try Decoder(
            configuration: DecoderConfiguration(vocabularySize: 29, context: 16, width: 32, layers: 3, heads: 4),
            seed: 11)
        try check(try Self.run(decoder, [3, 28, 7, 7, 0, 19, 12, 5]), workers: workers)
    }

    /// Eight heads that share two of keys and values, a gated feed-forward layer, turned positions, no biases; with
    /// queries and keys that each head normalises, too.
    private static func llama(hasHeadNorms: Bool) throws -> Decoder {
        var c = DecoderConfiguration.llama(
            vocabularySize: 23, context: 32, width: 32, layers: 2, heads: 8, keyHeads: 2, hidden: 44)
        c.hasHeadNorms = hasHeadNorms
        return try Decoder(configuration: c, seed: 5)
    }

    @Test(arguments: [1, 2], [false, true])
    func llamaIsTheWhole(_ workers: Int, _ hasHeadNorms: Bool) throws {
        try check(try Self.run(Self.llama(hasHeadNorms: hasHeadNorms), [1, 5, 9, 3, 17, 4]), workers: workers)
    }

    @Test func fewerKeyHeadsThanWorkersExplainThemselves() throws {
        let whole = try Self.run(Self.llama(hasHeadNorms: false), [1, 5, 9])
        let error = #expect(throws: ParallelError.self) { try TensorParallelRun(whole, workers: 4) }
        #expect(error?.explanation.english.contains("W_K: 2 heads") == true)
    }

    /// An encoder with its own output heads, and a translator with two stacks.
    @Test(arguments: ["masked-word", "translator"], [2, 4])
    func otherKindsAreTheWhole(_ name: String, _ workers: Int) throws {
        let model = try LanguageModel.load(folder: Places.root + "/fixtures/models/" + name)
        let input = ModelInput(ids: [2, 7, 11, 5, 3], target: name == "translator" ? [1, 6, 4, 9] : nil)
        let whole = try model.trace(input)
        try checkForward(TensorParallelRun(whole, workers: workers), whole)
    }

    @Test func postNormUntiedSinusoidalIsTheWhole() throws {
        let decoder = try Decoder(
            configuration: DecoderConfiguration(
                vocabularySize: 13, context: 8, width: 12, layers: 2, heads: 3, hidden: 9, activation: .relu,
                positions: .sinusoidal, normPlacement: .post, tiedOutput: false), seed: 3)
        try check(try Self.run(decoder, [1, 12, 4, 0, 6]), workers: 3)
    }

    @Test func unevenSplitsExplainThemselves() throws {
        let decoder = try Decoder(
            configuration: DecoderConfiguration(vocabularySize: 13, context: 8, width: 12, layers: 1, heads: 3), seed: 3
        )
        let whole = try Self.run(decoder, [1, 2, 3])
        let error = #expect(throws: ParallelError.self) { try TensorParallelRun(whole, workers: 2) }
        #expect(error?.explanation.english.contains("3 heads cannot be shared evenly by 2 workers") == true)
        #expect(error?.explanation.chinese.contains("3 个注意力头") == true)
        let neurons = try Decoder(
            configuration: DecoderConfiguration(
                vocabularySize: 13, context: 8, width: 12, layers: 1, heads: 3, hidden: 10), seed: 3)
        let trace = try Self.run(neurons, [1, 2, 3])
        let other = #expect(throws: ParallelError.self) { try TensorParallelRun(trace, workers: 3) }
        #expect(other?.explanation.english.contains("10 neurons") == true)
    }

    @Test(arguments: [2, 4])
    func holdingsAndMessagesAddUp(_ workers: Int) throws {
        let model = try LanguageModel.load(folder: Places.root + "/fixtures/models/next-word")
        let ids = try model.encode("我爱吃苹果")
        let split = try TensorParallelRun(try Self.run(model.decoder, ids), workers: workers)
        let (c, positions) = (try model.decoder.configuration, ids.count - 1)
        let parameters = try model.decoder.parameters.all
        let cut = parameters.filter { parameter in
            ShardPlan.axis(
                of: Step(
                    name: parameter.name, operation: Source(.parameter), tensor: parameter.tensor, axes: parameter.axes)
            )
                != nil
        }
        let cutBytes = 4 * cut.reduce(0) { $0 + $1.tensor.count }
        let all = 4 * parameters.reduce(0) { $0 + $1.tensor.count }
        #expect(split.holdings.reduce(0) { $0 + $1.parameters } == cutBytes + workers * (all - cutBytes))
        // Two sums a layer forward and two back, the embedding's, the unembedding's way back, and the logits' gathering.
        let sums = 4 * c.layers + 2
        let expected =
            2 * (workers - 1) * sums * 4 * positions * c.width + (workers - 1) * 4 * positions * c.vocabularySize
        #expect(split.messages.reduce(0) { $0 + $1.bytes } == expected)
        let names = Set(split.messages.map(\.what))
        #expect(names.isSuperset(of: ["embed", "blocks.0.attn_out", "blocks.0.mlp_out", "logits"]))
        #expect(names.contains("blocks.0.ln1.normalized.grad"))
    }

    @Test func partsExplainThemselvesAndSurviveTheFile() throws {
        let model = try LanguageModel.load(folder: Places.root + "/fixtures/models/next-word")
        let split = try TensorParallelRun(try Self.run(model.decoder, model.encode("中华人民")), workers: 2)
        let path = try Places.temporaryFolder() + "/split.trace.safetensors"
        try TraceFile.write(split.trace, to: path)
        let trace = try TraceFile.read(path: path)
        for name in [
            "blocks.0.attn_out", "worker.1.blocks.0.attn_out", "worker.0.embed", "logits", "worker.1.blocks.0.mlp.post",
        ] {
            let step = try trace.step(StepName(name))
            let index = step.shape.index(at: step.tensor.count - 1)
            let explanation = try trace.explain(StepName(name), at: index)
            #expect(explanation.terms.count > 0 || name == "worker.0.embed")
        }
        let sum = try trace.explain("blocks.0.attn_out", at: [0, 0, 5])
        #expect(
            sum.terms.map(\.step.description) == [
                "worker.0.blocks.0.attn_out", "worker.1.blocks.0.attn_out", "blocks.0.attn.b_O",
            ])
        #expect(abs(sum.terms.reduce(0) { $0 + $1.value } - sum.value) < 1e-5)
        #expect(StepName("worker.1.decoder.blocks.0.attn.q").worker == 1)
    }
}
