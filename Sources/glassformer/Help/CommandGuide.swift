import ArgumentParser
import Wording

/// What a command says of itself under `--help`, in the language of this run.
struct CommandGuide: Sendable {
    var name: String
    var abstract: Phrase
    var discussion: Phrase = ""
    /// Command lines that run as printed.
    var examples: [String]
    var subcommands: [any ParsableCommand.Type] = []
    var standard: (any ParsableCommand.Type)?

    func subcommand(_ name: String) -> (any GuidedCommand.Type)? {
        subcommands.lazy.compactMap { $0 as? any GuidedCommand.Type }.first { $0.guide.name == name }
    }
}

/// A command with a guide; its parser configuration follows from it.
protocol GuidedCommand: ParsableCommand {
    static var guide: CommandGuide { get }
}

extension GuidedCommand {
    static var configuration: CommandConfiguration {
        let guide = guide
        return CommandConfiguration(
            commandName: guide.name, abstract: guide.abstract.text, discussion: guide.discussion.text,
            version: Glassformer.version, subcommands: guide.subcommands, defaultSubcommand: guide.standard)
    }
}

extension PhraseTable {
    /// As the help of an option.
    var help: ArgumentHelp { ArgumentHelp(stringLiteral: text) }

    func help(_ valueName: String) -> ArgumentHelp {
        var help = help
        help.valueName = valueName
        return help
    }
}
