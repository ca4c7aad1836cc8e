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

    /// The texts to learn from, and those kept back.
    func drawn(from grammar: CorpusGrammar) throws
        -> (training: [CorpusGrammar.Sentence], heldOut: [CorpusGrammar.Sentence])
    {
        (
            try grammar.drawn(count: texts, seed: seed, split: .training),
            try grammar.drawn(count: heldOut, seed: seed &+ 1, split: .heldOut)
        )
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
