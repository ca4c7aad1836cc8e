import ArgumentParser
import Drawing
import Figures
import Models
import Reading
import Subjects
import Tracing
import Training
import Wording

/// `glassformer compare`: two machines at one task.
struct Compare: GuidedCommand {
    static let guide = CommandGuide(
        name: "compare", abstract: CompareText.abstract.phrase, discussion: CompareText.discussion.phrase,
        examples: [
            "glassformer compare perceptron transformer",
            "glassformer compare perceptron transformer --task word-order --out comparison",
        ])

    @Argument(help: CompareText.first.help("model"))
    var first: String

    @Argument(help: CompareText.second.help("model"))
    var second: String

    @Option(name: .long, help: CompareText.task.help("film|word-order"))
    var task = "film"

    @Option(
        name: .long, parsing: .unconditional, help: CompareText.seed.help("n"), transform: Typed.read(PlainNumber.seed))
    var seed: UInt64 = 1

    @Option(name: [.short, .long], help: CompareText.out.help("folder"), transform: OutputPath.folder)
    var out: String?

    @OptionGroup var drawing: DrawingOptions
    @OptionGroup var writing: WritingOptions
    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    func validate() throws { try drawing.refuseSteps() }

    func run() throws {
        let source = SubjectSource.ComparisonSource(machines: [first, second], task: task, seed: seed)
        let folder = try out.map { try OutputFolder($0, mayReplace: writing.force, names: ["index.html"]) }
        let comparison = try Shelf.subjects.comparison(source)
        let files = try folder.map {
            let subject = try Shelf.subjects.subject(.comparison(source))
            return try FigureFiles(subject, Look(), drawing, theme: common.theme).write(
                into: $0, title: comparison.task.title.text)
        }
        let page = ComparisonPage(comparison: comparison, files: files ?? [])
        if facts.json { return try StandardOutput.write(page.json.page) }
        guard !common.quiet else { return }
        try StandardOutput.write(page.text(style: common.style))
    }
}

/// A comparison in words and numbers.
struct ComparisonPage {
    let comparison: Comparison
    let files: [String]

    func text(style: Style) -> String {
        let task = comparison.task
        var text = style.strong(task.title.text) + "\n" + style.dim(task.rule.text) + "\n\n"
        var totals = TextTable(
            [.left, .right, .right, .right, .right],
            heading: [CompareText.model, .parameters, .operations, .learned, .unseen])
        for one in comparison.contestants {
            totals.add(
                one.title.text, ByteCount.grouped(one.parameters), ByteCount.grouped(one.arithmetic.total),
                Numbers.percent(one.trainingAccuracy), Numbers.percent(one.heldOutAccuracy))
        }
        text += totals.text(style: style) + "\n"
        var cases = TextTable(
            [.left, .left] + comparison.contestants.map { _ in .left },
            heading: [CompareText.example.text, CompareText.right.text] + comparison.contestants.map(\.title.text))
        for (place, one) in task.examples.enumerated() {
            let answers = comparison.contestants.map { answer($0, place) }
            cases.add(row: [one.text.text, task.name(of: task.answers[one.answer]).text] + answers)
        }
        text += cases.text(style: style)
        for one in comparison.contestants {
            text += "\n" + style.strong(CompareText.steps.text(["model": one.title])) + "\n" + steps(of: one, style)
        }
        if let impossible = comparison.impossibility { text += "\n" + impossible.text + "\n" }
        if !files.isEmpty { text += "\n" + files.map { $0 + "\n" }.joined() }
        return text
    }

    private func answer(_ one: Contestant, _ place: Int) -> String {
        let task = comparison.task
        let said = one.examples[place].answer
        let mark = said == task.examples[place].answer ? "✓" : "✗"
        return task.name(of: task.answers[said]).text + " " + mark
    }

    /// The steps of the last example's decision, parameters left out.
    private func steps(of one: Contestant, _ style: Style) -> String {
        guard let trace = one.examples.last?.trace else { return "" }
        let heading = [StepsText.name, .operation, .shape].map(\.text) + [CompareText.operations.text]
        var table = TextTable([.left, .left, .left, .right], heading: heading)
        for step in trace.steps where !step.isParameter {
            table.add(
                step.name.description, step.operation.name, step.shape.description,
                ByteCount.grouped(trace.arithmetic(of: step).total))
        }
        return table.text(style: style)
    }

    var json: JSONText {
        let task = comparison.task
        return .object([
            "task": .text(task.name),
            "models": .objects(comparison.contestants) { one in
                [
                    "name": .text(one.name), "parameters": .integer(one.parameters),
                    "operations": .integer(one.arithmetic.total),
                    "training_accuracy": .number(one.trainingAccuracy),
                    "held_out_accuracy": .number(one.heldOutAccuracy),
                    "decisions": .objects(zip(task.examples, one.examples)) { example, decision in
                        [
                            "case": .texts(example.words), "answer": .text(task.answers[decision.answer]),
                            "right": .bool(decision.answer == example.answer),
                            "probabilities": decision.probabilities.map { .array($0.map { .number($0) }) } ?? .null,
                            "steps": .objects(decision.trace.steps.filter { !$0.isParameter }) { step in
                                [
                                    "name": .text(step.name.description), "operation": .text(step.operation.name),
                                    "shape": .integers(step.shape.dimensions),
                                    "operations": .integer(decision.trace.arithmetic(of: step).total),
                                ]
                            },
                        ]
                    },
                ]
            },
            "contradictions": .integer(task.contradictions.count),
            "impossible": comparison.impossibility.map { .text($0.text) } ?? .null, "files": .texts(files),
        ])
    }
}
