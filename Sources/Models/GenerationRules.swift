/// What a model's files ask of its generation, beside the choice of the most probable token: `generation_config.json`,
/// or where there is none `config.json`, read and applied as `transformers` does.
public struct GenerationRules: Sendable, Hashable {
    /// The tokens after which nothing follows (`eos_token_id`).
    public var ends: [Int] = []
    /// The id that fills short texts up (`pad_token_id`).
    public var paddingID: Int?
    /// What the target of an encoder–decoder begins with (`decoder_start_token_id`).
    public var startID: Int?
    /// The first token written (`forced_bos_token_id`).
    public var forcedFirst: Int?
    /// What the last token that may be written is (`forced_eos_token_id`).
    public var forcedLast: [Int] = []
    /// Runs of tokens that are never written (`bad_words_ids`).
    public var forbidden: [[Int]] = []
    /// Tokens never written (`suppress_tokens`), and never first (`begin_suppress_tokens`).
    public var suppressed: [Int] = []
    public var suppressedFirst: [Int] = []
    /// How many tokens there must be before the end, the given ones included (`min_length`) or not (`min_new_tokens`).
    public var minimumLength = 0
    public var minimumNewTokens = 0
    /// No run of so many tokens is written twice (`no_repeat_ngram_size`); 0 for any.
    public var unrepeatedRun = 0
    /// Logits of tokens that have occurred are divided by it, negative ones multiplied (Keskar et al. 2019).
    public var repetitionPenalty = 1.0

    /// No run of so many tokens of an encoder's text is written (`encoder_no_repeat_ngram_size`); 0 for any.
    public var uncopiedRun = 0
    /// Logits of tokens of an encoder's text are multiplied by it, negative ones divided
    /// (`encoder_repetition_penalty`).
    public var sourcePenalty = 1.0
    /// What the file asks for and is not done here, such as `guidance_scale`.
    public var unheeded: [String] = []

    public init() {}

    /// Whether anything changes the logits.
    public var changeLogits: Bool {
        var plain = GenerationRules()
        (plain.ends, plain.paddingID, plain.startID) = (ends, paddingID, startID)
        plain.unheeded = unheeded
        return self != plain
    }

    /// What has been written so far, and how much may be.
    struct Progress {
        /// All tokens before the one to be chosen.
        let ids: [Int]
        /// How many of them were given.
        let given: Int
        /// How many may follow the given ones.
        let count: Int
        /// What an encoder has read.
        var source: [Int] = []
    }

    /// The logits of the next token with what is forbidden at minus infinity, in the order of `transformers`.
    func applied(to logits: [Float], _ progress: Progress) -> [Float] {
        var logits = logits
        let ids = progress.ids
        func forbid(_ tokens: some Sequence<Int>) {
            for id in tokens where logits.indices.contains(id) { logits[id] = -.infinity }
        }
        func force(_ tokens: [Int]) {
            let kept = tokens.filter(logits.indices.contains)
            guard !kept.isEmpty else { return }
            forbid(logits.indices)
            for id in kept { logits[id] = 0 }
        }
        if sourcePenalty != 1 {
            let factor = Float(sourcePenalty)
            for id in Set(progress.source) where logits.indices.contains(id) {
                logits[id] = logits[id] < 0 ? logits[id] / factor : logits[id] * factor
            }
        }
        if repetitionPenalty != 1 {
            for id in Set(ids) where logits.indices.contains(id) {
                logits[id] =
                    logits[id] < 0 ? logits[id] * Float(repetitionPenalty) : logits[id] / Float(repetitionPenalty)
            }
        }
        if unrepeatedRun > 0 { forbid(completing(runsOf: unrepeatedRun, in: ids, after: ids)) }
        if uncopiedRun > 0 { forbid(completing(runsOf: uncopiedRun, in: progress.source, after: ids)) }
        for run in forbidden where !run.isEmpty && !(run.count == 1 && ends.contains(run[0])) {
            if run.count == 1 || (run.count <= ids.count + 1 && ids.suffix(run.count - 1).elementsEqual(run.dropLast()))
            {
                forbid(run.suffix(1))
            }
        }
        if ids.count < minimumLength || ids.count - progress.given < minimumNewTokens { forbid(ends) }
        if let forcedFirst, ids.count == 1 { force([forcedFirst]) }
        if !forcedLast.isEmpty, ids.count == progress.given + progress.count - 1 { force(forcedLast) }
        forbid(suppressed)
        // Where the first token is forced, the one after it begins the text.
        if ids.count == (progress.given > 1 || forcedFirst == nil ? progress.given : progress.given + 1) {
            forbid(suppressedFirst)
        }
        return logits
    }

    /// The tokens that would complete a run that has occurred in `text`.
    private func completing(runsOf length: Int, in text: [Int], after ids: [Int]) -> [Int] {
        guard ids.count + 1 >= length else { return [] }
        let tail = ids.suffix(length - 1)
        return (0..<max(0, text.count - length + 1)).compactMap { start in
            text[start..<start + length - 1].elementsEqual(tail) ? text[start + length - 1] : nil
        }
    }
}
