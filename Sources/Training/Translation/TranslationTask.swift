import Models
import Tensors
import Tokenizers
import Tracing

/// Sources and, for each, what a decoder should write; of any lengths.
package struct TranslationBatch: TrainingBatch, Hashable {
    /// `[text][position]`
    package var sources: [[Int]]
    /// `[text][position]`, without the tokens that begin and end a target.
    package var targets: [[Int]]

    package var examples: Int { sources.count }
    package var weight: Double { Double(targets.reduce(0) { $0 + $1.count + 1 }) }

    package func part(_ range: Range<Int>) -> TranslationBatch {
        TranslationBatch(sources: Array(sources[range]), targets: Array(targets[range]))
    }

    /// What the decoder reads: each target behind the token that begins one.
    package func inputs(_ c: EncoderDecoderConfiguration) -> [[Int]] {
        targets.map { [c.startID] + $0 }.padded(with: c.paddingID ?? c.endID)
    }

    /// What it should say at each of these places: the target and its end; −1 behind it, where nothing is asked.
    package func answers(_ c: EncoderDecoderConfiguration) -> [[Int]] {
        targets.map { $0 + [c.endID] }.padded(with: -1)
    }
}

/// Translation as "Attention is all you need" trains it: cross-entropy of each target token, all targets at once.
package struct TranslationTask: TrainingTask {
    package let grammar: TranslationGrammar
    package let tokenizer: BytePairTokenizer
    /// How much of each target's probability is spread over the whole vocabulary (Szegedy et al. 2016).
    package var labelSmoothing = 0.0

    package func batch(_ count: Int, using random: inout RandomSource) throws -> TranslationBatch {
        var batch = TranslationBatch(sources: [], targets: [])
        for _ in 0..<count {
            let pair = grammar.pair(using: &random)
            let directions = TranslationPair.Direction.allCases
            let direction = directions[random.integer(below: directions.count)]
            batch.sources.append(try tokenizer.encode(pair.source(direction)))
            batch.targets.append(try tokenizer.encode(pair.target(direction)))
        }
        return batch
    }

    package func loss(of model: EncoderDecoder, on batch: TranslationBatch, recorder: Recorder) throws -> Value {
        let c = model.configuration
        let filler = c.paddingID ?? c.endID
        let sources = batch.sources.padded(with: filler)
        // Said and not guessed from the ids, so that a model without a padding token can be trained too.
        let mask = batch.sources.map { $0.map { _ in 1 } }.padded(with: 0)
        let source = try model.encode(sources, mask: mask.joined().contains(0) ? mask : nil, on: recorder)
        var cache: KeyValueCache?
        let logits = try model.logits(batch.inputs(c), reading: source, cache: &cache, on: recorder)
        let target = try recorder.targets(batch.answers(c))
        return try recorder.apply(CrossEntropy(smoothing: labelSmoothing), logits, target, as: .loss, axes: [])
    }
}
