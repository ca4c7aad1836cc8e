import ArgumentParser
import Drawing
import Figures
import Foundation
import Models
import Reading
import Subjects
import Training
import Wording

/// `glassformer train`: a model from a recipe, the same bytes again on the same machine.
struct Train: GuidedCommand {
    static let guide = CommandGuide(
        name: "train", abstract: TrainText.abstract.phrase, discussion: TrainText.discussion.phrase,
        examples: ["glassformer train next-word --steps 20 --out my-model"])

    @Argument(help: TrainText.recipe.help("recipe"))
    var recipe: String

    @Option(name: [.short, .long], help: TrainText.out.help("folder"), transform: OutputPath.folder)
    var out: String?

    @Option(name: .long, parsing: .unconditional, help: TrainText.steps.help("n"), transform: Typed.read(Count.init))
    var steps: Count?

    @Option(
        name: .long, parsing: .unconditional, help: TrainText.seed.help("n"), transform: Typed.read(PlainNumber.seed))
    var seed: UInt64?

    @Option(name: .long, help: SubjectText.set.help("key=value"))
    var set: [String] = []

    @Option(
        name: .long, parsing: .unconditional, help: TrainText.traceStep.help("n"), transform: Typed.read(Count.init))
    var traceStep: Count?

    @Option(name: .long, help: TrainText.traceOut.help("file"), transform: OutputPath.file)
    var traceOut: String?

    @OptionGroup var drawing: DrawingOptions
    @OptionGroup var writing: WritingOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try drawing.refuseSteps()
        if traceOut != nil, traceStep == nil { throw CommandProblem.needs("--trace-out", "--trace-step") }
    }

    func run() throws {
        var recipe = try Recipes.read(path: Shelf.recipe(recipe), changes: RecipeChanges(set))
        if let seed { recipe.seed = seed }
        // Known before an hour is spent on the training.
        if let traceStep {
            let last = min(recipe.steps, steps?.value ?? recipe.steps)
            guard traceStep.value >= 1, traceStep.value <= last else {
                throw CommandProblem.outside(
                    option: "--trace-step", expected: "1 … \(last)", found: "\(traceStep)")
            }
        }
        let folder = out ?? "output/" + recipe.head.name
        let lock = try FolderLock(folder)
        defer { withExtendedLifetime(lock) {} }
        if !writing.force { try RunFolder.checkForeign(folder) }
        if let path = traceFile(in: folder) { _ = try OutputFile(path, mayReplace: writing.force) }
        let progress = ProgressBar(TrainText.training.text, isQuiet: common.quiet)
        progress.line(TrainText.preparing.text(["name": Phrase(recipe.head.name)]))
        defer { progress.finish() }
        try self.run(recipe, in: folder) { show($0, on: progress) }
        // What the figures need of the recipe, wherever its file goes.
        try RunNote(recipe).write(to: folder)
        let figures = try OutputFolder(folder + "/figures", mayReplace: writing.force, names: ["index.html"])
        let subject = try Shelf.subjects.subject(.run(.init(name: folder)))
        var files = try FigureFiles(subject, Look(), drawing, theme: common.theme)
        // A model that has learned little may say much: its run is none the less finished.
        files.mayGrow = true
        let written = try files.write(into: figures, title: subject.title)
        guard !common.quiet else { return }
        // Printing is the last thing a finished run does: a closed pipe must not undo it.
        try? StandardOutput.write(written.map { $0 + "\n" }.joined())
    }

    private func traceFile(in folder: String) -> String? {
        traceStep.map { traceOut ?? folder + "/step-\($0).safetensors" }
    }

    /// - Throws: ``CommandProblem/outside(option:expected:found:)`` where the update to be traced was not made.
    private func run(_ recipe: any Recipe, in folder: String, report: (TrainingEvent) -> Void) throws {
        let wanted = traceStep.flatMap { step in traceFile(in: folder).map { TracedStep(step: step.value, path: $0) } }
        var isTraced = wanted == nil
        var made: ClosedRange<Int>?
        try TracedStep.$wanted.withValue(wanted) {
            try recipe.run(into: folder, steps: steps?.value) { event in
                if case .update(let record, _) = event { made = (made?.lowerBound ?? record.step)...record.step }
                if case .wrote(let files) = event, files == wanted.map({ [$0.path] }) { isTraced = true }
                report(event)
            }
        }
        guard let wanted, !isTraced else { return }
        let expected = made.map { "\($0.lowerBound) … \($0.upperBound)" } ?? "–"
        throw CommandProblem.outside(option: "--trace-step", expected: expected, found: "\(wanted.step)")
    }

    private func show(_ event: TrainingEvent, on progress: ProgressBar) {
        switch event {
        case .note(let phrase): progress.line(phrase.text)
        case .resumed(let step): progress.line(TrainText.resumed.text(["step": "\(step)"]))
        case .update(let record, let last):
            progress.update(
                record.step, of: last,
                note: TrainText.update.text([
                    "loss": Phrase(Numbers.fixed(record.loss, decimals: 3)),
                    "rate": Phrase(Numbers.significant(record.learningRate, digits: 2)),
                ]))
        case .sample(let step, let input, let output):
            progress.line(
                TrainText.sample.text(["step": "\(step)", "text": Phrase(input), "continuation": Phrase(output)]))
        case .measured(let measures):
            progress.finish()
            for measure in measures { progress.line(MeasureText.line(measure)) }
        case .wrote(let files):
            progress.finish()
            guard !common.quiet else { return }
            try? StandardOutput.write(files.map { $0 + "\n" }.joined())
        }
    }
}
