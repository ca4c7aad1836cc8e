import Models
import Platform
import Tensors
import Tracing
import Wording

/// How surprised a model was by one token of a text.
package struct TokenSurprise: Sendable, Hashable {
    package let id: Int
    /// The model's probability of it, from the tokens before.
    package let probability: Double
    /// −ln p.
    package let nats: Double
    /// Whether it was the model's first choice.
    package let isBest: Bool
    /// e to the mean of −ln p, up to this token.
    package let perplexity: Double
}

extension Evaluation {
    /// A decoder's surprise at each token of a text.
    ///
    /// - Parameters:
    ///   - decoder: the model.
    ///   - ids: the text's tokens.
    ///   - boundary: the token that the text is read after; without one the first token is not foretold.
    ///   - before: the sum of −ln p and the count of tokens of texts before this one, for the running perplexity.
    /// - Throws: `ModelError.unknownToken(id:vocabulary:)`; `TracingError.notFinite(what:_:)`.
    package static func surprises(
        of decoder: Decoder, ids: [Int], boundary: Int?, after before: (nats: Double, count: Int) = (0, 0)
    ) throws -> [TokenSurprise] {
        let text = (boundary.map { [$0] } ?? []) + ids
        guard text.count > 1 else { return [] }
        let context = decoder.configuration.context
        var result: [TokenSurprise] = []
        var (sum, count) = before
        // A text longer than the context is read in windows that overlap by half, so that each token has at least
        // half a context before it.
        var start = 0
        while result.count < text.count - 1 {
            let end = min(start + context, text.count - 1)
            var cache: KeyValueCache?
            let read = [Array(text[start..<end])]
            let logits = try decoder.logits(read, cache: &cache, on: Recorder(recording: false)).tensor
            try decoder.check(logits, of: read)
            let vocabulary = logits.shape[-1]
            for place in (result.count - start)..<(end - start) {
                let target = text[start + place + 1]
                let row = logits.withUnsafeBuffer { Array($0[place * vocabulary..<(place + 1) * vocabulary]) }
                guard row.indices.contains(target) else {
                    throw Failure(ModelError.unknownToken(id: target, vocabulary: vocabulary))
                }
                let largest = Double(row.max() ?? 0)
                let whole = row.reduce(0.0) { $0 + exp(Double($1) - largest) }
                let nats = largest + log(whole) - Double(row[target])
                sum += nats
                count += 1
                result.append(
                    TokenSurprise(
                        id: target, probability: exp(-nats), nats: nats, isBest: Double(row[target]) >= largest,
                        perplexity: exp(sum / Double(count))))
            }
            start = max(start + 1, end - max(context / 2, 1))
        }
        return result
    }
}
