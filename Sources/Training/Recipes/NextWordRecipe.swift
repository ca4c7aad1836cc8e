import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// A decoder trained from nothing to say what comes next, on sentences that a grammar generates.
package struct NextWordRecipe: TrainedRecipe, Hashable {
    package static let kind = "next-word"
    package static let keys: Set<String> = ["model", "tokenizer", "corpus", "training", "probes"]

    package var head: RecipeHead
    package var decoder: DecoderConfiguration
    package var tokenizer: TokenizerSettings
    package var corpus: CorpusSettings
    package var training: TrainingSettings
    /// Texts whose continuations are measured when training ends.
    package var probes: [String]

    /// The special token that ends every sentence.
    package static let endOfText = "<|endoftext|>"

    package init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        tokenizer = try TokenizerSettings(root.section("tokenizer"), special: 1)
        corpus = try CorpusSettings(root.section("corpus"), of: "sentences")
        decoder = try DecoderConfiguration(root.section("model"), vocabulary: tokenizer.vocabulary)

        let run = try root.section("training")
        training = try TrainingSettings(
            run, allowing: ["context", "drills", "position_waves"], examples: corpus.texts)
        training.context = try run.integer("context", in: 2...max(decoder.context, 2))
        training.drills = try run.number("drills", in: 0...1, default: 0)
        training.positionWaves = try run.number("position_waves", in: 0...10, default: 0)
        probes = try root.texts("probes")
    }

    package func course() throws -> NextWordCourse { try NextWordCourse(self) }
}

extension DecoderConfiguration {
    /// Reads the section `model` of a recipe.
    init(_ sizes: YAMLReader, vocabulary: Int) throws {
        try sizes.allow(["width", "layers", "heads", "hidden", "context", "activation", "positions", "norm", "tied"])
        let width = try sizes.integer("width", in: 1...65_536)
        let configuration = DecoderConfiguration(
            vocabularySize: vocabulary, context: try sizes.integer("context", in: 1...1_048_576),
            width: width, layers: try sizes.integer("layers", in: 1...1_000),
            heads: try sizes.heads(of: width),
            hidden: try sizes.integer("hidden", in: 1...1_048_576, default: 4 * width),
            activation: try sizes.choice("activation", default: .geluTanh),
            positions: try sizes.choice("positions", default: .learned),
            normPlacement: try sizes.choice("norm", default: .pre),
            tiedOutput: try sizes.flag("tied", default: true))
        self = try sizes.checked(configuration) { (each) throws(Failure) in try each.validate(path: sizes.file) }
    }
}
