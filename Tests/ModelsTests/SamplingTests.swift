import Models
import Tensors
import TestSupport
import Testing
import Tracing

@Suite struct SamplingTests {
    /// What transformers' own warpers leave of one row of logits.
    struct Expectations: Decodable, Sendable {
        struct Case: Decodable, Sendable, CustomTestStringConvertible {
            let temperature: Double
            let k: Int?
            let p: Double?
            let probabilities: [Double]
            var testDescription: String { "temperature \(temperature), k \(k ?? 0), p \(p ?? 0)" }
        }
        let logits: [Float]
        let cases: [Case]
    }

    static let expectations: Expectations? = try? Places.reference(json: "sampling.json", as: Expectations.self)

    @Test func thereAreExpectations() { #expect(Self.expectations?.cases.count == 75) }

    @Test(arguments: expectations?.cases ?? []) func candidatesAgreeWithTransformers(it: Expectations.Case) throws {
        let logits = try #require(Self.expectations?.logits)
        let candidates = Sampling(temperature: it.temperature, topK: it.k, topP: it.p).candidates(logits)
        var found = [Double](repeating: 0, count: logits.count)
        for candidate in candidates { found[candidate.id] = candidate.probability }
        #expect(candidates.count == it.probabilities.count { $0 > 0 })
        #expect(zip(found, it.probabilities).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(candidates.map(\.probability) == candidates.map(\.probability).sorted(by: >))
    }

    @Test func ofEqualTokensTheFirstComesFirst() {
        let order = Sampling().candidates([1, 3, 3, 2, 3]).map(\.id)
        #expect(order == [1, 2, 4, 3, 0])
        #expect(Sampling(topK: 2).candidates([1, 3, 3, 2, 3]).map(\.id) == [1, 2])
    }

    /// A few tokens are found by another way than all: both give one order, ties and numbers that are none included.
    @Test(arguments: [0, 1, 2, 3]) func theFirstTokensAreThoseOfTheWholeOrder(seed: UInt64) {
        var random = RandomSource(seed: seed)
        let logits = (0..<500).map { _ in
            random.integer(below: 20) == 0 ? Float.nan : Float(random.integer(below: seed == 0 ? 3 : 4000)) - 2000
        }
        let order = Sampling().candidates(logits).map(\.id)
        #expect(order.count == 500)
        let values = order.map { logits[$0] }.filter { !$0.isNaN }
        #expect(values == values.sorted(by: >))
        for few in [1, 2, 10, 63, 64, 65, 499] {
            #expect(Sampling(topK: few).candidates(logits).map(\.id) == Array(order.prefix(few)), "\(few)")
        }
    }

    @Test(
        arguments: [
            ([-Float.infinity, 2, -.infinity], [1, 0, 2]), ([1e30, -1e30, 0], [0, 2, 1]), ([5], [0]),
        ] as [([Float], [Int])])
    func extremeLogits(logits: [Float], order: [Int]) {
        for temperature in [0, 1e-300, 0.7, 1e6] {
            let candidates = Sampling(temperature: temperature).candidates(logits)
            #expect(candidates.map(\.id) == order)
            #expect(abs(candidates.reduce(0) { $0 + $1.probability } - 1) < 1e-12)
        }
    }

    @Test(arguments: [[Float.nan, 1, 2], [.infinity, .infinity], [-.infinity, -.infinity], []] as [[Float]])
    func logitsWithoutAnAnswerDoNotTrap(logits: [Float]) {
        let candidates = Sampling(temperature: 1, topK: 2, topP: 0.5).candidates(logits)
        #expect(candidates.count <= logits.count)
    }

    /// χ² of 1500 first tokens against the probabilities that the model and the options give.
    @Test(arguments: [
        Sampling(temperature: 1), Sampling(temperature: 0.6), Sampling(temperature: 1, topK: 3),
        Sampling(temperature: 1.5, topP: 0.8),
    ])
    func tokensAreDrawnAsOftenAsTheyShould(sampling: Sampling) throws {
        let decoder = try ReferenceModel.gpt2TanhOneToken.load().decoder
        var cache: KeyValueCache?
        let logits = try decoder.logits([[2]], cache: &cache, on: Recorder(recording: false)).tensor.scalars
        let candidates = sampling.candidates(logits)
        var counts: [Int: Double] = [:]
        let draws = 1500.0
        for seed in 0..<UInt64(draws) {
            var seeded = sampling
            seeded.seed = seed
            let token = try decoder.generate(from: [2], count: 1, sampling: seeded, candidates: 1)
            counts[token[0].id, default: 0] += 1
        }
        #expect(Set(counts.keys).isSubset(of: candidates.map(\.id)))
        let expected = candidates.filter { $0.probability * draws >= 5 }
        let statistic = expected.reduce(0.0) { sum, candidate in
            let mean = candidate.probability * draws
            let difference = counts[candidate.id, default: 0] - mean
            return sum + difference * difference / mean
        }
        // At most ten degrees of freedom: beyond 40 once in 10⁵ choices of seeds, and the seeds are fixed.
        #expect(expected.count > 1 && statistic < 40)
    }

    @Test(arguments: [
        (ModelError.Given.temperature, Sampling(temperature: -0.1)),
        (.temperature, Sampling(temperature: .nan)), (.temperature, Sampling(temperature: .infinity)),
        (.topK, Sampling(topK: 0)), (.topK, Sampling(topK: -3)), (.topP, Sampling(topP: 0)),
        (.topP, Sampling(topP: 1.01)), (.topP, Sampling(topP: .nan)),
    ])
    func optionsThatCannotBe(name: ModelError.Given, sampling: Sampling) throws {
        let error = try requireFailure(ModelError.self) { try sampling.validate() }
        guard case .given(name, _, _) = error else {
            Issue.record("\(error)")
            return
        }
        let decoder = try ReferenceModel.gpt2TanhOneToken.load().decoder
        expectFailure(error) {
            try decoder.generate(from: [1], count: 1, sampling: sampling)
        }
    }
}
