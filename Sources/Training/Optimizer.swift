import Models
import Tensors

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// AdamW (Loshchilov & Hutter 2019, algorithm 2): Adam with weight decay apart from the gradient.
public struct AdamW: Sendable {
    public var beta1: Double
    public var beta2: Double
    public var epsilon: Double
    public var weightDecay: Double
    /// Whether gains and biases decay too; usually only matrices do.
    public var decaysVectors: Bool
    /// How many updates have been made.
    public private(set) var steps = 0
    public private(set) var first: [Tensor]
    public private(set) var second: [Tensor]

    public init(
        for parameters: ParameterSet, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0.01, decaysVectors: Bool = false
    ) {
        self.decaysVectors = decaysVectors
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        first = parameters.all.map { Tensor($0.tensor.shape, repeating: 0) }
        second = first.map { Tensor($0.shape, repeating: 0) }
    }

    /// Goes on from saved moments.
    mutating func resume(steps: Int, first: [Tensor], second: [Tensor]) {
        self.steps = steps
        self.first = first
        self.second = second
    }

    /// One update; `gradients` in the parameters' order, nil where a parameter was not used.
    public mutating func update(_ parameters: inout ParameterSet, gradients: [Tensor?], rate: Double) {
        steps += 1
        let correction1 = 1 - pow(beta1, Double(steps))
        let correction2 = 1 - pow(beta2, Double(steps))
        parameters.update { place, tensor in
            guard let gradient = gradients[place] else { return }
            adamStep(
                &tensor, gradient: gradient, first: &first[place], second: &second[place], rate: Float(rate),
                beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon), correction1: Float(correction1),
                correction2: Float(correction2), decay: decaysVectors || tensor.shape.rank > 1 ? Float(weightDecay) : 0)
        }
    }
}

/// Scales gradients so that their joint Euclidean norm is at most `maximum` (Pascanu et al. 2013).
/// - Returns: the norm before.
public func clip(_ gradients: inout [Tensor?], toNorm maximum: Double) -> Double {
    let norm = gradients.reduce(0.0) { $0 + ($1?.sumOfSquares() ?? 0) }.squareRoot()
    // As PyTorch does it: the small constant keeps a vanishing norm from dividing by zero.
    let factor = maximum / (norm + 1e-6)
    if factor < 1 {
        for place in gradients.indices {
            guard let gradient = gradients[place] else { continue }
            var scaled = Tensor(gradient.shape, repeating: 0)
            scaled.accumulate(gradient, times: Float(factor))
            gradients[place] = scaled
        }
    }
    return norm
}

/// The learning rate as a function of the step.
public struct Schedule: Sendable, Hashable {
    public enum Shape: String, Sendable, CaseIterable { case constant, linear, cosine }

    public var rate: Double
    /// Steps in which the rate rises from nothing.
    public var warmUp: Int
    public var shape: Shape
    public var steps: Int
    /// What is left of the rate at the end.
    public var final: Double

    public init(rate: Double, warmUp: Int, shape: Shape, steps: Int, final: Double = 0) {
        self.rate = rate
        self.warmUp = warmUp
        self.shape = shape
        self.steps = steps
        self.final = final
    }

    /// The rate of a step, counted from zero; the first step of a warm-up has a rate of zero, as in PyTorch's users'
    /// schedules.
    public func rate(at step: Int) -> Double {
        if step < warmUp { return rate * Double(step) / Double(warmUp) }
        let progress = Double(step - warmUp) / Double(max(steps - warmUp, 1))
        switch shape {
        case .constant: return rate
        case .linear: return final + (rate - final) * (1 - progress)
        case .cosine: return final + (rate - final) * 0.5 * (1 + cos(.pi * progress))
        }
    }
}
