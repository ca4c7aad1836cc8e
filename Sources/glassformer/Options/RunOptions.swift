import ArgumentParser
import Models
import Subjects
import Wording

/// Everything that this run looks at is made by one shelf, and kept.
enum Shelf {
    static let subjects = SubjectShelf { notice in StandardError.write(notice.text + "\n") }

    static func load(_ name: String) throws -> LanguageModel { try subjects.model(name) }
    static func folder(_ name: String) throws -> String { try subjects.models.folder(name) }

    /// The file of a recipe that was named.
    static func recipe(_ name: String) throws -> String {
        if name == "-" { throw CommandProblem.recipeFromInput }
        return try subjects.recipes.path(name)
    }
}

/// A value read as everywhere else, refused in the reader's language.
enum Typed {
    static func read<Value>(
        _ read: @escaping @Sendable (String) throws(SubjectError) -> Value
    ) -> @Sendable (String) throws -> Value {
        { argument in
            do throws(SubjectError) { return try read(argument) } catch { throw CommandProblem.subject(error) }
        }
    }
}

/// Which model, and what it is to read.
struct ModelOptions: ParsableArguments {
    @Option(name: [.short, .long], help: RunText.model.help("model"))
    var model: String?

    var name: String { model ?? ModelLibrary.standard }

    /// - Throws: ``ModelError``.
    func load() throws -> LanguageModel { try Shelf.load(name) }
}

/// A text, or the ids of its tokens.
struct TextOptions: ParsableArguments {
    @Argument(help: RunText.text.help("text"))
    var text: String?

    @Option(
        name: .long, parsing: .unconditional, help: RunText.ids.help("1,2,3"), transform: Typed.read(IndexList.init))
    var ids: IndexList?

    @OptionGroup var model: ModelOptions

    func validate() throws { try Self.requireOne([("TEXT", text != nil), ("--ids", ids != nil)]) }

    /// - Throws: ``SubjectError/oneOf(expected:found:)`` unless exactly one is given.
    static func requireOne(_ inputs: [(name: String, isGiven: Bool)]) throws {
        let given = inputs.filter(\.isGiven).map(\.name)
        guard given.count == 1 else { throw CommandProblem.subject(.oneOf(expected: inputs.map(\.name), found: given)) }
    }

    /// The ids that the model reads: a text's inside what the tokenizer puts around it.
    func tokens(of model: LanguageModel) throws -> [Int] {
        if let ids { return ids.values }
        return try model.input(InputFile.text(text ?? "")).ids
    }
}
