import Foundation
import Models
import Tensors
import Tokenizers
import Wording

/// A translation recipe carried out from grammar to model.
struct TranslationRun {
    let recipe: TranslationRecipe
    let folder: String
    private let tokenizer: BytePairTokenizer
    private let heldOut: [TranslationPair]
    private let fingerprint: String

    /// Trains the tokenizer and draws the held-out pairs.
    /// - Throws: ``TrainingError`` or a tokenizer's error.
    init(recipe: TranslationRecipe, folder: String) throws {
        self.recipe = recipe
        self.folder = folder
        tokenizer = try recipe.tokenizer()
        heldOut = recipe.grammar.heldOut(recipe.evaluated, seed: recipe.corpusSeed)
        fingerprint = try recipe.head.fingerprint(seed: recipe.seed)
    }

    /// Trains to the end, measures, and writes the model's folder.
    func run(steps limit: Int? = nil, report: (TrainingEvent) throws -> Void = { _ in }) throws {
        var configuration = recipe.model
        configuration.sourceVocabulary = tokenizer.vocabularySize
        configuration.targetVocabulary = tokenizer.vocabularySize
        try report(
            .note(
                Phrase(
                    en: "pairs made by a grammar, \(heldOut.count) kept back to measure with, a vocabulary of "
                        + "\(tokenizer.vocabularySize)",
                    zh: "句对由文法生成，留出 \(heldOut.count) 对用于测量，词表大小 \(tokenizer.vocabularySize)")))
        var loop = TrainingLoop(
            task: TranslationTask(
                grammar: recipe.grammar, tokenizer: tokenizer, labelSmoothing: recipe.labelSmoothing),
            trainer: Trainer(
                model: try EncoderDecoder(configuration: configuration, seed: recipe.seed), settings: recipe.training),
            folder: folder, fingerprint: fingerprint)
        try attemptEarly(&loop, limit: limit, report: report)
        try loop.run(
            steps: limit, report: report,
            sample: { model, step in
                guard let probe = recipe.probes.first else { return nil }
                return .sample(step: step, input: probe, output: try translations([probe], by: model).first ?? "")
            })
        let model = loop.trainer.model
        let output = try RunFolder.open(folder)
        try recipe.head.write(
            .encoderDecoder(model), family: "aiayn", tokenizer: .bytePairs(tokenizer), to: output.unfinished)
        let quality = try quality(of: model, records: loop.trainer.records)
        try RunFolder.finish(
            output, quality: quality, records: loop.trainer.records,
            checkpoints: ["checkpoint.safetensors", Self.earlyName], report: report)
    }

    private static let earlyName = "early.json"

    /// Trains up to where the first checkpoint would be, and keeps what the half-trained model makes of a few pairs.
    ///
    /// They are written before anything later is, so that a run that was killed finds them or makes the same again.
    private func attemptEarly(
        _ loop: inout TrainingLoop<TranslationTask>, limit: Int?, report: (TrainingEvent) throws -> Void
    ) throws {
        guard !FileManager.default.fileExists(atPath: loop.checkpoint) else { return }
        let settings = recipe.training
        let last = min(settings.steps, limit ?? .max)
        try loop.run(steps: min(settings.checkpointEvery, settings.steps / 25, last)) { event in
            // It is the whole run that goes on, not a short one that ends.
            if case .update(let record, _) = event { try report(.update(record, of: last)) } else { try report(event) }
        }
        let pairs = Array(heldOut.sorted { $0.english.count > $1.english.count }.prefix(20))
        let outcomes = try TranslationPair.Direction.allCases.flatMap { direction in
            try evaluation(of: loop.trainer.model, direction, pairs: pairs).outcomes
        }
        try RunFolder.write(
            TranslationFindings.Early(step: loop.trainer.step, outcomes: outcomes), to: folder + "/" + Self.earlyName)
    }

    private func early() throws -> TranslationFindings.Early {
        try RunFolder.read(
            folder + "/" + Self.earlyName,
            otherwise: Phrase(en: "not the early attempts of a translator", zh: "不是翻译模型早期的译文"))
    }

    private func translations(_ sources: [String], by model: EncoderDecoder) throws -> [String] {
        try model.greedyTranslations(of: sources.map(tokenizer.encode)).map(tokenizer.decode)
    }

    /// The held-out pairs, or the first of them, translated in both directions.
    func evaluations(of model: EncoderDecoder, first count: Int = .max) throws -> TranslationEvaluation {
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

    private func quality(of model: EncoderDecoder, records: [TrainingRecord]) throws -> TranslationQuality {
        let evaluation = try evaluations(of: model)
        let probes = zip(recipe.probes, try translations(recipe.probes, by: model)).map {
            TranslationFindings.Sample(source: $0, translation: $1, reference: nil)
        }
        let wrong = [evaluation.toChinese, evaluation.toEnglish].flatMap { evaluation in
            evaluation.outcomes.filter { !$0.isExact }.prefix(5).map {
                TranslationFindings.Sample(source: $0.source, translation: $0.hypothesis, reference: $0.reference)
            }
        }
        return TranslationQuality(
            RunQuality(recipe, of: model, records: records, measures: evaluation.measures),
            TranslationFindings(heldOutPairs: heldOut.count, samples: probes + wrong, early: try early()))
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
