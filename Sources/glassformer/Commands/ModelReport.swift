import Foundation
import Models
import Wording

/// Everything that is known of one model's folder.
struct ModelReport {
    let model: LanguageModel
    let count: ParameterCount
    /// Each file with its bytes, by name.
    let files: [(name: String, bytes: Int)]
    /// The recipe that made it, relative to the project, where there is one.
    let recipe: String?
    /// What its training measured.
    let quality: JSONValue?

    /// - Throws: what loading the model throws; ``CommandProblem/malformed(path:)`` for a broken `quality.json`.
    init(folder: String, home: Home?) throws {
        model = try LanguageModel.load(folder: folder)
        count = ParameterCount(model.network, title: model.name)
        let manager = FileManager.default
        files = try manager.contentsOfDirectory(atPath: folder).sorted().compactMap { name in
            let attributes = try manager.attributesOfItem(atPath: folder + "/" + name)
            guard attributes[.type] as? FileAttributeType == .typeRegular else { return nil }
            return (name, (attributes[.size] as? Int) ?? 0)
        }
        let path = "fixtures/recipes/\(model.name).yaml"
        recipe = home.flatMap { manager.fileExists(atPath: $0.path + "/" + path) ? path : nil }
        quality = try Self.quality(folder + "/quality.json")
    }

    private static func quality(_ path: String) throws -> JSONValue? {
        guard InputFile.exists(path) else { return nil }
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(InputFile.bytes(path))) else {
            throw CommandProblem.malformed(path: path)
        }
        return value
    }

    var bytes: Int { files.reduce(0) { $0 + $1.bytes } }

    /// The model in a list of models.
    var row: JSONValue {
        let c = model.network.sizes
        return .object([
            "name": .text(model.name), "family": .text(model.family), "parameters": .integer(count.total),
            "layers": .integer(c.layers), "heads": .integer(c.heads), "width": .integer(c.width),
            "context": .integer(c.context), "vocabulary": .integer(c.vocabulary), "bytes": .integer(bytes),
        ])
    }

    var json: JSONValue {
        let c = model.network.sizes
        return .object([
            "name": .text(model.name), "family": .text(model.family), "parameters": .integer(count.total),
            "layers": .integer(c.layers), "heads": .integer(c.heads), "width": .integer(c.width),
            "hidden": .integer(c.hidden), "context": .integer(c.context), "vocabulary": .integer(c.vocabulary),
            "bytes": .integer(bytes),
            "files": .array(files.map { .object(["name": .text($0.name), "bytes": .integer($0.bytes)]) }),
            "recipe": recipe.map { .text($0) } ?? .null, "quality": quality ?? .null, "matrices": count.matrixList,
        ])
    }

    func text(style: Style) -> String {
        var text = count.text(style: style) + "\n"
        var table = TextTable([.left, .right])
        table.heading([ModelsText.file, .bytes].map(\.text))
        for file in files { table.add(file.name, ByteCount.text(file.bytes)) }
        table.add(ModelsText.total.text, ByteCount.text(bytes))
        text += table.text(style: style)
        if let recipe { text += "\n" + ModelsText.recipe.text + "  " + recipe + "\n" }
        if let quality { text += "\n" + style.dim(ModelsText.quality.text) + "\n" + quality.page }
        return text
    }
}

extension JSONValue: Decodable {
    /// Numbers to the last digit, which Foundation's other reader of JSON loses; keys in alphabetical order.
    init(from decoder: any Swift.Decoder) throws {
        if let object = try? decoder.container(keyedBy: Key.self) {
            let keys = object.allKeys.sorted { $0.stringValue < $1.stringValue }
            self = .members(try keys.map { ($0.stringValue, try object.decode(JSONValue.self, forKey: $0)) })
            return
        }
        if var list = try? decoder.unkeyedContainer() {
            var values: [JSONValue] = []
            while !list.isAtEnd { values.append(try list.decode(JSONValue.self)) }
            self = .array(values)
            return
        }
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .bool(flag)
        } else if let integer = try? value.decode(Int.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try value.decode(String.self))
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
