import Drawing
import Foundation
import Reading
import Rendering
import Synchronization
import Wording

extension Book {
    /// Every figure that could be drawn, and what could not.
    struct Drawn {
        var figures: [FigureFiles: [BookFigure]] = [:]
        var findings: [ChapterID: [Finding]] = [:]
    }

    struct Job: Sendable {
        var files: FigureFiles
        var reference: FigureReference
        /// In its chapter's data.
        var place: Place

        var name: String { "\(files.chapter) \(files.figure) \(files.language.rawValue)" }

        /// What is drawn: chapters may show the same.
        var picture: Picture { Picture(reference: reference, language: files.language) }

        struct Picture: Hashable {
            var reference: FigureReference
            var language: Language
        }
    }

    /// What the drawing threads share.
    private struct Shared {
        var figures: [FigureFiles: [BookFigure]] = [:]
        var done = 0
        /// By job, so that they are told in the book's order, whichever thread was faster.
        var findings: [Int: Finding] = [:]
        /// Where the folder cannot be written to, there is no point in drawing on.
        var failure: (any Error)?
    }

    /// Draws every figure in every language on all cores, once for all chapters that show it, and writes each picture as
    /// soon as it is drawn.
    /// - Throws: `BookError` where a file cannot be written.
    func draw(
        _ jobs: [Job], into folder: OutputFolder, progress: @Sendable @escaping (Progress) -> Void
    ) throws -> Drawn {
        let shared = Mutex(Shared())
        let pictures = jobs.indices.map { $0 }.grouped { jobs[$0].picture }
        DispatchQueue.concurrentPerform(iterations: pictures.count) { picture in
            guard shared.withLock({ $0.failure == nil }), let first = pictures[picture].first else { return }
            let outcome = Result { try draw(jobs[first], into: folder) }
            shared.withLock { state in
                for index in pictures[picture] {
                    let job = jobs[index]
                    switch outcome {
                    case .success(let figures): state.figures[job.files] = figures.map { $0.of(job.files) }
                    case .failure(let error) where error.isAboutWriting: state.failure = state.failure ?? error
                    case .failure(let error):
                        let reason = Finding.reason(error)
                        state.findings[index] = CheckWords.figureFails.finding(
                            at: "\(job.place) \(job.files.language.rawValue)",
                            ["figure": Phrase(job.reference.id), "reason": reason])
                    }
                    state.done += 1
                    progress(Progress(done: state.done, total: jobs.count, what: job.name))
                }
            }
        }
        return try shared.withLock { state in
            if let failure = state.failure { throw failure }
            var drawn = Drawn(figures: state.figures)
            for index in jobs.indices {
                if let finding = state.findings[index] {
                    drawn.findings[jobs[index].files.chapter, default: []].append(finding)
                }
            }
            return drawn
        }
    }

    /// For every screen, in both themes; a figure that cannot be drawn for a telephone is shown as the other.
    private func draw(_ job: Job, into folder: OutputFolder) throws -> [BookFigure] {
        // Frames and screens show the same numbers: each is explained once.
        var known: [Drawing.Tag: String?] = [:]
        let explain = source.sums(of: job.reference)
        func sum(_ tag: Drawing.Tag) -> String? {
            if let text = known[tag] { return text }
            let text = explain(tag)
            known[tag] = .some(text)
            return text
        }
        let wide = try draw(job, .wide, into: folder, sum: sum)
        do {
            return [wide, try draw(job, .narrow, into: folder, sum: sum)]
        } catch {
            guard !error.isAboutWriting else { throw error }
            return [wide]
        }
    }

    private func draw(
        _ job: Job, _ shape: BookShape, into folder: OutputFolder, sum: (Drawing.Tag) -> String?
    ) throws -> BookFigure {
        let renderer = Renderer()
        func drawing(_ theme: Theme.Mode) throws -> (figure: Figure, picture: [UInt8]) {
            let setting = FigureSetting(
                language: job.files.language, theme: theme, size: shape.size, isQuiet: true,
                isExact: shape == .narrow)
            let figure = try source.layout(job.reference, setting)
            let picture = try renderer.svg(figure, frame: nil, prefix: BookFigure.prefix, use: .page)
            return (figure, Array(picture.utf8))
        }
        let (figure, light) = try drawing(.light)
        let dark = try drawing(.dark).picture
        var written: [(bytes: [UInt8], theme: Theme.Mode?)] = [(light, .light), (dark, .dark)]
        if let both = ThemedPicture.merged(light: light, dark: dark) { written = [(both, nil)] }
        let drawings = try written.map { bytes, theme in
            let picture = BookPicture(
                bytes, figure: job.reference.id, language: job.files.language, theme: theme)
            try folder.write(bytes, as: picture.path)
            return picture
        }
        return BookFigure(figure, files: job.files, shape: shape, drawings: drawings, sum: sum)
    }
}
