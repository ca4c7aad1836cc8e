/// What the axes of the steps that figures know stand for, outermost first.
enum LabelAxes {
    /// What a run computes, whichever program recorded it.
    static func recorded(_ label: Label) -> [Axis]? { common[label.uncrossed ?? label] }

    /// The same, and what only our own traces hold under these names: parameters, caches, the heads of encoders.
    static func own(_ label: Label) -> [Axis]? { common[label.uncrossed ?? label] ?? ours[label.uncrossed ?? label] }

    private typealias Row = (labels: [Label], axes: [Axis])

    private static func table(_ rows: [Row]) -> [Label: [Axis]] {
        var table: [Label: [Axis]] = [:]
        for row in rows { for label in row.labels { table[label] = row.axes } }
        return table
    }

    private static let common = table([
        ([.tokens, .segments, .mask], [.batch, .position]),
        (
            [
                .embed, .positionEmbed, .segmentEmbed, .fullEmbed, .residualPre, .norm1, .joined, .attentionOut,
                .residualMid, .norm2, .feedForwardOut, .residualPost, .normalizedMid, .normalizedPost, .finalNorm,
                .crossAttentionOut, .residualMidCross, .normalizedMidCross, .norm3,
            ], [.batch, .position, .width]
        ),
        ([.norm1Scale, .norm2Scale, .norm3Scale, .finalNormScale], [.batch, .position, .single]),
        (
            [.query, .key, .value, .z, .queryNorm, .keyNorm, .rotatedQuery, .rotatedKey],
            [.batch, .position, .head, .headWidth]
        ),
        ([.dotProducts, .unmaskedScores, .causalScores, .scores, .pattern], [.batch, .head, .query, .key]),
        ([.hiddenPre, .hiddenPost, .gate, .hiddenPreLinear], [.batch, .position, .hidden]),
        ([.logits, .probabilities, .maskedLogits, .maskedProbabilities], [.batch, .position, .vocabulary]),
    ])

    private static let ours = table([
        (
            [
                .unscaledEmbed, .typedEmbed, .embedSum, .memory, .output, .maskedDense, .maskedActivation, .maskedNorm,
            ], [.batch, .position, .width]
        ),
        ([.embedNormScale, .maskedNormScale], [.batch, .position, .single]),
        ([.queryNormScale, .keyNormScale], [.batch, .position, .head, .single]),
        ([.queryNormGain, .keyNormGain], [.headWidth]),
        ([.keysSoFar, .valuesSoFar], [.batch, .position, .head, .headWidth]),
        ([.firstPosition, .poolerDense, .poolerOutput], [.batch, .width]),
        (
            [.nextSentenceLogits, .nextSentenceProbabilities, .classLogits, .classProbabilities],
            [.batch, .unknown]
        ),
        ([.embedding, .unembedding], [.vocabulary, .width]),
        ([.positions, .positionTable], [.position, .width]),
        ([.segmentEmbedding], [.unknown, .width]),
        ([.rotaryCosines, .rotarySines], [.position, .headWidth]),
        (
            [
                .embedNormGain, .embedNormBias, .norm1Gain, .norm1Bias, .norm2Gain, .norm2Bias, .norm3Gain, .norm3Bias,
                .finalNormGain, .finalNormBias, .maskedNormGain, .maskedNormBias, .outputBias, .feedForwardBias,
                .poolerBias, .maskedBias,
            ], [.width]
        ),
        ([.unembeddingBias], [.vocabulary]),
        ([.queryWeight, .keyWeight, .valueWeight], [.width, .head, .headWidth]),
        ([.queryBias, .keyBias, .valueBias], [.head, .headWidth]),
        ([.outputWeight, .poolerWeight, .maskedWeight], [.width, .width]),
        ([.gateWeight, .hiddenWeight], [.width, .hidden]),
        ([.gateBias, .hiddenBias], [.hidden]),
        ([.feedForwardWeight], [.hidden, .width]),
        ([.nextSentenceWeight, .classifierWeight], [.width, .unknown]),
        ([.nextSentenceBias, .classifierBias], [.unknown]),
        ([.loss], []),
    ])
}
