import Models
import Tensors
import Tokenizers
import Wording

/// A translation recipe's tokenizer and held-out pairs, and what is made of a translator that learns.
package struct TranslationCourse: PlainCourse {
    package typealias Task = TranslationTask

    package let recipe: TranslationRecipe
    package let task: TranslationTask
    package let fingerprint: String
    private let heldOut: [TranslationPair]
    private var tokenizer: BytePairTokenizer { task.tokenizer }

    /// Trains the tokenizer and draws the held-out pairs.
    /// - Throws: ``TrainingError`` or a tokenizer's error.
    init(_ recipe: TranslationRecipe) throws {
        self.recipe = recipe
        task = TranslationTask(
            grammar: recipe.grammar, tokenizer: try recipe.tokenizer(), labelSmoothing: recipe.labelSmoothing)
        heldOut = recipe.grammar.heldOut(recipe.evaluated, seed: recipe.corpusSeed)
        fingerprint = try recipe.head.fingerprint(seed: recipe.seed)
    }

    package var settings: TrainingSettings { recipe.training }

    package var notes: [Phrase] {
        [
            Phrase(
                en: "pairs made by a grammar, \(heldOut.count) kept back to measure with, a vocabulary of "
                    + "\(tokenizer.vocabularySize)",
                zh: "句对由文法生成，留出 \(heldOut.count) 对用于测量，词表大小 \(tokenizer.vocabularySize)")
        ]
    }

    package func beginning() throws -> EncoderDecoder {
        var configuration = recipe.model
        configuration.sourceVocabulary = tokenizer.vocabularySize
        configuration.targetVocabulary = tokenizer.vocabularySize
        return try EncoderDecoder(configuration: configuration, seed: recipe.seed)
    }

    package func sample(of model: EncoderDecoder, at step: Int) throws -> TrainingEvent? {
        guard let probe = recipe.probes.first else { return nil }
        return .sample(step: step, input: probe, output: try translations([probe], by: model).first ?? "")
    }

    /// Keeps what the half-trained model makes of a few pairs.
    ///
    /// It is written before the first checkpoint is, so that a run that was killed finds it or makes the same again.
    package func reached(_ step: Int, of steps: Int, with model: EncoderDecoder, in folder: String) throws {
        guard step == min(settings.checkpointEvery, settings.steps / 25, steps) else { return }
        let pairs = Array(heldOut.sorted { $0.english.count > $1.english.count }.prefix(20))
        let outcomes = try TranslationPair.Direction.allCases.flatMap { direction in
            try evaluation(of: model, direction, pairs: pairs).outcomes
        }
        try RunFolder.write(
            TranslationFindings.Early(step: step, outcomes: outcomes), to: folder + "/" + RunFolder.earlyName)
    }

    private func translations(_ sources: [String], by model: EncoderDecoder) throws -> [String] {
        try model.greedyTranslations(of: sources.map(tokenizer.encode)).map(tokenizer.decode)
    }

    package func written(_ model: EncoderDecoder) -> LanguageModel {
        recipe.head.model(.encoderDecoder(model), family: "aiayn", tokenizer: .bytePairs(tokenizer))
    }

    package func read(_ model: LanguageModel) throws -> EncoderDecoder { try model.encoderDecoder }

    package func measures(of model: EncoderDecoder) throws -> [Measure] { try evaluation(of: model).measures }

    /// The held-out pairs, or the first of them, translated in both directions.
    func evaluation(of model: EncoderDecoder, first count: Int = .max) throws -> TranslationEvaluation {
        let pairs = Array(heldOut.prefix(count))
        return try TranslationEvaluation(
            toChinese: evaluation(of: model, .toChinese, pairs: pairs),
            toEnglish: evaluation(of: model, .toEnglish, pairs: pairs))
    }

    private func evaluation(
        of model: EncoderDecoder, _ direction: TranslationPair.Direction, pairs: [TranslationPair]
    ) throws -> PairEvaluation {
        try PairEvaluation(pairs.map { ($0.source(direction), $0.target(direction)) }) {
            try translations($0, by: model)
        }
    }

    package func measured(
        _ model: EncoderDecoder, in folder: String
    ) throws -> (measures: [Measure], findings: TranslationFindings) {
        let evaluation = try evaluation(of: model)
        let probes = zip(recipe.probes, try translations(recipe.probes, by: model)).map {
            TranslationFindings.Sample(source: $0, translation: $1, reference: nil)
        }
        let wrong = [evaluation.toChinese, evaluation.toEnglish].flatMap { evaluation in
            evaluation.outcomes.filter { !$0.isExact }.prefix(5).map {
                TranslationFindings.Sample(source: $0.source, translation: $0.hypothesis, reference: $0.reference)
            }
        }
        let early: TranslationFindings.Early = try RunFolder.read(
            folder + "/" + RunFolder.earlyName,
            otherwise: Phrase(en: "not the early attempts of a translator", zh: "不是翻译模型早期的译文"))
        return (
            evaluation.measures,
            TranslationFindings(heldOutPairs: heldOut.count, samples: probes + wrong, early: early)
        )
    }
}

/// Both directions of a translator on the same held-out pairs.
struct TranslationEvaluation: Sendable {
    let toChinese: PairEvaluation
    let toEnglish: PairEvaluation

    var measures: [Measure] {
        let both = PairEvaluation(toChinese.outcomes + toEnglish.outcomes)
        return both.measures + [
            Measure("exact_match_to_chinese", toChinese.exactMatch), Measure("bleu_to_chinese", toChinese.bleu),
            Measure("exact_match_to_english", toEnglish.exactMatch), Measure("bleu_to_english", toEnglish.bleu),
        ]
    }
}
