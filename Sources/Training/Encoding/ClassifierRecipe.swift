import Foundation
import Models
import Tensors

/// A pre-trained encoder that learns to sort texts, from few examples.
public struct ClassifierRecipe: Recipe, Hashable {
    public struct CorpusSettings: Sendable, Hashable {
        /// The grammar's file, relative to the recipe's folder; its texts are sentence `‖` answer.
        public var grammar: String
        public var sentences: Int
        public var heldOut: Int
        public var seed: UInt64
    }

    public struct TextClass: Sendable, Hashable {
        public var name: String
        /// The answers that mean this class.
        public var answers: [String]
    }

    public static let kind = "classifier"
    public static let keys: Set<String> = ["from", "corpus", "classes", "training", "probes"]

    public var head: RecipeHead
    /// The pre-trained encoder's folder, relative to the recipe's.
    public var from: String
    public var corpus: CorpusSettings
    public var classes: [TextClass]
    public var training: TrainingSettings
    /// Texts that are sorted when training ends.
    public var probes: [String]

    public var seed: UInt64 {
        get { training.seed }
        set { training.seed = newValue }
    }

    public init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        from = try root.text("from")
        let texts = try root.section("corpus")
        try texts.allow(["grammar", "sentences", "held_out", "seed"])
        corpus = CorpusSettings(
            grammar: try texts.text("grammar"), sentences: try texts.integer("sentences", in: 1...10_000_000),
            heldOut: try texts.integer("held_out", in: 1...1_000_000),
            seed: UInt64(try texts.integer("seed", in: 0...Int.max)))
        classes = try root.sections("classes").map { section in
            try section.allow(["name", "answers"])
            return TextClass(name: try section.text("name"), answers: try section.texts("answers"))
        }
        guard classes.count > 1 else { throw root.wrong("classes", expected: "two classes or more") }
        training = try TrainingSettings(root.section("training"))
        probes = try root.texts("probes")
    }

    public func run(into folder: String, steps limit: Int?, report: (TrainingEvent) throws -> Void) throws {
        try ClassifierRun(recipe: self, folder: folder).run(steps: limit, report: report)
    }

    public func measure(folder: String) throws -> [Measure] {
        let model = try LanguageModel.load(folder: folder)
        let run = try ClassifierRun(recipe: self, folder: folder)
        // What training from scratch would give is not measured again: that is another training.
        let scratch = (try? EncoderQuality.read(path: folder + "/quality.json"))?.measures
            .first { $0.name == "accuracy_from_scratch" }
        return try run.measures(of: model.encoder) + [scratch].compactMap { $0 }
    }
}
