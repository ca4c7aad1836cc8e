import Platform

/// The learning rate as a function of the step.
package struct Schedule: Sendable, Hashable {
    package enum Shape: String, Sendable, CaseIterable {
        case constant, linear
        /// Half a cosine down to the final rate (Loshchilov & Hutter 2017).
        case cosine
        /// Times ``Schedule/factor`` every ``Schedule/stepSize`` steps (PyTorch's StepLR).
        case step
        /// Up with the step, then down with its square root, by the width (Vaswani et al. 2017, section 5.3); the
        /// rate multiplies it.
        case noam
    }

    package var rate: Double
    /// Steps in which the rate rises from nothing.
    package var warmUp: Int
    package var shape: Shape
    package var steps: Int
    /// What is left of the rate at the end.
    package var final: Double
    package var stepSize: Int
    package var factor: Double
    /// The model's width, for ``Shape/noam``.
    package var width: Int

    package init(
        rate: Double, warmUp: Int, shape: Shape, steps: Int, final: Double = 0, stepSize: Int = 10,
        factor: Double = 0.1, width: Int = 512
    ) {
        self.rate = rate
        self.warmUp = warmUp
        self.shape = shape
        self.steps = steps
        self.final = final
        self.stepSize = max(stepSize, 1)
        self.factor = factor
        self.width = max(width, 1)
    }

    /// The rate of a step, counted from zero; the first step of a warm-up has a rate of zero, as in PyTorch's users'
    /// schedules.
    package func rate(at step: Int) -> Double {
        if shape == .noam {
            let number = Double(step + 1)
            let rise = number * pow(Double(max(warmUp, 1)), -1.5)
            return rate * pow(Double(width), -0.5) * min(pow(number, -0.5), rise)
        }
        if step < warmUp { return rate * Double(step) / Double(warmUp) }
        let progress = min(Double(step - warmUp) / Double(max(steps - warmUp, 1)), 1)
        switch shape {
        case .constant, .noam: return rate
        case .linear: return final + (rate - final) * (1 - progress)
        case .cosine: return final + (rate - final) * 0.5 * (1 + cos(.pi * progress))
        case .step: return rate * pow(factor, Double((step - warmUp) / stepSize))
        }
    }
}
