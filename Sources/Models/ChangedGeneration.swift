import Tensors
import Tracing
import Wording

extension LanguageModel {
    /// Goes on from tokens by a run that somebody else makes, such as one in which a head is switched off: the same
    /// choices and rules as where the model writes by itself, one whole run a token.
    ///
    /// - Parameters:
    ///   - ids: what a decoder has read so far; of an encoder–decoder the target, its start token first.
    ///   - source: what an encoder has read; nil for a decoder alone.
    ///   - drawn: how many tokens were drawn by the same seed before.
    ///   - logits: of a text's tokens, `[…, vocabulary]`, the last row being that of the next token.
    /// - Throws: what `logits` throws; `TracingError.notFinite(what:_:)`.
    package func going(
        on ids: [Int], reading source: [Int]? = nil, count: Int, sampling: Sampling, drawn: Int = 0,
        logits: ([Int]) throws(Failure) -> Tensor
    ) throws(Failure) -> [GeneratedToken] {
        let stop: Set<Int>
        if case .encoderDecoder(let model) = network, rules.ends.isEmpty {
            stop = [model.configuration.endID]
        } else {
            stop = endOfText
        }
        var read: [Int] = []
        let first = try logits(ids)
        let settings = Generation(
            count: count, sampling: sampling, stop: stop, rules: rules, source: source ?? ids, shown: 1,
            context: network.sizes.context, vocabulary: first.shape[-1], drawn: drawn)
        return try settings.run(
            from: ids, on: Recorder(recording: false), onToken: { (_) throws(Failure) in },
            pass: { (more) throws(Failure) in
                let isFirst = read.isEmpty
                read += more
                return (Value(isFirst ? first : try logits(read)), read.count)
            }, again: { (ids, recorder) throws(Failure) in Value(try logits(ids)) })
    }

    /// The logits that a choice is made by: what the model's files forbid is at minus infinity.
    ///
    /// - Parameters:
    ///   - ids: all tokens before the one to be chosen.
    ///   - source: what an encoder has read; nil for a decoder alone.
    package func ruled(_ logits: [Float], after ids: [Int], reading source: [Int]? = nil, count: Int) -> [Float] {
        guard rules.changeLogits else { return logits }
        return rules.applied(to: logits, .init(ids: ids, given: ids.count, count: count, source: source ?? ids))
    }
}
