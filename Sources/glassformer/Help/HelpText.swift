import Wording

/// The headings and remarks of a help page. The parser writes them in English only.
enum HelpText: PhraseTable {
    case overview, usage, arguments, options, subcommands, examples, seeHelp, showHelp, showVersion, isDefault

    var phrase: Phrase {
        switch self {
        case .overview: Phrase(en: "OVERVIEW:", zh: "概述：")
        case .usage: Phrase(en: "USAGE:", zh: "用法：")
        case .arguments: Phrase(en: "ARGUMENTS:", zh: "参数：")
        case .options: Phrase(en: "OPTIONS:", zh: "选项：")
        case .subcommands: Phrase(en: "SUBCOMMANDS:", zh: "子命令：")
        case .examples: Phrase(en: "EXAMPLES:", zh: "示例：")
        case .seeHelp:
            Phrase(
                en: "See 'glassformer help <subcommand>' for detailed help.", zh: "各子命令的详细说明见“glassformer help <子命令>”。")
        case .showHelp: Phrase(en: "Show help information.", zh: "显示帮助。")
        case .showVersion: Phrase(en: "Show the version.", zh: "显示版本。")
        case .isDefault: Phrase(en: "(default)", zh: "（默认）")
        }
    }

    /// What begins a line, and what it becomes.
    static var headings: [(String, HelpText)] {
        [HelpText.overview, .usage, .arguments, .options, .subcommands].map { ($0.phrase.english, $0) }
    }

    /// What stands within a line, and what it becomes.
    static var remarks: [(String, Phrase)] {
        [HelpText.showHelp, .showVersion, .isDefault, .seeHelp].map { ($0.phrase.english, $0.phrase) } + [
            ("(values: ", Phrase(en: "(values: ", zh: "（可选：")),
            ("; default: ", Phrase(en: "; default: ", zh: "；默认：")),
            ("(default: ", Phrase(en: "(default: ", zh: "（默认：")),
        ]
    }
}
