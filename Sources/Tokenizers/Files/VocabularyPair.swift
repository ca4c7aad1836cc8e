/// The older layout of byte-pair tokenizers: a vocabulary and a list of merges, perhaps under a common prefix such as
/// `gpt2-`.
struct VocabularyPair {
    let vocabulary: String
    let merges: String

    private static let endings = [("vocab.json", "merges.txt"), ("encoder.json", "vocab.bpe")]

    /// The pair that a file is one half of; `nil` where its name is neither's.
    init?(half name: String) {
        for (vocabulary, merges) in Self.endings {
            for ending in [vocabulary, merges] where name.hasSuffix(ending) {
                let prefix = String(name.dropLast(ending.count))
                self.vocabulary = prefix + vocabulary
                self.merges = prefix + merges
                return
            }
        }
        return nil
    }
}
