import Tensors
import Tracing

/// What is done with gradients that are too large.
package enum ClipRule: Sendable, Hashable {
    case none
    /// All of them are scaled, so that their joint Euclidean norm is at most this (Pascanu et al. 2013).
    case norm(Double)
    /// Each number is cut to ± this.
    case value(Double)
}

extension ClipRule {
    /// Clips in place.
    /// - Returns: the joint norm before.
    package func apply(to gradients: inout [Tensor?]) -> Double {
        let norm = gradients.reduce(0.0) { $0 + ($1?.sumOfSquares() ?? 0) }.squareRoot()
        let factor = factor(of: norm)
        for place in gradients.indices {
            guard var gradient = gradients[place] else { continue }
            gradients[place] = nil
            if case .value(let bound) = self {
                cut(&gradient, to: Float(bound))
            } else if factor < 1 {
                gradient = gradient.scaled(by: Float(factor))
            }
            gradients[place] = gradient
        }
        return norm
    }

    /// What gradients of this norm are multiplied by.
    func factor(of norm: Double) -> Double {
        guard case .norm(let maximum) = self else { return 1 }
        return min(ClipFactor(maximum: maximum).factor(of: norm), 1)
    }
}
