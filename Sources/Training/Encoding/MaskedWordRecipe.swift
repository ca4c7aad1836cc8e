import Models
import Tensors
import Wording

/// An encoder trained from nothing on hidden words and next sentences, on stories that a grammar tells.
package struct MaskedWordRecipe: TrainedRecipe, Hashable {
    package static let kind = "masked-word"
    package static let keys: Set<String> = ["model", "tokenizer", "corpus", "training", "masking", "probes", "pairs"]

    package var head: RecipeHead
    package var encoder: EncoderConfiguration
    package var tokenizer: TokenizerSettings
    package var corpus: CorpusSettings
    package var training: TrainingSettings
    /// The deviation of the weights that training begins with.
    package var deviation: Double
    package var masking: WordMasking
    /// Texts with `[MASK]` whose hidden words are guessed when training ends; ` / ` stands between two sentences.
    package var probes: [String]
    /// Pairs of sentences that are judged when training ends, with ` / ` between them.
    package var pairs: [String]

    package init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        tokenizer = try TokenizerSettings(root.section("tokenizer"), special: EncoderTokens.spellings.count)
        corpus = try CorpusSettings(root.section("corpus"), of: "stories")
        encoder = try EncoderConfiguration(root.section("model"), vocabulary: tokenizer.vocabulary)
        let run = try root.section("training")
        training = try TrainingSettings(run, allowing: ["deviation", "drills"], examples: corpus.texts)
        training.drills = try run.number("drills", in: 0...1, default: 0)
        deviation = try run.number("deviation", above: 0, to: 10, default: 0.02)
        training.context = encoder.context
        masking = WordMasking()
        if root.has("masking") {
            let section = try root.section("masking", allowing: ["rate", "hidden", "random"])
            masking = WordMasking(
                rate: try section.number("rate", in: 0...1, default: 0.15),
                hidden: try section.number("hidden", in: 0...1, default: 0.8),
                random: try section.number("random", in: 0...1, default: 0.1))
            guard masking.hidden + masking.random <= 1 else {
                throw section.wrong(
                    section.has("random") ? "random" : "hidden",
                    expected: Phrase(
                        en: "shares hidden and random that add up to at most 1", zh: "与另一项相加不超过 1 的份额（hidden 与 random）")
                )
            }
        }
        probes = try root.texts("probes")
        pairs = try root.has("pairs") ? root.texts("pairs") : []
    }

    package func course() throws -> MaskedWordCourse { try MaskedWordCourse(self) }
}

extension EncoderConfiguration {
    /// Reads the section `model` of a recipe.
    init(_ sizes: YAMLReader, vocabulary: Int) throws {
        try sizes.allow(["width", "layers", "heads", "hidden", "context", "activation"])
        let width = try sizes.integer("width", in: 1...65_536)
        let configuration = EncoderConfiguration(
            vocabularySize: vocabulary, context: try sizes.integer("context", in: 4...1_048_576), width: width,
            layers: try sizes.integer("layers", in: 1...1_000), heads: try sizes.heads(of: width),
            hidden: try sizes.integer("hidden", in: 1...1_048_576, default: 4 * width),
            activation: try sizes.choice("activation", default: .gelu))
        self = try sizes.checked(configuration) { (each) throws(Failure) in try each.validate(path: sizes.file) }
    }
}
