import Models
import Tokenizers
import Wording

/// An encoder–decoder trained from nothing to translate what a grammar generates: numbers, dates and counted things,
/// from English into Chinese and back.
package struct TranslationRecipe: TrainedRecipe, Hashable {
    package static let kind = "translation"
    package static let keys: Set<String> = ["model", "tokenizer", "corpus", "training", "probes"]

    package var head: RecipeHead
    package var grammar: TranslationGrammar
    /// How many held-out pairs are translated in both directions when training ends.
    package var evaluated: Int
    /// Where the held-out pairs are drawn.
    package var corpusSeed: UInt64
    package var vocabulary: Int
    /// Sizes; the vocabularies are the tokenizer's.
    package var model: EncoderDecoderConfiguration
    package var training: TrainingSettings
    package var labelSmoothing: Double
    /// Sources whose translations are kept when training ends.
    package var probes: [String]

    /// The tokens that are no part of a text, in the order of their ids: fills up, begins, ends.
    package static let specialTokens = ["<pad>", "<bos>", "<eos>"]

    package init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        let corpus = try root.section(
            "corpus", allowing: ["numbers", "dates", "things", "held_out", "evaluated", "seed"])
        grammar = try TranslationGrammar(corpus)
        evaluated = try corpus.integer("evaluated", in: 1...1_000_000)
        corpusSeed = try corpus.seed()

        let tokens = try root.section("tokenizer", allowing: ["vocabulary"])
        vocabulary = try tokens.integer("vocabulary", in: 256 + Self.specialTokens.count...200_000)
        model = try EncoderDecoderConfiguration(root.section("model"), vocabulary: vocabulary)

        let run = try root.section("training")
        training = try TrainingSettings(run, allowing: ["label_smoothing"])
        labelSmoothing = try run.number("label_smoothing", in: 0...0.9, default: 0)
        probes = try root.texts("probes")
    }

    package func course() throws -> TranslationCourse { try TranslationCourse(self) }

    /// The tokenizer of the grammar's words: each a single token, Chinese by characters.
    package func tokenizer() throws -> BytePairTokenizer {
        try BytePairTrainer(
            vocabularySize: vocabulary, minimumFrequency: 1, specialTokens: Self.specialTokens
        ).train(on: grammar.words)
    }
}

extension EncoderDecoderConfiguration {
    /// Reads the section `model` of a recipe.
    init(_ sizes: YAMLReader, vocabulary: Int) throws {
        try sizes.allow([
            "width", "encoder_layers", "decoder_layers", "heads", "hidden", "context", "activation", "positions",
            "norm", "tied",
        ])
        let width = try sizes.integer("width", in: 1...65_536)
        let configuration = EncoderDecoderConfiguration(
            sourceVocabulary: vocabulary, context: try sizes.integer("context", in: 1...1_048_576), width: width,
            heads: try sizes.heads(of: width),
            hidden: try sizes.integer("hidden", in: 1...1_048_576, default: 4 * width),
            encoderLayers: try sizes.integer("encoder_layers", in: 1...1_000),
            decoderLayers: try sizes.integer("decoder_layers", in: 1...1_000),
            activation: try sizes.choice("activation", default: .relu),
            positions: try sizes.choice("positions", default: .sinusoidal),
            normPlacement: try sizes.choice("norm", default: .post),
            tiedEmbeddings: try sizes.flag("tied", default: true))
        self = try sizes.checked(configuration) { (each) throws(Failure) in try each.validate(path: sizes.file) }
    }
}
