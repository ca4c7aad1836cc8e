import Platform
import Tensors
import Tracing
import Wording

/// How the next token is chosen.
public struct Sampling: Sendable, Hashable {
    /// 0 takes the most probable token; 1 draws from the model's own probabilities.
    public var temperature: Double
    /// Only the *k* most probable tokens are drawn from; nil for all.
    public var topK: Int?
    /// Only the most probable tokens whose probabilities first reach *p* are drawn from (Holtzman et al. 2020); where
    /// top-k has cut already, of what it left.
    public var topP: Double?
    public var seed: UInt64

    public init(temperature: Double = 0, topK: Int? = nil, topP: Double? = nil, seed: UInt64 = 0) {
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.seed = seed
    }

    /// - Throws: ``ModelError/given(_:expected:found:)``.
    public func validate() throws(Failure) {
        guard temperature.isFinite, temperature >= 0 else {
            throw .given(.temperature, expected: "≥ 0", found: "\(temperature)")
        }
        if let topK, topK < 1 { throw .given(.topK, expected: "≥ 1", found: "\(topK)") }
        if let topP, !(topP > 0 && topP <= 1) {
            throw .given(.topP, expected: "0 < p ≤ 1", found: "\(topP)")
        }
    }

    /// The probabilities that the draw uses, by falling probability: after temperature, top-k and top-p.
    public func candidates(_ logits: [Float]) -> [(id: Int, probability: Double)] {
        let weights = weights(logits)
        var order: [Int]
        if let topP {
            let isCut = topK.map { $0 < logits.count } ?? false
            let kept = isCut ? Ranking.best(topK ?? 0, of: logits) : []
            let sum = isCut ? kept.reduce(0) { $0 + weights[$1] } : weights.reduce(0, +)
            var ranking = Ranking(logits)
            var reached = 0.0
            order = []
            while reached < topP, !isCut || order.count < kept.count, let id = ranking.next() {
                order.append(id)
                reached += weights[id] / sum
            }
        } else {
            order = Ranking.best(topK ?? logits.count, of: logits)
        }
        let sum = order.reduce(0) { $0 + weights[$1] }
        return order.map { ($0, weights[$0] / sum) }
    }

    private func weights(_ logits: [Float]) -> [Double] {
        let divisor = temperature > 0 ? temperature : 1
        let top = Double(logits.max() ?? 0)
        return logits.map { exp((Double($0) - top) / divisor) }
    }

    /// The random numbers behind those that so many tokens were drawn by.
    package func random(after count: Int) -> RandomSource {
        var random = RandomSource(seed: seed)
        for _ in 0..<max(0, count) { _ = random.uniform() }
        return random
    }

    /// Draws one token.
    package func choose(_ logits: [Float], using random: inout RandomSource) -> Int {
        guard temperature > 0 else { return Ranking.first(logits) ?? 0 }
        var rest = random.uniform()
        guard topK != nil || topP != nil else {
            // Nothing is cut: only the tokens that the draw passes over have to be put in order.
            let weights = weights(logits)
            let sum = weights.reduce(0, +)
            var last = 0
            var ranking = Ranking(logits)
            while let id = ranking.next() {
                rest -= weights[id] / sum
                last = id
                if rest < 0 { break }
            }
            return last
        }
        let candidates = candidates(logits)
        for candidate in candidates {
            rest -= candidate.probability
            if rest < 0 { return candidate.id }
        }
        return candidates.last?.id ?? 0
    }
}

/// One token that the model wrote.
public struct GeneratedToken: Sendable, Hashable {
    public let id: Int
    /// The model's own probability of it, before temperature and cuts.
    public let probability: Double
    /// The model's most probable tokens at this place, before temperature and cuts.
    public let candidates: [Candidate]

    public struct Candidate: Sendable, Hashable {
        public let id: Int
        public let probability: Double
    }
}

extension Decoder {
    /// Goes on from a text, one token at a time, each fed back as the next pass's input.
    ///
    /// - Parameters:
    ///   - ids: the text's tokens.
    ///   - count: how many tokens at most; generation also ends at a stop id, and where the context is full.
    ///   - sampling: how each is chosen.
    ///   - stop: the tokens after which nothing follows.
    ///   - shown: how many candidates each token is kept with.
    ///   - recorder: records every pass; cached passes' steps are prefixed `generated.N.`.
    ///   - drawn: how many tokens of the text were drawn by the same seed; the next is drawn by the number after theirs.
    ///   - onToken: called with each token as it is chosen.
    public func generate(
        from ids: [Int], count: Int, sampling: Sampling = Sampling(), stop: Set<Int> = [], candidates shown: Int = 10,
        on recorder: Recorder = Recorder(recording: false), drawn: Int = 0,
        onToken: (GeneratedToken) throws(Failure) -> Void = { _ in }
    ) throws(Failure) -> [GeneratedToken] {
        var cache: KeyValueCache? = KeyValueCache()
        let settings = Generation(
            count: count, sampling: sampling, stop: stop, rules: rules, source: ids, shown: shown,
            context: configuration.context,
            vocabulary: configuration.vocabularySize, drawn: drawn)
        return try settings.run(from: ids, on: recorder, onToken: onToken) { (ids) throws(Failure) in
            let output = try logits([ids], cache: &cache, on: recorder)
            return (output, cache?.length ?? 0)
        } again: { (ids, recorder) throws(Failure) in
            var none: KeyValueCache?
            return try logits([ids], cache: &none, on: recorder)
        }
    }
}
