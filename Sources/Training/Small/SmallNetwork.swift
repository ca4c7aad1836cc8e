import Models
import Tensors
import Tracing
import Wording

/// The playground's network while it learns: a `MultilayerNetwork` that is not written down, on memory of its own.
///
/// It calls the kernels that the recorded operations call, in their order: the same numbers, to the bit.
package struct SmallNetwork: Sendable {
    package enum Activation: String, Sendable, CaseIterable, Hashable {
        case tanh, relu, sigmoid, linear

        package var function: ActivationFunction? {
            switch self {
            case .tanh: .tanh
            case .relu: .relu
            case .sigmoid: .sigmoid
            case .linear: nil
            }
        }
    }

    package enum Regularization: String, Sendable, CaseIterable, Hashable {
        case none, l1, l2
    }

    /// The most neurons that a layer may have.
    package static let mostNeurons = 8
    /// Six hidden layers and the output.
    package static let mostLayers = 7

    /// The network as a model whose every step can be recorded.
    package private(set) var model: MultilayerNetwork
    package let activation: Activation
    package let output: Activation
    /// For each layer's links `[input, neuron]` 1, or 0 for one that L1 has killed.
    private(set) var alive: [[Float]]
    /// What one batch needs: every layer's rows, then what comes back.
    private var workspace: [Float] = []

    /// As the page begins: weights uniform in ± 0.5, biases 0.1.
    ///
    /// - Parameters:
    ///   - widths: inputs, hidden layers, and one output; at most eight each, at most six hidden.
    ///   - activation: of the hidden layers.
    ///   - output: of the output: tanh to classify, linear for a regression.
    ///   - seed: the same seed gives the same weights.
    package init(widths: [Int], activation: Activation, output: Activation, seed: UInt64) {
        let layers = min(max(widths.count - 1, 1), Self.mostLayers)
        let widths = widths.prefix(layers + 1).map { max(1, min($0, Self.mostNeurons)) }
        self.activation = activation
        self.output = output
        alive = zip(widths, widths.dropFirst()).map { [Float](repeating: 1, count: $0 * $1) }
        var weights = alive
        var random = RandomSource(seed: seed)
        for layer in weights.indices {
            for neuron in 0..<widths[layer + 1] {
                for input in 0..<widths[layer] {
                    weights[layer][input * widths[layer + 1] + neuron] = Float(random.uniform() - 0.5)
                }
            }
        }
        model = MultilayerNetwork(
            widths: widths, activation: activation.function, outputActivation: output.function, weights: weights,
            bias: 0.1)
    }

    /// Inputs, hidden layers, and the one output.
    package var widths: [Int] { model.widths }
    package var layers: Int { model.layers }
    package var parameterCount: Int { model.parameters.count }

    /// A link's weight: from a layer's input (0 …) to its neuron.
    package func weight(layer: Int, from input: Int, to neuron: Int) -> Float {
        model.parameters.all[2 * layer].tensor.cell([input, neuron]) ?? 0
    }

    /// All of them, layer by layer; biases are not among them.
    package var linkWeights: [Float] {
        (0..<layers).flatMap { model.parameters.all[2 * $0].tensor.scalars }
    }

    package func bias(layer: Int, neuron: Int) -> Float {
        model.parameters.all[2 * layer + 1].tensor.cell([neuron]) ?? 0
    }

    /// Sets one weight, `[input, neuron]`, or one bias, `[neuron]`; a link that L1 has killed lives again.
    /// - Returns: whether there is such a number.
    mutating func set(_ value: Float, layer: Int, at index: [Int]) -> Bool {
        guard value.isFinite, (0..<layers).contains(layer), (1...2).contains(index.count) else { return false }
        let place = index.count == 2 ? 2 * layer : 2 * layer + 1
        let shape = model.parameters.all[place].tensor.shape.dimensions
        guard zip(index, shape).allSatisfy({ (0..<$1).contains($0) }) else { return false }
        let cell = index.count == 2 ? index[0] * shape[1] + index[1] : index[0]
        model.parameters.update { at, tensor in
            if at == place { tensor.mutate { $0[cell] = value } }
        }
        if index.count == 2, alive[layer].indices.contains(cell) { alive[layer][cell] = 1 }
        return true
    }

    /// Takes over numbers of another network of this form.
    mutating func load(_ parameters: ParameterSet) { model.parameters = parameters }

    /// How a network descends.
    package struct Descent: Sendable {
        package var rate: Float
        package var regularization = Regularization.none
        package var regularizationRate: Float = 0

        package init(rate: Double, regularization: Regularization = .none, regularizationRate: Double = 0) {
            self.rate = Float(rate)
            self.regularization = regularization
            self.regularizationRate = Float(regularizationRate)
        }
    }

    /// Steps of gradient descent, one for each batch, by the mean gradient of half the squared errors.
    /// - Parameters:
    ///   - inputs: `[example, input]`
    ///   - targets: `[example]`
    ///   - batches: of examples; what lies outside is left out.
    package mutating func learn(_ inputs: [Float], _ targets: [Float], batches: [Range<Int>], by descent: Descent) {
        let examples = 0..<min(inputs.count / max(widths[0], 1), targets.count)
        // Apart from the network, so that both can be changed at once; nothing is copied.
        var space = workspace
        workspace = []
        defer { workspace = space }
        var run = LayerRun(model, rows: batches.reduce(0) { max($0, $1.count) }, space: &space)
        model.parameters.update { place, tensor in
            tensor.mutate { cells in if let start = cells.baseAddress { run.parameters[place] = start } }
        }
        // Nobody else holds these numbers now, and the model outlives the loop.
        withExtendedLifetime(model) {
            space.withUnsafeMutableBufferPointer { space in
                inputs.withUnsafeBufferPointer { inputs in
                    targets.withUnsafeBufferPointer { targets in
                        guard let space = space.baseAddress, let x = inputs.baseAddress, let y = targets.baseAddress
                        else { return }
                        for batch in batches.map({ $0.clamped(to: examples) }) where !batch.isEmpty {
                            run.forward(x + batch.lowerBound * widths[0], rows: batch.count, in: space)
                            run.backward(y + batch.lowerBound, in: space)
                            run.descend(descent, &alive, in: space)
                        }
                    }
                }
            }
        }
    }

    /// Every layer's numbers for examples `[example, input]`: `[layer][example, neuron]`, the output's last.
    package func neurons(_ inputs: [Float]) -> [[Float]] {
        let rows = inputs.count / max(widths[0], 1)
        var space: [Float] = []
        var run = LayerRun(model, rows: rows, space: &space)
        return withExtendedLifetime(model) {
            space.withUnsafeMutableBufferPointer { space in
                inputs.withUnsafeBufferPointer { inputs in
                    guard let space = space.baseAddress, let x = inputs.baseAddress, rows > 0 else { return [] }
                    run.forward(x, rows: rows, in: space)
                    return (0..<layers).map { layer in
                        Array(
                            UnsafeBufferPointer(start: space + run.posts[layer + 1], count: rows * widths[layer + 1]))
                    }
                }
            }
        }
    }

    /// What the network says about examples, `[example, input]`.
    package func outputs(_ inputs: [Float]) -> [Float] { neurons(inputs).last ?? [] }
}
