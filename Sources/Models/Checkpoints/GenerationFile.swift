import Reading
import Wording

/// `generation_config.json`, and the same keys in a `config.json` that has none beside it.
enum GenerationFile {
    static let name = "generation_config.json"

    static func rules(_ folder: FileFolder, configuration: JSONPart) throws(Failure) -> GenerationRules {
        try rules(folder.has(name) ? JSONPart(name, of: folder) : configuration)
    }

    /// - Throws: ``ModelError/configuration(path:key:expected:found:)`` where a value is of another kind.
    static func rules(_ object: JSONPart) throws(Failure) -> GenerationRules {
        var rules = GenerationRules()
        rules.ends = try object.integers("eos_token_id")
        rules.paddingID = try object["pad_token_id"]?.integer()
        rules.startID = try object["decoder_start_token_id"]?.integer()
        rules.forcedFirst = try object["forced_bos_token_id"]?.integer()
        // As the first files of BART's summaries said it.
        if rules.forcedFirst == nil, try object.flag("force_bos_token_to_be_generated", otherwise: false) {
            rules.forcedFirst = try object["bos_token_id"]?.integer()
        }
        rules.forcedLast = try object.integers("forced_eos_token_id")
        rules.forbidden = try object.integerLists("bad_words_ids")
        rules.suppressed = try object.integers("suppress_tokens")
        rules.suppressedFirst = try object.integers("begin_suppress_tokens")
        rules.minimumLength = try object.integer("min_length", otherwise: 0)
        rules.minimumNewTokens = try object.integer("min_new_tokens", otherwise: 0)
        rules.unrepeatedRun = try object.integer("no_repeat_ngram_size", otherwise: 0)
        rules.repetitionPenalty = try object.number("repetition_penalty", otherwise: 1)
        rules.uncopiedRun = try object.integer("encoder_no_repeat_ngram_size", otherwise: 0)
        rules.sourcePenalty = try object.number("encoder_repetition_penalty", otherwise: 1)
        for (key, run) in [
            ("no_repeat_ngram_size", rules.unrepeatedRun), ("encoder_no_repeat_ngram_size", rules.uncopiedRun),
        ] where run < 0 {
            throw object.wrong(key, Phrase(en: "a whole number ≥ 0", zh: "不小于 0 的整数"))
        }
        for (key, penalty) in [
            ("repetition_penalty", rules.repetitionPenalty), ("encoder_repetition_penalty", rules.sourcePenalty),
        ] where !(penalty > 0 && penalty.isFinite) {
            throw object.wrong(key, .aboveZero)
        }
        rules.unheeded = try unheeded(object)
        return rules
    }

    /// What changes which token is the most probable, and is not done here.
    private static func unheeded(_ object: JSONPart) throws(Failure) -> [String] {
        var keys = [
            "sequence_bias", "exponential_decay_length_penalty", "constraints", "force_words_ids", "stop_strings",
            "forced_decoder_ids", "watermarking_config", "dola_layers", "penalty_alpha",
        ].filter { !object.isAbsent($0) }
        if try object.number("guidance_scale", otherwise: 1) != 1 { keys.append("guidance_scale") }
        if try object.number("diversity_penalty", otherwise: 0) != 0 { keys.append("diversity_penalty") }
        if try object.integer("num_beams", otherwise: 1) > 1 { keys.append("num_beams") }
        if try object.flag("do_sample", otherwise: false) { keys.append("do_sample") }
        return keys
    }

    /// The file that holds the rules; nil where there are none to hold.
    static func text(_ rules: GenerationRules) -> String? {
        guard rules != GenerationRules() else { return nil }
        var settings: [(String, JSONText)] = []
        func add(_ key: String, _ value: JSONText?) { if let value { settings.append((key, value)) } }
        func add(_ key: String, _ count: Int) { add(key, count == 0 ? nil : .integer(count)) }
        func add(_ key: String, penalty: Double) { add(key, penalty == 1 ? nil : .number(penalty)) }
        func add(_ key: String, id: Int?) { add(key, id.map { .integer($0) }) }
        func add(_ key: String, ids: [Int]) { add(key, ids.count == 1 ? .integer(ids[0]) : list(ids)) }
        func list(_ ids: [Int]) -> JSONText? { ids.isEmpty ? nil : .integers(ids) }
        add("bad_words_ids", rules.forbidden.isEmpty ? nil : .array(rules.forbidden.map { .integers($0) }))
        add("begin_suppress_tokens", list(rules.suppressedFirst))
        add("decoder_start_token_id", id: rules.startID)
        add("encoder_no_repeat_ngram_size", rules.uncopiedRun)
        add("encoder_repetition_penalty", penalty: rules.sourcePenalty)
        add("eos_token_id", ids: rules.ends)
        add("forced_bos_token_id", id: rules.forcedFirst)
        add("forced_eos_token_id", ids: rules.forcedLast)
        add("min_length", rules.minimumLength)
        add("min_new_tokens", rules.minimumNewTokens)
        add("no_repeat_ngram_size", rules.unrepeatedRun)
        add("pad_token_id", id: rules.paddingID)
        add("repetition_penalty", penalty: rules.repetitionPenalty)
        add("suppress_tokens", list(rules.suppressed))
        return JSONText.members(settings).page
    }
}
