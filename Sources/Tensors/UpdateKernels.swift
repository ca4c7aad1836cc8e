import CVectorMath
import Platform

// What optimisers do with one parameter. The recorded operations of an update compute by the same functions.

/// Gradient descent, in place: `parameter − rate · direction − shrink · parameter`.
/// - Parameter shrink: the rate times the decay (L2).
package func descentStep(_ parameter: inout Tensor, along direction: Tensor, rate: Float, shrink: Float = 0) {
    parameter.mutate { p in
        if let start = p.baseAddress {
            descend(start, along: direction.pointer, rate: rate, shrink: shrink, count: p.count)
        }
    }
}

/// The same on plain memory.
package func descend(
    _ parameter: UnsafeMutablePointer<Float>, along direction: UnsafePointer<Float>, rate: Float, shrink: Float,
    count: Int
) {
    if shrink == 0 {
        for cell in 0..<count { parameter[cell] -= rate * direction[cell] }
    } else {
        for cell in 0..<count {
            let weight = parameter[cell]
            parameter[cell] = (weight - rate * direction[cell]) - shrink * weight
        }
    }
}

/// Gradient descent under L1, in place: the pull is that of the weight before this update; a weight that is pulled through
/// zero stays there, and its link is alive no more.
/// - Parameter alive: 1 for each link, or 0 for one that is dead.
package func pullToZero(
    _ parameter: UnsafeMutablePointer<Float>, along direction: UnsafePointer<Float>, rate: Float, shrink: Float,
    alive: UnsafeMutablePointer<Float>, count: Int
) {
    func sign(_ number: Float) -> Float { number > 0 ? 1 : number < 0 ? -1 : 0 }
    for cell in 0..<count where alive[cell] != 0 {
        let before = parameter[cell] - rate * direction[cell]
        let after = before - shrink * sign(parameter[cell])
        let dies = sign(before) * after < 0
        parameter[cell] = dies ? 0 : after
        alive[cell] = dies ? 0 : 1
    }
}

/// Likewise, of whole tensors of one shape.
package func pullToZero(
    _ parameter: inout Tensor, along direction: Tensor, rate: Float, shrink: Float, alive: inout Tensor
) {
    parameter.mutate { w in
        alive.mutate { links in
            direction.withUnsafeBuffer { d in
                guard let w = w.baseAddress, let links = links.baseAddress, let d = d.baseAddress else { return }
                pullToZero(w, along: d, rate: rate, shrink: shrink, alive: links, count: direction.count)
            }
        }
    }
}

/// What momentum makes of a gradient, in place: `keep · velocity + gradient`.
package func followMomentum(_ velocity: inout Tensor, keep: Float, gradient: Tensor) {
    velocity.mutate { v in
        gradient.withUnsafeBuffer { g in
            for cell in v.indices { v[cell] = keep * v[cell] + g[cell] }
        }
    }
}

/// Each number cut to ± a bound, in place. What is not a number stays so: a broken gradient must not become a step of
/// full size.
package func cut(_ tensor: inout Tensor, to bound: Float) {
    tensor.mutate { cells in
        for cell in cells.indices where !cells[cell].isNaN { cells[cell] = max(-bound, min(bound, cells[cell])) }
    }
}

/// Adam's numbers at one update (Kingma & Ba 2015, algorithm 1).
package struct AdamRule: Sendable {
    private let beta1: Float
    private let beta2: Float
    private let epsilon: Float
    private let correction1: Float
    private let correction2: Float

    /// - Parameter step: which update it is, counted from one.
    package init(beta1: Double, beta2: Double, epsilon: Double = 1, step: Int = 1) {
        (self.beta1, self.beta2, self.epsilon) = (Float(beta1), Float(beta2), Float(epsilon))
        correction1 = Float(1 - pow(beta1, Double(step)))
        correction2 = Float(1 - pow(beta2, Double(step)))
    }

    /// One step on one parameter: `parameter`, `first` and `second` moments change in place.
    package func step(
        _ parameter: inout Tensor, gradient: Tensor, first: inout Tensor, second: inout Tensor, rate: Float,
        decay: Float
    ) {
        run(&parameter, gradient, &first, &second, beta1, beta2, rate, decay)
    }

    /// The same step by moments that the gradient has been added to.
    package func step(_ parameter: inout Tensor, first: Tensor, second: Tensor, rate: Float, decay: Float) {
        var (first, second) = (first, second)
        run(&parameter, Tensor(parameter.shape, repeating: 0), &first, &second, 1, 1, rate, decay)
    }

    /// `m̂ / (√v̂ + ε) + λ W`: where LAMB goes (You et al. 2020, algorithm 2).
    package func direction(of parameter: Tensor, first: Tensor, second: Tensor, decay: Float) -> Tensor {
        var direction = Tensor(parameter.shape, repeating: 0)
        step(&direction, first: first, second: second, rate: -1, decay: 0)
        direction.accumulate(parameter, times: decay)
        return direction
    }

    /// Adds a gradient to moments alone.
    package func average(_ gradient: Tensor, into first: inout Tensor, _ second: inout Tensor) {
        var nowhere = Tensor(gradient.shape, repeating: 0)
        run(&nowhere, gradient, &first, &second, beta1, beta2, 0, 0)
    }

    private func run(
        _ parameter: inout Tensor, _ gradient: Tensor, _ first: inout Tensor, _ second: inout Tensor, _ beta1: Float,
        _ beta2: Float, _ rate: Float, _ decay: Float
    ) {
        let count = parameter.count
        parameter.mutate { p in
            first.mutate { m in
                second.mutate { v in
                    vm_adam(
                        p.baseAddress, gradient.pointer, m.baseAddress, v.baseAddress, rate, beta1, beta2, epsilon,
                        correction1, correction2, decay, count)
                }
            }
        }
    }
}
