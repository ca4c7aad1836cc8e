import ArgumentParser
import Drawing
import Figures
import Models
import Pages
import Reading
import Rendering
import Subjects
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
            "glassformer draw --run film --format png", "glassformer draw 中华人民 --off L0H2 --figure logits",
        ])

    @OptionGroup var input: SubjectOptions

    @Option(name: .long, help: DrawText.step.help("glob"))
    var step: [String] = []

    @Option(name: .long, help: DrawText.figure.help("id"))
    var figure: [String] = []

    @Option(name: .long, parsing: .unconditional, help: DrawText.layer.help("n"), transform: Typed.read(Count.init))
    var layer: Count?

    @Option(name: .long, parsing: .unconditional, help: DrawText.head.help("n"), transform: Typed.read(Count.init))
    var head: Count?

    @Option(name: .long, help: DrawText.stack.help("encoder|decoder"))
    var stack: Stack?

    @Option(
        name: .long, parsing: .unconditional, help: DrawText.position.help("n|at:…"),
        transform: Typed.read(TokenPlace.init))
    var position: TokenPlace?

    @Option(
        name: .long, parsing: .unconditional, help: DrawText.at.help("i,j,…"), transform: Typed.read(IndexList.cell))
    var at: IndexList?

    @Option(name: .long, parsing: .unconditional, help: DrawText.topK.help("k"), transform: Typed.read(Count.init))
    var topK: Count?

    @OptionGroup var drawing: DrawingOptions

    @Option(name: [.short, .long], help: DrawText.out.help("folder"), transform: OutputPath.folderOrFile)
    var out: String?

    @OptionGroup var writing: WritingOptions
    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if at != nil, step.count != 1 { throw CommandProblem.subject(.atNeedsStep) }
        guard let out, !drawing.format.isEmpty else { return }
        if out == "-"
            ? drawing.formats.count > 1 : try SingleFile.format(of: out).map({ drawing.format != [$0] }) ?? false
        {
            throw CommandProblem.subject(.together("--out \(out)", "--format \(drawing.format[0].rawValue)"))
        }
    }

    func run() throws {
        let file = try out.flatMap {
            try SingleFile($0, formats: drawing.format, mayReplace: writing.force)
        }
        let subject = try input.subject(scaled: drawing.scaledSteps, layer: layer?.value, goesOn: goesOn)
        var look = look
        // A calculation that draws no picture of its own has steps of its own names, each a table.
        if !input.calculate.isEmpty, figure.isEmpty, step.isEmpty, subject.slides.isEmpty { look.steps = ["*"] }
        let files = try FigureFiles(subject, look, drawing, theme: common.theme)
        if let file { return try draw(files, into: file) }
        let folder = try OutputFolder(
            out ?? "output/" + subject.slug, mayReplace: writing.force, names: ["index.html"])
        let progress = ProgressBar(DrawText.drawing.text, isQuiet: common.quiet)
        do {
            let outcome = try files.draw(
                into: folder, title: subject.title, isStrict: !figure.isEmpty, progress: progress)
            try folder.commit()
            progress.finish()
            outcome.undrawn.report()
            try report(outcome, in: folder.path)
            if let trace = subject.traced?.trace { reportLeftOut(outcome.drawn, trace) }
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
            ? step.isEmpty || isAboutWords
            : figure.contains { [WordChain.id, KeyValueCacheFigure.id, GenerationTree.id].contains($0) }
    }

    private func draw(_ files: FigureFiles, into file: SingleFile) throws {
        try file.draw(files)
        guard file.output.path != "-" else { return }
        if facts.json {
            let id = files.pictures.first?.id ?? ""
            return try StandardOutput.write(JSONText.object(["file": .text(file.output.path), "id": .text(id)]).page)
        }
        if !common.quiet { try StandardOutput.write(file.output.path + "\n") }
    }

    /// What is looked at.
    func source() throws -> SubjectSource { try input.source(scaled: drawing.scaledSteps, layer: layer?.value) }

    /// Which figures, and how they are set.
    var look: Look {
        var look = Look()
        look.figures = figure
        look.steps = step
        look.layer = layer?.value
        look.head = head?.value
        look.stack = stack
        look.position = position
        look.at = at?.values
        look.top = topK?.value
        look.hidesDigits = drawing.digits != nil
        return look
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
        let there = Set(drawn.map { $0.picture.id })
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
                    "id": .text(figure.picture.id), "name": .text(figure.picture.name), "title": .text(figure.title),
                    "stack": figure.picture.stack.map { .text($0.rawValue) } ?? .null,
                    "layer": (figure.picture.placement?.layer).map { .integer($0) } ?? .null,
                    "head": (figure.picture.placement?.head).map { .integer($0) } ?? .null,
                    "frames": .integer(figure.frames.count),
                    "steps": .texts(figure.picture.steps.map(\.description)),
                    "files": .texts(figure.files.flatMap(\.names)),
                ]
            },
            "undrawn": .objects(outcome.undrawn) { $0.json },
        ])
    }
}

/// Of a model of two.
extension Stack: ExpressibleByArgument {
    public init?(argument: String) {
        guard let stack = Stack(rawValue: argument), stack != .single else { return nil }
        self = stack
    }

    public static var allValueStrings: [String] { [Stack.encoder, .decoder].map(\.rawValue) }
}
