/// How much better each thing said turned out than was expected.
package enum Advantages {
    /// Generalised advantage estimation (Schulman et al. 2016, equation 16): `δ_t = r_t + γ V_{t+1} − V_t`,
    /// `A_t = δ_t + γ λ A_{t+1}`; after the last token there is nothing more to expect.
    ///
    /// - Parameters:
    ///   - rewards: of each token.
    ///   - values: what the value head expected before each.
    ///   - discount: γ; 1 where later is as good as now.
    ///   - smoothing: λ; 0 trusts the value head, 1 only what really followed.
    package static func generalized(
        rewards: [Double], values: [Double], discount: Double, smoothing: Double
    ) -> [Double] {
        var advantages = [Double](repeating: 0, count: rewards.count)
        var (later, expected) = (0.0, 0.0)
        for place in rewards.indices.reversed() {
            let surprise = rewards[place] + discount * expected - values[place]
            later = surprise + discount * smoothing * later
            advantages[place] = later
            expected = values[place]
        }
        return advantages
    }

    /// REINFORCE's: each return less the mean of the *other* answers' returns, a baseline that does not know its own
    /// outcome and so leaves the gradient's mean as it is.
    package static func leaveOneOut(_ returns: [Double]) -> [Double] {
        guard returns.count > 1 else { return returns }
        let sum = returns.reduce(0, +)
        return returns.map { $0 - (sum - $0) / Double(returns.count - 1) }
    }

    /// Brought to mean 0 and deviation 1, so that the size of rewards does not set the size of steps.
    package static func normalized(_ advantages: [[Double]]) -> [[Double]] {
        let all = advantages.joined()
        let count = Double(max(all.count, 1))
        let mean = all.reduce(0, +) / count
        let deviation = (all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        return advantages.map { $0.map { ($0 - mean) / (deviation + 1e-8) } }
    }
}
