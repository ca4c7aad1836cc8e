import CVectorMath

/// The sizes of a network of at most eight neurons a layer, as its kernels take them.
package struct SmallNetworkPlan: Sendable {
    /// Inputs, hidden layers, the one output.
    package let widths: [Int]
    /// 0 linear, 1 tanh, 2 relu, 3 sigmoid.
    package let hidden: Int32
    package let output: Int32

    package init(widths: [Int], hidden: Int32, output: Int32) {
        self.widths = widths
        self.hidden = hidden
        self.output = output
    }

    private var layers: Int { widths.count - 1 }

    /// Adds the gradients of half the squared errors of examples, rows of eight inputs each.
    package func accumulate(
        _ inputs: UnsafePointer<Float>, _ targets: UnsafePointer<Float>, count: Int, weights: [Float], biases: [Float],
        dweights: inout [Float], dbiases: inout [Float]
    ) {
        vm_network_gradient(
            inputs, targets, count, widths, layers, hidden, output, weights, biases, &dweights, &dbiases)
    }

    /// Gradient descent by the mean of `count` examples; `regularization` is 0, 1 (L1) or 2 (L2).
    package func update(
        weights: inout [Float], biases: inout [Float], dweights: inout [Float], dbiases: inout [Float],
        alive: inout [Float], rate: Float, count: Int, regularization: Int32, regularizationRate: Float
    ) {
        vm_network_update(
            &weights, &biases, &dweights, &dbiases, &alive, widths, layers, rate, Float(count), regularization,
            regularizationRate)
    }

    package func outputs(_ inputs: [Float], rows count: Int, weights: [Float], biases: [Float]) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let start = buffer.baseAddress {
                vm_network_outputs(inputs, count, widths, layers, hidden, output, weights, biases, start)
            }
            initialized = count
        }
    }

    /// Every neuron's value: `[example][layer][8]`.
    package func neurons(_ inputs: [Float], rows count: Int, weights: [Float], biases: [Float]) -> [Float] {
        let cells = count * layers * 8
        return [Float](unsafeUninitializedCapacity: cells) { buffer, initialized in
            if let start = buffer.baseAddress {
                vm_network_neurons(inputs, count, widths, layers, hidden, output, weights, biases, start)
            }
            initialized = cells
        }
    }
}
