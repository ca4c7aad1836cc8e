import Models
import TestSupport
import Tokenizers

/// Models that nobody ships, for what the shipped ones are too small for: random, and the same every time.
enum RandomModel {
    /// GPT-2's kind, for texts of hundreds of tokens.
    static let long = folder("gpt2") { vocabulary in
        DecoderConfiguration(
            vocabularySize: vocabulary, context: 256, width: 32, layers: 2, heads: 4, activation: .geluTanh,
            positions: .learned, normPlacement: .pre, tiedOutput: true)
    }

    /// Llama's kind: rotary positions, keys and values shared by two heads each, gates, no biases.
    static let rotary = folder("llama") { vocabulary in
        DecoderConfiguration(
            vocabularySize: vocabulary, context: 256, width: 32, layers: 2, heads: 4, activation: .silu,
            positions: .rotary, tiedOutput: true, norm: .rms, isGated: true, biases: .none, keyHeads: 2)
    }

    /// The folder of a model with the shipped one's tokenizer; empty, so that loading it says why, where it cannot be
    /// made.
    private static func folder(_ family: String, _ configuration: (Int) -> DecoderConfiguration) -> String {
        do {
            let shipped = try LanguageModel.load(folder: Places.root + "/fixtures/models/next-word")
            guard let tokenizer = shipped.tokenizer else { return "" }
            let decoder = try Decoder(configuration: configuration(tokenizer.vocabularySize), seed: 7)
            let folder = try Places.temporaryFolder()
            let model = LanguageModel(
                name: "random", folder: folder, family: family, decoder: decoder, tokenizer: tokenizer)
            try model.write(to: folder)
            return folder
        } catch {
            return ""
        }
    }
}
