import Tensors

/// What is done with gradients that are too large.
public enum ClipRule: Sendable, Hashable {
    case none
    /// All of them are scaled, so that their joint Euclidean norm is at most this (Pascanu et al. 2013).
    case norm(Double)
    /// Each number is cut to ± this.
    case value(Double)
}

extension ClipRule {
    /// Clips in place.
    /// - Returns: the joint norm before.
    public func apply(to gradients: inout [Tensor?]) -> Double {
        switch self {
        case .none: return clip(&gradients, toNorm: .infinity)
        case .norm(let maximum): return clip(&gradients, toNorm: maximum)
        case .value(let limit):
            let norm = clip(&gradients, toNorm: .infinity)
            let bound = Float(limit)
            for place in gradients.indices {
                guard var gradient = gradients[place] else { continue }
                gradients[place] = nil
                gradient.mutate { cells in
                    // Not a number stays so: a broken gradient must not become a step of full size.
                    for cell in cells.indices where !cells[cell].isNaN {
                        cells[cell] = max(-bound, min(bound, cells[cell]))
                    }
                }
                gradients[place] = gradient
            }
            return norm
        }
    }
}

/// Scales gradients so that their joint Euclidean norm is at most `maximum`.
/// - Returns: the norm before.
public func clip(_ gradients: inout [Tensor?], toNorm maximum: Double) -> Double {
    let norm = gradients.reduce(0.0) { $0 + ($1?.sumOfSquares() ?? 0) }.squareRoot()
    // As PyTorch does it: the small constant keeps a vanishing norm from dividing by zero.
    let factor = maximum / (norm + 1e-6)
    if factor < 1 {
        for place in gradients.indices { gradients[place] = gradients[place]?.scaled(by: Float(factor)) }
    }
    return norm
}
