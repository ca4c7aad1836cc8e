/// What a step is called: TransformerLens' names without `hook_`, such as `blocks.0.attn.pattern`.
///
/// Typed, so that a misspelt name does not compile; printed only where somebody reads it.
public struct StepName: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// 0 for the text that was given; *n* for the pass that reads the *n*-th generated token.
    public var pass: Int
    /// Which part of a training batch: parts are worked on side by side, and counted from 0, which is not printed.
    public var part: Int
    /// Which worker's part of a model that is shared among several; nil of the whole.
    public var worker: Int?
    public var stack: Stack
    /// Which block (layer) of the stack, counted from zero; nil outside the blocks.
    public var block: Int?
    public var label: Label
    public var isGradient: Bool

    public init(
        _ label: Label, block: Int? = nil, stack: Stack = .single, pass: Int = 0, part: Int = 0,
        isGradient: Bool = false
    ) {
        self.part = part
        self.label = label
        self.block = block
        self.stack = stack
        self.pass = pass
        self.isGradient = isGradient
    }

    public static func block(_ block: Int, _ label: Label) -> StepName { StepName(label, block: block) }

    /// Reads a printed name; text of any other form becomes a label as it stands.
    public init(_ text: String) {
        var parts = text.split(separator: ".", omittingEmptySubsequences: false)[...]
        self.init(Label(rawValue: ""))
        if let pass = Self.number(after: "generated", from: 1, &parts) { self.pass = pass }
        if let part = Self.number(after: "part", from: 1, &parts) { self.part = part }
        if parts.count > 1, parts.last == "grad" {
            isGradient = true
            parts = parts.dropLast()
        }
        if let worker = Self.number(after: "worker", &parts) { self.worker = worker }
        if parts.count > 1, let first = parts.first, !first.isEmpty, let stack = Stack(rawValue: String(first)) {
            self.stack = stack
            parts = parts.dropFirst()
        }
        if let block = Self.number(after: "blocks", &parts) { self.block = block }
        label = Label(rawValue: parts.joined(separator: "."))
    }

    /// Takes a word and its number, where a name goes on with them and behind them.
    private static func number(
        after word: Substring, from least: Int = 0, _ parts: inout ArraySlice<Substring>
    ) -> Int? {
        guard parts.count > 2, parts.first == word, let number = number(parts[parts.startIndex + 1]), number >= least
        else { return nil }
        parts = parts.dropFirst(2)
        return number
    }

    /// A number as ``description`` prints it, so that a name reads back as itself.
    private static func number(_ text: Substring) -> Int? {
        guard let number = Int(text), number >= 0, number < 1 << 24, String(number) == text else { return nil }
        return number
    }

    public init(stringLiteral value: String) { self.init(value) }

    public var description: String {
        var text = ""
        if pass > 0 { text += "generated.\(pass)." }
        if part > 0 { text += "part.\(part)." }
        if let worker { text += "worker.\(worker)." }
        text += stack.prefix()
        if let block { text += "blocks.\(block)." }
        text += label.rawValue
        return isGradient ? text + ".grad" : text
    }

    /// By what tells most names of a run apart; a run looks up a name for every operation, and equality sees the rest.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(label.rawValue)
        hasher.combine((block ?? -1) &+ pass &<< 20 &+ part &<< 44 &+ (isGradient ? 1 &<< 16 : 0))
    }

    /// Whether it is a step of a stack itself, not of one worker's part of it.
    public func isOf(_ stack: Stack) -> Bool { self.stack == stack && worker == nil }

    public var gradient: StepName {
        var name = self
        name.isGradient = true
        return name
    }
}

/// The part of a step's name that says what it is, the same in every block.
public struct Label: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    private init(_ rawValue: String) { self.rawValue = rawValue }

    // Before the blocks.
    public static let tokens = Label("tokens")
    public static let embed = Label("embed")
    public static let positionTable = Label("pos_table")
    public static let positionEmbed = Label("pos_embed")
    /// The sum of the embeddings, normalised where the model does so.
    public static let fullEmbed = Label("full_embed")
    public static let segments = Label("token_type_ids")
    public static let mask = Label("attention_mask")
    public static let segmentEmbed = Label("token_type_embed")

    // Inside a block.
    public static let residualPre = Label("resid_pre")
    public static let norm1Scale = Label("ln1.scale")
    public static let norm1 = Label("ln1.normalized")
    public static let query = Label("attn.q")
    public static let key = Label("attn.k")
    public static let value = Label("attn.v")
    public static let keysSoFar = Label("attn.k_cache")
    public static let valuesSoFar = Label("attn.v_cache")
    public static let dotProducts = Label("attn.dot_products")
    public static let unmaskedScores = Label("attn.attn_scores_unmasked")
    public static let scores = Label("attn.attn_scores")
    public static let pattern = Label("attn.pattern")
    public static let z = Label("attn.z")
    public static let joined = Label("attn.z_joined")
    public static let attentionOut = Label("attn_out")
    public static let residualMid = Label("resid_mid")
    public static let norm2Scale = Label("ln2.scale")
    public static let norm2 = Label("ln2.normalized")
    public static let hiddenPre = Label("mlp.pre")
    public static let hiddenPost = Label("mlp.post")
    public static let feedForwardOut = Label("mlp_out")
    public static let residualPost = Label("resid_post")
    /// Post-norm blocks: the sums after their normalisation.
    public static let normalizedMid = Label("normalized_resid_mid")
    public static let normalizedPost = Label("normalized_resid_post")

    // After the blocks.
    public static let finalNormScale = Label("ln_final.scale")
    public static let finalNorm = Label("ln_final.normalized")
    public static let logits = Label("logits")
    public static let probabilities = Label("probabilities")
    public static let targets = Label("targets")
    public static let loss = Label("loss")

    // Parameters, in TransformerLens' words.
    public static let embedding = Label("embed.W_E")
    public static let positions = Label("pos_embed.W_pos")
    public static let unembedding = Label("unembed.W_U")
    public static let unembeddingBias = Label("unembed.b_U")
    public static let queryWeight = Label("attn.W_Q")
    public static let keyWeight = Label("attn.W_K")
    public static let valueWeight = Label("attn.W_V")
    public static let outputWeight = Label("attn.W_O")
    public static let queryBias = Label("attn.b_Q")
    public static let keyBias = Label("attn.b_K")
    public static let valueBias = Label("attn.b_V")
    public static let outputBias = Label("attn.b_O")
    public static let norm1Gain = Label("ln1.w")
    public static let norm1Bias = Label("ln1.b")
    public static let norm2Gain = Label("ln2.w")
    public static let norm2Bias = Label("ln2.b")
    public static let hiddenWeight = Label("mlp.W_in")
    public static let hiddenBias = Label("mlp.b_in")
    public static let feedForwardWeight = Label("mlp.W_out")
    public static let feedForwardBias = Label("mlp.b_out")
    public static let finalNormGain = Label("ln_final.w")
    public static let finalNormBias = Label("ln_final.b")
}
