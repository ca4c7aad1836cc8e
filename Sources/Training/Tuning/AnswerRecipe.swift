import Wording

/// Supervised fine-tuning: a trained decoder learns to answer questions about short stories.
package struct AnswerRecipe: TrainedRecipe, Hashable {
    package static let kind = "answers"
    package static let keys: Set<String> = ["from", "plain", "questions", "training"]

    /// The sentences on which one sees what fine-tuning makes a model forget.
    package struct PlainText: Sendable, Hashable {
        package var grammar: String
        package var sentences: Int
        package var seed: UInt64
        /// The share of each batch that is plain text still, so that less is forgotten.
        package var rehearsal: Double
    }

    package var head: RecipeHead
    /// The folder of the model that is fine-tuned, relative to the recipe's.
    package var from: String
    package var plain: PlainText
    package var questions: QuestionSettings
    package var training: TrainingSettings

    package init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        from = try root.text("from")
        let text = try root.section("plain", allowing: ["grammar", "sentences", "seed", "rehearsal"])
        plain = PlainText(
            grammar: try text.text("grammar"), sentences: try text.integer("sentences", in: 1...1_000_000),
            seed: try text.seed(),
            rehearsal: try text.number("rehearsal", in: 0...1, default: 0))
        questions = try QuestionSettings(root.section("questions"))
        training = try TrainingSettings(root.section("training"), examples: questions.train)
    }

    package func course() throws -> AnswerCourse { try AnswerCourse(self) }
}
