import Tensors
import Tracing
import Wording

/// A network of fully connected layers, recorded neuron by neuron: what TensorFlow Playground shows.
public struct MultilayerNetwork: ParametricModel {
    /// Inputs, hidden layers, outputs.
    public let widths: [Int]
    /// Of the hidden layers; nil is linear.
    public let activation: ActivationFunction?
    /// Of the last layer; nil is linear.
    public let outputActivation: ActivationFunction?
    public var parameters: ParameterSet

    /// - Parameters:
    ///   - widths: inputs, hidden layers, outputs.
    ///   - weights: each layer's, `[input, neuron]`, in that order; what is missing is 0.
    ///   - bias: every neuron's at the beginning.
    public init(
        widths: [Int], activation: ActivationFunction?, outputActivation: ActivationFunction?, weights: [[Float]],
        bias: Float
    ) {
        self.widths = widths
        self.activation = activation
        self.outputActivation = outputActivation
        var all: [Parameter] = []
        for (layer, (inputs, neurons)) in zip(widths, widths.dropFirst()).enumerated() {
            var matrix = Tensor([inputs, neurons], repeating: 0)
            if weights.indices.contains(layer) {
                matrix.mutate { cells in
                    for (cell, weight) in zip(cells.indices, weights[layer]) { cells[cell] = weight }
                }
            }
            all.append(Parameter(name: .block(layer, .neuronWeights), tensor: matrix, axes: [.width, .hidden]))
            all.append(
                Parameter(
                    name: .block(layer, .neuronBiases), tensor: Tensor([neurons], repeating: bias), axes: [.hidden]))
        }
        parameters = ParameterSet(all)
    }

    public var layers: Int { max(widths.count - 1, 0) }

    /// What the network says about each example, `[example, output]`; every layer is written down as `neurons.pre`
    /// (weighted sums) and `neurons.post`.
    public func outputs(_ inputs: Tensor, on recorder: Recorder) throws(Failure) -> Value {
        var value = try recorder.source(inputs, .constant, as: .inputs, axes: [.batch, .width])
        for layer in 0..<layers {
            let sums = try recorder.apply(
                Linear(), value, parameters.value(.neuronWeights, block: layer, on: recorder),
                parameters.value(.neuronBiases, block: layer, on: recorder), as: .neuronSums, block: layer,
                axes: [.batch, .hidden])
            if let function = layer == layers - 1 ? outputActivation : activation {
                value = try recorder.apply(
                    Activation(function), sums, as: .neurons, block: layer, axes: [.batch, .hidden])
            } else {
                value = try recorder.alias(sums, as: .neurons, block: layer, axes: [.batch, .hidden])
            }
        }
        return value
    }

    /// The mean of `(output − target)² / 2`, the playground's loss.
    public func loss(_ inputs: Tensor, targets: Tensor, on recorder: Recorder) throws(Failure) -> Value {
        let outputs = try outputs(inputs, on: recorder)
        let wanted = try recorder.source(targets, .constant, as: .targets, axes: [.batch, .hidden])
        return try recorder.apply(SquaredError(factor: 0.5), outputs, wanted, as: .loss, axes: [])
    }
}

extension Label {
    public static let neuronWeights = Label(rawValue: "neurons.W")
    public static let neuronBiases = Label(rawValue: "neurons.b")
    public static let neuronSums = Label(rawValue: "neurons.pre")
    public static let neurons = Label(rawValue: "neurons.post")
}
