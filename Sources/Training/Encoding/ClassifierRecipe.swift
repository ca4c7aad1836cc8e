import Models
import Tensors
import Wording

/// A pre-trained encoder that learns to sort texts, from few examples.
package struct ClassifierRecipe: TrainedRecipe, Hashable {
    package struct TextClass: Sendable, Hashable {
        package var name: String
        /// The answers that mean this class.
        package var answers: [String]
    }

    package static let kind = "classifier"
    package static let keys: Set<String> = ["from", "corpus", "classes", "training", "probes"]

    package var head: RecipeHead
    /// The pre-trained encoder's folder, relative to the recipe's.
    package var from: String
    /// The grammar's texts are sentence `‖` answer.
    package var corpus: CorpusSettings
    package var classes: [TextClass]
    package var training: TrainingSettings
    /// Texts that are sorted when training ends.
    package var probes: [String]

    package init(_ root: YAMLReader, head: RecipeHead) throws {
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

    package func measure(folder: String) throws -> [Measure] {
        // What training from scratch would give is not measured again: that is another training.
        let scratch = (try? EncoderQuality.read(path: folder + "/quality.json"))?.measures
            .first { $0.name == "accuracy_from_scratch" }
        return try measures(in: folder) + [scratch].compactMap { $0 }
    }
}
