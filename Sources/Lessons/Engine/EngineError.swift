import Wording

/// Why the engine could not answer what a chapter asks.
public enum EngineError: ExplainedError, Hashable {
    case unknownFigure(String, known: [String])
    /// The figure needs something that the trace does not have.
    case impossibleFigure(String, text: String)
    case figureWithoutText(String)
    case noToken(text: String, position: String, count: Int)
    case noCell(step: String, index: [Int], shape: [Int])
    case differentRows(step: String)
    case noContinuation(text: String)
    case unreadableMeasurements(path: String)
    case unknownMeasurement(key: String, path: String, known: [String])
    case badSize(String)

    public var explanation: Phrase {
        switch self {
        case .unknownFigure(let id, let known):
            Phrase(
                en: "there is no figure ‘\(id)’; expected one of: \(known.joined(separator: ", "))",
                zh: "没有图“\(id)”，应为其中之一：\(known.joined(separator: "、"))")
        case .impossibleFigure(let id, let text):
            Phrase(
                en: "a trace of ‘\(text)’ does not have what the figure ‘\(id)’ shows",
                zh: "“\(text)”的轨迹里没有图“\(id)”要画的内容")
        case .figureWithoutText(let id):
            Phrase(en: "the figure ‘\(id)’ needs a text", zh: "图“\(id)”需要一段文字")
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
        case .unreadableMeasurements(let path):
            Phrase(en: "\(path): expected the model's measurements as JSON", zh: "\(path)：应为模型测量结果的 JSON")
        case .unknownMeasurement(let key, let path, let known):
            Phrase(
                en: "\(path) has no number ‘\(key)’; similar: \(known.joined(separator: ", "))",
                zh: "\(path) 里没有数“\(key)”，相近的有：\(known.joined(separator: "、"))")
        case .badSize(let size):
            Phrase(
                en: "‘\(size)’ is no size; expected slide, wide, square or 1280x720",
                zh: "“\(size)”不是尺寸，应为 slide、wide、square 或 1280x720")
        }
    }
}
