import Tensors

/// Which words are hidden, and what is put in their places (Devlin et al. 2019, §3.1).
package struct WordMasking: Sendable, Hashable {
    /// The share of a text's words that are to be guessed; at least one word is.
    package var rate = 0.15
    /// Of these, the share that `[MASK]` replaces.
    package var hidden = 0.8
    /// Of these, the share that a random word replaces; the rest stays as it is.
    package var random = 0.1

    package init(rate: Double = 0.15, hidden: Double = 0.8, random: Double = 0.1) {
        (self.rate, self.hidden, self.random) = (rate, hidden, random)
    }

    /// A text to be read and, where a word is to be guessed, that word; −1 elsewhere.
    ///
    /// - Parameters:
    ///   - ids: the whole text; special tokens are never chosen.
    ///   - tokens: the special tokens.
    ///   - words: what random words are drawn from.
    ///   - generator: the same one chooses the same words.
    package func apply(
        to ids: [Int], tokens: EncoderTokens, words: [Int], using generator: inout RandomSource
    ) -> (ids: [Int], targets: [Int]) {
        var places = ids.indices.filter { !tokens.isSpecial(ids[$0]) }
        let count = max(1, Int((rate * Double(places.count)).rounded()))
        var inputs = ids
        var targets = ids.map { _ in -1 }
        for _ in 0..<min(count, places.count) {
            let place = places.remove(at: generator.integer(below: places.count))
            targets[place] = ids[place]
            let chance = generator.uniform()
            if chance < hidden {
                inputs[place] = tokens.mask
            } else if chance < hidden + random, !words.isEmpty {
                inputs[place] = words[generator.integer(below: words.count)]
            }
        }
        return (inputs, targets)
    }
}
