import Models
import Tensors
import TestSupport
import Testing
import Tracing

/// What holds of every decoder's trace, whatever its weights.
@Suite struct InvariantTests {
    private func trace(_ model: ReferenceModel) throws -> Trace { try model.load().trace(model.ids()) }

    private func layers(_ trace: Trace) -> Range<Int> { 0..<trace.layerCount }

    @Test(arguments: ReferenceModel.allCases) func probabilitiesSumToOne(model: ReferenceModel) throws {
        let trace = try trace(model)
        let patterns = layers(trace).map { StepName.block($0, .pattern) }
        for name in patterns + ["probabilities"] {
            let tensor = try trace.step(name).tensor
            let width = tensor.shape[-1]
            let cells = tensor.scalars
            #expect(cells.allSatisfy { $0 >= 0 && $0 <= 1 })
            for row in 0..<(cells.count / width) {
                let sum = cells[(row * width)..<((row + 1) * width)].reduce(0.0) { $0 + Double($1) }
                #expect(abs(sum - 1) < 1e-6, "\(name), row \(row)")
            }
        }
    }

    @Test(arguments: ReferenceModel.allCases) func scoresAreDotProductsOverTheRootOfTheWidth(
        model: ReferenceModel
    ) throws {
        let trace = try trace(model)
        for layer in layers(trace) {
            let q = try trace.step(.block(layer, .query)).tensor
            let k = try trace.step(.block(layer, .key)).tensor
            let scores = try trace.step(.block(layer, .unmaskedScores)).tensor
            let width = q.shape[3]
            var expected: [Double] = []
            for place in 0..<scores.count {
                let at = scores.shape.index(at: place)
                let sum = (0..<width).reduce(0.0) { sum, i in
                    sum + Double(q.cell([at[0], at[2], at[1], i]) ?? .nan)
                        * Double(k.cell([at[0], at[3], at[1], i]) ?? .nan)
                }
                expected.append(sum / Double(width).squareRoot())
            }
            #expect(relativeNorm(scores.scalars.map(Double.init), expected) < 1e-6)
        }
    }

    @Test(arguments: ReferenceModel.allCases) func theFutureIsHidden(model: ReferenceModel) throws {
        let trace = try trace(model)
        for layer in layers(trace) {
            let unmasked = try trace.step(.block(layer, .unmaskedScores)).tensor
            let scores = try trace.step(.block(layer, .scores)).tensor
            let pattern = try trace.step(.block(layer, .pattern)).tensor
            for place in 0..<scores.count {
                let at = scores.shape.index(at: place)
                if at[3] > at[2] {
                    #expect(scores[flat: place] == -.infinity && pattern[flat: place] == 0)
                } else {
                    #expect(scores[flat: place] == unmasked[flat: place] && pattern[flat: place] > 0)
                }
            }
        }
    }

    /// The residual stream is a running sum, and each sum is exact: one rounding of two numbers.
    @Test(arguments: ReferenceModel.allCases) func theResidualStreamIsARunningSum(model: ReferenceModel) throws {
        let trace = try trace(model)
        func expectSum(_ left: StepName, _ right: StepName, _ sum: StepName) throws {
            let parts = zip(try trace.step(left).tensor.scalars, try trace.step(right).tensor.scalars)
            #expect(try trace.step(sum).tensor.scalars == parts.map { $0 + $1 }, "\(sum)")
        }
        try expectSum("embed", "pos_embed", .block(0, .residualPre))
        let isPost = trace[.block(0, .normalizedMid)] != nil
        #expect(isPost == model.rawValue.hasPrefix("post"))
        for layer in layers(trace) {
            try expectSum(.block(layer, .residualPre), .block(layer, .attentionOut), .block(layer, .residualMid))
            try expectSum(
                .block(layer, isPost ? .normalizedMid : .residualMid), .block(layer, .feedForwardOut),
                .block(layer, .residualPost))
            guard let next = trace[.block(layer + 1, .residualPre)] else { continue }
            let left = try trace.step(.block(layer, isPost ? .normalizedPost : .residualPost))
            #expect(next.tensor.isSame(as: left.tensor), "one tensor under two names, not a copy")
        }
    }

    @Test(arguments: ReferenceModel.allCases) func normalizedVectorsHaveTheirMeanAndDeviation(
        model: ReferenceModel
    ) throws {
        let loaded = try model.load()
        let trace = try loaded.trace(model.ids())
        let epsilon = try loaded.decoder.configuration.normEpsilon
        let norms = trace.steps.filter { $0.operation is LayerNorm }
        #expect(norms.count == 2 * trace.layerCount + (model.rawValue.hasPrefix("post") ? 0 : 1))
        for norm in norms {
            let inputs = norm.inputs.map { trace.steps[$0].tensor }
            let (x, scale, gain, bias) = (inputs[0], inputs[1], inputs[2], inputs[3])
            let width = x.shape[-1]
            for row in 0..<scale.count {
                let numbers = (0..<width).map { Double(x[flat: row * width + $0]) }
                let mean = numbers.reduce(0, +) / Double(width)
                let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
                let deviation = (variance + epsilon).squareRoot()
                #expect(abs(Double(scale[flat: row]) / deviation - 1) < 1e-5)
                let expected = numbers.enumerated().map { column, number in
                    (number - mean) / deviation * Double(gain[flat: column]) + Double(bias[flat: column])
                }
                let found = (0..<width).map { Double(norm.tensor[flat: row * width + $0]) }
                #expect(relativeNorm(found, expected) < 1e-5, "\(norm.name)")
            }
        }
    }

