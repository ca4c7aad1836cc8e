import ArgumentParser
import Subjects

/// A word of the command line that the parser takes for something else than its writer meant.
struct MistakenWord {
    let problem: CommandProblem

    /// nil where the parser's own complaint says it best.
    /// - Parameters:
    ///   - arguments: the whole command line.
    ///   - message: what the parser complains of.
    init?(_ arguments: [String], of command: any GuidedCommand.Type, message: String) {
        let (_, rest) = CommandPath.resolve(arguments)
        let guide = command.guide
        if !guide.subcommands.isEmpty {
            guard let word = rest.first, !word.hasPrefix("-") else { return nil }
            let names = guide.subcommands.compactMap { ($0 as? any GuidedCommand.Type)?.guide.name }
            let near = Nearest.names(to: word, among: names)
            guard !near.isEmpty else { return nil }
            problem = .noCommand(word, nearest: near)
            return
        }
        // An option's own value may begin with a hyphen: then the complaint is of that option.
        let isOfValue = ["The value '", "Missing value for '"].contains { message.hasPrefix($0) }
        guard !isOfValue, command.usageString().contains("<text>"),
            let text = rest.prefix(while: { $0 != "--" }).first(where: Self.isText)
        else { return nil }
        let path = arguments.dropLast(rest.count)
        let words = ["glassformer"] + path + ["--", CommandWords.quoted(text)]
        problem = .textLikeOption(text, command: words.joined(separator: " "))
    }

    /// Whether a word with a hyphen before it is none of the words that options are.
    private static func isText(_ word: String) -> Bool {
        guard word.hasPrefix("-"), word != "-", word != "--" else { return false }
        let name = word.drop { $0 == "-" }.prefix { $0 != "=" }
        guard let first = name.first, first.isASCII, first.isLetter else { return true }
        return !name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }
}
