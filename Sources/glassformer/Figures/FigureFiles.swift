import Dispatch
import Drawing
import Figures
import Reading
import Rendering
import Synchronization
import Tracing
import Wording

/// Draws a selection of figures into a folder, side by side on all cores.
struct FigureFiles {
    /// A figure that was drawn, with its files.
    struct Drawn: Sendable {
        let entry: String
        let placement: Catalogue.Placement
        let title: String
        let size: Size
        /// Each frame's caption and words for those who cannot see it.
        let frames: [(caption: String, altText: String)]
        /// By format; as many as frames, but for PDF, which holds all frames as pages.
        let files: [(format: Renderer.Format, names: [String])]
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

    let selection: FigureSelection
    let request: FigureRequest
    let formats: [Renderer.Format]
    let scale: Double

    /// - Parameter isStrict: whether a figure that lacks a step is named as undrawn; else it is left out.
    /// - Throws: what the folder throws where a file cannot be written, ``CommandProblem/nothingDrawn(count:name:reason:)``.
    func draw(into folder: OutputFolder, isStrict: Bool, progress: ProgressBar) throws -> Outcome {
        let entries = selection.entries
        let attempts = Mutex([Result<Attempt, any Error>?](repeating: nil, count: entries.count))
        let done = Atomic(0)
        let hasFailed = Atomic(false)
        @Sendable func work(_ place: Int) {
            // Where the folder cannot be written to, there is no point in drawing on.
            guard !hasFailed.load(ordering: .relaxed) else { return }
            let attempt = Result { try draw(entries[place], into: folder, isStrict: isStrict) }
            attempts.withLock { $0[place] = attempt }
            if case .failure = attempt { return hasFailed.store(true, ordering: .relaxed) }
            progress.update(done.add(1, ordering: .relaxed).newValue, of: entries.count)
        }
        if entries.count == 1 {
            work(0)
        } else {
            DispatchQueue.concurrentPerform(iterations: entries.count, execute: work)
        }
        var outcome = Outcome()
        var leftOut: [UndrawnFigure] = []
        for attempt in attempts.withLock({ $0 }) {
            switch try attempt?.get() {
            case .drawn(let figure): outcome.drawn.append(figure)
            case .undrawn(let figure): outcome.undrawn.append(figure)
            case .leftOut(let figure): leftOut.append(figure)
            case nil: break
            }
        }
        if outcome.drawn.isEmpty { try (outcome.undrawn + leftOut).refuse() }
        return outcome
    }

    func figure(_ entry: FigureSelection.Entry) throws -> Figure { try Catalogue.draw(entry.placement, request) }

    private func draw(_ entry: FigureSelection.Entry, into folder: OutputFolder, isStrict: Bool) throws -> Attempt {
        let name = selection.name(entry)
        do {
            let figure = try self.figure(entry)
            let files = try formats.map { format in
                let names = try Renderer().write(
                    figure, named: name, as: format, scale: scale, put: folder.write(_:as:))
                return (format: format, names: names)
            }
            return .drawn(
                Drawn(
                    entry: name, placement: entry.placement, title: figure.title, size: figure.size,
                    frames: figure.frames.map { ($0.caption, $0.altText) }, files: files))
        } catch let error where error.isAboutWriting {
            throw error
        } catch {
            let undrawn = UndrawnFigure(
                name: name, id: entry.placement.figure.id, title: entry.placement.figure.title, error)
            // A trace from elsewhere may lack what this figure needs besides its first step.
            let cause = (error as? Failure)?.cause(as: TracingError.self)
            if case .unknownStep? = cause, !isStrict { return .leftOut(undrawn) }
            return .undrawn(undrawn)
        }
    }
}
