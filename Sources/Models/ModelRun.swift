import Platform
import Tensors
import Tracing
import Wording

/// What a model of any kind is to read.
public struct ModelInput: Sendable, Hashable {
    /// The text's tokens; for an encoder–decoder, the source's.
    public var ids: [Int]
    /// An encoder's: which segment each token belongs to.
    public var segments: [Int]?
    /// One for a token, zero for padding.
    public var mask: [Int]?
    /// What the decoder of an encoder–decoder reads, beginning with the start token; nil to let it write.
    public var target: [Int]?

    public init(ids: [Int], segments: [Int]? = nil, mask: [Int]? = nil, target: [Int]? = nil) {
        self.ids = ids
        self.segments = segments
        self.mask = mask
        self.target = target
    }
}

extension EncoderDecoder {
    /// Writes a target, one token at a time; the source is read once, and the keys and values of both texts are kept.
    ///
    /// - Parameters:
    ///   - source: the source's tokens.
    ///   - mask: one for a token, zero for padding; nil: whatever is not `paddingID` counts.
    ///   - prefix: what the target begins with; nil for the start token alone.
    ///   - count: how many tokens at most; it also ends at `endID`, and where the context is full.
    ///   - sampling: how each is chosen.
    ///   - stop: the ids after which nothing follows; nil for the model's own.
    ///   - shown: how many candidates each token is kept with.
    ///   - recorder: records every pass; cached passes' steps are prefixed `generated.N.`.
    ///   - drawn: how many tokens of the prefix were drawn by the same seed.
    ///   - onToken: called with each token as it is chosen.
    public func generate(
        from source: [Int], mask: [Int]? = nil, prefix: [Int]? = nil, count: Int, sampling: Sampling = Sampling(),
        stop: Set<Int>? = nil, candidates shown: Int = 10, on recorder: Recorder = Recorder(recording: false),
        drawn: Int = 0, onToken: (GeneratedToken) throws(Failure) -> Void = { _ in }
    ) throws(Failure) -> [GeneratedToken] {
        // Where a target is written, transformers takes padding for what it is, in any family.
        let inferred = count > 0 && !rules.ends.contains(configuration.paddingID ?? -1) ? paddingMask([source]) : nil
        let read = try encode([source], mask: mask.map { [$0] } ?? inferred, on: recorder)
        var cache: KeyValueCache? = KeyValueCache()
        let settings = Generation(
            count: count, sampling: sampling,
            stop: stop ?? (rules.ends.isEmpty ? [configuration.endID] : Set(rules.ends)),
            rules: rules, source: source, shown: shown, context: configuration.context,
            vocabulary: configuration.targetVocabulary, drawn: drawn)
        return try settings.run(from: prefix ?? [configuration.startID], on: recorder, onToken: onToken) {
            (ids) throws(Failure) in
            let logits = try logits([ids], reading: read, cache: &cache, on: recorder)
            return (logits, cache?.length ?? 0)
        } again: { (ids, recorder) throws(Failure) in
            var none: KeyValueCache?
            let read = try encode([source], mask: mask.map { [$0] } ?? inferred, on: recorder)
            return try logits([ids], reading: read, cache: &none, on: recorder)
        }
    }
}

/// The loop of writing one token after the other, the same for every kind of decoder.
struct Generation {
    let count: Int
    let sampling: Sampling
    let stop: Set<Int>
    var rules = GenerationRules()
    /// What a decoder that looks back at an encoder's text looks back at; else the text that it goes on from.
    var source: [Int] = []
    let shown: Int
    let context: Int
    let vocabulary: Int
    /// How many tokens were drawn by the seed before.
    var drawn = 0

    /// A run that is recorded ends where the next token's logits are NaN or ∞, so that one can ask it why.
    ///
    /// - Parameters:
    ///   - pass: reads tokens and gives `logits` and how many positions have been read so far.
    ///   - again: reads a whole text on a recorder, and gives its logits.
    /// - Throws: `TracingError.notFinite(what:_:)` where no token can be chosen.
    func run(
        from ids: [Int], on recorder: Recorder, onToken: (GeneratedToken) throws(Failure) -> Void,
        pass: ([Int]) throws(Failure) -> (logits: Value, length: Int),
        again: ([Int], Recorder) throws(Failure) -> Value
    ) throws(Failure) -> [GeneratedToken] {
        try sampling.validate()
        var random = sampling.random(after: drawn)
        var result: [GeneratedToken] = []
        var input = ids
        repeat {
            let (output, length) = try pass(input)
            let softmax = try recorder.apply(
                Softmax(), output, as: .probabilities, axes: [.batch, .position, .vocabulary])
            guard result.count < count else { break }
            let probabilities = lastRow(softmax.tensor)
            if let odd = probabilities.first(where: { !$0.isFinite }) {
                if recorder.isRecording { break }
                let read = ids + result.map { $0.id }
                let what = Phrase(
                    en: "no token can be chosen at position \(read.count), as no probability is a number",
                    zh: "位置 \(read.count) 选不出词元，因为算不出概率")
                try NotFinite.check(Tensor([1], [odd]), what) { (recorder) throws(Failure) in try again(read, recorder)
                }
            }
            var logits = lastRow(output.tensor)
            if rules.changeLogits {
                logits = rules.applied(
                    to: logits, .init(ids: ids + result.map { $0.id }, given: ids.count, count: count, source: source))
            }
            let id =
                sampling.temperature > 0
                ? sampling.choose(logits, using: &random) : Ranking.first(logits) ?? 0
            let best = Ranking.best(shown, of: probabilities)
            let token = GeneratedToken(
                id: id, probability: Double(probabilities[id]),
                candidates: best.map { .init(id: $0, probability: Double(probabilities[$0])) })
            result.append(token)
            try onToken(token)
            input = [id]
            recorder.pass += 1
            if stop.contains(id) || length >= context { break }
        } while result.count < count
        return result
    }

