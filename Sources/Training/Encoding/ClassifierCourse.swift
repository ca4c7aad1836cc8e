import Models
import Tensors
import Tokenizers
import Wording

/// A classifier recipe's texts: the pre-trained encoder is fine-tuned on them, and beside it one from nothing, for as
/// many steps, to see what pre-training was worth.
package struct ClassifierCourse: PlainCourse {
    package typealias Task = ClassifierTask

    package let recipe: ClassifierRecipe
    package let task: ClassifierTask
    private let heldOut: ClassifierTask
    private let pretrained: LanguageModel
    private let tokenizer: BytePairTokenizer
    private let origin: String
    /// The checkpoint of this stage.
    private var checkpointName = RunFolder.checkpointName
    /// The encoder from nothing, once it is trained, with its losses.
    private var rival: (encoder: Encoder, records: [TrainingRecord])?

    init(_ recipe: ClassifierRecipe) throws {
        self.recipe = recipe
        let source = recipe.head.file(recipe.from)
        let model = try LanguageModel.load(folder: source)
        guard let tokenizer = model.tokenizer?.bytePairs else { throw Failure(ModelError.noTokenizer(path: source)) }
        let tokens = try EncoderTokens(tokenizer, path: source + "/tokenizer.json")
        let drawn = try DrawnTexts(recipe.corpus, of: recipe.head, startingFrom: source, seed: recipe.seed)
        let labels = Dictionary(
            recipe.classes.enumerated().flatMap { place, one in one.answers.map { ($0, place) } },
            uniquingKeysWith: { first, _ in first })
        func task(_ sentences: [CorpusGrammar.Sentence]) throws -> ClassifierTask {
            let texts = try sentences.map { sentence in
                let parts = sentence.parts
                guard parts.count == 2, let label = labels[parts[1]] else {
                    throw TrainingError.unreadable(
                        path: drawn.path,
                        reason: Phrase(
                            en: "expected a text, ‖ and an answer of the recipe, found “\(sentence.text)”",
                            zh: "应为一段文字、‖ 和配方里的一个答案，实际为“\(sentence.text)”"))
                }
                return LabelledText(ids: try tokenizer.encode(parts[0]), label: label)
            }
            return ClassifierTask(texts: texts, tokens: tokens)
        }
        self.task = try task(drawn.training)
        heldOut = try task(drawn.heldOut)
        pretrained = model
        self.tokenizer = tokenizer
        origin = drawn.fingerprint
    }

    package var settings: TrainingSettings { recipe.training }
    package var fingerprint: String { origin + "\n--- " + checkpointName }

    package var notes: [Phrase] {
        [
            Phrase(
                en: "\(task.texts.count) labelled texts, \(recipe.classes.count) classes, from \(pretrained.name)",
                zh: "\(task.texts.count) 条带标签的文本，\(recipe.classes.count) 个类别，起点是 \(pretrained.name)")
        ]
    }

    /// The pre-trained encoder with a new head, without those of pre-training.
    package func beginning() throws -> Encoder {
        let encoder = try headed(pretrained.encoder)
        try Divergence.check(encoder.parameters)
        return encoder
    }

    private func headed(_ encoder: Encoder) throws -> Encoder {
        let whole = try encoder.classifying(into: recipe.classes.count, seed: recipe.seed)
        var configuration = whole.configuration
        configuration.hasMaskedWordHead = false
        configuration.hasNextSentenceHead = false
        configuration.classNames = recipe.classes.map(\.name)
        let kept = Encoder.shapes(configuration).compactMap { whole.parameters[$0.name] }
        return try Encoder(configuration: configuration, parameters: ParameterSet(kept))
    }

    /// Trains the encoder from nothing.
    package mutating func prepare(in folder: String, steps: Int, report: (TrainingEvent) throws -> Void) throws {
        guard checkpointName == RunFolder.checkpointName else { return }
        try report(
            .note(Phrase(en: "first an encoder from nothing, to compare with", zh: "先训练一个从零开始的编码器作对照")))
        var course = self
        course.checkpointName = RunFolder.rivalName
        var session = try CourseSession(
            course, steps: steps,
            from: headed(Encoder(configuration: pretrained.encoder.configuration, seed: recipe.seed &+ 1)),
            checkpointName: course.checkpointName)
        try session.carryOn(in: folder, report: report)
        // The finished stage is kept, so that a run that is killed in the next one finds it again.
        try session.keep(in: folder)
        rival = (session.trainer.model, session.records)
        try report(.note(Phrase(en: "now the pre-trained encoder", zh: "再微调预训练过的编码器")))
    }

    package func written(_ encoder: Encoder) -> LanguageModel {
        recipe.head.model(.encoder(encoder), family: "bert", tokenizer: .bytePairs(tokenizer))
    }

    /// Accuracy on texts that training never saw, beside that of the pre-trained encoder with its new head.
    package func measures(of encoder: Encoder) throws -> [Measure] {
        let accuracy = Measure(
            "accuracy", try heldOut.accuracy(of: encoder), baseline: try heldOut.accuracy(of: beginning()))
        let scratch = try rival.map { Measure("accuracy_from_scratch", try heldOut.accuracy(of: $0.encoder)) }
        return [accuracy] + [scratch].compactMap { $0 }
    }

    package func measured(
        _ encoder: Encoder, in folder: String
    ) throws -> (measures: [Measure], findings: EncoderFindings) {
        let probe = EncoderProbe(model: encoder, tokenizer: .bytePairs(tokenizer), tokens: task.tokens)
        return (
            try measures(of: encoder),
            EncoderFindings(
                samples: try recipe.probes.map { try probe.classes($0, names: recipe.classes.map(\.name)) })
        )
    }

    /// The same step of both encoders in one record, for their curves.
    package func completed(_ records: [TrainingRecord]) -> [TrainingRecord] {
        guard let rival else { return records }
        return zip(records, rival.records).map { record, other in
            var record = record
            record.measures = ["scratch_loss": other.loss]
            return record
        }
    }
}
