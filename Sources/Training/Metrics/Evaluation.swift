import Models
import Platform
import Tensors
import Tracing
import Wording

/// What can be measured of a trained decoder.
package enum Evaluation {
    /// The perplexity per token over sentences: e to the mean of −ln p.
    ///
    /// Each sentence is read on its own after `boundary`, which also ends it: every token of the sentence counts, and
    /// the boundary after the last. Sentences longer than the context are cut there.
    /// - Throws: `TracingError.notFinite(what:_:)`.
    package static func perplexity(of decoder: Decoder, sentences: [[Int]], boundary: Int) throws -> Double {
        var sum = 0.0
        var count = 0
        // Sentences of one length are read together.
        let longest = decoder.configuration.context
        let texts = sentences.map { Array(([boundary] + $0 + [boundary]).prefix(longest + 1)) }
        for group in Dictionary(grouping: texts, by: \.count).sorted(by: { $0.key < $1.key }).map(\.value) {
            for batch in group.batches(of: 64) {
                var cache: KeyValueCache?
                let recorder = Recorder(recording: false)
                let read = batch.map { Array($0.dropLast()) }
                let logits = try decoder.logits(read, cache: &cache, on: recorder)
                try decoder.check(logits.tensor, of: read)
                let targets = batch.flatMap { $0.dropFirst() }
                let losses = logits.tensor.crossEntropies(targets: targets.map { Int32($0) })
                sum += losses.reduce(0.0) { $0 + Double($1) }
                count += losses.count
            }
        }
        return exp(sum / Double(max(count, 1)))
    }

    /// What cannot be done with a model whose outputs are no numbers.
    static let what = Phrase(en: "the model cannot be measured", zh: "无法评估这个模型")
}

extension Decoder {
    /// - Throws: `TracingError.notFinite(what:_:)` where the logits of a batch are no numbers.
    func check(_ logits: Tensor, of batch: [[Int]]) throws {
        try NotFinite.check(logits, Evaluation.what) { (recorder) throws(Failure) in
            var cache: KeyValueCache?
            return try self.logits(batch, cache: &cache, on: recorder)
        }
    }
}

extension Encoder {
    /// - Throws: `TracingError.notFinite(what:_:)` where the logits of one of the heads are no numbers.
    func check(_ logits: Tensor, of input: Input, _ head: (Output) -> Value?) throws {
        try NotFinite.check(logits, Evaluation.what) { (recorder) throws(Failure) in
            let output = try self.output(input, on: recorder)
            return head(output) ?? output.hidden
        }
    }

    /// What is made of the logits with which a head answers each question, many questions side by side.
    ///
    /// - Parameters:
    ///   - questions: in order.
    ///   - reading: what is read of some of them; one text for each.
    ///   - head: whose logits, `[text, class]`; questions that it does not answer are left out.
    ///   - answer: makes it of a question and its row of logits.
    func answers<Question, Answer>(
        to questions: [Question], reading: (ArraySlice<Question>) throws -> Input, head: (Output) -> Value?,
        by answer: (Question, [Float]) -> Answer
    ) throws -> [Answer] {
        var answers: [Answer] = []
        for part in questions.batches(of: 64) {
            let input = try reading(part)
            guard let logits = try head(output(input, on: Recorder(recording: false)))?.tensor else { continue }
            try check(logits, of: input, head)
            let (scalars, width) = (logits.scalars, logits.shape[-1])
            answers += part.enumerated().map { answer($1, Array(scalars[$0 * width..<($0 + 1) * width])) }
        }
        return answers
    }
}

/// What a head habitually does, measured on repeated random tokens (Olsson et al. 2022).
package struct HeadScores: Sendable, Hashable {
    package struct Place: Sendable, Hashable, Codable {
        /// Counted from zero.
        package let layer: Int
        package let head: Int
        /// The mean attention weight, 0 … 1.
        package let score: Double
    }

    /// `[layer][head]`: how much a token looks at the one just before it.
    package let previousToken: [[Double]]
    /// `[layer][head]`: how much a token that was there before looks at what came after it then.
    package let induction: [[Double]]

    package var bestPreviousToken: Place? { Self.best(previousToken) }
    package var bestInduction: Place? { Self.best(induction) }

    private static func best(_ scores: [[Double]]) -> Place? {
        scores.enumerated().flatMap { layer, row in
            row.enumerated().map { Place(layer: layer, head: $0.offset, score: $0.element) }
        }.max { $0.score < $1.score }
    }

    /// - Parameters:
    ///   - decoder: the model that is measured.
    ///   - ids: the tokens to draw from.
    ///   - length: how many random tokens are repeated.
    ///   - texts: how many such texts are measured.
    ///   - boundary: the token that the text begins with.
    ///   - seed: the same seed draws the same texts.
    package init(
        of decoder: Decoder, ids: [Int], length: Int, texts: Int = 32, boundary: Int, seed: UInt64
    ) throws {
        var random = RandomSource(seed: seed)
        let batch = (0..<texts).map { _ in
            let half = (0..<length).map { _ in ids[random.integer(below: ids.count)] }
            return [boundary] + half + half
        }
        let recorder = Recorder()
        var cache: KeyValueCache?
        let logits = try decoder.logits(batch, cache: &cache, on: recorder)
        try decoder.check(logits.tensor, of: batch)
        let trace = recorder.trace()
        var previous: [[Double]] = []
        var inductive: [[Double]] = []
        for layer in 0..<decoder.configuration.layers {
            let pattern = try trace.step(.block(layer, .pattern)).tensor
            func mean(_ head: Int, queries: Range<Int>, back: Int) -> Double {
                var sum = 0.0
                for text in 0..<texts {
                    for query in queries { sum += Double(pattern.cell([text, head, query, query - back]) ?? 0) }
                }
                return sum / Double(texts * queries.count)
            }
            let heads = 0..<decoder.configuration.heads
            previous.append(heads.map { mean($0, queries: 1..<2 * length + 1, back: 1) })
            inductive.append(heads.map { mean($0, queries: length + 1..<2 * length + 1, back: length - 1) })
        }
        previousToken = previous
        induction = inductive
    }
}
