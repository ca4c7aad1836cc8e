import Foundation
import Models
import Reading
import Subjects
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
    let quality: JSONText?

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

    private static func quality(_ path: String) throws -> JSONText? {
        guard InputFile.exists(path) else { return nil }
        var cursor = JSONCursor(try InputFile.bytes(path), source: path)
        guard let value = try? cursor.readValue(), (try? cursor.expectEnd()) != nil else {
            throw CommandProblem.malformed(path: path)
        }
        return JSONText(value)
    }

    var bytes: Int { files.reduce(0) { $0 + $1.bytes } }

    /// The model in a list of models.
    var row: JSONText { .members(facts(count.sizeList.filter { $0.name != "hidden" })) }

    var json: JSONText {
        .members(
            facts(count.sizeList) + [
                ("files", .objects(files) { ["name": .text($0.name), "bytes": .integer($0.bytes)] }),
                ("recipe", recipe.map { .text($0) } ?? .null), ("quality", quality ?? .null),
                ("matrices", count.matrixList),
            ])
    }

    private func facts(_ sizes: [(name: String, value: JSONText)]) -> [(String, JSONText)] {
        [("name", .text(model.name)), ("family", .text(model.family))] + sizes + [("bytes", .integer(bytes))]
    }

    func text(style: Style) -> String {
        var text = count.text(style: style) + "\n"
        var table = TextTable([.left, .right], heading: [ModelsText.file, .bytes])
        for file in files { table.add(file.name, ByteCount.text(file.bytes)) }
        table.add(ModelsText.total.text, ByteCount.text(bytes))
        text += table.text(style: style)
        if let recipe { text += "\n" + ModelsText.recipe.text + "  " + recipe + "\n" }
        if let quality { text += "\n" + style.dim(ModelsText.quality.text) + "\n" + quality.page }
        return text
    }
}

extension JSONText {
    /// What a file holds; keys in alphabetical order.
    init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .number(let number): self = value.integer.map { .integer($0) } ?? .number(number)
        case .string(let text): self = .text(text)
        case .array(let values): self = .array(values.map { JSONText($0) })
        case .object(let members):
            self = .members(members.sorted { $0.key < $1.key }.map { ($0.key, JSONText($0.value)) })
        }
    }
}
