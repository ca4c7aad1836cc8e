import Foundation

/// Targets that are not wholly the right token (Szegedy et al. 2016), as PyTorch defines it: a share ε of each is spread
/// evenly over all tokens of the vocabulary.
package struct LabelSmoothing: Sendable, Hashable {
    /// ε, above 0.
    package let share: Double
    package let vocabulary: Int

    /// nil where nothing is smoothed.
    package init?(share: Double, vocabulary: Int) {
        guard share > 0, share <= 1, vocabulary > 1 else { return nil }
        self.share = share
        self.vocabulary = vocabulary
    }

    /// The target's own entropy in nats, which no model's loss is below.
    package var floor: Double {
        let each = share / Double(vocabulary)
        let own = 1 - share + each
        return -own * log(own) - Double(vocabulary - 1) * each * log(each)
    }
}
