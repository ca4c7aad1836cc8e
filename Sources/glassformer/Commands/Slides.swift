import ArgumentParser
import Decks
import Drawing
import Lessons
import Models
import Reading
import Rendering
import Subjects
import Tracing
import Wording

/// `glassformer slides`: a lecture's deck, of a sentence, of chosen figures, of a run, of a lesson.
struct Slides: GuidedCommand {
    static let guide = CommandGuide(
        name: "slides", abstract: SlidesText.abstract.phrase, discussion: SlidesText.discussion.phrase,
        examples: [
            "glassformer slides 中华人民 --out china.pptx",
            "glassformer slides 'the cat sat on the' --layer 1 --head 2 --format pdf --out cat.pdf",
            "glassformer slides --lesson 1.9 --theme dark --out lesson.pptx",
            "glassformer slides 我爱吃苹果 --figure softmax --layer 0 --head 1 --out softmax.pptx",
            "glassformer slides --run film --out film.pptx",
        ])

    @OptionGroup var input: SubjectOptions

    @Option(name: .long, help: SlidesText.lesson.help("id"))
    var lesson: String?

    @Option(name: .long, help: SlidesText.figure.help("id"))
    var figure: [String] = []

    @Flag(name: .long, help: SlidesText.all.help)
    var all = false

    @Option(name: .long, parsing: .unconditional, help: SlidesText.layer.help("n"), transform: Typed.read(Count.init))
    var layer: Count?

    @Option(name: .long, parsing: .unconditional, help: SlidesText.head.help("n"), transform: Typed.read(Count.init))
    var head: Count?

    @Option(name: .long, help: DrawText.stack.help("encoder|decoder"))
    var stack: Stack?

    @Option(
        name: .long, parsing: .unconditional, help: DrawText.position.help("n|at:…"),
        transform: Typed.read(TokenPlace.init))
    var position: TokenPlace?

    @Option(name: .long, parsing: .unconditional, help: DrawText.topK.help("k"), transform: Typed.read(Count.init))
    var topK: Count?

    @Option(name: .long, help: DrawText.digits.help("none"))
    var digits: DrawingOptions.Digits?

    @OptionGroup var scaled: ScaledSteps

    @Option(name: .long, help: SlidesText.format.help("pptx|pdf|png|svg"))
    var format: DeckFormat?

    @Option(name: [.short, .long], help: SlidesText.out.help("file"), transform: OutputPath.folderOrFile)
    var out: String?