    @Test(arguments: ReferenceModel.allCases) func shapesAndAxesAreTransformerLens(model: ReferenceModel) throws {
        let loaded = try model.load()
        let c = try loaded.decoder.configuration
        let ids = model.ids()
        let trace = try loaded.trace(ids)
        let heads = [1, ids.count, c.heads, c.headWidth]
        let cells = [1, c.heads, ids.count, ids.count]
        for layer in layers(trace) {
            for label: Label in [.query, .key, .value, .z] {
                let step = try trace.step(.block(layer, label))
                #expect(step.shape.dimensions == heads)
                #expect(step.axes == [.batch, .position, .head, .headWidth])
            }
            for label: Label in [.dotProducts, .unmaskedScores, .scores, .pattern] {
                let step = try trace.step(.block(layer, label))
                #expect(step.shape.dimensions == cells)
                #expect(step.axes == [.batch, .head, .query, .key])
            }
            #expect(try trace.step(.block(layer, .hiddenPost)).shape == [1, ids.count, c.hidden])
        }
        #expect(try trace.step("logits").shape == [1, ids.count, c.vocabularySize])
        for step in trace.steps { #expect(step.axes.count == step.shape.rank, "\(step.name)") }
        #expect(trace.layerCount == c.layers)
        #expect(trace.headCount(layer: 0) == c.heads)
        #expect(trace.tokens.map(\.id) == ids)
        #expect(trace.model.numbers["width"] == Double(c.width))
        #expect(try trace.model.numbers["parameters"] == Double(loaded.decoder.parameters.count))
    }

    /// A later token cannot change what was computed before it.
    @Test(arguments: ReferenceModel.allCases) func laterTokensDoNotChangeEarlierOnes(model: ReferenceModel) throws {
        let decoder = try model.load().decoder
        func logits(_ ids: [Int]) throws -> Tensor {
            var cache: KeyValueCache?
            return try decoder.logits([ids], cache: &cache, on: Recorder(recording: false)).tensor
        }
        let ids = model.ids()
        var other = ids
        other[ids.count - 1] = (ids[ids.count - 1] + 1) % 11
        let (a, b) = (try logits(ids), try logits(other))
        let before = ids.count - 1
        #expect(relativeDifference(try a.prefix(before, along: 1), try b.prefix(before, along: 1)) <= 1e-6)
        #expect(relativeDifference(try a.slice(1, before), try b.slice(1, before)) > 1e-3)
    }

    @Test(arguments: ReferenceModel.allCases) func textsOfABatchDoNotTouchEachOther(model: ReferenceModel) throws {
        let decoder = try model.load().decoder
        let texts = [model.ids(), Array(model.ids().reversed()), model.ids().map { ($0 + 4) % 11 }]
        var cache: KeyValueCache?
        let together = try decoder.logits(texts, cache: &cache, on: Recorder(recording: false)).tensor
        for (place, text) in texts.enumerated() {
            let alone = try decoder.logits([text], cache: &cache, on: Recorder(recording: false)).tensor
            let difference = relativeDifference(try together.entry(place), try alone.entry(0))
            // Products of three rows and of one are summed in another order, on each kind of processor in its own.
            #expect(difference <= 1e-5, "\(difference)")
        }
    }

    @Test(arguments: ReferenceModel.allCases) func recordingDoesNotChangeTheNumbers(model: ReferenceModel) throws {
        let decoder = try model.load().decoder
        var cache: KeyValueCache?
        let recorder = Recorder()
        let recorded = try decoder.probabilities([model.ids()], cache: &cache, on: recorder)
        let plain = try decoder.probabilities([model.ids()], cache: &cache, on: Recorder(recording: false))
        #expect(recorded.tensor.bits == plain.tensor.bits)
        #expect(try recorder.trace().step("probabilities").tensor.isSame(as: recorded.tensor))
    }

    /// A trace of a whole model survives its file.
    @Test(arguments: ReferenceModel.allCases) func aModelsTraceReadsBack(model: ReferenceModel) throws {
        let trace = try model.load().trace(model.ids(4), generating: 2)
        let path = try Places.temporaryFolder() + "/trace.safetensors"
        try TraceFile.write(trace, to: path)
        let again = try TraceFile.read(path: path)
        #expect(again.steps.map(\.name) == trace.steps.map(\.name))
        #expect(again.steps.map(\.inputs) == trace.steps.map(\.inputs))
        #expect(again.tokens == trace.tokens)
        #expect(again.notes.isEmpty)
        #expect(again.model == trace.model)
        for (a, b) in zip(again.steps, trace.steps) { #expect(a.tensor.bits == b.tensor.bits, "\(a.name)") }
    }
}
