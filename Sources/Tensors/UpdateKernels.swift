import CVectorMath

/// One step of gradient descent on one parameter, in place: `parameter − rate · direction`.
package func descentStep(_ parameter: inout Tensor, along direction: Tensor, rate: Float) {
    parameter.mutate { p in
        direction.withUnsafeBuffer { d in
            for cell in p.indices { p[cell] -= rate * d[cell] }
        }
    }
}

/// One step of AdamW on one parameter: `parameter`, `first` and `second` moments change in place.
package func adamStep(
    _ parameter: inout Tensor, gradient: Tensor, first: inout Tensor, second: inout Tensor, rate: Float,
    beta1: Float, beta2: Float, epsilon: Float, correction1: Float, correction2: Float, decay: Float
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
