import Dispatch
import Drawing
import Figures
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

    let selection: FigureSelection
    let request: FigureRequest
    let formats: [Renderer.Format]
    let scale: Double

    /// - Parameter isStrict: whether a figure that lacks a step is an error; else it is left out.
    func draw(into folder: OutputFolder, isStrict: Bool, progress: ProgressBar) throws -> [Drawn] {
        let entries = selection.entries
        let outcomes = Mutex([Result<Drawn?, any Error>?](repeating: nil, count: entries.count))
        let done = Atomic(0)
        let hasFailed = Atomic(false)
        @Sendable func work(_ place: Int) {
            // After a failure there is no point in drawing on.
            guard !hasFailed.load(ordering: .relaxed) else { return }
            let outcome = Result { try draw(entries[place], into: folder, isStrict: isStrict) }
            outcomes.withLock { $0[place] = outcome }
            if case .failure = outcome { return hasFailed.store(true, ordering: .relaxed) }
            progress.update(done.add(1, ordering: .relaxed).newValue, of: entries.count)
        }
        if entries.count == 1 {
            work(0)
        } else {
            DispatchQueue.concurrentPerform(iterations: entries.count, execute: work)
        }
        return try outcomes.withLock { $0 }.compactMap { try $0?.get() }
    }

    func figure(_ entry: FigureSelection.Entry) throws -> Figure { try Catalogue.draw(entry.placement, request) }

    private func draw(_ entry: FigureSelection.Entry, into folder: OutputFolder, isStrict: Bool) throws -> Drawn? {
        let figure: Figure
        do {
            figure = try self.figure(entry)
        } catch let failure as Failure {
            // A trace from elsewhere may lack what this figure needs besides its first step.
            if case .unknownStep? = failure.cause(as: TracingError.self), !isStrict { return nil }
            throw failure
        }
        let name = selection.name(entry)
        let files = try formats.map { format in
            let names = try Renderer().write(figure, named: name, as: format, scale: scale, put: folder.write)
            return (format: format, names: names)
        }
        return Drawn(
            entry: name, placement: entry.placement, title: figure.title, size: figure.size,
            frames: figure.frames.map { ($0.caption, $0.altText) }, files: files)
    }
}
