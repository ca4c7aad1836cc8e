import Dispatch
import Drawing
import Synchronization
import Wording

/// Draws the figures of chapters in every language and theme, on all cores, and looks for what they lack.
struct FigureCheck<Source: FigureSource>: Sendable {
    let source: Source

    private struct Job: Sendable {
        let reference: FigureReference
        let language: Language
        let place: String
    }

    /// - Returns: what is wrong, by the place of the step that shows the figure.
    func findings(_ chapters: [Chapter]) -> [String: [Finding]] {
        let jobs = chapters.flatMap { chapter in
            chapter.figures.flatMap { figure in
                Language.allCases.map { language in
                    Job(
                        reference: figure.reference[language], language: language,
                        place: chapter.place(of: figure, in: language))
                }
            }
        }
        let found = Mutex([String: [Finding]]())
        DispatchQueue.concurrentPerform(iterations: jobs.count) { index in
            let job = jobs[index]
            // What is wrong in both themes is said once.
            var seen: Set<Finding> = []
            let findings = Theme.Mode.allCases.flatMap { look(job, theme: $0) }.filter { seen.insert($0).inserted }
            found.withLock { $0[job.place] = findings }
        }
        return found.withLock { $0 }
    }

    private func look(_ job: Job, theme: Theme.Mode) -> [Finding] {
        let name = Phrase(job.reference.id)
        do {
            let figure = try source.layout(job.reference, FigureSetting(language: job.language, theme: theme))
            if figure.frames.isEmpty { return [CheckWords.figureEmpty.finding(at: job.place, ["figure": name])] }
            var findings: [Finding] = []
            if figure.title.isEmpty {
                findings.append(CheckWords.figureWithoutWords.finding(at: job.place, ["figure": name]))
            }
            for (index, frame) in figure.frames.enumerated() where frame.caption.isEmpty || frame.altText.isEmpty {
                findings.append(
                    CheckWords.wordlessFrame.finding(at: job.place, ["figure": name, "frame": "\(index + 1)"]))
            }
            return findings
        } catch {
            return [
                CheckWords.figureFails.finding(at: job.place, ["figure": name, "reason": Finding.reason(error)])
            ]
        }
    }
}

extension Chapter {
    /// Where the data names a figure, for messages.
    func place(of figure: PlacedFigure, in language: Language) -> String {
        "\(figure.place) {#\(figure.id)} \(language.rawValue)"
    }
}
