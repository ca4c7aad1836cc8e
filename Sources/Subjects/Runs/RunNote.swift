import Foundation
import Reading
import Training

extension Recipe {
    /// Whether a run of it takes seconds: whatever is not trained as a language model is.
    var isQuick: Bool { !(self is any TrainedRecipe) }
}

/// The recipe's file name, as a run's `quality.json` says it.
enum RunQualityName {
    /// nil where the folder holds no finished run.
    static func read(_ folder: String) throws -> String? {
        let (name, path) = ("quality.json", folder + "/quality.json")
        guard Place.exists(path) else { return nil }
        var cursor = JSONCursor(try FileFolder.disk(folder).contents(name), source: path)
        guard case .object(let members) = try cursor.readValue() else { return nil }
        return members["recipe"]?.text
    }
}

/// What a finished run keeps of its recipe, so that it can be drawn again wherever the recipe has gone.
package struct RunNote: Sendable {
    package static let name = "run.json"

    private let path: String
    private let text: String
    private let seed: UInt64
    private let changes: [String]

    /// - Parameter recipe: as it was run, with the seed that it was given.
    /// - Throws: what reading the recipe's file throws.
    package init(_ recipe: any Recipe) throws {
        path = URL(fileURLWithPath: recipe.head.path).standardizedFileURL.path
        text = try PlainText.read(recipe.head.path)
        seed = recipe.seed
        changes = recipe.head.changes.written
    }

    private init(path: String, text: String, seed: UInt64, changes: [String]) {
        (self.path, self.text, self.seed, self.changes) = (path, text, seed, changes)
    }

    package func write(to folder: String) throws {
        var members: [(String, JSONText)] = [
            ("recipe", .text(path)), ("seed", .text("\(seed)")), ("text", .text(text)),
        ]
        if !changes.isEmpty { members.append(("set", .texts(changes))) }
        let json = JSONText.members(members)
        try OutputFile(folder + "/" + Self.name, mayReplace: true).write(Array(json.page.utf8))
    }

    /// nil where the folder has none.
    static func read(_ folder: String) throws -> RunNote? {
        let path = folder + "/" + name
        guard Place.exists(path) else { return nil }
        var cursor = JSONCursor(try FileFolder.disk(folder).contents(name), source: path)
        guard case .object(let members) = try cursor.readValue(), let recipe = members["recipe"]?.text,
            let text = members["text"]?.text, let seed = members["seed"]?.text.flatMap({ UInt64($0) })
        else { return nil }
        let changes = members["set"]?.texts ?? []
        return RunNote(path: recipe, text: text, seed: seed, changes: changes)
    }

    /// - Parameter more: what is set otherwise than in the run.
    func recipe(_ more: RecipeChanges = RecipeChanges([])) throws -> any Recipe {
        let changes = RecipeChanges(changes + more.written)
        var recipe = try Recipes.read(text: text, path: path, changes: changes)
        let setsSeed = more.written.contains { RecipeChanges.parts($0)?.key.hasSuffix("seed") == true }
        if !setsSeed { recipe.seed = seed }
        return recipe
    }
}
