import ArgumentParser
import Tracing

/// `glassformer explain`: how one number came to be.
struct Explain: GuidedCommand {
    static var guide: CommandGuide {
        CommandGuide(
            "explain", abstract: ExplainText.abstract.phrase, discussion: ExplainText.discussion.phrase,
            examples: [
                "glassformer explain 中华人民 --step blocks.0.attn.z --at 0,1,0,1",
                "glassformer explain 'the cat sat on the' --step probabilities --at 0,4,10 --depth 3",
            ])
    }

    @OptionGroup var input: TraceOptions

    @Option(name: .long, help: ExplainText.step.help("name"))
    var step: String

    @Option(name: .long, help: ExplainText.at.help("i,j,…"), transform: IndexList.init)
    var at: IndexList

    @Option(name: .long, help: ExplainText.depth.help("n"), transform: Count.init)
    var depth = Count(1)

    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let trace = try input.run()
        let tree = try ExplanationTree(trace, StepName(step), at: at.values, depth: max(depth.value, 1))
        if facts.json { return try StandardOutput.write(tree.json(isDeep: depth.value > 1).page) }
        try StandardOutput.write(
            depth.value > 1
                ? tree.text(trace, style: common.style)
                : ExplanationPage(trace: trace, explanation: tree.root.explanation, style: common.style).text())
    }
}
