import ArgumentParser
import Wording

/// The executable: a group of commands.
struct Glassformer: GuidedCommand {
    static let version = "0.1.0"

    static let guide = CommandGuide(
        name: "glassformer", abstract: GeneralText.abstract.phrase, discussion: GeneralText.discussion.phrase,
        examples: ["glassformer draw 中华人民 --format svg", "glassformer generate 中华人民"],
        subcommands: [
            Draw.self, FiguresCommand.self, Slides.self, PageCommand.self, ServeCommand.self, WorksheetCommand.self,
            WorkbookCommand.self,
            TraceCommand.self, Steps.self, Explain.self, Verify.self,
            Ablate.self,
            Tokenize.self, Generate.self,
            Train.self,
            Evaluate.self, Compare.self, Parallel.self,
            ModelsCommand.self,
            LessonsCommand.self,
        ])
}
