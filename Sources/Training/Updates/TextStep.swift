import Models
import Tensors
import Tracing

/// One text as a training step: at each place, the token that follows in the same text.
package struct TextStepTask: TrainingTask {
    package init() {}

    package func batch(_ count: Int, using random: inout RandomSource) throws -> NextTokenBatch {
        NextTokenBatch(inputs: [], targets: [])
    }

    package func parts(of batch: NextTokenBatch, count: Int) -> [NextTokenBatch] { [batch] }

    /// The probabilities are recorded too: what a reader looks at, though the loss is made of the logits.
    package func loss(of model: Decoder, on batch: NextTokenBatch, recorder: Recorder) throws -> Value {
        var cache: KeyValueCache?
        let logits = try model.logits(batch.inputs, cache: &cache, on: recorder)
        _ = try recorder.apply(Softmax(), logits, as: .probabilities, axes: [.batch, .position, .vocabulary])
        let target = try recorder.targets(batch.targets)
        return try recorder.apply(CrossEntropy(), logits, target, as: .loss, axes: [])
    }
}

extension LanguageModel {
    /// Runs a text, asks at each place for the token that follows, goes backward, and updates once: forward, loss,
    /// gradients and update in one trace. The model itself stays as it is. Where numbers are not finite there is no
    /// update.
    ///
    /// - Parameters:
    ///   - ids: the text; its last token has nothing to foretell.
    ///   - rate: the learning rate of the update.
    /// - Throws: ``TrainingError/nothingToPredict(tokens:)`` for fewer than two tokens, and what running throws.
    package func trainingTrace(_ ids: [Int], rate: Double = 1e-3) throws -> Trace {
        guard ids.count > 1 else { throw TrainingError.nothingToPredict(tokens: ids.count) }
        let settings = TrainingSettings(
            steps: 1, batch: 1, context: ids.count,
            schedule: Schedule(rate: rate, warmUp: 0, shape: .constant, steps: 1))
        var trainer = try Trainer<TextStepTask>(model: decoder, settings: settings)
        let batch = NextTokenBatch(inputs: [ids], targets: [Array(ids.dropFirst()) + [-1]])
        var trace = try trainer.tracedUpdate(
            TextStepTask(), on: batch, model: card, tokens: ids.map { token($0) }, endsWhereNotFinite: true)
        trace.vocabulary = vocabulary
        return trace
    }
}
