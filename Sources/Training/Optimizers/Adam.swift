import Models
import Platform
import Tensors

/// Adam (Kingma & Ba 2015, algorithm 1); weight decay, if any, is added to the gradient (L2), as in the paper's time.
public struct Adam: Optimizer {
    public let settings: OptimizerSettings
    private var adam: AdamW

    public init(for parameters: ParameterSet, settings: OptimizerSettings) {
        self.settings = settings
        var undecayed = settings
        undecayed.weightDecay = 0
        adam = AdamW(for: parameters, settings: undecayed)
    }

    public var steps: Int { adam.steps }
    public var memory: [(name: String, tensors: [Tensor])] { adam.memory }

    public mutating func resume(steps: Int, memory: [String: [Tensor]]) { adam.resume(steps: steps, memory: memory) }

    public mutating func update(_ parameters: inout ParameterSet, gradients: [Tensor?], rate: Double) {
        var gradients = gradients
        if settings.weightDecay > 0 {
            for (place, parameter) in parameters.all.enumerated() {
                guard var gradient = gradients[place] else { continue }
                gradients[place] = nil
                gradient.accumulate(parameter.tensor, times: Float(settings.decay(of: parameter.tensor.shape)))
                gradients[place] = gradient
            }
        }
        adam.update(&parameters, gradients: gradients, rate: rate)
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
