import Drawing
import Wording

/// The course in order, one stop at a time: a chapter's opening, its steps, its experiment, its questions.
package struct LessonWalk<Source: FigureSource> {
    let course: Course
    let source: Source
    let console: LessonConsole
    /// Told after every stop.
    let keep: (LessonRecord) -> Void
    package private(set) var record: LessonRecord

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

    private var language: Language { console.screen.language }

    /// What the reader wants after a stop.
    private enum Move {
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

    // MARK: A chapter

    /// One chapter while it is walked.
    private struct Visit {
        let page: TerminalChapter<Source>
        var walk: LessonWalk
        let stops: [Stop]

        enum Stop: Equatable {
            case opening, experiment
            case step(Int)
            case question(Int)
        }

        /// The name of the last stop, whatever it is.
        static var last: String { "$" }

        init(_ chapter: AnsweredChapter, _ walk: LessonWalk) throws {
            page = TerminalChapter(chapter, source: walk.source, screen: walk.console.screen)
            self.walk = walk
            stops =
                [.opening] + chapter.steps.indices.map { .step($0) } + [.experiment]
                + chapter.quiz.indices.map { .question($0) }
        }

        private var chapter: AnsweredChapter { page.chapter }
        private var id: ChapterID { chapter.chapter.id }
        private var language: Language { walk.language }
        private var console: LessonConsole { walk.console }

        private func name(_ stop: Stop) -> String {
            switch stop {
            case .opening: ""
            case .experiment: ProseOutline.experiment
            case .step(let index): chapter.steps.indices.contains(index) ? chapter.steps[index].id : ""
            case .question(let index): chapter.quiz.indices.contains(index) ? chapter.quiz[index].id : ""
            }
        }

        private func title(_ stop: Stop) -> String {
            switch stop {
            case .opening: return WalkWords.opening[language]
            case .experiment: return chapter.experiment.section.title[language].plainText
            case .step(let index): return chapter.steps[index].section.title[language].plainText
            case .question(let index): return "\(WalkWords.quizOf[language]) \(index + 1)"
            }
        }

        // MARK: Stops

        mutating func run(from start: String?) throws -> Move {
            var place = start == Self.last ? stops.count - 1 : stops.firstIndex { name($0) == start ?? "" } ?? 0
            while true {
                walk.record.place = LessonRecord.Place(id, stop: name(stops[place]))
                walk.keep(walk.record)
                switch try show(stops[place]) {
                case .next where place + 1 < stops.count: place += 1
                case .next: return .next
                case .back where place > 0: place -= 1
                case .back: return .back
                case .again: continue
                case .contents: if let chosen = try choose() { place = chosen }
                case .stop(let index): place = index
                case .quit: return .quit
                case .chapter(let id): return .chapter(id)
                }
            }
        }

        /// Shows a stop, and asks where to go.
        private mutating func show(_ stop: Stop) throws -> Move {
            try console.write([UInt8(ascii: "\n")])
            switch stop {
            case .opening: try console.write(page.opening())
            case .experiment: try console.write(page.experiment())
            case .question(let index): return try ask(chapter.quiz[index], number: index + 1) ?? move(at: stop)
            case .step(let index):
                try console.write(page.step(index))
                if let question = chapter.steps[index].ask, let move = try ask(question, number: nil) {
                    guard case .next = move else { return move }
                }
                return try figure(index, at: stop)
            }
            return try move(at: stop)
        }

        /// The figure's frames one after the other, where they are seen; all of their words, where they are not.
        private mutating func figure(_ index: Int, at stop: Stop) throws -> Move {
            guard case .success(let figure)? = page.figure(index), figure.frames.count > 1,
                console.screen.graphics != .words
            else {
                try console.write(page.picture(index, frame: nil) + page.command(index))
                return try move(at: stop, figure: index)
            }
            for frame in figure.frames.indices.dropLast() {
                try console.write(page.picture(figure, frame: frame))
                guard let line = try console.ask(WalkWords.frame[language]) else { return .quit }
                if line.isEmpty { continue }
                if let move = try understood(line, figure: index) { return move }
            }
            try console.write(
                page.picture(figure, frame: figure.frames.count - 1) + page.others(index) + page.command(index))
            return try move(at: stop, figure: index)
        }

        private func move(at stop: Stop, figure: Int? = nil) throws -> Move {
            let place = (stops.firstIndex(of: stop) ?? 0) + 1
            if place == stops.count, let after = walk.course.chapter(after: id) {
                let title = Phrase(after.title[language].plainText)
                try console.say([
                    (WalkWords.chapterEnd.text(language, ["id": "\(after.id)", "title": title]), .bold)
                ])
            }
            while true {
                guard let line = try console.ask("\(id) \(place)/\(stops.count) · \(WalkWords.next[language])") else {
                    return .quit
                }
                if line.isEmpty { return .next }
                if let move = try understood(line, figure: figure) { return move }
            }
        }

        /// What a line means; nil where it was answered here.
        private func understood(_ line: String, figure: Int? = nil) throws -> Move? {
            switch line.lowercased() {
            case "n", "next", "下一步", "继续": return .next
            case "b", "back", "后退", "上一步": return .back
            case "r", "again", "再看": return .again
            case "c", "contents", "目录": return .contents
            case "q", "quit", "exit", "退出": return .quit
            case "w", "words", "文字":
                if let figure, case .success(let drawn)? = page.figure(figure) {
                    try console.write(page.words(drawn, frame: drawn.frames.count - 1, inFull: true))
                }
            case "h", "help", "?", "？", "帮助": try console.sayLines(WalkWords.help[language])
            default:
                guard let id = ChapterID(line) else {
                    try console.say([(WalkWords.unknown.text(language, ["found": Phrase(line)]), .dim)])
                    return nil
                }
                if walk.course.chapter(id) != nil { return .chapter(id) }
                try console.say([(WalkWords.noChapter.text(language, ["found": Phrase(line)]), .dim)])
            }
            return nil
        }

        /// Lists the stops; nil where none was chosen.
        private func choose() throws -> Int? {
            try console.say([(WalkWords.contents.text(language, ["id": "\(id)"]), .bold)])
            for (index, stop) in stops.enumerated() {
                try console.say([("\(index + 1)  ", .number), (title(stop), .plain)])
            }
            guard let line = try console.ask(WalkWords.choose[language]), let number = Int(line),
                stops.indices.contains(number - 1)
            else { return nil }
            return number - 1
        }

        // MARK: Questions

        mutating func quiz() throws {
            var firsts = 0
            for index in chapter.quiz.indices {
                try console.write([UInt8(ascii: "\n")])
                let move = try ask(chapter.quiz[index], number: index + 1)
                if walk.record.answers["\(id)/\(chapter.quiz[index].id)"] == true, move == nil { firsts += 1 }
                if case .quit? = move { return }
            }
            try console.write([UInt8(ascii: "\n")])
            let counts: KeyValuePairs<String, Phrase> = ["right": "\(firsts)", "count": "\(chapter.quiz.count)"]
            try console.say([(WalkWords.score.text(language, counts), .bold)])
        }

        /// Asks until the answer is right or asked for; one wrong try does not open it.
        /// - Returns: where the reader went instead; nil where the question is done with.
        private mutating func ask(_ question: AnsweredQuestion, number: Int?) throws -> Move? {
            var out = console.screen.text
            try page.question(question, number: number, into: &out)
            try console.write(Array(out.text.utf8))
            let prompt = WalkWords.ask.text(language, ["count": "\(question.choices.count)"])
            var isFirst = true
            while let line = try console.ask(prompt) {
                switch line.lowercased() {
                case "s", "show", "看答案":
                    mark(question, isRight: false, isFirst: isFirst)
                    try tell(question, verdict: nil)
                    return nil
                case "": return .next
                default:
                    guard let number = Int(line), (1...question.choices.count).contains(number) else {
                        if let move = try understood(line) { return move }
                        continue
                    }
                    let isRight = number - 1 == question.right
                    mark(question, isRight: isRight, isFirst: isFirst)
                    isFirst = false
                    if isRight {
                        try tell(question, verdict: WalkWords.right[language])
                        return nil
                    }
                    try console.say([
                        (WalkWords.wrong[language] + (language == .chinese ? "" : " "), .bold),
                        (WalkWords.tryAgain[language], .dim),
                    ])
                    if let hint = question.choices[number - 1].hint {
                        try console.say(TerminalProse(source: walk.source, language: language).spans(hint[language]))
                    }
                }
            }
            return .quit
        }

        private mutating func mark(_ question: AnsweredQuestion, isRight: Bool, isFirst: Bool) {
            guard isFirst else { return }
            walk.record.answers["\(id)/\(question.id)"] = isRight
            walk.keep(walk.record)
        }

        private func tell(_ question: AnsweredQuestion, verdict: String?) throws {
            if let verdict { try console.say([(verdict, .bold)]) }
            var out = console.screen.text
            try page.answer(question, first: "", into: &out)
            try console.write(Array(out.text.utf8))
        }
    }
}
