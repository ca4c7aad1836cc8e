import ArgumentParser
import Drawing
import Figures
import Models
import Reading
import Tensors
import Tracing
import Training
import Wording

/// `glassformer parallel`: one step shared by workers; who holds and sends what.
struct Parallel: GuidedCommand {
    enum How: String, CaseIterable, ExpressibleByArgument { case data, tensor }

    static let guide = CommandGuide(
        name: "parallel", abstract: ParallelText.abstract.phrase, discussion: ParallelText.discussion.phrase,
        examples: [
            "glassformer parallel 我爱吃苹果 'the cat sat on the mat' 中华人民 --workers 3",
            "glassformer parallel 中华人民 --workers 2 --how tensor --out shards --trace shards.safetensors",
        ])

    @Argument(help: ParallelText.texts.help("text"))
    var texts: [String] = []

    @Option(name: .long, parsing: .unconditional, help: RunText.ids.help("1,2,3"), transform: IndexList.init)
    var ids: IndexList?

    @OptionGroup var model: ModelOptions

    @Option(name: .long, parsing: .unconditional, help: ParallelText.workers.help("n"), transform: Count.init)
    var workers = Count(2)

    @Option(name: .long, help: ParallelText.how.help("data|tensor"))
    var how = How.data

    @Option(name: .long, parsing: .unconditional, help: ParallelText.layer.help("n"), transform: Count.init)
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
        let model = try model.load()
        let layers = try model.decoder.configuration.layers
        guard layer.value < layers else {
            throw CommandProblem.outside(option: "--layer", expected: "0 … \(layers - 1)", found: "\(layer)")
        }
        let output = try trace.map { try OutputFile($0, mayReplace: writing.force) }
        let folder = try OutputFolder(out ?? "output/parallel", mayReplace: writing.force)
        let given = try ids.map { [$0.values] } ?? typed().map { try model.input($0).ids }
        let report =
            switch how {
            case .data: try ParallelReport(data: given, model: model, workers: workers.value)
            case .tensor:
                try ParallelReport(tensor: alone(given), model: model, workers: workers.value, layer: layer.value)
            }
        let files = try SlideFiles(drawing, theme: .named(common.theme)).write(report.slides, into: folder)
        if let output, let run = report.trace { try output.write(Array(TraceFile.data(of: run))) }
        if facts.json { return try StandardOutput.write(report.json(files: files).page) }
        try StandardOutput.write(report.text(style: common.style))
        if !common.quiet { try StandardOutput.write("\n" + files.map { $0 + "\n" }.joined()) }
    }

    private func typed() throws -> [String] {
        try texts.flatMap { text in
            guard text == "-" else { return [text] }
            let lines = try InputFile.text("-").split(whereSeparator: \.isNewline).map(String.init)
            return lines.isEmpty ? [""] : lines
        }
    }

    /// Matrices are split for one text; more would only make the tensors larger.
    private func alone(_ given: [[Int]]) throws -> [Int] {
        guard let first = given.first, given.count == 1 else {
            throw CommandProblem.outside(option: "TEXT (--how tensor)", expected: "1", found: "\(given.count)")
        }
        return first
    }
}
