import Models
import Tensors

/// Stochastic gradient descent (Robbins & Monro 1951), with momentum (Polyak 1964) as PyTorch defines it: the
/// velocity is `momentum · velocity + gradient`, and the parameter moves against it by the rate.
public struct SGD: Optimizer {
    public let settings: OptimizerSettings
    public private(set) var steps = 0
    public private(set) var velocity: [Tensor]

    public init(for parameters: ParameterSet, settings: OptimizerSettings) {
        self.settings = settings
        velocity = settings.momentum > 0 ? parameters.zeros : []
    }

    public var memory: [(name: String, tensors: [Tensor])] {
        velocity.isEmpty ? [] : [("velocity", velocity)]
    }

    public mutating func resume(steps: Int, memory: [String: [Tensor]]) {
        self.steps = steps
        velocity = memory["velocity"] ?? velocity
    }

    public mutating func update(_ parameters: inout ParameterSet, gradients: [Tensor?], rate: Double) {
        steps += 1
        let (rate, momentum) = (Float(rate), Float(settings.momentum))
        parameters.update { place, tensor in
            guard let gradient = gradients[place] else { return }
            let decay = Float(settings.decay(of: tensor.shape))
            tensor.mutate { p in
                gradient.withUnsafeBuffer { g in
                    guard !velocity.isEmpty else {
                        for cell in p.indices { p[cell] -= rate * (g[cell] + decay * p[cell]) }
                        return
                    }
                    velocity[place].mutate { v in
                        for cell in p.indices {
                            let slope = g[cell] + decay * p[cell]
                            v[cell] = momentum * v[cell] + slope
                            p[cell] -= rate * (settings.nesterov ? slope + momentum * v[cell] : v[cell])
                        }
                    }
                }
            }
        }
    }
}
