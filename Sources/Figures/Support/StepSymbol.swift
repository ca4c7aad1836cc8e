import Drawing
import Tracing

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
        let found = known[name.label] ?? update(name.label) ?? guessed(name.label)
        guard name.isGradient else { return found }
        return StepSymbol(#"\partial "# + found.notation, .gradient, found.stage)
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
        var all: [Label: StepSymbol] = [
            .tokens: StepSymbol("t", .token, .tokens), .embed: StepSymbol("x", .embedding, .embedding),
            .embedding: StepSymbol("W_E", .embedding, .embedding),
            .positionTable: StepSymbol("PE", .position, .position),
            .positions: StepSymbol("W_P", .position, .position),
            .positionEmbed: StepSymbol("p", .position, .position),
            .residualPre: StepSymbol("h", .residual, .attention),
            .residualMid: StepSymbol("h'", .residual, .feedForward),
            .residualPost: StepSymbol("h''", .residual, .feedForward),
            .normalizedMid: StepSymbol(#"\hat{h}'"#, .residual, .attention),
            .normalizedPost: StepSymbol(#"\hat{h}''"#, .residual, .feedForward),
            .finalNorm: StepSymbol(#"\hat{h}"#, .residual, .output),
            .finalNormScale: StepSymbol(#"\sigma"#, .residual, .output),
            .logits: StepSymbol(#"\ell"#, .scores, .output),
            .probabilities: StepSymbol("p", .probability, .output),
            .targets: StepSymbol("y", .token, .output), .loss: StepSymbol("L", .gradient, .output),
            .unembedding: StepSymbol("W_U", .embedding, .output),
            .unembeddingBias: StepSymbol("b_U", .embedding, .output),
            .finalNormGain: StepSymbol(#"\gamma"#, .residual, .output),
            .finalNormBias: StepSymbol(#"\beta"#, .residual, .output),
        ]
        let attention: [(Label, String, Role)] = [
            (.norm1Scale, #"\sigma"#, .residual), (.norm1, #"\hat{h}"#, .residual),
            (.norm1Gain, #"\gamma"#, .residual), (.norm1Bias, #"\beta"#, .residual), (.query, "q", .query),
            (.key, "k", .key), (.value, "v", .value), (.queryWeight, "W_Q", .query), (.queryBias, "b_Q", .query),
            (.keyWeight, "W_K", .key), (.keyBias, "b_K", .key), (.valueWeight, "W_V", .value),
            (.valueBias, "b_V", .value), (.queryNormScale, #"\sigma"#, .query), (.queryNorm, #"\hat{q}"#, .query),
            (.queryNormGain, #"\gamma"#, .query), (.keyNormScale, #"\sigma"#, .key), (.keyNorm, #"\hat{k}"#, .key),
            (.keyNormGain, #"\gamma"#, .key), (.rotatedQuery, #"\tilde{q}"#, .query),
            (.rotatedKey, #"\tilde{k}"#, .key), (.rotaryCosines, #"\cos"#, .position),
            (.rotarySines, #"\sin"#, .position), (.keysSoFar, "k", .key), (.valuesSoFar, "v", .value),
            (.dotProducts, #"(q k^\top)"#, .scores), (.unmaskedScores, "s", .scores), (.scores, "s", .scores),
            (.pattern, "a", .probability), (.z, "z", .attentionOutput), (.joined, "z", .attentionOutput),
            (.outputWeight, "W_O", .attentionOutput), (.outputBias, "b_O", .attentionOutput),
            (.attentionOut, "o", .attentionOutput),
        ]
        for (label, notation, role) in attention { all[label] = StepSymbol(notation, role, .attention) }
        let feedForward: [(Label, String, Role)] = [
            (.norm2Scale, #"\sigma"#, .residual), (.norm2, #"\hat{h}"#, .residual),
            (.norm2Gain, #"\gamma"#, .residual), (.norm2Bias, #"\beta"#, .residual), (.hiddenPre, "u", .feedForward),
            (.hiddenPost, "g", .feedForward), (.hiddenWeight, "W_1", .feedForward), (.hiddenBias, "b_1", .feedForward),
            (.feedForwardWeight, "W_2", .feedForward), (.feedForwardBias, "b_2", .feedForward),
            (.feedForwardOut, "f", .feedForward), (.gateWeight, "W_g", .feedForward), (.gateBias, "b_g", .feedForward),
        ]
        for (label, notation, role) in feedForward { all[label] = StepSymbol(notation, role, .feedForward) }
        return all
    }()
}
