import Models
import Tensors
import Wording

/// A pre-trained encoder that learns to sort texts, from few examples.
public struct ClassifierRecipe: TrainedRecipe, Hashable {
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
    /// The grammar's texts are sentence `‖` answer.
    public var corpus: CorpusSettings
    public var classes: [TextClass]
    public var training: TrainingSettings
    /// Texts that are sorted when training ends.
    public var probes: [String]

    public init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        from = try root.text("from")
        corpus = try CorpusSettings(root.section("corpus"), of: "sentences")
        classes = try root.sections("classes").map { section in
            try section.allow(["name", "answers"])
            return TextClass(name: try section.text("name"), answers: try section.texts("answers"))
        }
        guard classes.count > 1 else {
            throw root.wrong("classes", expected: Phrase(en: "two classes or more", zh: "至少两类"))
        }
        training = try TrainingSettings(root.section("training"), examples: corpus.texts)
        probes = try root.texts("probes")
    }

    package func course() throws -> ClassifierCourse { try ClassifierCourse(self) }

    public func measure(folder: String) throws -> [Measure] {
        // What training from scratch would give is not measured again: that is another training.
        let scratch = (try? EncoderQuality.read(path: folder + "/quality.json"))?.measures
            .first { $0.name == "accuracy_from_scratch" }
        return try measures(in: folder) + [scratch].compactMap { $0 }
    }
}