    /// The last token's numbers, of `[…, vocabulary]`.
    private func lastRow(_ tensor: Tensor) -> [Float] {
        tensor.withUnsafeBuffer { Array($0.suffix(vocabulary)) }
    }
}

extension LanguageModel {
    /// Runs a text and writes down every tensor; a decoder goes on for `count` tokens inside the same trace, an
    /// encoder–decoder that is given no target writes up to `count`.
    /// - Throws: ``ModelError/otherKind(model:expected:found:)`` where the model cannot read part of the input.
    public func trace(
        _ input: ModelInput, generating count: Int = 0, sampling: Sampling = Sampling(), stop: Set<Int> = []
    ) throws(Failure) -> Trace {
        try checkMemory(input, goingOn: count)
        let recorder = Recorder()
        var tokens = input.ids.map { token($0) }
        var target: [TraceToken] = []
        switch network {
        case .decoder(let decoder):
            if input.segments != nil { _ = try encoder }
            if input.target != nil { _ = try encoderDecoder }
            if input.mask != nil { _ = try encoder }
            guard decoder.configuration.hasHead || count > 0 else {
                var cache: KeyValueCache?
                _ = try decoder.state([input.ids], cache: &cache, on: recorder)
                break
            }
            let generated = try decoder.generate(
                from: input.ids, count: count, sampling: sampling, stop: stop, on: recorder)
            tokens += generated.map { token($0.id, isGenerated: true) }
        case .encoder(let model):
            if input.target != nil { _ = try encoderDecoder }
            try checkBeside(input, segments: model.configuration.segments)
            _ = try model.probabilities(
                .init(ids: [input.ids], segments: input.segments.map { [$0] }, mask: input.mask.map { [$0] }),
                on: recorder)
        case .encoderDecoder(let model):
            if input.segments != nil { _ = try encoder }
            try checkBeside(input)
            let prefix = input.target ?? [model.configuration.startID]
            let generated = try model.generate(
                from: input.ids, mask: input.mask, prefix: prefix, count: count, sampling: sampling, on: recorder)
            target = prefix.map { token($0) } + generated.map { token($0.id, isGenerated: true) }
        }
        var trace = recorder.trace(model: card, tokens: tokens)
        trace.targetTokens = target
        trace.vocabulary = vocabulary
        return trace
    }

    /// What goes with the ids must be as many numbers, in the range that the model knows.
    private func checkBeside(_ input: ModelInput, segments: Int = 1) throws(Failure) {
        let kinds = [
            (ModelError.Given.segments, input.segments, segments, "0 … \(segments - 1)"),
            (.mask, input.mask, 2, "0, 1"),
        ]
        for (name, numbers, count, expected) in kinds {
            guard let numbers else { continue }
            guard numbers.count == input.ids.count else {
                throw .given(name, expected: "\(input.ids.count) × (\(expected))", found: "\(numbers.count)")
            }
            if let other = numbers.first(where: { !(0..<count).contains($0) }) {
                throw .given(name, expected: expected, found: "\(other)")
            }
        }
    }

    public func trace(text: String) throws(Failure) -> Trace {
        let input = try input(text)
        return try trace(input, generating: usualLength(input))
    }

    /// - Throws: ``ModelError/traceTooLarge(tokens:gigabytes:)`` where so many tokens' tables of attention, which grow
    ///   with their square, would fill the memory. What is longer than the context is refused as that.
    private func checkMemory(_ input: ModelInput, goingOn more: Int) throws(Failure) {
        let sizes = network.sizes
        guard input.ids.count <= sizes.context else { return }
        let tokens = min(sizes.context, input.ids.count + max(more, input.target?.count ?? 0))
        let (count, layers) = (Double(tokens), Double(sizes.layers))
        // Four tables for each head: products, scaled and masked scores, weights.
        let numbers =
            layers * (4 * Double(sizes.heads) * count * count + 16 * count * Double(sizes.width))
            + 2 * count * Double(sizes.vocabulary)
        guard numbers * 4 > Double(physicalMemory()) * 0.75 else { return }
        throw Failure(ModelError.traceTooLarge(tokens: tokens, gigabytes: Int(clamping: (numbers * 4 / 1e9).rounded())))
    }

    /// How many tokens a run writes where nobody says: a translation to its end, or well beyond its source's length.
    public func usualLength(_ input: ModelInput) -> Int {
        guard case .encoderDecoder(let model) = network, input.target == nil else { return 0 }
        return min(model.configuration.context - 1, 2 * input.ids.count + 10)
    }
}
