import ArgumentParser
import Models
import Reading
import Subjects
import Tracing

/// `glassformer trace`: a run, written to a file that Python opens too.
struct TraceCommand: GuidedCommand {
    static let guide = CommandGuide(
        name: "trace", abstract: TraceText.abstract.phrase, discussion: TraceText.discussion.phrase,
        examples: [
            "glassformer trace 中华人民 --out china.safetensors",
            "glassformer trace 'the cat sat on the' --tokens 3 --out cat.safetensors",
            "glassformer trace 'the cat sat on the mat' --backward --out step.safetensors",
            "glassformer trace 'the cat sat on the mat' --step 'blocks.*.attn.pattern' --out patterns.safetensors",
        ])

    @OptionGroup var input: SubjectOptions
    @OptionGroup var scaled: ScaledSteps

    @Option(name: [.short, .long], help: TraceText.out.help("file"), transform: OutputPath.file)
    var out: String

    @Option(name: .long, help: TraceText.step.help("glob"))
    var step: [String] = []

    @Flag(name: .long, help: TraceText.withoutParameters.help)
    var withoutParameters = false

    @OptionGroup var writing: WritingOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let output = try OutputFile(out, mayReplace: writing.force)
        let trace = try kept(of: input.steps(scaled: scaled.scale))
        var size = 0
        try output.tryPieces { put in
            try TraceFile.forEachPiece(of: trace) {
                size += $0.count
                put($0)
            }
        }
        if !common.quiet, let first = trace.firstNotFinite {
            StandardError.write(RunText.begins.text(["where": first.phrase]) + "\n")
        }
        guard !common.quiet, out != "-" else { return }
        try StandardOutput.write(
            TraceText.wrote.text([
                "file": .init(out), "steps": .init("\(trace.steps.count)"), "size": .init(ByteCount.text(size)),
            ]) + "\n")
    }

    /// The steps that the file is to hold.
    private func kept(of trace: Trace) throws -> Trace {
        guard !step.isEmpty || withoutParameters else { return trace }
        let names = trace.steps.map(\.name.description)
        for pattern in step where !names.contains(where: Glob(pattern).matches) {
            guard !Glob(pattern).isOpen else { throw CommandProblem.noStep(pattern: pattern) }
            // Its error names the steps that come nearest.
            _ = try trace.step(StepName(pattern))
        }
        let globs = step.map { Glob($0) }
        return try trace.keeping { step in
            let name = step.name.description
            return (globs.isEmpty || globs.contains { $0.matches(name) })
                && !(withoutParameters && step.isAboutParameter)
        }
    }
}
