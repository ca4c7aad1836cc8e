import Drawing
import Wording

/// The course in order, one stop at a time: a chapter's opening, its steps, its experiment, its questions.
package struct LessonWalk<Source: FigureSource> {
    let course: Course
    let source: Source
    let console: LessonConsole
    /// Told after every stop.
    let keep: (LessonRecord) -> Void
    package internal(set) var record: LessonRecord

    package init(
        _ course: Course, source: Source, record: LessonRecord, console: LessonConsole,
        keep: @escaping (LessonRecord) -> Void = { _ in }
    ) {
        self.course = course
        self.source = source
        self.record = record
        self.console = console
        self.keep = keep
    }

    var language: Language { console.screen.language }

    /// What the reader wants after a stop.
    enum Move {
        case next, back, again, contents, quit
        case stop(Int)
        case chapter(ChapterID)
    }

    /// - Parameter start: where to begin; what is no longer there begins with its chapter, else with the course.
    /// - Throws: what writing throws.
    package mutating func run(from start: LessonRecord.Place?) throws {
        guard var here = start.flatMap({ course.chapter($0.chapter)?.id }) ?? course.chapters.first?.id else { return }
        var stop: String? = start?.stop
        // Backwards, a chapter begins with its last stop.
        while true {
            let outcome: Move
            do {
                guard let chapter = course.chapter(here) else { return }
                var visit = try Visit(chapter.answered(by: source, in: course), self)
                outcome = try visit.run(from: stop)
                record = visit.walk.record
            } catch let error where !error.isAboutWriting {
                guard let chapter = course.chapter(here) else { return }
                let reason = Finding(error, of: chapter).line
                try console.say([(WalkWords.brokenChapter.text(language, ["id": "\(here)", "reason": reason]), .bold)])
                outcome = .next
            }
            switch outcome {
            case .next:
                guard let after = course.chapter(after: here) else {
                    return try console.say([(WalkWords.finished[language], .bold)])
                }
                (here, stop) = (after.id, nil)
            case .back:
                guard let before = course.chapter(before: here) else {
                    try console.say([(WalkWords.back[language], .dim)])
                    stop = nil
                    continue
                }
                (here, stop) = (before.id, Visit.last)
            case .chapter(let id): (here, stop) = (id, nil)
            case .quit, .again, .contents, .stop: return try console.say([(WalkWords.kept[language], .dim)])
            }
        }
    }

    /// Asks a chapter's questions alone.
    /// - Throws: what the engine throws, and what writing throws.
    package mutating func quiz(_ id: ChapterID) throws {
        guard let chapter = course.chapter(id) else { return }
        var visit = try Visit(chapter.answered(by: source, in: course), self)
        try visit.quiz()
        record = visit.walk.record
    }
}
