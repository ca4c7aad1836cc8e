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
    private func measure(_ undrawn: inout [UndrawnFigure], _ entries: [FigureSelection.Entry], most: Int) {
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

    private func undrawn(_ entry: FigureSelection.Entry, _ error: any Error) -> UndrawnFigure {
        let figure = entry.placement.figure
        return UndrawnFigure(name: selection.name(entry), id: figure.id, title: figure.title, error)
    }

    func figure(_ entry: FigureSelection.Entry) throws -> Figure { try Catalogue.draw(entry.placement, request) }

    private func draw(_ entry: FigureSelection.Entry, into folder: OutputFolder, isStrict: Bool) throws -> Attempt {
        let name = selection.name(entry)
        var request = request
        request.style.namesLeastSize = false
        do {
            let figure = try Catalogue.draw(entry.placement, request)
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
            let undrawn = self.undrawn(entry, error)
            // A trace from elsewhere may lack what this figure needs besides its first step.
            let cause = (error as? Failure)?.cause(as: TracingError.self)
            if case .unknownStep? = cause, !isStrict { return .leftOut(undrawn) }
            return .undrawn(undrawn)
        }
    }
}
