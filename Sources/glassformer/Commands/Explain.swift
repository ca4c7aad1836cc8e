import ArgumentParser
import Drawing
import Figures
import Models
import Reading
import Rendering
import Subjects
import Tracing

/// `glassformer explain`: how one number came to be.
struct Explain: GuidedCommand {
    static let guide = CommandGuide(
        name: "explain", abstract: ExplainText.abstract.phrase, discussion: ExplainText.discussion.phrase,
        examples: [
            "glassformer explain 中华人民 --step blocks.0.attn.z --at 0,1,0,1",
            "glassformer explain 'the cat sat on the' --step probabilities --at 0,4,10 --depth 3",
            "glassformer explain 中华人民 --step blocks.0.attn.v --at 0,1,2,0 --forward",
            "glassformer explain 中华人民 --step blocks.0.attn.z --at 0,1,0,1 --format svg --out z.svg",
            "glassformer explain 'the cat sat' --backward --step blocks.0.attn.W_Q.grad --at 0,0,0 --depth 2",
        ])

    @OptionGroup var input: SubjectOptions
    @OptionGroup var scaled: ScaledSteps

    @Option(name: .long, help: ExplainText.step.help("name"))
    var step: String

    @Option(
        name: .long, parsing: .unconditional, help: ExplainText.at.help("i,j,…"), transform: Typed.read(IndexList.cell))
    var at: IndexList

    @Option(name: .long, parsing: .unconditional, help: ExplainText.depth.help("n"), transform: Typed.read(Count.init))
    var depth = Count(1)

    @Flag(name: .long, help: ExplainText.forward.help)
    var forward = false

    @Option(name: .long, help: ExplainText.format.help(Renderer.Format.names))
    var format: Renderer.Format?

    @Option(
        name: .long, parsing: .unconditional, help: DrawText.size.help("slide|wide|square|WxH"),
        transform: Typed.read(CanvasSize.init))
    var size = CanvasSize.slide

    @Option(name: [.short, .long], help: ExplainText.out.help("file"), transform: OutputPath.file)
    var out = "-"

    @OptionGroup var writing: WritingOptions
    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if format != nil, forward { throw CommandProblem.together("--format", "--forward") }
        if format != nil, facts.json { throw CommandProblem.together("--format", "--json") }
    }

    func run() throws {
        let output = try format.map { _ in try OutputFile(out, mayReplace: writing.force) }
        let subject = try input.subject(scaled: scaled.scale)
        if let format, let output { return try draw(subject, as: format, to: output) }
        let trace = try subject.trace
        if forward {
            let list = try ReaderList(trace, StepName(step), at: at.values)
            return try StandardOutput.write(facts.json ? list.json.page : list.text(style: common.style))
        }
        let tree = try ExplanationTree(trace, StepName(step), at: at.values, depth: max(depth.value, 1))
        let origin = trace.origin(of: tree.root.explanation.step, at: at.values)
        if facts.json {
            return try StandardOutput.write(tree.json(isDeep: depth.value > 1, origin: origin).page)
        }
        var text =
            depth.value > 1
            ? tree.text(style: common.style)
            : ExplanationPage(trace: trace, explanation: tree.root.explanation, style: common.style).text()
        if let origin {
            text += "\n  " + ExplainText.comes.text(["where": origin.phrase]) + "\n"
        } else if tree.root.explanation.value == -.infinity {
            text += "\n  " + ExplainText.masked.text + "\n"
        }
        try StandardOutput.write(text)
    }

    private func draw(_ subject: Subject, as format: Renderer.Format, to output: OutputFile) throws {
        var look = Look()
        (look.steps, look.at) = ([step], at.values)
        let style = SlideStyle(size: size.size, theme: .named(common.theme))
        for picture in try subject.pictures(look, style).pictures {
            try output.write(format.bytes(try subject.figure(picture, look, style)))
        }
    }
}
