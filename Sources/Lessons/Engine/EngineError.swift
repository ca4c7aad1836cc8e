import Wording

/// Why the engine could not answer what a chapter asks.
package enum EngineError: ExplainedError, Hashable {
    case noToken(text: String, position: String, count: Int)
    case noCell(step: String, index: [Int], shape: [Int])
    case differentRows(step: String)
    case noContinuation(text: String)
    case noNumber(String)
    case noInput(step: String, input: Int, count: Int)
    case noLens(layers: Int, count: Int)
    case noCorpus(model: String)
    case neverRead(String)

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
        case .noNumber(let query): Phrase(en: "‘\(query)’ is no number", zh: "“\(query)”不是数")
        case .noInput(let step, let input, let count):
            Phrase(
                en: "\(step) reads \(count) steps; there is no input \(input)",
                zh: "\(step) 读入 \(count) 步，没有第 \(input) 个输入")
        case .noLens(let layers, let count):
            Phrase(
                en:
                    "nothing can be read out after \(layers) layers: expected 0 … \(count) of a model with an output layer",
                zh: "第 \(layers) 层之后读不出什么：应为 0 … \(count)，并且模型要有输出层")
        case .noCorpus(let model):
            Phrase(en: "‘\(model)’ has no corpus made by a recipe of ours", zh: "“\(model)”没有由自带配方生成的语料")
        case .neverRead(let text):
            Phrase(en: "‘\(text)’ never occurs in the corpus", zh: "语料里从没有出现过“\(text)”")
        case .noContinuation(let text):
            Phrase(en: "nothing to go on with after ‘\(text)’", zh: "“\(text)”之后没有要接的内容")
        }
    }
}
