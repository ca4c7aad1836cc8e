import Foundation
import Tensors
import Wording

/// A trained playground network as it lies in a folder: `config.json` and `model.safetensors`.
enum PlaygroundFolder {
    static let family = "glassformer-network"

    private struct Configuration: Codable {
        var family: String
        var widths: [Int]
        var features: [String]
        var activation: String
        var outputActivation: String

        enum CodingKeys: String, CodingKey {
            case family = "model_type"
            case widths, features, activation
            case outputActivation = "output_activation"
        }
    }

    static func write(_ recipe: PlaygroundRecipe, _ network: SmallNetwork, to folder: String) throws {
        try RunFolder.write(
            Configuration(
                family: family, widths: network.widths, features: recipe.settings.features.map(\.rawValue),
                activation: network.activation.rawValue, outputActivation: network.output.rawValue),
            to: folder + "/config.json")
        try FeatureFolder.write(network.recorded().parameters, to: folder)
    }

    /// - Throws: ``TrainingError/checkpoint(path:problem:)`` where the folder holds another network than the settings'.
    static func read(_ settings: PlaygroundSettings, from folder: String) throws -> SmallNetwork {
        let path = folder + "/model.safetensors"
        let file = try SafeTensors(path: path)
        var network = Playground(settings).network
        for layer in 0..<network.layers {
            let weights = try file.tensor("blocks.\(layer).neurons.W")
            let biases = try file.tensor("blocks.\(layer).neurons.b")
            guard weights.shape == [network.widths[layer], network.widths[layer + 1]],
                biases.shape == [network.widths[layer + 1]]
            else {
                throw TrainingError.checkpoint(
                    path: path,
                    problem: Phrase(
                        en: "layer \(layer) has shape \(weights.shape), not the recipe's",
                        zh: "第 \(layer) 层的形状是 \(weights.shape)，与配方不符"))
            }
            network.load(layer: layer, weights: weights, biases: biases)
        }
        return network
    }
}
