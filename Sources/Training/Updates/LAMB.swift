import Models
import Tensors
import Tracing

/// LAMB (You et al. 2020, arXiv 1904.00962v5, algorithm 2): Adam's step for each layer, made as long as the layer's
/// own weights: large batches then suit every layer.
///
/// A layer is one parameter; φ is the identity; the trust ratio is 1 where a norm is zero.
package struct LAMB: Optimizer {
    package let settings: OptimizerSettings
    package var steps = 0
    private var moments: Moments
    /// What a parameter's last update was made of: `m̂ / (√v̂ + ε) + λ W`, and `‖W‖` over its length.
    private var last: [(direction: Tensor, trust: Float)?]

    init(for parameters: ParameterSet, settings: OptimizerSettings) {
        self.settings = settings
        moments = Moments(for: parameters)
        last = parameters.all.map { _ in nil }
    }

    package var memory: [(name: String, tensors: [Tensor])] { moments.memory }

    package mutating func resume(steps: Int, memory: [String: [Tensor]]) {
        self.steps = steps
        moments.resume(memory)
    }

    package mutating func update(_ parameters: inout ParameterSet, gradients: [Tensor?], rate: Double) {
        steps += 1
        let (settings, rule) = (settings, moments.rule(settings, step: steps))
        moments.withEach { memory in
            parameters.update { place, tensor in
                guard let gradient = gradients[place] else { return }
                rule.average(gradient, into: &memory.value.0[place], &memory.value.1[place])
                let direction = rule.direction(
                    of: tensor, first: memory.value.0[place], second: memory.value.1[place],
                    decay: Float(settings.decay(of: tensor.shape)))
                let (length, stride) = (tensor.sumOfSquares().squareRoot(), direction.sumOfSquares().squareRoot())
                let trust = Float(length > 0 && stride > 0 ? length / stride : 1)
                last[place] = (direction, trust)
                tensor.accumulate(direction, times: -(Float(rate) * trust))
            }
        }
    }

    package func record(_ part: UpdatePart, in record: inout UpdateRecord) throws {
        guard let (direction, trust) = last[part.place] else { return }
        let moments = try record.moments(part, settings, of: part.gradient)
        let way = try record.trace.add(
            part.name.about("direction"),
            AdamDirection(
                beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon,
                decay: settings.decay(of: part.shape), step: steps), [part.weight] + moments, tensor: direction,
            axes: part.axes)
        let length = try record.squares(of: part.weight, as: part.name.about("weights"), part.axes)
        let stride = try record.squares(of: way, as: part.name.about("direction"), part.axes)
        let ratio = try record.trace.add(
            part.name.about("trust_ratio"), TrustRatio(), [length, stride], tensor: Tensor(scalar: trust), axes: [])
        try record.update(part, by: TrustedStep(), [part.weight, way, part.rate, ratio])
    }
}
