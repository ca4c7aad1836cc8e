import ArgumentParser
import Models
import Reading
import Subjects
import Wording

/// `glassformer models`: what there is to run, number by number.
struct ModelsCommand: GuidedCommand {
    static let guide = CommandGuide(
        name: "models", abstract: ModelsText.abstract.phrase, discussion: ModelsText.discussion.phrase,
        examples: ["glassformer models", "glassformer models show next-word", "glassformer models --preset gpt-3"],
        subcommands: [List.self, Show.self], standard: List.self)

    /// `glassformer models list`
    struct List: GuidedCommand {
        static let guide = CommandGuide(
            name: "list", abstract: ModelsText.listAbstract.phrase,
            examples: ["glassformer models list --json", "glassformer models --preset gpt-2-xl"])

        @Option(name: .long, help: ModelsText.preset.help("name"))
        var preset: String?

        @OptionGroup var facts: FactOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            if let preset {
                let count = try ParameterCount(preset: Preset.named(preset))
                return try StandardOutput.write(facts.json ? count.json.page : count.text(style: common.style))
            }
            let library = ModelLibrary(home: try .locate())
            let reports = try library.names.map { try ModelReport(folder: Shelf.folder($0), home: library.home) }
            if facts.json { return try StandardOutput.write(JSONText.array(reports.map(\.row)).page) }
            guard !reports.isEmpty else {
                return try StandardOutput.write(ModelsText.none.text(["folder": Phrase(library.home.models)]) + "\n")
            }
            var table = TextTable(
                [.left, .left, .right, .right, .right, .right],
                heading: [ModelsText.name, .family, .parameters, .layers, .heads, .bytes])
            for report in reports {
                let c = report.model.network.sizes
                table.add(
                    report.model.name, report.model.family, ByteCount.grouped(report.count.total), "\(c.layers)",
                    "\(c.heads)", ByteCount.text(report.bytes))
            }
            try StandardOutput.write(table.text(style: common.style))
        }
    }

    /// `glassformer models show M`
    struct Show: GuidedCommand {
        static let guide = CommandGuide(
            name: "show", abstract: ModelsText.showAbstract.phrase,
            examples: ["glassformer models show next-word", "glassformer models show next-word --json"])

        @Argument(help: RunText.model.help("model"))
        var model: String?

        @Option(name: .long, help: ModelsText.preset.help("name"))
        var preset: String?

        @OptionGroup var facts: FactOptions
        @OptionGroup var common: CommonOptions

        func validate() throws {
            if model != nil, preset != nil { throw CommandProblem.together("MODEL", "--preset") }
        }

        func run() throws {
            if let preset {
                let count = try ParameterCount(preset: Preset.named(preset))
                return try StandardOutput.write(facts.json ? count.json.page : count.text(style: common.style))
            }
            let folder = try Shelf.folder(model ?? ModelLibrary.standard)
            let report = try ModelReport(folder: folder, home: try? .locate())
            try StandardOutput.write(facts.json ? report.json.page : report.text(style: common.style))
        }
    }
}