    @OptionGroup var writing: WritingOptions
    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        _ = try target()
        if all, !figure.isEmpty { throw CommandProblem.together("--all", "--figure") }
        guard lesson != nil else { return }
        guard input.isEmpty else { throw CommandProblem.together("--lesson", SlidesText.subject.text) }
        let others = [
            ("--figure", !figure.isEmpty), ("--layer", layer != nil), ("--head", head != nil),
            ("--stack", stack != nil),
            ("--position", position != nil), ("--top-k", topK != nil), ("--digits", digits != nil), ("--all", all),
            ("--scale", !scaled.scale.isEmpty),
        ]
        if let other = others.first(where: \.1) { throw CommandProblem.together("--lesson", other.0) }
    }

    func run() throws {
        let target = try target()
        // Refused before the work is done, where it cannot be written.
        let progress = ProgressBar(SlidesText.making.text, isQuiet: common.quiet)
        defer { progress.finish() }
        if let lesson {
            let files = try DeckFiles(out ?? "lesson-\(lesson.filter { $0 != "/" })", target, mayReplace: writing.force)
            let (deck, findings) = try LessonsCommand.Shelves().deck(lesson, theme: common.theme)
            progress.finish()
            findings.report()
            try write(deck, [], files)
            guard findings.isEmpty else { throw CommandProblem.findings(count: findings.count) }
            return
        }
        let source = try input.source(scaled: scaled.scale, layer: layer?.value)
        let subject = try Shelf.subjects.subject(source, goesOn: figure.isEmpty || goesOn)
        let files = try DeckFiles(out ?? subject.slug, target, mayReplace: writing.force)
        let style = SlideStyle(size: Deck.size, theme: .named(common.theme))
        let choice: SubjectDeck.Choice = all ? .all : figure.isEmpty ? .story : .named
        var look = look
        if !input.calculate.isEmpty, figure.isEmpty, subject.slides.isEmpty { look.steps = ["*"] }
        let written = input.written(source, scaled: scaled.scale)
        let made = try SubjectDeck(
            subject: subject, look: look, style: style, choice: choice, command: { self.command($0, written) }
        ).slides(progress: progress)
        progress.finish()
        made.undrawn.report()
        let deck = Deck(
            title: subject.title, language: Console.language, theme: style.theme, command: CommandWords.line,
            slides: made.slides)
        try write(deck, made.undrawn, files)
    }

    private var goesOn: Bool {
        figure.contains { [WordChainID.wordChain, WordChainID.cache, WordChainID.tree].contains($0) }
    }

    private enum WordChainID {
        static let (wordChain, cache, tree) = ("word-chain", "key-value-cache", "generation-tree")
    }

    private var look: Look {
        var look = Look()
        look.figures = figure
        look.layer = layer?.value
        look.head = head?.value
        look.stack = stack
        look.position = position
        look.top = topK?.value
        look.hidesDigits = digits != nil
        return look
    }

    /// The format, and whether the path says it: `--format`, else the path's ending, else a presentation.
    private func target() throws -> DeckFormat {
        guard let out, let ending = OutputPath.pictureEnding(out) else { return format ?? .pptx }
        guard let named = DeckFormat(rawValue: ending), !named.isOfPages else {
            throw CommandProblem.outside(option: "--out", expected: ".pptx, .pdf", found: out)
        }
        guard format ?? named == named else {
            throw CommandProblem.together("--out \(out)", "--format \(format?.rawValue ?? "")")
        }
        return named
    }

    /// The command that draws one of the deck's figures.
    private func command(_ picture: Picture, _ written: SubjectWords) -> String {
        var words = written
        words.add("figure", picture.id)
        words.add("layer", picture.placement?.layer.map { "\($0)" })
        words.add("head", picture.placement?.head.map { "\($0)" })
        words.add("stack", picture.stack?.rawValue)
        if let table = picture.placement?.table {
            words.add("step", table.description)
        }
        words.add("position", position?.description)
        words.add("top-k", topK.map { "\($0.value)" })
        words.add("digits", digits?.rawValue)
        words.add("language", common.language?.rawValue)
        if common.theme != .light { words.add("theme", common.theme.rawValue) }
        return CommandWords.line("draw", words)
    }

    private func write(_ deck: Deck, _ undrawn: [UndrawnFigure], _ files: DeckFiles) throws {
        let names = try files.write(deck)
        if facts.json { return try StandardOutput.write(files.json(deck, names, undrawn).page) }
        guard !common.quiet, files.path != "-" else { return }
        for missing in Renderer().measurer.missingFaces { StandardError.write(missing.warning.text + "\n") }
        let size = files.size
        try StandardOutput.write(
            SlidesText.wrote.text([
                "file": Phrase(files.path), "slides": "\(deck.slides.count)", "size": Phrase(ByteCount.text(size)),
            ]) + "\n")
    }
}

extension DeckFormat: ExpressibleByArgument {}

extension LessonsCommand.Shelves {
    /// A chapter's slides, and the figures that they lack.
    func deck(_ id: String, theme: Theme.Mode) throws -> (Deck, [Finding]) {
        let chapter = try chapter(id, of: read())
        do {
            return try ChapterDeck(
                chapter.answered(by: engine), source: engine, language: Console.language, theme: theme
            ).made(command: CommandWords.line)
        } catch {
            throw CommandProblem.chapter(Finding(error, of: chapter).line)
        }
    }
}
