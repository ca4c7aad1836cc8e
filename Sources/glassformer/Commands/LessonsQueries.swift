import ArgumentParser
import Lessons
import Reading
import Wording

extension LessonsCommand {
    /// `glassformer lessons queries`: what chapters can ask of the engine.
    struct Queries: GuidedCommand {
        static let guide = CommandGuide(
            name: "queries", abstract: LessonsText.queriesAbstract.phrase,
            discussion: LessonsText.queriesDiscussion.phrase, examples: ["glassformer lessons queries"])

        @OptionGroup var facts: FactOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let names = Query.Name.allCases
            if facts.json {
                let values = JSONText.objects(names) {
                    [
                        "name": .text($0.rawValue), "form": .text($0.form), "answers": .text($0.help.text),
                        "example": .text($0.example),
                    ]
                }
                return try StandardOutput.write(values.page)
            }
            var table = TextTable([.left, .left])
            for name in names { table.add(name.form, common.style.dim(name.help.text)) }
            try StandardOutput.write(table.text(style: common.style))
        }
    }
}
