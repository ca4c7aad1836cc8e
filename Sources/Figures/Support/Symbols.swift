import Drawing
import Wording

/// The one table of symbols: a letter means one thing in every figure, chapter and page.
///
/// A small letter is a row (one token's vector) or a cell of it, the capital is the matrix whose rows they are. `p` is
/// what softmax gives, whether over keys or over the vocabulary, so positions are written out; `s` is what softmax
/// reads, so scores are scaled and a product that is not yet scaled is written as the product; `x` is an embedding (of
/// a small network: an input), so what a block reads is `h`, and normalised `ĥ`.
package enum Symbols: String, PhraseTable {
    case token, embedding, position, segment, embeddingMatrix, positionMatrix
    case stream, afterAttention, afterLayer, normed, mean, spread, gain, shift
    case query, key, value, queryMatrix, keyMatrix, valueMatrix, queryBias, keyBias, valueBias
    case score, weight, rotation, mixed, outputMatrix, outputBias, attentionOut, rollout
    case neuron, activation, hiddenMatrix, hiddenBias, downMatrix, downBias, gateMatrix, gateBias, feedForwardOut
    case unembedding, unembeddingBias, probability, target, temperature
    case loss, gradient, learningRate
    case headWidth, modelWidth, layer, length

    /// In the compact notation of formulas: `h'`, `W_Q`, `\mathrm{pos}`.
    package var notation: String { row.notation }
    /// Whose colour it takes; nil for plain ink.
    package var role: Role? { row.role }
    /// What it stands for, as a glossary says it.
    package var phrase: Phrase { row.phrase }
    /// The matrix of which it is a row: `H` for `h`; what has no capital of its own stays as it is.
    package var matrix: String {
        switch self {
        case .position: #"\mathrm{Pos}"#
        case .segment: #"\mathrm{Seg}"#
        case .normed: #"\hat{H}"#
        case .probability: "P"
        case .embedding, .stream, .query, .key, .value, .score, .weight, .mixed, .attentionOut, .neuron, .activation,
            .feedForwardOut:
            row.notation.uppercased()
        default: row.notation
        }
    }

    /// In its colour: `\role{residual}{h}`.
    package var math: String { colored(notation) }
    /// The capital in its colour: `\role{residual}{H}`.
    package var capital: String { colored(matrix) }
    /// One row or cell of it, in its colour: `\role{residual}{h_{i}}`.
    package func at(_ index: String) -> String { colored("\(notation)_{\(index)}") }
    /// The row of a matrix that an index picks: `\role{embedding}{W_E}[…]`.
    package func row(_ index: String) -> String { "\(math)[\(index)]" }

    private func colored(_ notation: String) -> String {
        role.map { "\\role{\($0.rawValue)}{\(notation)}" } ?? notation
    }

    private struct Row {
        var notation: String
        var role: Role?
        var phrase: Phrase

        init(_ notation: String, _ role: Role?, _ english: String, _ chinese: String) {
            self.notation = notation
            self.role = role
            phrase = Phrase(en: english, zh: chinese)
        }
    }

    private var row: Row {
        switch self {
        case .token: Row("t", .token, "the id of a token", "词元的编号")
        case .embedding: Row("x", .embedding, "the embedding of a token: its row of W_E", "词元的嵌入向量，即 W_E 中的一行")
        case .position: Row(#"\mathrm{pos}"#, .position, "the vector of a position", "位置向量")
        case .segment: Row(#"\mathrm{seg}"#, .token, "the vector of a segment, first or second text", "句段向量：第一段还是第二段")
        case .embeddingMatrix: Row("W_E", .embedding, "the embedding matrix, a row a token", "嵌入矩阵，每个词元一行")
        case .positionMatrix:
            Row(#"W_{\mathrm{pos}}"#, .position, "the learned vectors of positions, a row each", "可学习的位置矩阵，每个位置一行")
        case .stream: Row("h", .residual, "the vector of a token as it enters a layer", "词元进入某一层时的向量")
        case .afterAttention: Row("h'", .residual, "the vector after attention has been added", "加上注意力的增量之后的向量")
        case .afterLayer: Row("h''", .residual, "the vector as it leaves the layer", "离开这一层时的向量")
        case .normed: Row(#"\hat{h}"#, .residual, "the vector after a normalisation", "归一化之后的向量")
        case .mean: Row(#"\mu"#, nil, "the mean of the numbers of a vector", "一个向量各数的均值")
        case .spread: Row(#"\sigma"#, nil, "their standard deviation", "一个向量各数的标准差")
        case .gain: Row(#"\gamma"#, nil, "the learned factors of a normalisation", "归一化中可学习的缩放")
        case .shift: Row(#"\beta"#, nil, "the learned summands of a normalisation", "归一化中可学习的平移")
        case .query: Row("q", .query, "the query of a token", "词元的查询向量")
        case .key: Row("k", .key, "the key of a token", "词元的键向量")
        case .value: Row("v", .value, "the value of a token", "词元的值向量")
        case .queryMatrix: Row("W_Q", .query, "the matrix that makes queries", "得出查询的矩阵")
        case .keyMatrix: Row("W_K", .key, "the matrix that makes keys", "得出键的矩阵")
        case .valueMatrix: Row("W_V", .value, "the matrix that makes values", "得出值的矩阵")
        case .queryBias: Row("b_Q", .query, "the bias of the queries", "查询的偏置")
        case .keyBias: Row("b_K", .key, "the bias of the keys", "键的偏置")
        case .valueBias: Row("b_V", .value, "the bias of the values", "值的偏置")
        case .score: Row("s", .scores, "a score: what softmax reads", "得分，即 softmax 的输入")
        case .weight: Row("p", .probability, "the share of attention that a query gives a key", "查询分给键的注意力权重")
        case .rotation: Row("R", .position, "the rotation that belongs to a position", "某个位置对应的旋转")
        case .mixed: Row("z", .attentionOutput, "the values, weighted and added", "值的加权和")
        case .outputMatrix: Row("W_O", .attentionOutput, "the matrix that mixes the heads", "混合各头结果的矩阵")
        case .outputBias: Row("b_O", .attentionOutput, "its bias", "它的偏置")
        case .attentionOut: Row("o", .attentionOutput, "what attention adds to the stream", "注意力的增量")
        case .rollout: Row("A", .probability, "where information comes from, over several layers", "多层累计的信息来源")
        case .neuron: Row("u", .feedForward, "a neuron before its activation", "激活之前的神经元")
        case .activation: Row("a", .feedForward, "a neuron after its activation", "激活之后的神经元")
        case .hiddenMatrix: Row("W_1", .feedForward, "the matrix that widens", "升维的矩阵")
        case .hiddenBias: Row("b_1", .feedForward, "its bias", "升维的偏置")
        case .downMatrix: Row("W_2", .feedForward, "the matrix that narrows", "降维的矩阵")
        case .downBias: Row("b_2", .feedForward, "its bias", "降维的偏置")
        case .gateMatrix: Row("W_g", .feedForward, "the matrix of the gate", "门控的矩阵")
        case .gateBias: Row("b_g", .feedForward, "its bias", "门控的偏置")
        case .feedForwardOut: Row("f", .feedForward, "what feed-forward adds to the stream", "前馈的增量")
        case .unembedding: Row("W_U", .embedding, "the output matrix, a column a token", "输出矩阵，每个词元一列")
        case .unembeddingBias: Row("b_U", .embedding, "the bias of the scores of tokens", "输出得分的偏置")
        case .probability: Row("p", .probability, "a probability: what softmax gives", "概率，即 softmax 的输出")
        case .target: Row("y", .token, "the token that should come", "应当出现的词元")
        case .temperature: Row("T", nil, "the temperature", "温度")
        case .loss: Row("L", .gradient, "the loss", "损失")
        case .gradient: Row("g", .gradient, "the gradient of the loss", "损失的梯度")
        case .learningRate: Row(#"\eta"#, .gradient, "the learning rate", "学习率")
        case .headWidth: Row("d", nil, "the width of a head", "头的宽度")
        case .modelWidth: Row(#"d_{\mathrm{model}}"#, nil, "the width of the model", "模型的宽度")
        case .layer: Row(#"\ell"#, nil, "the number of a layer, from zero", "层号，从 0 数起")
        case .length: Row("n", nil, "the number of tokens", "词元个数")
        }
    }
}
