import Drawing
import Tracing
import Wording

/// The letter of a step in formulas, the role whose colour it takes, and the stage it belongs to.
struct StepSymbol: Sendable {
    /// In the compact notation of formulas.
    var notation: String
    var role: Role
    var stage: Stage

    init(_ notation: String, _ role: Role, _ stage: Stage) {
        self.notation = notation
        self.role = role
        self.stage = stage
    }

    /// A step that has no letter of its own is written out.
    static func of(_ name: StepName) -> StepSymbol {
        // Cross-attention has the letters of attention.
        let found =
            known[name.label] ?? name.label.uncrossed.flatMap { known[$0] } ?? update(name.label)
            ?? guessed(name.label)
        guard name.isGradient else { return found }
        return StepSymbol(#"\partial "# + found.notation, .gradient, found.stage)
    }

    /// Whether a step is one of a model's, whose first axis is the batch; a calculation's own steps have any names.
    static func isOfModel(_ name: StepName) -> Bool {
        name.block != nil || name.pass > 0 || known[name.label] != nil || update(name.label) != nil
            || name.label.rawValue.contains(".ln.") || name.label.rawValue.contains("embed")
    }

    /// What an optimiser makes of a parameter: `attn.W_Q.first_moment`, `attn.W_Q.updated` …
    private static func update(_ label: Label) -> StepSymbol? {
        let single: [String: (String, Role)] = [
            "learning_rate": (#"\eta"#, .gradient), "gradient_norm": ("G", .gradient),
            "clip_factor": ("c", .gradient), "batch_loss": ("L", .gradient),
        ]
        if let (notation, role) = single[label.rawValue] { return StepSymbol(notation, role, .output) }
        let letters = [
            "first_moment.before": "m_0", "first_moment": "m", "second_moment.before": "v_0", "second_moment": "v",
            "mean_grad": "g", "clipped_grad": #"\hat{g}"#, "squares": "S", "row_squares": "s",
        ]
        // The longest suffix counts: `first_moment.before` is not `before`.
        for (suffix, letter) in letters.sorted(by: { $0.key.count > $1.key.count })
        where label.rawValue.hasSuffix("." + suffix) {
            let base = of(StepName(Label(rawValue: String(label.rawValue.dropLast(suffix.count + 1)))))
            return StepSymbol(letter, .gradient, base.stage)
        }
        guard label.rawValue.hasSuffix(".updated") else { return nil }
        let base = of(StepName(Label(rawValue: String(label.rawValue.dropLast(".updated".count)))))
        return StepSymbol(base.notation + "'", base.role, base.stage)
    }

    private static func guessed(_ label: Label) -> StepSymbol {
        let text = label.rawValue
        let stage: Stage =
            text.hasPrefix("attn") || text.hasPrefix("ln1")
            ? .attention : text.hasPrefix("mlp") || text.hasPrefix("ln2") ? .feedForward : .output
        let role: Role =
            text.hasPrefix("mlp") ? .feedForward : text.hasPrefix("attn") ? .attentionOutput : .residual
        // An underscore would open a subscript.
        let words = text.split(separator: "_").joined(separator: " ")
        return StepSymbol(#"\text{\#(words)}"#, role, stage)
    }

    private static let known: [Label: StepSymbol] = {
        let rows: [(Label, Symbols, Stage)] = [
            (.tokens, .token, .tokens), (.embed, .embedding, .embedding), (.embedding, .embeddingMatrix, .embedding),
            (.positions, .positionMatrix, .position), (.positionEmbed, .position, .position),
            (.positionTable, .position, .position), (.segmentEmbed, .segment, .position),
            (.residualPre, .stream, .attention), (.residualMid, .afterAttention, .feedForward),
            (.residualPost, .afterLayer, .feedForward), (.finalNorm, .normed, .output),
            (.logits, .score, .output), (.probabilities, .probability, .output), (.targets, .target, .output),
            (.loss, .loss, .output), (.unembedding, .unembedding, .output),
            (.unembeddingBias, .unembeddingBias, .output), (.norm1, .normed, .attention),
            (.query, .query, .attention), (.key, .key, .attention), (.value, .value, .attention),
            (.queryWeight, .queryMatrix, .attention), (.queryBias, .queryBias, .attention),
            (.keyWeight, .keyMatrix, .attention), (.keyBias, .keyBias, .attention),
            (.valueWeight, .valueMatrix, .attention), (.valueBias, .valueBias, .attention),
            (.keysSoFar, .key, .attention), (.valuesSoFar, .value, .attention),
            (.unmaskedScores, .score, .attention), (.scores, .score, .attention), (.pattern, .weight, .attention),
            (.z, .mixed, .attention), (.joined, .mixed, .attention), (.outputWeight, .outputMatrix, .attention),
            (.outputBias, .outputBias, .attention), (.attentionOut, .attentionOut, .attention),
            (.norm2, .normed, .feedForward), (.hiddenPre, .neuron, .feedForward),
            (.hiddenPost, .activation, .feedForward), (.hiddenWeight, .hiddenMatrix, .feedForward),
            (.hiddenBias, .hiddenBias, .feedForward), (.feedForwardWeight, .downMatrix, .feedForward),
            (.feedForwardBias, .downBias, .feedForward), (.feedForwardOut, .feedForwardOut, .feedForward),
            (.gateWeight, .gateMatrix, .feedForward), (.gateBias, .gateBias, .feedForward),
        ]
        var all: [Label: StepSymbol] = [:]
        for (label, symbol, stage) in rows {
            all[label] = StepSymbol(symbol.notation, symbol.role ?? .residual, stage)
        }
        // The same letters at other places, in the colour of the place.
        let others: [(Label, String, Role, Stage)] = [
            (.normalizedMid, #"\hat{h}'"#, .residual, .attention),
            (.normalizedPost, #"\hat{h}''"#, .residual, .feedForward),
            (.finalNormScale, #"\sigma"#, .residual, .output), (.finalNormGain, #"\gamma"#, .residual, .output),
            (.segmentEmbedding, #"W_{\mathrm{seg}}"#, .position, .embedding),
            (.residualMidCross, #"h'_{\mathrm{c}}"#, .residual, .crossAttention),
            (.normalizedMidCross, #"\hat{h}'_{\mathrm{c}}"#, .residual, .crossAttention),
            (.typedEmbed, "x'", .embedding, .position), (.embedSum, "x''", .embedding, .position),
            (.fullEmbed, "h", .residual, .position), (.poolerOutput, "c", .residual, .output),
            (.maskedNorm, #"\hat{h}"#, .residual, .output), (.maskedProbabilities, "p", .probability, .output),
            (.nextSentenceProbabilities, "p", .probability, .output),
            (.classProbabilities, "p", .probability, .output), (.maskedLogits, "s", .scores, .output),
            (.poolerWeight, #"W_{\text{pool}}"#, .residual, .output),
            (.maskedWeight, #"W_{\text{mlm}}"#, .probability, .output),
            (.nextSentenceWeight, #"W_{\text{nsp}}"#, .probability, .output),
            (.classifierWeight, #"W_{\text{class}}"#, .probability, .output),
            (.finalNormBias, #"\beta"#, .residual, .output), (.norm1Scale, #"\sigma"#, .residual, .attention),
            (.norm1Gain, #"\gamma"#, .residual, .attention), (.norm1Bias, #"\beta"#, .residual, .attention),
            (.queryNormScale, #"\sigma"#, .query, .attention), (.queryNorm, #"\hat{q}"#, .query, .attention),
            (.queryNormGain, #"\gamma"#, .query, .attention), (.keyNormScale, #"\sigma"#, .key, .attention),
            (.keyNorm, #"\hat{k}"#, .key, .attention), (.keyNormGain, #"\gamma"#, .key, .attention),
            (.rotatedQuery, #"\tilde{q}"#, .query, .attention), (.rotatedKey, #"\tilde{k}"#, .key, .attention),
            (.rotaryCosines, #"\cos"#, .position, .attention), (.rotarySines, #"\sin"#, .position, .attention),
            (.dotProducts, #"(q k^\top)"#, .scores, .attention), (.norm2Scale, #"\sigma"#, .residual, .feedForward),
            (.norm2Gain, #"\gamma"#, .residual, .feedForward), (.norm2Bias, #"\beta"#, .residual, .feedForward),
        ]
        for (label, notation, role, stage) in others { all[label] = StepSymbol(notation, role, stage) }
        return all
    }()
}
