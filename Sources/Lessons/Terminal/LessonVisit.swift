import Drawing
import Wording

extension LessonWalk {
    /// One chapter while it is walked.
    struct Visit {
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

        var chapter: AnsweredChapter { page.chapter }
        var id: ChapterID { chapter.chapter.id }
        var language: Language { walk.language }
        var console: LessonConsole { walk.console }

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
        func understood(_ line: String, figure: Int? = nil) throws -> Move? {
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
    }
}
