import ArgumentParser
import Drawing
import Figures
import Models
import Pages
import Reading
import Rendering
import Tracing
import Wording

/// `glassformer draw`: a text goes in, every stage's figure comes out.
struct Draw: GuidedCommand {
    static let guide = CommandGuide(
        name: "draw", abstract: DrawText.abstract.phrase, discussion: DrawText.discussion.phrase,
        examples: [
            "glassformer draw 中华人民",
            "glassformer draw 'the cat sat on the' --step 'blocks.*.attn.pattern' --layer 0 --format png --out cat",
            "glassformer draw 我爱吃苹果 --figure one-head --layer 1 --head 1 --theme dark --out head.png",
        ])

    @OptionGroup var input: TraceOptions

    @Option(name: .long, help: DrawText.step.help("glob"))
    var step: [String] = []

    @Option(name: .long, help: DrawText.figure.help("id"))
    var figure: [String] = []

    @Option(name: .long, parsing: .unconditional, help: DrawText.layer.help("n"), transform: Count.init)
    var layer: Count?

    @Option(name: .long, parsing: .unconditional, help: DrawText.head.help("n"), transform: Count.init)
    var head: Count?

    @Option(name: .long, parsing: .unconditional, help: DrawText.position.help("n|at:…"), transform: TokenPlace.read)
    var position: TokenPlace?

    @Option(name: .long, parsing: .unconditional, help: DrawText.at.help("i,j,…"), transform: IndexList.cell)
    var at: IndexList?

    @Option(name: .long, parsing: .unconditional, help: DrawText.tokens.help("n"), transform: Count.init)
    var tokens: Count?

    @Option(name: .long, parsing: .unconditional, help: DrawText.topK.help("k"), transform: Count.init)
    var topK: Count?

    @OptionGroup var drawing: DrawingOptions

    @Option(name: [.short, .long], help: DrawText.out.help("folder"), transform: OutputPath.folderOrFile)
    var out: String?

