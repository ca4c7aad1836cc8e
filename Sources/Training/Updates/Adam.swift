import Models
import Tensors
import Tracing

/// Adam (Kingma & Ba 2015, algorithm 1); weight decay, if any, is added to the gradient (L2), as in the paper's time.
/// As ``OptimizerSettings/Kind/adamw`` (Loshchilov & Hutter 2019, algorithm 2) with weight decay apart from the gradient.
package struct Adam: Optimizer {
    package let settings: OptimizerSettings
    package var steps = 0
    package var moments: Moments

    init(for parameters: ParameterSet, settings: OptimizerSettings) {
        self.settings = settings
        moments = Moments(for: parameters)
    }

    private var isApart: Bool { settings.kind == .adamw }

    package var memory: [(name: String, tensors: [Tensor])] { moments.memory }

    package mutating func resume(steps: Int, memory: [String: [Tensor]]) {
        self.steps = steps
        moments.resume(memory)
    }

    package mutating func update(_ parameters: inout ParameterSet, gradients: [Tensor?], rate: Double) {
        steps += 1
        let (settings, isApart, rule) = (settings, isApart, moments.rule(settings, step: steps))
        moments.withEach { memory in
            parameters.updateSideBySide { place, tensor in
                guard let gradient = gradients[place] else { return }
                let decay = Float(settings.decay(of: tensor.shape))
                rule.step(
                    &tensor, gradient: isApart ? gradient : gradient.decayed(by: decay, of: tensor),
                    first: &memory.value.0[place], second: &memory.value.1[place], rate: Float(rate),
                    decay: isApart ? decay : 0)
            }
        }
    }

    package func record(_ part: UpdatePart, in record: inout UpdateRecord) throws {
        let gradient = isApart ? part.gradient : try record.decayed(part, settings)
        let moments = try record.moments(part, settings, of: gradient)
        try record.update(
            part,
            by: AdamStep(
                beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon,
                decay: isApart ? settings.decay(of: part.shape) : 0, step: steps), [part.weight] + moments + [part.rate]
        )
    }
}

/// Running means of gradients and of their squares, each list in the parameters' order.
package struct Moments: Sendable {
    private var first: [Tensor]
    private var second: [Tensor]

    init(for parameters: ParameterSet) {
        first = parameters.zeros
        second = parameters.zeros
    }

    var memory: [(name: String, tensors: [Tensor])] { [("first", first), ("second", second)] }

    mutating func resume(_ memory: [String: [Tensor]]) {
        first = memory["first"] ?? first
        second = memory["second"] ?? second
    }

    func rule(_ settings: OptimizerSettings, step: Int) -> AdamRule {
        AdamRule(beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon, step: step)
    }

    /// For several threads, of which each touches its own places.
    mutating func withEach(
        _ body: (Unchecked<(UnsafeMutableBufferPointer<Tensor>, UnsafeMutableBufferPointer<Tensor>)>) -> Void
    ) {
        first.withUnsafeMutableBufferPointer { first in
            second.withUnsafeMutableBufferPointer { second in body(Unchecked((first, second))) }
        }
    }
}

/// Memory that several threads write, each its own places.
struct Unchecked<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
