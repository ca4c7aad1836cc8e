import Models
import Tensors

/// A small model that reads features, as it lies in a folder: `config.json` and `model.safetensors`.
enum FeatureFolder {
    private struct Configuration: Encodable {
        let family: String
        let features: [String]

        enum CodingKeys: String, CodingKey {
            case family = "model_type"
            case features
        }
    }

    static func write(_ parameters: ParameterSet, family: String, features: [String], to folder: String) throws {
        try RunFolder.write(Configuration(family: family, features: features), to: folder + "/config.json")
        try write(parameters, to: folder)
    }

    /// The numbers alone, for a model that says more of itself.
    static func write(_ parameters: ParameterSet, to folder: String) throws {
        var writer = SafeTensorsWriter()
        for parameter in parameters.all { writer.add(parameter.name.description, parameter.tensor) }
        try writer.write(to: folder + "/model.safetensors")
    }
}
