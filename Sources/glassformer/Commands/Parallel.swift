import ArgumentParser
import Drawing
import Figures
import Models
import Reading
import Subjects
import Tensors
import Tracing
import Training
import Wording

/// `glassformer parallel`: one step shared by workers; who holds and sends what.
struct Parallel: GuidedCommand {
    typealias How = SubjectSource.WorkersSource.How

    static let guide = CommandGuide(
        name: "parallel", abstract: ParallelText.abstract.phrase, discussion: ParallelText.discussion.phrase,
        examples: [
            "glassformer parallel 我爱吃苹果 'the cat sat on the mat' 中华人民 --workers 3",
            "glassformer parallel 中华人民 --workers 2 --how tensor --out shards --trace shards.safetensors",
        ])

    @Argument(help: ParallelText.texts.help("text"))
    var texts: [String] = []

    @Option(
        name: .long, parsing: .unconditional, help: RunText.ids.help("1,2,3"), transform: Typed.read(IndexList.init))
    var ids: IndexList?

    @OptionGroup var model: ModelOptions

    @Option(
        name: .long, parsing: .unconditional, help: ParallelText.workers.help("n"), transform: Typed.read(Count.init))
    var workers = Count(2)

    @Option(name: .long, help: ParallelText.how.help("data|tensor"))
    var how = How.data

    @Option(name: .long, parsing: .unconditional, help: ParallelText.layer.help("n"), transform: Typed.read(Count.init))
    var layer = Count(0)

    @Option(name: [.short, .long], help: ParallelText.out.help("folder"), transform: OutputPath.folder)
    var out: String?

    @Option(name: .long, help: ParallelText.trace.help("file"), transform: OutputPath.file)
    var trace: String?

    @OptionGroup var drawing: DrawingOptions
    @OptionGroup var writing: WritingOptions
    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try drawing.refuseSteps()
        try TextOptions.requireOne([("TEXT", !texts.isEmpty), ("--ids", ids != nil)])
        if trace != nil, how == .data { throw CommandProblem.together("--trace", "--how data") }
    }

    func run() throws {
        let output = try trace.map { try OutputFile($0, mayReplace: writing.force) }
        let folder = try OutputFolder(out ?? "output/parallel", mayReplace: writing.force, names: ["index.html"])
        let given = try texts.flatMap { $0 == "-" ? try InputFile.textLines("-") : [$0] }
        let source = SubjectSource.WorkersSource(
            texts: given, ids: ids?.values, model: model.name, workers: workers.value, how: how, layer: layer.value)
        let step = try Shelf.subjects.sharedStep(source)
        let subject = try Shelf.subjects.subject(.workers(source))
        let files = try FigureFiles(subject, Look(), drawing, theme: common.theme).write(
            into: folder, title: subject.title)
        if let output, let run = step.trace { try output.write(Array(TraceFile.data(of: run))) }
        if facts.json { return try StandardOutput.write(step.json(files: files).page) }
        try StandardOutput.write(step.text(style: common.style))
        if !common.quiet { try StandardOutput.write("\n" + files.map { $0 + "\n" }.joined()) }
    }
}

extension SubjectSource.WorkersSource.How: ExpressibleByArgument {}