    @OptionGroup var writing: WritingOptions
    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if at != nil, step.count != 1 { throw CommandProblem.atNeedsStep }
        guard let out, !drawing.format.isEmpty else { return }
        if out == "-"
            ? drawing.formats.count > 1 : try SingleFile.format(of: out).map({ drawing.format != [$0] }) ?? false
        {
            throw CommandProblem.together("--out \(out)", "--format \(drawing.format[0].rawValue)")
        }
    }

    func run() throws {
        let file = try out.flatMap {
            try SingleFile($0, formats: drawing.format, mayReplace: writing.force)
        }
        let run = try TracedText(input, scaled: drawing.scaledSteps, generating: tokens?.value, goesOn: goesOn)
        let request = try request(run)
        let selection = try FigureSelection(
            request, globs: at == nil ? step : [], figures: figure.isEmpty && at != nil ? ["explain"] : figure,
            layer: layer?.value, head: head?.value)
        let files = FigureFiles(
            selection: selection, request: request, formats: drawing.formats, scale: drawing.scale.value)
        if let file { return try draw(files, into: file) }
        let folder = try OutputFolder(
            out ?? "output/" + run.slug, mayReplace: writing.force, names: ["index.html"])
        let progress = ProgressBar(DrawText.drawing.text, isQuiet: common.quiet)
        do {
            let outcome = try files.draw(into: folder, isStrict: !figure.isEmpty, progress: progress)
            let page = IndexPage(
                title: run.title, command: CommandWords.line, figures: TraceSections.indexed(outcome.drawn),
                undrawn: outcome.undrawn.map { $0.indexed }, theme: .named(common.theme), language: Console.language)
            try folder.write(page.html, as: "index.html")
            try folder.commit()
            progress.finish()
            outcome.undrawn.report()
            try report(outcome, in: folder.path)
            reportLeftOut(outcome.drawn, run.trace)
        } catch {
            progress.finish()
            folder.discard()
            throw error
        }
    }

    /// Whether any figure asked for shows words that the model adds; the others need no more than the text.
    private var goesOn: Bool {
        let isAboutWords = step.contains { Glob($0).matches(StepName(.probabilities).description) }
        return figure.isEmpty
            ? step.isEmpty || isAboutWords : figure.contains { [WordChain.id, KeyValueCacheFigure.id].contains($0) }
    }

    private func draw(_ files: FigureFiles, into file: SingleFile) throws {
        try file.draw(files)
        guard file.output.path != "-" else { return }
        if facts.json {
            let id = files.selection.entries.first?.placement.figure.id ?? ""
            return try StandardOutput.write(JSONText.object(["file": .text(file.output.path), "id": .text(id)]).page)
        }
        if !common.quiet { try StandardOutput.write(file.output.path + "\n") }
    }

    private func request(_ run: TracedText) throws -> FigureRequest {
        FigureRequest(
            trace: run.trace, tokenizer: run.tokenizer, text: run.text, layer: layer?.value ?? 0,
            head: head?.value ?? 0, position: try position?.index(in: run.trace), top: topK?.value,
            cell: try cell(run.trace),
            style: SlideStyle(size: drawing.size.size, theme: .named(common.theme)))
    }

    /// The number to explain: the one asked for, else one of the attention's sums, as an example of them all.
    private func cell(_ trace: Trace) throws -> (step: StepName, index: [Int])? {
        if let at, let step = step.first {
            // Asked here, so that a wrong step or index is said as such.
            _ = try trace.explain(StepName(step), at: at.values)
            return (StepName(step), at.values)
        }
        let name = StepName.block(layer?.value ?? 0, .z)
        guard let z = trace[name], z.shape.rank == 4, z.shape[1] > 0 else { return nil }
        return (name, [0, z.shape[1] - 1, head?.value ?? 0, 0])
    }

    private func report(_ outcome: FigureFiles.Outcome, in folder: String) throws {
        if facts.json { return try StandardOutput.write(json(outcome, folder).page) }
        guard !common.quiet else { return }
        for missing in Renderer().measurer.missingFaces { StandardError.write(missing.warning.text + "\n") }
        let drawn = outcome.drawn
        let count = drawn.reduce(0) { $0 + $1.files.reduce(0) { $0 + $1.names.count } }
        let formats = drawing.formats.map { $0.rawValue.uppercased() }.joined(separator: ", ")
        try StandardOutput.write(
            DrawText.wrote.text([
                "figures": "\(drawn.count)", "files": "\(count)", "formats": Phrase(formats),
                "folder": Phrase(folder),
            ]) + "\n" + DrawText.open.text(["file": Phrase(folder + "/index.html")]) + "\n")
    }

    /// A trace may hold any part of a run: which figures it is too little for, in one line.
    private func reportLeftOut(_ drawn: [FigureFiles.Drawn], _ trace: Trace) {
        guard trace.isPartial, !common.quiet, step.isEmpty, figure.isEmpty, at == nil else { return }
        let there = Set(drawn.map { $0.placement.figure.id })
        // Only those of a model like this one: most traces have no second stack, no heads of BERT's, no gradients.
        let other = [TwoStackMap.id, TranslationChain.id, WordChain.id, MergeLadder.id]
        let usual = Catalogue.all.filter { figure in
            !figure.shows.isEmpty && !other.contains(figure.id) && figure.shows.allSatisfy { Self.usual.contains($0) }
        }
        let missing = usual.map { $0.id }.filter { !there.contains($0) }
        guard !missing.isEmpty else { return }
        StandardError.write(
            DrawText.leftOut.text(["figures": Phrase(missing.joined(separator: ", "))]) + "\n")
    }

    private static let usual: Set<Label> = [
        .tokens, .embed, .positionEmbed, .residualPre, .norm1, .query, .key, .value, .dotProducts, .unmaskedScores,
        .scores, .pattern, .z, .joined, .attentionOut, .residualMid, .norm2, .hiddenPre, .hiddenPost, .feedForwardOut,
        .residualPost, .finalNorm, .logits, .probabilities,
    ]

    private func json(_ outcome: FigureFiles.Outcome, _ folder: String) -> JSONText {
        .object([
            "folder": .text(folder), "index": .text(folder + "/index.html"),
            "figures": .objects(outcome.drawn) { figure in
                [
                    "id": .text(figure.placement.figure.id), "name": .text(figure.entry), "title": .text(figure.title),
                    "stack": figure.placement.stack == .single ? .null : .text(figure.placement.stack.rawValue),
                    "layer": figure.placement.layer.map { .integer($0) } ?? .null,
                    "head": figure.placement.head.map { .integer($0) } ?? .null,
                    "frames": .integer(figure.frames.count),
                    "steps": .texts(figure.placement.steps.map(\.description)),
                    "files": .texts(figure.files.flatMap(\.names)),
                ]
            },
            "undrawn": .objects(outcome.undrawn) { $0.json },
        ])
    }
}
