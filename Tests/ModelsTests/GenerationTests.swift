import Models
import Tensors
import TestSupport
import Testing
import Tracing
import Wording

@Suite struct GenerationTests {
    /// The last token that is written is not read again: with context 6, four tokens allow two passes more.
    private static let models: [ReferenceModel] = ReferenceModel.allCases

    @Test(arguments: models) func aRecordedGenerationIsOneTraceInOrder(model: ReferenceModel) throws {
        let trace = try model.load().trace(model.ids(3), generating: 3)
        #expect(Set(trace.steps.map(\.name)).count == trace.steps.count)
        for (place, step) in trace.steps.enumerated() {
            #expect(step.inputs.allSatisfy { $0 < place }, "\(step.name) reads what comes later")
        }
        #expect(trace.tokens.count == 6)
        #expect(trace.tokens.map(\.isGenerated) == [false, false, false, true, true, true])
        #expect(Set(trace.steps.map(\.name.pass)) == [0, 1, 2])
        #expect(trace.steps.filter(\.isParameter).allSatisfy { $0.name.pass == 0 })
    }

    /// Each cached pass computes what one pass over the whole text computes at that place.
    @Test(arguments: models) func cachedPassesEqualTheWholePass(model: ReferenceModel) throws {
        let loaded = try model.load()
        let prompt = model.ids(3)
        let cached = try loaded.trace(prompt, generating: 3)
        let whole = try loaded.trace(cached.tokens.dropLast().map(\.id))
        var compared = 0
        for step in cached.steps where step.name.pass > 0 {
            var name = step.name
            name.pass = 0
            let position = prompt.count + step.name.pass - 1
            let expected: Tensor
            switch name.label {
            case .positionTable: expected = try whole.step(name).tensor
            case .keysSoFar, .valuesSoFar:
                name.label = name.label == .keysSoFar ? .key : .value
                expected = try whole.step(name).tensor.prefix(position + 1, along: 1)
            case .dotProducts, .unmaskedScores, .scores, .pattern:
                let row = try whole.step(name).tensor.slice(2, position)
                let visible = try row.prefix(position + 1, along: 2)
                expected = try visible.reshaped(step.shape)
            default: expected = try whole.step(name).tensor.slice(1, position).reshaped(step.shape)
            }
            #expect(relativeDifference(step.tensor, expected) <= 1e-5, "\(step.name)")
            compared += 1
        }
        #expect(compared >= 2 * 20)
    }

    @Test(arguments: models) func greedyTakesTheMostProbableToken(model: ReferenceModel) throws {
        let loaded = try model.load()
        for recording in [false, true] {
            let generated = try loaded.decoder.generate(
                from: model.ids(3), count: 4, on: Recorder(recording: recording))
            #expect(generated.count == 4, "the context of six leaves room for four")
            var text = model.ids(3)
            for token in generated {
                let last = try loaded.trace(text).step("probabilities").tensor.slice(1, text.count - 1).scalars
                #expect(last.firstIndex(of: last.max() ?? 0) == token.id)
                #expect(abs(token.probability - Double(last[token.id])) <= 1e-5 * token.probability)
                #expect(token.candidates.first?.id == token.id)
                #expect(token.candidates.map(\.probability) == token.candidates.map(\.probability).sorted(by: >))
                #expect(token.candidates.count == 10)
                text.append(token.id)
            }
        }
    }

    @Test func sampledTextDependsOnTheSeedAlone() throws {
        let decoder = try ReferenceModel.gpt2ReluUntied.load().decoder
        func text(_ seed: UInt64, recording: Bool = false) throws -> [Int] {
            let sampling = Sampling(temperature: 1.3, seed: seed)
            return try decoder.generate(
                from: [1], count: 5, sampling: sampling, on: Recorder(recording: recording)
            ).map(\.id)
        }
        #expect(try text(7) == text(7, recording: true))
        #expect(try Set((0..<20).map { try text($0) }).count > 10)
    }

    @Test func generationEndsWhereItShould() throws {
        let decoder = try ReferenceModel.gpt2ReluUntied.load().decoder
        #expect(try decoder.generate(from: [1, 2], count: 0).isEmpty)
        #expect(try decoder.generate(from: [1, 2], count: 99).count == 5, "six places, then one token more")
        #expect(try decoder.generate(from: [1, 2, 3, 4, 5, 6], count: 99).count == 1)
        let free = try decoder.generate(from: [1, 2], count: 5).map(\.id)
        let stopped = try decoder.generate(from: [1, 2], count: 5, stop: [free[2]]).map(\.id)
        #expect(stopped == Array(free[...(free.firstIndex(of: free[2]) ?? 0)]))
        let enough = ModelError.contextExceeded(tokens: 3, context: 2)
        var seen: [Int] = []
        expectFailure(enough) {
            try decoder.generate(from: [1, 2], count: 5) { (token) throws(Failure) in
                seen.append(token.id)
                if seen.count == 2 { throw Failure(enough) }
            }
        }
        #expect(seen == Array(free.prefix(2)))
    }

    @Test func textsThatCannotBeReadAreErrors() throws {
        let decoder = try ReferenceModel.gpt2ReluUntied.load().decoder
        func read(_ ids: [[Int]]) throws {
            var cache: KeyValueCache?
            _ = try decoder.logits(ids, cache: &cache, on: Recorder())
        }
        expectFailure(ModelError.emptyText) { try read([]) }
        expectFailure(ModelError.emptyText) { try read([[]]) }
        expectFailure(ModelError.emptyText) { try decoder.generate(from: [], count: 1) }
        expectFailure(ModelError.contextExceeded(tokens: 7, context: 6)) { try read([[0, 1, 2, 3, 4, 5, 6]]) }
        for id in [-1, 11, .max, .min] {
            expectFailure(ModelError.unknownToken(id: id, vocabulary: 11)) { try read([[0, id]]) }
        }
        expectFailure(TensorError.self) { try read([[1, 2], [3]]) }
        expectFailure(TensorError.self, "six ids, as two by three would have") {
            try read([[1, 2], [3], [4, 5, 6]])
        }
    }

    /// A cache that one recorder filled holds values that another recorder never wrote down.
    @Test func aCacheBelongsToItsRecorder() throws {
        let decoder = try ReferenceModel.gpt2ReluUntied.load().decoder
        var cache: KeyValueCache? = KeyValueCache()
        _ = try decoder.logits([[1, 2]], cache: &cache, on: Recorder())
        let filled = cache
        expectFailure(TracingError.notRecorded) { try decoder.logits([[3]], cache: &cache, on: Recorder()) }
        cache = filled
        let plain = try decoder.logits([[3]], cache: &cache, on: Recorder(recording: false)).tensor
        var none: KeyValueCache?
        let whole = try decoder.logits([[1, 2, 3]], cache: &none, on: Recorder(recording: false)).tensor
        #expect(relativeDifference(try plain.entry(0).entry(0), try whole.entry(0).entry(2)) <= 1e-5)
    }
}
