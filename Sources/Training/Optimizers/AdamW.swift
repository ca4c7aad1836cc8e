import Dispatch
import Models
import Platform
import Tensors

/// AdamW (Loshchilov & Hutter 2019, algorithm 2): Adam with weight decay apart from the gradient.
public struct AdamW: Optimizer {
    public var beta1: Double
    public var beta2: Double
    public var epsilon: Double
    public var weightDecay: Double
    /// Whether gains and biases decay too; usually only matrices do.
    public var decaysVectors: Bool
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
        first = parameters.zeros
        second = parameters.zeros
    }

    public var memory: [(name: String, tensors: [Tensor])] { [("first", first), ("second", second)] }

    public mutating func resume(steps: Int, memory: [String: [Tensor]]) {
        self.steps = steps
        first = memory["first"] ?? first
        second = memory["second"] ?? second
    }

    public mutating func update(_ parameters: inout ParameterSet, gradients: [Tensor?], rate: Double) {
        steps += 1
        let correction1 = Float(1 - pow(beta1, Double(steps)))
        let correction2 = Float(1 - pow(beta2, Double(steps)))
        let (beta1, beta2, epsilon) = (Float(beta1), Float(beta2), Float(epsilon))
        let (decay, decaysVectors) = (Float(weightDecay), decaysVectors)
        first.withUnsafeMutableBufferPointer { first in
            second.withUnsafeMutableBufferPointer { second in
                let memory = Unchecked((first, second))
                parameters.updateSideBySide { place, tensor in
                    guard let gradient = gradients[place] else { return }
                    adamStep(
                        &tensor, gradient: gradient, first: &memory.value.0[place], second: &memory.value.1[place],
                        rate: Float(rate), beta1: beta1, beta2: beta2, epsilon: epsilon, correction1: correction1,
                        correction2: correction2, decay: decaysVectors || tensor.shape.rank > 1 ? decay : 0)
                }
            }
        }
    }
}

/// Memory that several threads write, each its own places.
struct Unchecked<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
