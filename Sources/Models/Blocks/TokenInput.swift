import Tensors
import Tracing
import Wording

/// Token ids on their way into a model.
struct TokenInput {
    let vocabulary: Int
    /// How many positions the model reads; nil for any number.
    let context: Int?

    /// `ids` `[batch][position]`, all of one length, as a recorded source.
    /// - Throws: ``ModelError/emptyText``, ``ModelError/contextExceeded(tokens:context:)``,
    ///   ``ModelError/unknownToken(id:vocabulary:)``, `TensorError.count` where the texts differ in length.
    func source(_ ids: [[Int]], after start: Int = 0, as label: Label = .tokens, on recorder: Recorder) throws(Failure)
        -> Value
    {
        guard let length = ids.first?.count, length > 0 else { throw Failure(ModelError.emptyText) }
        if let other = ids.first(where: { $0.count != length }) {
            throw .count(expected: length, found: other.count, shape: [1, length])
        }
        if let context, start + length > context {
            throw Failure(ModelError.contextExceeded(tokens: start + length, context: context))
        }
        for id in ids.joined() where id < 0 || id >= vocabulary {
            throw Failure(ModelError.unknownToken(id: id, vocabulary: vocabulary))
        }
        let tensor = try Tensor([ids.count, length], ids.joined().map(Float.init))
        return try recorder.source(tensor, .tokens, as: label, axes: [.batch, .position])
    }

    /// Ones and zeros beside the ids; nil where nothing is hidden.
    /// - Throws: ``ModelError/emptyText`` where a text has no visible token; `TensorError.count`; and
    ///   ``ModelError/given(_:expected:found:)`` for other numbers than one and zero.
    static func mask(_ mask: [[Int]]?, for tokens: Value, on recorder: Recorder) throws(Failure) -> Value? {
        guard let mask else { return nil }
        guard mask.count == tokens.shape[0], mask.allSatisfy({ $0.count == tokens.shape[1] }) else {
            throw .count(expected: tokens.shape.count, found: mask.joined().count, shape: tokens.shape)
        }
        if let other = mask.joined().first(where: { $0 != 0 && $0 != 1 }) {
            throw .given(.mask, expected: "0, 1", found: "\(other)")
        }
        guard mask.allSatisfy({ $0.contains(1) }) else { throw Failure(ModelError.emptyText) }
        return try recorder.source(
            Tensor(tokens.shape, mask.joined().map(Float.init)), .tokens, as: .mask, axes: [.batch, .position])
    }
}
