import Models
import Tensors
import Wording

/// A small model that reads features, as it lies in a folder: `config.json` and `model.safetensors`.
struct FeatureFolder: Encodable {
    let family: String
    let features: [String]
    var widths: [Int]?
    var activation: SmallNetwork.Activation?
    var output: SmallNetwork.Activation?

    private enum CodingKeys: String, CodingKey {
        case family = "model_type"
        case features, widths, activation
        case output = "output_activation"
    }

    func write(_ parameters: ParameterSet, to folder: String) throws {
        try RunFolder.write(self, to: folder + "/config.json")
        var writer = SafeTensorsWriter()
        for parameter in parameters.all { writer.add(parameter.name.description, parameter.tensor) }
        try writer.write(to: folder + "/model.safetensors")
    }

    /// The numbers that a folder holds for a model of these parameters.
    /// - Throws: `SafeTensorsError`; ``TrainingError/checkpoint(path:problem:)`` where a shape is another.
    static func read(_ folder: String, like parameters: ParameterSet) throws -> ParameterSet {
        let path = folder + "/model.safetensors"
        let tensors = try SafeTensors(path: path).tensors(of: parameters, path: path)
        var read = parameters
        read.update { place, tensor in tensor = tensors[place] }
        return read
    }
}

extension SmallNetwork.Activation: Encodable {}

extension SafeTensors {
    /// A tensor for each parameter, in their order.
    /// - Parameter prefix: stands before the parameters' names.
    /// - Throws: ``TrainingError/checkpoint(path:problem:)`` where a shape is not the parameter's.
    func tensors(of parameters: ParameterSet, prefix: String = "", path: String) throws -> [Tensor] {
        try parameters.all.map { parameter in
            let (name, expected) = (prefix + parameter.name.description, parameter.tensor.shape)
            let tensor = try tensor(name)
            guard tensor.shape == expected else {
                throw TrainingError.checkpoint(
                    path: path,
                    problem: Phrase(
                        en: "\(name): expected the shape \(expected), found \(tensor.shape)",
                        zh: "\(name) 的形状应为 \(expected)，实际为 \(tensor.shape)"))
            }
            return tensor
        }
    }
}
