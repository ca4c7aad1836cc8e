import Foundation
import Models
import Tensors
import Tokenizers
import Wording

/// Everything that makes a model again: its sizes, data and training, with their seeds; one YAML file.
///
/// A new kind is one new file plus one line in ``Recipes/all``.
package protocol Recipe: Sendable {
    /// What the file says under `kind`.
    static var kind: String { get }

    /// The keys of the file beside those of ``RecipeHead``.
    static var keys: Set<String> { get }

    /// The sections whose values may be set otherwise than a file does, with all of their keys; what a file has is
    /// known beside them.
    static var places: [String: Set<String>] { get }

    var head: RecipeHead { get }

    /// Where the recipe's chance begins; another seed is another model.
    var seed: UInt64 { get set }

    /// How many steps a run has.
    var steps: Int { get }

    /// - Throws: ``TrainingError/recipe(path:line:key:expected:found:)`` naming file, line and key.
    init(_ root: YAMLReader, head: RecipeHead) throws

    /// A training of it, before its first step.
    /// - Parameter limit: fewer steps than the recipe's; nil for all of them.
    /// - Throws: what the files that it reads throw.
    func session(steps limit: Int?) throws -> any TrainingSession

    /// Trains to the end, measures, and writes the model's folder. Can be interrupted at any moment, and called again.
    ///
    /// - Parameters:
    ///   - folder: where the model, its quality and the run's records are written.
    ///   - limit: fewer updates than the recipe's, for a test of it.
    ///   - report: told what happens, as it happens.
    func run(into folder: String, steps limit: Int?, report: (TrainingEvent) throws -> Void) throws

    /// The trained model that a run has left in its folder.
    func model(in folder: String) throws -> LiveModel

    /// Measures a trained model on the recipe's held-out data.
    /// - Parameter folder: the model's.
    func measure(folder: String) throws -> [Measure]
}

extension Recipe {
    package static var places: [String: Set<String>] { [:] }

    /// A training of it at a moment, made by stepping there from its seed: the same numbers as in its run.
    /// - Parameter step: nil for the end.
    /// - Throws: what the recipe's files or a step throw.
    package func session(at step: Int?) throws -> any TrainingSession {
        var session = try session(steps: step)
        try session.advance(to: .max)
        return session
    }
}

/// What every recipe says of itself.
package struct RecipeHead: Sendable, Hashable {
    package var path: String
    package var name: String
    package var description: [String: String]
    /// What the trained model is expected to reach, in words.
    package var expected: [String: String]
    /// How long a run takes on two cores, in minutes.
    package var minutes: Double?
    /// What was set otherwise than the file does.
    package var changes = RecipeChanges([])

    /// The words in the languages' order.
    package var summary: Phrase { Phrase(en: description["en"] ?? name, zh: description["zh-Hans"] ?? name) }

    static let keys: Set<String> = ["kind", "name", "description", "expected", "minutes"]

    init(_ root: YAMLReader) throws {
        path = root.file
        name = try root.text("name")
        description = try Self.words(root.section("description"))
        expected = try root.has("expected") ? Self.words(root.section("expected")) : [:]
        minutes = try root.has("minutes") ? root.number("minutes", in: 0...100_000) : nil
    }

    private static func words(_ section: YAMLReader) throws -> [String: String] {
        try section.allow(["en", "zh-Hans"])
        return ["en": try section.text("en"), "zh-Hans": try section.text("zh-Hans")]
    }

    /// The recipe's own file, without its folder.
    package var fileName: String { URL(fileURLWithPath: path).lastPathComponent }

    /// A file that the recipe names, relative to the recipe's folder.
    package func file(_ name: String) -> String {
        name.hasPrefix("/")
            ? name
            : URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(name).standardizedFileURL
                .path
    }

    /// A model in training, named as the recipe is; it lies in no folder yet.
    func model(_ network: Network, family: String, tokenizer: AnyTokenizer?) -> LanguageModel {
        LanguageModel(name: name, folder: "", family: family, network: network, tokenizer: tokenizer)
    }

    /// What must agree for a checkpoint to be gone on from: the text of the recipe and of the files that it reads, and
    /// the model that it starts from, if there is one.
    func fingerprint(with files: [String] = [], startingFrom model: String? = nil, seed: UInt64) throws -> String {
        let texts = model.map { [$0 + "/config.json", $0 + "/tokenizer.json"] } ?? []
        var fingerprint =
            try ([path] + files + texts).map(RunFolder.text).joined(separator: "\n---\n") + "\n--- seed \(seed)"
        for change in changes.written { fingerprint += "\n--- set \(change)" }
        if let weights = model.map({ $0 + "/model.safetensors" }) {
            let data = try RunFolder.reading(weights) { try Data(contentsOf: URL(fileURLWithPath: weights)) }
            fingerprint += "\n--- weights \(stableHash(data))"
        }
        return fingerprint
    }
}

/// The kinds of recipes.
package enum Recipes {
    package static let all: [any Recipe.Type] = [
        NextWordRecipe.self, TranslationRecipe.self, PlaygroundRecipe.self, PerceptronRecipe.self, LineRecipe.self,
        MaskedWordRecipe.self, ClassifierRecipe.self, AnswerRecipe.self, RewardRecipe.self,
    ]

    /// Reads a recipe of any kind; without `kind` it is one of ``NextWordRecipe``.
    /// - Parameter changes: what is set otherwise than the file does.
    /// - Throws: ``TrainingError/recipe(path:line:key:expected:found:)`` naming file, line and key;
    ///   ``TrainingError/change(_:expected:found:)``.
    package static func read(path: String, changes: RecipeChanges = RecipeChanges([])) throws -> any Recipe {
        try read(YAMLReader(path: path), changes)
    }

    /// - Parameter path: where the text was, for messages and the files that it names.
    package static func read(
        text: String, path: String, changes: RecipeChanges = RecipeChanges([])
    ) throws -> any Recipe {
        try read(YAMLReader(text: text, file: path) { TrainingError($0) }, changes)
    }

    private static func read(_ file: YAMLReader, _ changes: RecipeChanges) throws -> any Recipe {
        var root = file
        let kind = try root.has("kind") ? root.text("kind") : NextWordRecipe.kind
        guard let type = all.first(where: { $0.kind == kind }) else {
            throw root.wrong("kind", expected: YAMLReader.one(of: all.map { $0.kind }))
        }
        if !changes.isEmpty { root = try root.changing { try changes.apply(to: &$0, places: type.places) } }
        try root.allow(RecipeHead.keys.union(type.keys))
        var head = try RecipeHead(root)
        head.changes = changes
        return try type.init(root, head: head)
    }
}
