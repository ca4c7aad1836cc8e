/// The texts that a recipe's model learns from, for those who count in them.
package enum LearnedTexts {
    /// Drawn by the recipe's grammar and seed, as the training draws them; nil where no grammar writes its texts.
    /// - Throws: ``CorpusError``, what reading the grammar throws.
    package static func of(_ recipe: any Recipe) throws -> [String]? {
        let settings: CorpusSettings? =
            switch recipe {
            case let recipe as NextWordRecipe: recipe.corpus
            case let recipe as MaskedWordRecipe: recipe.corpus
            case let recipe as ClassifierRecipe: recipe.corpus
            default: nil
            }
        guard let settings else { return nil }
        let grammar = try CorpusGrammar(path: recipe.head.file(settings.grammar))
        return try grammar.sentences(count: settings.texts, seed: settings.seed, split: .training)
    }
}
