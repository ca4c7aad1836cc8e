import ArgumentParser
import Wording

/// What a command says of itself under `--help`, in the language of this run.
struct CommandGuide {
    let name: String
    let abstract: Phrase
    let discussion: Phrase
    /// Command lines that run as printed.
    let examples: [String]
    let subcommands: [any GuidedCommand.Type]
    let standard: (any GuidedCommand.Type)?

    init(
        _ name: String, abstract: Phrase, discussion: Phrase = "", examples: [String],
        subcommands: [any GuidedCommand.Type] = [], standard: (any GuidedCommand.Type)? = nil
    ) {
        self.name = name
        self.abstract = abstract
        self.discussion = discussion
        self.examples = examples
        self.subcommands = subcommands
        self.standard = standard
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
        ArgumentHelp(stringLiteral: text).named(valueName)
    }
}

extension ArgumentHelp {
    fileprivate func named(_ name: String) -> ArgumentHelp {
        var help = self
        help.valueName = name
        return help
    }
}
