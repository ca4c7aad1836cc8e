import Tensors

/// Keeps half-precision gradients from vanishing: the loss is multiplied before going back, the gradients are divided
/// after (Micikevicius et al. 2018). The dynamic one tries ever larger factors and retreats where something overflows,
/// as PyTorch's GradScaler does.
package struct LossScaler: Sendable, Hashable, Codable {
    package enum Rule: Sendable, Hashable {
        /// No scaling.
        case none
        case fixed(Double)
        case dynamic
    }

    package private(set) var scale: Double
    /// How many updates since the scale last changed went well.
    package private(set) var goodSteps = 0
    /// How many updates were thrown away.
    package private(set) var skipped = 0
    private let isDynamic: Bool

    /// After so many good updates the scale doubles.
    package static let growthInterval = 2000
    private static let largest = 16_777_216.0
    /// What a scale can be: beyond it gradients overflow in half precision whatever they are.
    static let range = 1e-6...largest

    package init(_ rule: Rule) {
        switch rule {
        case .none: (scale, isDynamic) = (1, false)
        case .fixed(let scale): (self.scale, isDynamic) = (scale, false)
        case .dynamic: (scale, isDynamic) = (65_536, true)
        }
    }

    /// Divides the gradients by the scale, unless one of them has overflowed: then the update is to be thrown away.
    /// - Returns: whether the gradients can be used.
    package mutating func unscale(_ gradients: inout [Tensor?]) -> Bool {
        // A sum that is not finite has a term that is not.
        let isFinite = gradients.allSatisfy { $0?.sumOfSquares().isFinite ?? true }
        guard isFinite else {
            skipped += 1
            goodSteps = 0
            if isDynamic { scale /= 2 }
            return false
        }
        if scale != 1 {
            for place in gradients.indices { gradients[place] = gradients[place]?.scaled(by: Float(1 / scale)) }
        }
        goodSteps += 1
        if isDynamic, goodSteps >= Self.growthInterval {
            scale = min(scale * 2, Self.largest)
            goodSteps = 0
        }
        return true
    }
}
