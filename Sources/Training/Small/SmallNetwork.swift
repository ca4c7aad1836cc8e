import Models
import Tensors
import Tracing
import Wording

/// The playground's network in the form that learns fast: a layer of at most eight neurons is one row of eight floats.
///
/// It computes what `MultilayerNetwork` records; tests hold both against each other.
package struct SmallNetwork: Sendable {
    package enum Activation: String, Sendable, CaseIterable, Hashable {
        case tanh, relu, sigmoid, linear

        var code: Int32 {
            switch self {
            case .linear: 0
            case .tanh: 1
            case .relu: 2
            case .sigmoid: 3
            }
        }

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

        var code: Int32 {
            switch self {
            case .none: 0
            case .l1: 1
            case .l2: 2
            }
        }
    }

    /// A row's length: the most neurons that a layer may have.
    package static let lanes = 8
    /// Six hidden layers and the output.
    package static let mostLayers = 7

    /// Inputs, hidden layers, and the one output.
    package let widths: [Int]
    package let activation: Activation
    package let output: Activation
    /// `[layer][input][neuron]`, rows of eight.
    package private(set) var weights: [Float]
    /// `[layer][neuron]`
    package private(set) var biases: [Float]
    private var dweights: [Float]
    private var dbiases: [Float]
    /// 1, or 0 for a link that L1 has killed.
    package private(set) var alive: [Float]
    /// How many examples the gradients wait for.
    private var waiting = 0

    /// As the page begins: weights uniform in ± 0.5, biases 0.1.
    ///
    /// - Parameters:
    ///   - widths: inputs, hidden layers, and one output; at most eight each, at most six hidden.
    ///   - activation: of the hidden layers.
    ///   - output: of the output: tanh to classify, linear for a regression.
    ///   - seed: the same seed gives the same weights.
    package init(widths: [Int], activation: Activation, output: Activation, seed: UInt64) {
        let layers = min(max(widths.count - 1, 1), Self.mostLayers)
        self.widths = widths.prefix(layers + 1).map { max(1, min($0, Self.lanes)) }
        self.activation = activation
        self.output = output
        plan = SmallNetworkPlan(widths: self.widths, hidden: activation.code, output: output.code)
        let cells = layers * Self.lanes * Self.lanes
        weights = [Float](repeating: 0, count: cells)
        alive = [Float](repeating: 1, count: cells)
        dweights = [Float](repeating: 0, count: cells)
        biases = [Float](repeating: 0, count: layers * Self.lanes)
        dbiases = biases
        var random = RandomSource(seed: seed)
        for layer in 0..<layers {
            for neuron in 0..<self.widths[layer + 1] {
                biases[layer * Self.lanes + neuron] = 0.1
                for input in 0..<self.widths[layer] {
                    weights[(layer * Self.lanes + input) * Self.lanes + neuron] = Float(random.uniform() - 0.5)
                }
            }
        }
    }

    package var layers: Int { widths.count - 1 }

    private let plan: SmallNetworkPlan

    package var parameterCount: Int { (0..<layers).reduce(0) { $0 + (widths[$1] + 1) * widths[$1 + 1] } }

    /// A link's weight: from a layer's input (0 …) to its neuron.
    package func weight(layer: Int, from input: Int, to neuron: Int) -> Float {
        weights[(layer * Self.lanes + input) * Self.lanes + neuron]
    }

    package func bias(layer: Int, neuron: Int) -> Float { biases[layer * Self.lanes + neuron] }

    /// Takes over what ``recorded()`` gives: each layer's weights `[input, neuron]` and biases `[neuron]`.
    mutating func load(_ parameters: ParameterSet) {
        for layer in 0..<layers {
            let tensors = [Label.neuronWeights, .neuronBiases].map { parameters[.block(layer, $0)]?.tensor }
            for neuron in 0..<widths[layer + 1] {
                biases[layer * Self.lanes + neuron] = tensors[1]?.cell([neuron]) ?? 0
                for input in 0..<widths[layer] {
                    weights[(layer * Self.lanes + input) * Self.lanes + neuron] =
                        tensors[0]?.cell([input, neuron]) ?? 0
                }
            }
        }
    }

    /// Adds the gradients of examples, rows of eight inputs each, one after the other.
    package mutating func accumulate(_ inputs: UnsafePointer<Float>, _ targets: UnsafePointer<Float>, count: Int) {
        plan.accumulate(
            inputs, targets, count: count, weights: weights, biases: biases, dweights: &dweights, dbiases: &dbiases)
        waiting += count
    }

    /// One step of gradient descent by the mean gradient of what was accumulated.
    package mutating func update(rate: Double, regularization: Regularization = .none, regularizationRate: Double = 0) {
        guard waiting > 0 else { return }
        plan.update(
            weights: &weights, biases: &biases, dweights: &dweights, dbiases: &dbiases, alive: &alive,
            rate: Float(rate), count: waiting, regularization: regularization.code,
            regularizationRate: Float(regularizationRate))
        waiting = 0
    }

    /// What the network says about examples, rows of eight inputs each.
    package func outputs(_ inputs: [Float]) -> [Float] {
        plan.outputs(inputs, rows: inputs.count / Self.lanes, weights: weights, biases: biases)
    }

    /// Every neuron's value for examples: `[example][layer][8]`.
    package func neurons(_ inputs: [Float]) -> [Float] {
        plan.neurons(inputs, rows: inputs.count / Self.lanes, weights: weights, biases: biases)
    }

    /// The same network as a model whose every step can be recorded.
    package func recorded() throws(Failure) -> MultilayerNetwork {
        try MultilayerNetwork(
            widths: widths, activation: activation.function, outputActivation: output.function,
            weights: (0..<layers).map { layer in
                (0..<widths[layer]).map { input in
                    (0..<widths[layer + 1]).map { weight(layer: layer, from: input, to: $0) }
                }
            },
            biases: (0..<layers).map { layer in (0..<widths[layer + 1]).map { bias(layer: layer, neuron: $0) } })
    }
}
