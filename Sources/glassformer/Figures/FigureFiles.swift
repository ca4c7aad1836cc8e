import Dispatch
import Drawing
import Figures
import Pages
import Reading
import Rendering
import Subjects
import Synchronization
import Tracing
import Wording

/// Draws figures of a subject into a folder, side by side on all cores: those of a text, of a run, of a comparison alike.
struct FigureFiles {
    /// A figure that was drawn, with its files.
    struct Drawn: Sendable {
        let picture: Picture
        let title: String
        let size: Size
        /// Each frame's caption and words for those who cannot see it.
        let frames: [(caption: String, altText: String)]
        /// By format; as many as frames, or one that holds all of them, or the last.
        let files: [(format: Renderer.Format, names: [String])]
        /// What shows each frame in a file that holds all of them.
        let anchors: [String]
        /// What the index knows of its places, as data.
        let values: String
    }

    /// What came of a selection: one figure that cannot be drawn takes nothing from the others.
    struct Outcome: Sendable {
        var drawn: [Drawn] = []
        var undrawn: [UndrawnFigure] = []
    }

    private enum Attempt: Sendable {
        case drawn(Drawn)
        case undrawn(UndrawnFigure)
        /// The trace holds too little for it, and nobody asked for it by name.
        case leftOut(UndrawnFigure)
    }

    let subject: Subject
    let pictures: [Picture]
    let look: Look
    let style: SlideStyle
    let formats: [Renderer.Format]
    private let cells: IndexValues
    let manner: Renderer.Manner
    /// Whether a figure that does not fit is drawn on the smallest canvas that holds it, rather than not at all.
    var mayGrow = false

    init(_ subject: Subject, _ look: Look, _ drawing: DrawingOptions, theme: Theme.Mode) throws {
        var manner = drawing.manner
        manner.isApart = drawing.frames || !look.figures.isEmpty
        self.subject = subject
        var look = look
        look.hidesDigits = drawing.digits != nil
        self.look = look
        style = SlideStyle(size: drawing.size.size, theme: .named(theme))
        pictures = try subject.pictures(look, style).pictures
        formats = drawing.formats
        cells = IndexValues(subject.traced?.trace, of: pictures.count)
        self.manner = manner
    }

    /// Draws and writes the index beside the figures.
    /// - Returns: what came of it; the folder is not committed.
    func draw(
        into folder: OutputFolder, title: String, isStrict: Bool = true, progress: ProgressBar? = nil
    ) throws -> Outcome {
        let outcome = try draw(into: folder, isStrict: isStrict, progress: progress)
        let page = IndexPage(
            title: title, command: CommandWords.line, figures: TraceSections.indexed(outcome.drawn),
            undrawn: outcome.undrawn.map { $0.indexed }, theme: style.theme, language: Console.language)
        try folder.write(page.html, as: "index.html")
        return outcome
    }

    /// - Parameter isStrict: whether a figure that lacks a step is named as undrawn; else it is left out.
    /// - Throws: what the folder throws where a file cannot be written, ``CommandProblem/nothingDrawn(count:name:reason:)``.
    /// The same, put in its place; what was not drawn is named on standard error.
    /// - Returns: the figures' files, in order, and the index.
    func write(into folder: OutputFolder, title: String) throws -> [String] {
        let outcome = try draw(into: folder, title: title)
        try folder.commit()
        outcome.undrawn.report()
        return (outcome.drawn.flatMap { $0.files.flatMap(\.names) } + ["index.html"]).map { folder.path + "/" + $0 }
    }

