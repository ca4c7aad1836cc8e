import Drawing
import Figures
import Tracing
import Wording

/// What a number of each step is called, for the steps of a run; ``phrase(_:)`` covers the others.
///
/// What comes behind a comma (in Chinese in brackets) says which of several: `residual stream, after attention`; a
/// token's name goes before it: `residual stream of “mat”, after attention`.
package enum StepWords: PhraseTable {
    case tokens, tokenVector, unscaledVector, positionTable, positionVector, embedded, segmentID, maskFlag
    case segmentVector, typedVector, embedSum, spread, normalized
    case query, key, value, normalizedQuery, normalizedKey, rotatedQuery, rotatedKey, cosine, sine, keysSoFar,
        valuesSoFar
    case dotProduct, scaledScore, causalScore, maskedScore, weight, headResult, joined, attentionOut
    case into, afterAttention, afterCross, outOf, normalizedMid, normalizedCross, normalizedPost
    case neuronBefore, neuron, gate, gated, feedForwardOut
    case memory, output, finalNorm, logit, probability, target, loss
    case first, poolerDense, pooled, maskedDense, maskedActive, maskedNorm, maskedLogit, maskedProbability
    case nextLogit, nextProbability, classLogit, classProbability

    package var phrase: Phrase {
        switch self {
        case .tokens: Phrase(en: "token id", zh: "词元编号")
        case .tokenVector: Phrase(en: "token vector", zh: "词向量")
        case .unscaledVector: Phrase(en: "token vector, before scaling", zh: "词向量（放大之前）")
        case .positionTable: Phrase(en: "entry in the position table", zh: "位置表中的一格")
        case .positionVector: Phrase(en: "position vector", zh: "位置向量")
        case .embedded: Phrase(en: "embedding", zh: "嵌入")
        case .segmentID: Phrase(en: "segment number", zh: "句段编号")
        case .maskFlag: Phrase(en: "padding mask", zh: "填充掩码")
        case .segmentVector: Phrase(en: "segment vector", zh: "句段向量")
        case .typedVector: Phrase(en: "token plus segment", zh: "词向量加句段向量")
        case .embedSum: Phrase(en: "sum of embeddings", zh: "嵌入之和")
        case .spread: Phrase(en: "normalisation scale", zh: "归一化尺度")
        case .normalized: Phrase(en: "residual stream, normalised", zh: "残差流（归一化后）")
        case .query: Phrase(en: "query", zh: "查询")
        case .key: Phrase(en: "key", zh: "键")
        case .value: Phrase(en: "value", zh: "值")
        case .normalizedQuery: Phrase(en: "query, normalised", zh: "查询（归一化后）")
        case .normalizedKey: Phrase(en: "key, normalised", zh: "键（归一化后）")
        case .rotatedQuery: Phrase(en: "query, turned", zh: "查询（转动后）")
        case .rotatedKey: Phrase(en: "key, turned", zh: "键（转动后）")
        case .cosine: Phrase(en: "cosine of the turn", zh: "转角的余弦")
        case .sine: Phrase(en: "sine of the turn", zh: "转角的正弦")
        case .keysSoFar: Phrase(en: "key, in the cache", zh: "键（在缓存中）")
        case .valuesSoFar: Phrase(en: "value, in the cache", zh: "值（在缓存中）")
        case .dotProduct: Phrase(en: "dot product", zh: "点积")
        case .scaledScore: Phrase(en: "score, scaled", zh: "得分（缩放后）")
        case .causalScore: Phrase(en: "score, the future hidden", zh: "得分（遮住未来后）")
        case .maskedScore: Phrase(en: "score", zh: "得分")
        case .weight: Phrase(en: "attention weight", zh: "注意力权重")
        case .headResult: Phrase(en: "head output", zh: "头的输出")
        case .joined: Phrase(en: "head outputs, joined", zh: "各头的输出（拼接后）")
        case .attentionOut: Phrase(en: "attention output", zh: "注意力输出")
        case .into: Phrase(en: "residual stream, entering the layer", zh: "残差流（进入本层）")
        case .afterAttention: Phrase(en: "residual stream, after attention", zh: "残差流（注意力之后）")
        case .afterCross: Phrase(en: "residual stream, after cross-attention", zh: "残差流（交叉注意力之后）")
        case .outOf: Phrase(en: "residual stream, after the feed-forward", zh: "残差流（前馈之后）")
        case .normalizedMid: Phrase(en: "residual stream, normalised after attention", zh: "残差流（注意力之后，归一化）")
        case .normalizedCross: Phrase(en: "residual stream, normalised after cross-attention", zh: "残差流（交叉注意力之后，归一化）")
        case .normalizedPost: Phrase(en: "residual stream, normalised after the feed-forward", zh: "残差流（前馈之后，归一化）")
        case .neuronBefore: Phrase(en: "neuron, before its activation", zh: "神经元（激活前）")
        case .neuron: Phrase(en: "neuron", zh: "神经元")
        case .gate: Phrase(en: "gate", zh: "门")
        case .gated: Phrase(en: "neuron, before the gate", zh: "神经元（门控之前）")
        case .feedForwardOut: Phrase(en: "feed-forward output", zh: "前馈输出")
        case .memory: Phrase(en: "encoder output", zh: "编码器输出")
        case .output: Phrase(en: "decoder output", zh: "解码器输出")
        case .finalNorm: Phrase(en: "final vector", zh: "最终向量")
        case .logit: Phrase(en: "logit", zh: "logit")
        case .probability: Phrase(en: "probability", zh: "概率")
        case .target: Phrase(en: "target token id", zh: "目标词元编号")
        case .loss: Phrase(en: "loss", zh: "损失")
        case .first: Phrase(en: "vector of the first token", zh: "首个词元的向量")
        case .poolerDense: Phrase(en: "pooled vector, before tanh", zh: "池化向量（tanh 之前）")
        case .pooled: Phrase(en: "pooled vector", zh: "池化向量")
        case .maskedDense: Phrase(en: "output head, before its activation", zh: "输出头（激活前）")
        case .maskedActive: Phrase(en: "output head, after its activation", zh: "输出头（激活后）")
        case .maskedNorm: Phrase(en: "output head, normalised", zh: "输出头（归一化后）")
        case .maskedLogit: Phrase(en: "logit", zh: "logit")
        case .maskedProbability: Phrase(en: "probability", zh: "概率")
        case .nextLogit: Phrase(en: "next-sentence logit", zh: "下一句的 logit")
        case .nextProbability: Phrase(en: "next-sentence probability", zh: "下一句的概率")
        case .classLogit: Phrase(en: "logit", zh: "logit")
        case .classProbability: Phrase(en: "probability", zh: "概率")
        }
    }

    private static let known: [Label: StepWords] = [
        .tokens: .tokens, .embed: .tokenVector, .unscaledEmbed: .unscaledVector, .positionTable: .positionTable,
        .positionEmbed: .positionVector, .fullEmbed: .embedded, .segments: .segmentID, .mask: .maskFlag,
        .segmentEmbed: .segmentVector, .typedEmbed: .typedVector, .embedSum: .embedSum, .embedNormScale: .spread,
        .residualPre: .into, .norm1Scale: .spread, .norm1: .normalized, .query: .query, .key: .key, .value: .value,
        .queryNormScale: .spread, .queryNorm: .normalizedQuery, .keyNormScale: .spread, .keyNorm: .normalizedKey,
        .rotatedQuery: .rotatedQuery, .rotatedKey: .rotatedKey, .rotaryCosines: .cosine, .rotarySines: .sine,
        .keysSoFar: .keysSoFar, .valuesSoFar: .valuesSoFar, .dotProducts: .dotProduct, .unmaskedScores: .scaledScore,
        .causalScores: .causalScore, .scores: .maskedScore, .pattern: .weight, .z: .headResult, .joined: .joined,
        .attentionOut: .attentionOut, .residualMid: .afterAttention, .norm2Scale: .spread, .norm2: .normalized,
        .hiddenPre: .neuronBefore, .gate: .gate, .hiddenPreLinear: .gated, .hiddenPost: .neuron,
        .feedForwardOut: .feedForwardOut, .residualPost: .outOf, .normalizedMid: .normalizedMid,
        .normalizedPost: .normalizedPost, .crossAttentionOut: .attentionOut, .residualMidCross: .afterCross,
        .normalizedMidCross: .normalizedCross, .norm3Scale: .spread, .norm3: .normalized, .memory: .memory,
        .output: .output, .finalNormScale: .spread, .finalNorm: .finalNorm, .logits: .logit,
        .probabilities: .probability, .targets: .target, .loss: .loss, .firstPosition: .first,
        .poolerDense: .poolerDense, .poolerOutput: .pooled, .maskedDense: .maskedDense,
        .maskedActivation: .maskedActive, .maskedNormScale: .spread, .maskedNorm: .maskedNorm,
        .maskedLogits: .maskedLogit, .maskedProbabilities: .maskedProbability, .nextSentenceLogits: .nextLogit,
        .nextSentenceProbabilities: .nextProbability, .classLogits: .classLogit, .classProbabilities: .classProbability,
    ]

    /// A step's words; a parameter is a weight, a bias or a gain of its matrix; what is not known keeps its name.
    package static func phrase(_ name: StepName) -> Phrase {
        if name.isGradient {
            var own = name
            own.isGradient = false
            return Phrase(en: "gradient of the {step}", zh: "{step}的梯度").filled(["step": phrase(own)])
        }
        if let found = known[name.label] { return found.phrase }
        if let small = SmallStepWords.phrase(name.label) { return small }
        if let inner = name.label.uncrossed {
            let own = known[inner]?.phrase ?? ParameterWords.phrase(inner)
            return own.map {
                Phrase(en: "{step}, cross-attention", zh: "{step}（交叉注意力）").filled(["step": $0])
            } ?? Phrase(name.label.rawValue)
        }
        return ParameterWords.phrase(name.label) ?? Phrase(name.label.rawValue)
    }

    /// The role whose colour it takes, in the attention that reads the encoder as in that of a stack to itself.
    package static func role(_ name: StepName) -> Role {
        var own = name
        own.label = name.label.uncrossed ?? name.label
        switch own.label {
        case .maskedProbabilities, .nextSentenceProbabilities, .classProbabilities: return .probability
        case .maskedLogits, .nextSentenceLogits, .classLogits: return .scores
        case .unscaledEmbed, .typedEmbed, .embedSum, .fullEmbed: return .embedding
        case .segmentEmbed, .segmentEmbedding: return .position
        case .hiddenPreLinear, .gate: return .feedForward
        case .causalScores: return .scores
        default: return CellFormula.role(own)
        }
    }
}

