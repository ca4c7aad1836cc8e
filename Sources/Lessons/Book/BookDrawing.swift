import Drawing
import Foundation
import Reading
import Rendering
import Synchronization
import Wording

extension Book {
    /// The light drawing of every figure, its pictures already written, and what could not be drawn.
    struct Drawn {
        var figures: [FigureFiles: Figure] = [:]
        var pictures = 0
        var findings: [Finding] = []
    }

    private struct Job: Sendable {
        var files: FigureFiles
        var reference: FigureReference
        /// In its chapter's data.
        var place: Place

        var name: String { "\(files.chapter) \(files.figure) \(files.language.rawValue)" }
    }

    /// What the drawing threads share.
    private struct Shared {
        var drawn = Drawn()
        var done = 0
        /// By job, so that they are told in the book's order, whichever thread was faster.
        var findings: [Int: Finding] = [:]
        /// Where the folder cannot be written to, there is no point in drawing on.
        var failure: (any Error)?
    }

    /// Draws every figure in every language and theme on all cores, and writes each picture as soon as it is drawn.
    /// - Throws: `BookError` where a file cannot be written.
    func draw(
        _ chapters: [AnsweredChapter], languages: [Language], into folder: OutputFolder,
        progress: @Sendable @escaping (Progress) -> Void
    ) throws -> Drawn {
        let jobs = chapters.flatMap { chapter in
            chapter.chapter.figures.flatMap { figure in
                languages.map { language in
                    Job(
                        files: FigureFiles(chapter: chapter.chapter.id, figure: figure.id, language: language),
                        reference: figure.reference[language], place: figure.place)
                }
            }
        }
        let shared = Mutex(Shared())
        DispatchQueue.concurrentPerform(iterations: jobs.count) { index in
            guard shared.withLock({ $0.failure == nil }) else { return }
            let job = jobs[index]
            let outcome = Result { try draw(job, into: folder) }
            shared.withLock { state in
                switch outcome {
                case .success(let (light, pictures)):
                    state.drawn.figures[job.files] = light
                    state.drawn.pictures += pictures
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
        return try shared.withLock { state in
            if let failure = state.failure { throw failure }
            state.drawn.findings = jobs.indices.compactMap { state.findings[$0] }
            return state.drawn
        }
    }

    private func draw(_ job: Job, into folder: OutputFolder) throws -> (Figure, Int) {
        let renderer = Renderer()
        var pictures = 0
        func draw(_ theme: Theme.Mode) throws -> Figure {
            let figure = try source.layout(
                job.reference, FigureSetting(language: job.files.language, theme: theme))
            for index in figure.frames.indices {
                let picture = try renderer.svg(figure, frame: index)
                try folder.write(Array(picture.utf8), as: job.files.path(frame: index, theme: theme))
                pictures += 1
            }
            return figure
        }
        _ = try draw(.dark)
        var light = try draw(.light)
        try folder.write(renderer.pdf(light), as: job.files.pdfPath)
        // Pages need no more than the words and the places; what is painted would fill the memory.
        for index in light.frames.indices { light.frames[index].items = [] }
        return (light, pictures + 1)
    }
}

/// What can go wrong while a book is written.
package enum BookError: ExplainedError {
    /// The folder holds something that is not a book, which writing would destroy.
    case foreignFolder(String)
    case missingAssets(String)
    /// There is no chapter that could be written; why the first could not.
    case noChapter(Finding?)

    package var explanation: Phrase {
        switch self {
        case .foreignFolder(let path):
            Phrase(
                en:
                    "\(path) is not empty and is no book of ours; name a new or empty folder, or write into it by --force",
                zh: "\(path) 不是空文件夹，也不是本程序写的书；请换一个新的或空的文件夹，或用 --force 写进去")
        case .missingAssets(let path):
            Phrase(en: "the book's styles are missing; expected \(path)", zh: "缺少书的样式文件，应有 \(path)")
        case .noChapter(let finding):
            finding?.line ?? Phrase(en: "the course has no chapter to write", zh: "课程里没有可写的章节")
        }
    }
}
