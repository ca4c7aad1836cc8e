import Models
import Tensors
import Tracing

/// Stochastic gradient descent (Robbins & Monro 1951), with momentum (Polyak 1964) as PyTorch defines it: the
/// velocity is `momentum · velocity + gradient`, and the parameter moves against it by the rate.
package struct SGD: Optimizer {
    package let settings: OptimizerSettings
    package var steps = 0
    private var velocity: [Tensor]

    init(for parameters: ParameterSet, settings: OptimizerSettings) {
        self.settings = settings
        velocity = settings.momentum > 0 ? parameters.zeros : []
    }

    package var memory: [(name: String, tensors: [Tensor])] {
        velocity.isEmpty ? [] : [("velocity", velocity)]
    }

    package mutating func resume(steps: Int, memory: [String: [Tensor]]) {
        self.steps = steps
        velocity = memory["velocity"] ?? velocity
    }

    package mutating func update(_ parameters: inout ParameterSet, gradients: [Tensor?], rate: Double) {
        steps += 1
        let momentum = Float(settings.momentum)
        parameters.update { place, tensor in
            guard let gradient = gradients[place] else { return }
            let slope = gradient.decayed(by: Float(settings.decay(of: tensor.shape)), of: tensor)
            var direction = slope
            if !velocity.isEmpty {
                followMomentum(&velocity[place], keep: momentum, gradient: slope)
                direction = velocity[place]
                if settings.nesterov { followMomentum(&direction, keep: momentum, gradient: slope) }
            }
            descentStep(&tensor, along: direction, rate: Float(rate))
        }
    }

    package func record(_ part: UpdatePart, in record: inout UpdateRecord) throws {
        let gradient = try record.decayed(part, settings)
        var direction = gradient
        if settings.momentum > 0 {
            let follow = MovingAverage(keep: settings.momentum, add: 1)
            direction = try record.average(part, "velocity", as: "velocity", follow, of: gradient)
            if settings.nesterov {
                direction = try record.compute(
                    part.name.about("look_ahead"), follow, [direction, gradient], part.axes)
            }
        }
        try record.update(part, by: DescentStep(), [part.weight, direction, part.rate])
    }
}
