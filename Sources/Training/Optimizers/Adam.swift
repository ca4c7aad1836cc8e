import Models
import Platform
import Tensors

/// Adam (Kingma & Ba 2015, algorithm 1); weight decay, if any, is added to the gradient (L2), as in the paper's time.
/// As ``OptimizerSettings/Kind/adamw`` (Loshchilov & Hutter 2019, algorithm 2) with weight decay apart from the gradient.
public struct Adam: Optimizer {
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
        let isApart = settings.kind == .adamw
        let gradients = isApart ? gradients : decayed(gradients, of: parameters)
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
                        correction2: correction2, decay: isApart ? Float(settings.decay(of: tensor.shape)) : 0)
                }
            }
        }
    }

    /// The gradients with weight decay added to them, where there is any.
    private func decayed(_ gradients: [Tensor?], of parameters: ParameterSet) -> [Tensor?] {
        guard settings.weightDecay > 0 else { return gradients }
        var gradients = gradients
        for (place, parameter) in parameters.all.enumerated() {
            guard var gradient = gradients[place] else { continue }
            gradients[place] = nil
            gradient.accumulate(parameter.tensor, times: Float(settings.decay(of: parameter.tensor.shape)))
            gradients[place] = gradient
        }
        return gradients
    }
}

/// LAMB (You et al. 2020, arXiv 1904.00962v5, algorithm 2): Adam's step for each layer, made as long as the layer's
/// own weights: large batches then suit every layer.
///
/// A layer is one parameter; φ is the identity; the trust ratio is 1 where a norm is zero.
public struct LAMB: Optimizer {
    public let settings: OptimizerSettings
    public private(set) var steps = 0
    public private(set) var first: [Tensor]
    public private(set) var second: [Tensor]
    /// `‖x‖ / ‖update‖` of each parameter in the last update.
    public private(set) var trustRatios: [Double]

    public init(for parameters: ParameterSet, settings: OptimizerSettings) {
        self.settings = settings
        first = parameters.zeros
        second = parameters.zeros
        trustRatios = parameters.all.map { _ in 1 }
    }

    public var memory: [(name: String, tensors: [Tensor])] { [("first", first), ("second", second)] }

    public mutating func resume(steps: Int, memory: [String: [Tensor]]) {
        self.steps = steps
        first = memory["first"] ?? first
        second = memory["second"] ?? second
    }

    public mutating func update(_ parameters: inout ParameterSet, gradients: [Tensor?], rate: Double) {
        steps += 1
        let (beta1, beta2) = (Float(settings.beta1), Float(settings.beta2))
        let correction1 = Float(1 - pow(settings.beta1, Double(steps)))
        let correction2 = Float(1 - pow(settings.beta2, Double(steps)))
        let epsilon = Float(settings.epsilon)
        parameters.update { place, tensor in
            guard let gradient = gradients[place] else { return }
            let decay = Float(settings.decay(of: tensor.shape))
            let weights = tensor
            var step = Tensor(tensor.shape, repeating: 0)
            first[place].mutate { m in
                second[place].mutate { v in
                    step.mutate { u in
                        gradient.withUnsafeBuffer { g in
                            weights.withUnsafeBuffer { x in
                                for cell in u.indices {
                                    m[cell] = beta1 * m[cell] + (1 - beta1) * g[cell]
                                    v[cell] = beta2 * v[cell] + (1 - beta2) * g[cell] * g[cell]
                                    let ratio =
                                        (m[cell] / correction1) / ((v[cell] / correction2).squareRoot() + epsilon)
                                    u[cell] = ratio + decay * x[cell]
                                }
                            }
                        }
                    }
                }
            }
            let (length, stride) = (weights.sumOfSquares().squareRoot(), step.sumOfSquares().squareRoot())
            let trust = length > 0 && stride > 0 ? length / stride : 1
            trustRatios[place] = trust
            tensor.accumulate(step, times: Float(-rate * trust))
        }
    }
}

/// Memory that several threads write, each its own places.
struct Unchecked<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
