import Tokenizers
import Wording

/// Texts that a grammar makes: how many to learn from, and how many are kept back to measure with.
package struct CorpusSettings: Sendable, Hashable {
    /// The grammar's file, relative to the recipe's folder.
    package var grammar: String
    package var texts: Int
    package var heldOut: Int
    package var seed: UInt64

    /// Reads the section `corpus` of a recipe.
    /// - Parameter kind: what the recipe calls its texts, the key that says how many there are.
    init(_ section: YAMLReader, of kind: String) throws {
        try section.allow(["grammar", kind, "held_out", "seed"])
        grammar = try section.text("grammar")
        texts = try section.integer(kind, in: 1...10_000_000)
        heldOut = try section.integer("held_out", in: 1...1_000_000)
        seed = try section.seed()
    }
}

/// How large the vocabulary of a recipe's tokenizer is, and how often a pair must occur to become a token.
package struct TokenizerSettings: Sendable, Hashable {
    package var vocabulary: Int
    package var minimumFrequency: Int

    /// Reads the section `tokenizer` of a recipe.
    /// - Parameter special: how many special tokens there are beside those of single bytes.
    init(_ section: YAMLReader, special: Int) throws {
        try section.allow(["vocabulary", "minimum_frequency"])
        vocabulary = try section.integer("vocabulary", in: 256 + special...200_000)
        minimumFrequency = try section.integer("minimum_frequency", in: 1...1_000_000_000)
    }
}

/// What a recipe of generated texts begins with: the texts to learn from, those kept back, and a tokenizer of them.
struct DrawnTexts {
    /// The grammar's file.
    let path: String
    let fingerprint: String
    let training: [CorpusGrammar.Sentence]
    let heldOut: [CorpusGrammar.Sentence]

    /// - Parameters:
    ///   - model: the folder of the model that the training starts from, if there is one.
    ///   - seed: the training's; the corpus has its own.
    /// - Throws: ``TrainingError``, ``CorpusError``.
    init(
        _ corpus: CorpusSettings, of head: RecipeHead, startingFrom model: String? = nil, seed: UInt64
    ) throws {
        path = head.file(corpus.grammar)
        fingerprint = try head.fingerprint(with: [path], startingFrom: model, seed: seed)
        let grammar = try CorpusGrammar(path: path)
        training = try grammar.drawn(count: corpus.texts, seed: corpus.seed, split: .training)
        heldOut = try grammar.drawn(count: corpus.heldOut, seed: corpus.seed &+ 1, split: .heldOut)
    }

    /// Trained on words, not on sentences: written without spaces, a name and the verb beside it would become one token.
    /// - Parameter parts: what a segment of a text is cut into.
    func tokenizer(
        _ settings: TokenizerSettings, special: [String], parts: (String) -> [String] = { [$0] }
    ) throws -> BytePairTokenizer {
        let trainer = try BytePairTrainer(
            vocabularySize: settings.vocabulary, minimumFrequency: settings.minimumFrequency, specialTokens: special)
        return trainer.train(on: training.flatMap { $0.segments.flatMap(parts) })
    }

    /// `120 sentences, 1400 tokens, a vocabulary of 512`
    static func note(_ texts: Phrase, tokens: Int, vocabulary: Int) -> Phrase {
        Phrase(
            en: "\(texts.english), \(tokens) tokens, a vocabulary of \(vocabulary)",
            zh: "\(texts.chinese)，\(tokens) 个词元，词表大小 \(vocabulary)")
    }
}
