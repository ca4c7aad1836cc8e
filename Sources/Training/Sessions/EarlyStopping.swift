import Models
import Tensors

/// Ends a training that no longer gets better on data it does not learn from, and goes back to where it was best
/// (Prechelt 1998).
package struct EarlyStopping: Sendable {
    /// What a checkpoint keeps beside the best parameters.
    struct State: Sendable, Hashable, Codable {
        var best = Double.greatestFiniteMagnitude
        var bestStep = 0
        var waits = 0
    }

    /// How many measurements without a gain are waited for.
    package let patience: Int
    /// What counts as a gain.
    package let least: Double
    var state = State()
    /// The parameters at the best measurement, in their order.
    var best: [Tensor]?

    package init(patience: Int, least: Double = 0) {
        self.patience = max(patience, 1)
        self.least = least
    }

    /// The step of the best measurement so far.
    package var bestStep: Int { state.bestStep }
    package var bestLoss: Double { state.best }

    /// Takes one measurement down.
    /// - Returns: whether the training should end.
    package mutating func shouldStop(at step: Int, loss: Double, parameters: ParameterSet) -> Bool {
        if loss < state.best - least {
            state = State(best: loss, bestStep: step, waits: 0)
            best = parameters.all.map(\.tensor)
            return false
        }
        state.waits += 1
        return state.waits >= patience
    }

    /// Puts the best parameters back, if there are any.
    package func restore(_ parameters: inout ParameterSet) {
        guard let best, best.count == parameters.all.count else { return }
        parameters.update { place, tensor in tensor = best[place] }
    }
}
