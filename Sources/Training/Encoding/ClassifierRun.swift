import Foundation
import Models
import Tensors
import Tokenizers
import Wording

/// A classifier recipe carried out: the pre-trained encoder is fine-tuned, and beside it one from nothing, on the same
/// examples for as many steps, to see what pre-training was worth.
struct ClassifierRun {
    let recipe: ClassifierRecipe
    let folder: String
    private let pretrained: LanguageModel
    private let tokenizer: BytePairTokenizer
    private let tokens: EncoderTokens
    private let task: ClassifierTask
    private let heldOut: ClassifierTask
    private let fingerprint: String

    static let checkpoints = ["scratch.safetensors", "checkpoint.safetensors"]

    init(recipe: ClassifierRecipe, folder: String) throws {
        self.recipe = recipe
        self.folder = folder
        let source = recipe.head.file(recipe.from)
        let model = try LanguageModel.load(folder: source)
        guard let tokenizer = model.tokenizer?.bytePairs else { throw Failure(ModelError.noTokenizer(path: source)) }
        let tokens = try EncoderTokens(tokenizer, path: source + "/tokenizer.json")
        let path = recipe.head.file(recipe.corpus.grammar)
        let grammar = try CorpusGrammar(path: path)
        let labels = Dictionary(
            recipe.classes.enumerated().flatMap { place, one in one.answers.map { ($0, place) } },
            uniquingKeysWith: { first, _ in first })
        func task(_ sentences: [CorpusGrammar.Sentence]) throws -> ClassifierTask {
            let texts = try sentences.map { sentence in
                let parts = sentence.parts
                guard parts.count == 2, let label = labels[parts[1]] else {
                    throw TrainingError.unreadable(
                        path: path,
                        reason: Phrase(
                            en: "expected a text, ‖ and an answer of the recipe, found “\(sentence.text)”",
                            zh: "应为一段文字、‖ 和配方里的一个答案，实际为“\(sentence.text)”"))
                }
                return LabelledText(ids: try tokenizer.encode(parts[0]), label: label)
            }
            return ClassifierTask(texts: texts, tokens: tokens)
        }
        let (drawn, others) = try recipe.corpus.drawn(from: grammar)
        self.task = try task(drawn)
        heldOut = try task(others)
        pretrained = model
        self.tokenizer = tokenizer
        self.tokens = tokens
        fingerprint = try recipe.head.fingerprint(with: [path], startingFrom: source, seed: recipe.seed)
    }

    /// The pre-trained encoder with a new head, without those of pre-training.
    func beginning() throws -> Encoder { try headed(pretrained.encoder) }

    private func headed(_ encoder: Encoder) throws -> Encoder {
        let whole = try encoder.classifying(into: recipe.classes.count, seed: recipe.seed)
        var configuration = whole.configuration
        configuration.hasMaskedWordHead = false
        configuration.hasNextSentenceHead = false
        configuration.classNames = recipe.classes.map(\.name)
        let kept = Encoder.shapes(configuration).compactMap { whole.parameters[$0.name] }
        return try Encoder(configuration: configuration, parameters: ParameterSet(kept))
    }

    func run(steps limit: Int? = nil, report: (TrainingEvent) throws -> Void = { _ in }) throws {
        let before = try beginning()
        try Divergence.check(before.parameters)
        try report(
            .note(
                Phrase(
                    en: "\(task.texts.count) labelled texts, \(recipe.classes.count) classes, from \(pretrained.name)",
                    zh: "\(task.texts.count) 条带标签的文本，\(recipe.classes.count) 个类别，起点是 \(pretrained.name)")))
        try report(
            .note(Phrase(en: "first an encoder from nothing, to compare with", zh: "先训练一个从零开始的编码器作对照")))
        let fresh = try headed(Encoder(configuration: pretrained.encoder.configuration, seed: recipe.seed &+ 1))
        let scratch = try trained(fresh, checkpoint: Self.checkpoints[0], limit, report)
        try report(.note(Phrase(en: "now the pre-trained encoder", zh: "再微调预训练过的编码器")))
        let tuned = try trained(before, checkpoint: Self.checkpoints[1], limit, report)
        let encoder = tuned.model
        let output = try RunFolder.open(folder)
        try recipe.head.write(
            .encoder(encoder), family: "bert", tokenizer: .bytePairs(tokenizer), to: output.unfinished)
        try EncoderTokens.writeConfiguration(to: output.unfinished, context: encoder.configuration.context)
        let measures =
            try measures(of: encoder)
            + [Measure("accuracy_from_scratch", heldOut.accuracy(of: scratch.model))]
        let probe = EncoderProbe(model: encoder, tokenizer: .bytePairs(tokenizer), tokens: tokens)
        // The same step of both runs in one record, for their curves.
        let records = zip(tuned.records, scratch.records).map { record, other in
            var record = record
            record.measures = ["scratch_loss": other.loss]
            return record
        }
        let quality = EncoderQuality(
            RunQuality(recipe, of: encoder, records: records, measures: measures),
            EncoderFindings(
                samples: try recipe.probes.map { try probe.classes($0, names: recipe.classes.map(\.name)) }))
        try RunFolder.finish(
            output, quality: quality, records: records,
            model: RunFolder.languageModel + ["tokenizer_config.json"],
            checkpoints: Self.checkpoints, report: report)
    }

    private func trained(
        _ encoder: Encoder, checkpoint: String, _ limit: Int?, _ report: (TrainingEvent) throws -> Void
    ) throws -> Trainer<ClassifierTask> {
        var loop = TrainingLoop(
            task: task, trainer: Trainer(model: encoder, settings: recipe.training), folder: folder,
            fingerprint: fingerprint + "\n--- " + checkpoint, checkpointName: checkpoint)
        try loop.run(steps: limit, report: report)
        // The finished stage is kept, so that a run that is killed in the next one finds it again.
        try TrainingCheckpoint.write(loop.trainer, recipe: loop.fingerprint, to: loop.checkpoint)
        return loop.trainer
    }

    /// Accuracy on texts that training never saw, beside that of the pre-trained encoder with its new head.
    func measures(of encoder: Encoder) throws -> [Measure] {
        [
            Measure(
                "accuracy", try heldOut.accuracy(of: encoder), baseline: try heldOut.accuracy(of: beginning()))
        ]
    }
}
