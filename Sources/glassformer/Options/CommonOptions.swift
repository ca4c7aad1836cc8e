import ArgumentParser
import Drawing
import Wording

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Flag(name: .long, help: CommonText.quiet.help)
    var quiet = false

    @Option(name: .long, help: CommonText.language.help("en|zh-Hans"))
    var language: Language?

    @Option(name: .long, help: CommonText.theme.help("light|dark"))
    var theme: Theme.Mode = .light

    var style: Style { Style(theme) }
}

/// `--json`, of every command that prints facts.
struct FactOptions: ParsableArguments {
    @Flag(name: .long, help: CommonText.json.help)
    var json = false
}

extension Language: ExpressibleByArgument {
    /// A BCP 47 tag or a locale of one of our languages: `en`, `zh-Hans`, `zh_CN.UTF-8`.
    public init?(argument: String) {
        let tag = argument.lowercased().prefix { $0 != "-" && $0 != "_" && $0 != "." }
        guard tag == "en" || tag == "zh" else { return nil }
        self.init(tag: argument)
    }

    public static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

extension Theme.Mode: ExpressibleByArgument {}
