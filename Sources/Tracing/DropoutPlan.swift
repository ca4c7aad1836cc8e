import Tensors

/// Which numbers a training run drops: a rate, and a seed for each place where something is dropped.
public struct DropoutPlan: Sendable {
    public let rate: Double
    private var random: RandomSource

    /// nil where nothing is to be dropped.
    public init?(rate: Double, seed: UInt64) {
        guard rate > 0, rate < 1 else { return nil }
        self.rate = rate
        random = RandomSource(seed: seed)
    }

    mutating func next() -> Dropout { Dropout(rate: rate, seed: random.next()) }
}
