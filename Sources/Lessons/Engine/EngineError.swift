import Wording

/// Why the engine could not answer what a chapter asks.
package enum EngineError: ExplainedError, Hashable {
    case noToken(text: String, position: String, count: Int)
    case noCell(step: String, index: [Int], shape: [Int])
    case differentRows(step: String)
    case noContinuation(text: String)

    package var explanation: Phrase {
        switch self {
        case .noToken(let text, let position, let count):
            Phrase(
                en: "‘\(text)’ has \(count) tokens and none at ‘\(position)’",
                zh: "“\(text)”有 \(count) 个词元，其中没有“\(position)”")
        case .noCell(let step, let index, let shape):
            Phrase(
                en: "\(step) has the shape \(shape) and no cell \(index)", zh: "\(step) 的形状是 \(shape)，没有 \(index) 这一格")
        case .differentRows(let step):
            Phrase(en: "\(step) has no rows of one length to compare", zh: "\(step) 没有等长的行可比")
        case .noContinuation(let text):
            Phrase(en: "nothing to go on with after ‘\(text)’", zh: "“\(text)”之后没有要接的内容")
        }
    }
}
