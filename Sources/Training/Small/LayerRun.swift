import Models
import Tensors

/// One batch on its way through a network's layers and back, on plain memory: what `Linear`, `Activation`,
/// `SquaredError` and `DescentStep` do where they are recorded.
struct LayerRun {
    private let widths: [Int]
    private let activation: ActivationFunction?
    private let output: ActivationFunction?
    /// Each layer's weights and biases in turn.
    var parameters: [UnsafeMutablePointer<Float>]
    /// Where in the space each layer's weighted sums begin, and its numbers after the activation; the first are the
    /// inputs, copied.
    private var sums: [Int] = [0]
    private(set) var posts: [Int] = [0]
    /// Where what comes back begins: before and behind an activation, and for each parameter.
    private var deltas: (Int, Int) = (0, 0)
    private var gradients: [Int] = []
    private var rows = 0

    /// - Parameters:
    ///   - rows: how many examples a batch has at most.
    ///   - space: is made large enough.
    init(_ model: MultilayerNetwork, rows: Int, space: inout [Float]) {
        widths = model.widths
        activation = model.activation
        output = model.outputActivation
        parameters = model.parameters.all.map { UnsafeMutablePointer(mutating: $0.tensor.pointer) }
        var end = rows * (widths.first ?? 0)
        func claim(_ count: Int) -> Int {
            defer { end += count }
            return end
        }
        for layer in 0..<model.layers {
            let function = layer == model.layers - 1 ? output : activation
            sums.append(claim(rows * widths[layer + 1]))
            posts.append(function == nil ? sums[layer + 1] : claim(rows * widths[layer + 1]))
        }
        let widest = widths.max() ?? 0
        deltas = (claim(rows * widest), claim(rows * widest))
        gradients = model.parameters.all.map { claim($0.tensor.count) }
        if space.count < end { space = [Float](repeating: 0, count: end) }
    }

    private func function(_ layer: Int) -> ActivationFunction? { layer == widths.count - 2 ? output : activation }

    private func kernel(_ layer: Int) -> LinearKernel {
        LinearKernel(rows: rows, inner: widths[layer], columns: widths[layer + 1])
    }

    mutating func forward(_ inputs: UnsafePointer<Float>, rows: Int, in space: UnsafeMutablePointer<Float>) {
        self.rows = rows
        space.update(from: inputs, count: rows * widths[0])
        for layer in 0..<widths.count - 1 {
            let z = space + sums[layer + 1]
            kernel(layer).outputs(space + posts[layer], parameters[2 * layer], parameters[2 * layer + 1], into: z)
            function(layer)?.apply(z, space + posts[layer + 1], rows * widths[layer + 1])
        }
    }

    /// The gradients of half the mean squared error.
    func backward(_ targets: UnsafePointer<Float>, in space: UnsafeMutablePointer<Float>) {
        let last = widths.count - 1
        var (behind, before) = (space + deltas.0, space + deltas.1)
        errors(space + posts[last], from: targets, times: 1 / Float(rows), into: behind, count: rows * widths[last])
        for layer in stride(from: last - 1, through: 0, by: -1) {
            if let function = function(layer) {
                function.slope(space + posts[layer + 1], behind, before, rows * widths[layer + 1])
                swap(&behind, &before)
            }
            let kernel = kernel(layer)
            kernel.weightGradients(space + posts[layer], behind, into: space + gradients[2 * layer])
            kernel.biasGradients(behind, into: space + gradients[2 * layer + 1])
            guard layer > 0 else { break }
            kernel.inputGradients(behind, parameters[2 * layer], into: before)
            swap(&behind, &before)
        }
    }

    /// - Parameter alive: of the weights; changed by L1 alone.
    func descend(
        _ descent: SmallNetwork.Descent, _ alive: inout [[Float]], in space: UnsafeMutablePointer<Float>
    ) {
        let shrink = descent.rate * descent.regularizationRate
        for layer in 0..<widths.count - 1 {
            let (weights, dw) = (parameters[2 * layer], space + gradients[2 * layer])
            Tensors.descend(
                parameters[2 * layer + 1], along: space + gradients[2 * layer + 1], rate: descent.rate, shrink: 0,
                count: widths[layer + 1])
            guard descent.regularization == .l1 else {
                Tensors.descend(
                    weights, along: dw, rate: descent.rate, shrink: descent.regularization == .l2 ? shrink : 0,
                    count: widths[layer] * widths[layer + 1])
                continue
            }
            let count = min(alive[layer].count, widths[layer] * widths[layer + 1])
            alive[layer].withUnsafeMutableBufferPointer { links in
                guard let links = links.baseAddress else { return }
                pullToZero(weights, along: dw, rate: descent.rate, shrink: shrink, alive: links, count: count)
            }
        }
    }
}