/// What a learned number is called.
package enum ParameterWords: PhraseTable {
    case embedding, position, segment, weight, bias, gain, shift, optimiser

    package var phrase: Phrase {
        switch self {
        case .embedding: Phrase(en: "entry in the embedding table", zh: "词嵌入表中的一格")
        case .position: Phrase(en: "entry in the position table", zh: "位置表中的一格")
        case .segment: Phrase(en: "entry in the segment table", zh: "句段表中的一格")
        case .weight: Phrase(en: "weight of {matrix}", zh: "{matrix} 的权重")
        case .bias: Phrase(en: "bias {vector}", zh: "偏置 {vector}")
        case .gain: Phrase(en: "normalisation gain", zh: "归一化的缩放 γ")
        case .shift: Phrase(en: "normalisation shift", zh: "归一化的平移 β")
        case .optimiser: Phrase(en: "{name} of the optimiser", zh: "优化器的 {name}")
        }
    }

    package static func phrase(_ label: Label) -> Phrase? {
        switch label {
        case .embedding: return Self.embedding.phrase
        case .positions: return Self.position.phrase
        case .segmentEmbedding: return Self.segment.phrase
        default: break
        }
        let parts = label.rawValue.split(separator: ".")
        guard let last = parts.last.map({ String($0) }) else { return nil }
        // What a training step keeps of a parameter stands behind the parameter's name.
        if [
            "updated", "first_moment", "second_moment", "before", "mean_grad", "clipped_grad", "squares", "row_squares",
            "alive",
        ]
        .contains(last) {
            return Self.optimiser.phrase.filled(["name": Phrase(last)])
        }
        if last == "w" || last == "b", parts.contains(where: { $0.hasPrefix("ln") }) {
            return last == "w" ? Self.gain.phrase : Self.shift.phrase
        }
        if last.hasPrefix("W") || last == "w" {
            return Self.weight.phrase.filled(["matrix": Phrase(last == "W" ? label.rawValue : last)])
        }
        if last.hasPrefix("b_") || last == "b" {
            return Self.bias.phrase.filled(["vector": Phrase(last == "b" ? label.rawValue : last)])
        }
        return nil
    }
}
