import Dispatch
import Models
import Platform
import Tensors

/// AdamW (Loshchilov & Hutter 2019, algorithm 2): Adam with weight decay apart from the gradient.
public struct AdamW: Optimizer {
    public let settings: OptimizerSettings
    public private(set) var steps = 0
    public private(set) var first: [Tensor]
    public private(set) var second: [Tensor]

    public init(for parameters: ParameterSet, settings: OptimizerSettings) {
        self.settings = settings
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
        let correction1 = Float(1 - pow(settings.beta1, Double(steps)))
        let correction2 = Float(1 - pow(settings.beta2, Double(steps)))
        let (beta1, beta2, epsilon) = (Float(settings.beta1), Float(settings.beta2), Float(settings.epsilon))
        let settings = settings
        first.withUnsafeMutableBufferPointer { first in
            second.withUnsafeMutableBufferPointer { second in
                let memory = Unchecked((first, second))
                parameters.updateSideBySide { place, tensor in
                    guard let gradient = gradients[place] else { return }
                    adamStep(
                        &tensor, gradient: gradient, first: &memory.value.0[place], second: &memory.value.1[place],
                        rate: Float(rate), beta1: beta1, beta2: beta2, epsilon: epsilon, correction1: correction1,
                        correction2: correction2, decay: Float(settings.decay(of: tensor.shape)))
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