    private func draw(into folder: OutputFolder, isStrict: Bool, progress: ProgressBar?) throws -> Outcome {
        let entries = pictures
        let attempts = Mutex([Result<Attempt, any Error>?](repeating: nil, count: entries.count))
        let done = Atomic(0)
        let hasFailed = Atomic(false)
        @Sendable func work(_ place: Int) {
            // Where the folder cannot be written to, there is no point in drawing on.
            guard !hasFailed.load(ordering: .relaxed) else { return }
            let attempt = Result { try draw(entries[place], into: folder, isStrict: isStrict) }
            attempts.withLock { $0[place] = attempt }
            if case .failure = attempt { return hasFailed.store(true, ordering: .relaxed) }
            progress?.update(done.add(1, ordering: .relaxed).newValue, of: entries.count)
        }
        if entries.count == 1 {
            work(0)
        } else {
            DispatchQueue.concurrentPerform(iterations: entries.count, execute: work)
        }
        var outcome = Outcome()
        var places: [Int] = []
        var leftOut: [UndrawnFigure] = []
        for (place, attempt) in attempts.withLock({ $0 }).enumerated() {
            switch try attempt?.get() {
            case .drawn(let figure): outcome.drawn.append(figure)
            case .undrawn(let figure):
                outcome.undrawn.append(figure)
                places.append(place)
            case .leftOut(let figure): leftOut.append(figure)
            case nil: break
            }
        }
        // Of many where none fits, one is named.
        measure(&outcome.undrawn, places.map { entries[$0] }, most: outcome.drawn.isEmpty ? 1 : places.count)
        if outcome.drawn.isEmpty { try (outcome.undrawn + leftOut).refuse() }
        return outcome
    }

    /// Finds the least sizes of the first `most` figures that only the size kept from being drawn.
    private func measure(_ undrawn: inout [UndrawnFigure], _ entries: [Picture], most: Int) {
        let small = Array(undrawn.indices.filter { undrawn[$0].least != nil }.prefix(most))
        let found = Mutex([Int: UndrawnFigure]())
        DispatchQueue.concurrentPerform(iterations: small.count) { index in
            let entry = entries[small[index]]
            do {
                _ = try figure(entry)
            } catch {
                let named = self.undrawn(entry, error)
                found.withLock { $0[small[index]] = named }
            }
        }
        for (place, named) in found.withLock({ $0 }) { undrawn[place] = named }
    }

    private func undrawn(_ picture: Picture, _ error: any Error) -> UndrawnFigure {
        UndrawnFigure(name: picture.name, id: picture.id, title: picture.title, error)
    }

    func figure(_ picture: Picture, namesLeastSize: Bool = true) throws -> Figure {
        var style = style
        style.namesLeastSize = namesLeastSize || mayGrow
        if look.hidesDigits { style.showsDigits = false }
        var slide = try subject.slide(picture, look, style)
        if !manner.isApart, isMotionTooMuch(picture, slide) { slide.frames = slide.frames.suffix(1) }
        do {
            return try slide.figure(style)
        } catch {
            guard mayGrow, let least = error.leastSize else { throw error }
            style.size = Size(least.width.rounded(.up), least.height.rounded(.up))
            return try slide.figure(style)
        }
    }

    /// Whether a motion would take more than the rest of the folder: what is drawn of every head shows its last frame,
    /// where heads or frames are many; the others are there for who names the figure, or asks for `--frames`.
    private func isMotionTooMuch(_ picture: Picture, _ slide: Slide) -> Bool {
        guard case .placement(let placement) = picture.content, placement.head != nil else { return false }
        return slide.frames.count > 12 || pictures.count > IndexValues.mostWithSums
    }

    private func draw(_ entry: Picture, into folder: OutputFolder, isStrict: Bool) throws -> Attempt {
        do {
            let figure = try figure(entry, namesLeastSize: false)
            var anchors: [String] = []
            let files = try formats.map { format in
                let names = try format.write(figure, named: entry.name, manner) { bytes, name in
                    if format == .svg, !manner.isApart { anchors = SVGWriter.anchors(in: bytes) }
                    try folder.write(bytes, as: name)
                }
                return (format: format, names: names)
            }
            return .drawn(
                Drawn(
                    picture: entry, title: figure.title, size: figure.size,
                    frames: figure.frames.map { ($0.caption, $0.altText) }, files: files, anchors: anchors,
                    values: cells.values(of: figure)))
        } catch let error where error.isAboutWriting {
            throw error
        } catch {
            let undrawn = self.undrawn(entry, error)
            // A trace from elsewhere may lack what this figure needs besides its first step.
            let cause = (error as? Failure)?.cause(as: TracingError.self)
            if case .unknownStep? = cause, !isStrict { return .leftOut(undrawn) }
            return .undrawn(undrawn)
        }
    }
}
