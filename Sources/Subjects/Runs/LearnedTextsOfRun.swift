import Training

extension SubjectShelf {
    /// The texts that a finished run's model learned from, written again; nil where no recipe of ours wrote them.
    /// - Throws: what reading the recipe and its grammar throws.
    package func learnedTexts(of folder: String) throws -> [String]? {
        guard let name = try RunQualityName.read(folder) else { return nil }
        return try LearnedTexts.of(Recipes.read(path: recipes.path(name)))
    }
}
