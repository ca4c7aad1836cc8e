import Foundation
import Wording

extension Course {
    /// The longest prose of one step, in words of English or characters of Chinese.
    static func wordLimit(_ language: Language) -> Int {
        switch language {
        case .english: 120
        case .chinese: 200
        }
    }

    /// Checks a course's folder: files, prose, numbers, claims, quizzes, figures, commands and links.
    ///
    /// - Parameters:
    ///   - root: the folder that holds `course.yaml`.
    ///   - source: the engine that answers and draws.
    ///   - parse: the program's own command parser, given the words after its name; throws where they are no command.
    ///   - drawsFigures: false skips the slow part.
    /// - Returns: everything found wrong; empty for a sound course.
    package static func check(
        _ root: URL, source: some FigureSource, drawsFigures: Bool = true,
        parse: (([String]) throws -> Void)? = nil
    ) -> [Finding] {
        do {
            let (course, errors) = try loadKeeping(root)
            let broken = errors.map(Finding.init)
            let figures = drawsFigures ? FigureCheck(source: source).findings(course.chapters) : [:]
            let check = CourseCheck(course: course, source: source, figures: figures, parse: parse)
            return broken + course.chapters.flatMap(check.findings)
        } catch let error as LessonError {
            return [Finding(error)]
        } catch {
            return [Finding(place: root.lastPathComponent, message: Phrase("\(error)"))]
        }
    }
}

/// The checks of one course against one engine.
struct CourseCheck<Source: FigureSource> {
    let course: Course
    let source: Source
    /// What is wrong with the figures, by the place that shows them.
    let figures: [String: [Finding]]
    let parse: (([String]) throws -> Void)?

    func findings(_ chapter: Chapter) -> [Finding] {
        chapter.textsByPlace.flatMap { place, language, text in findings(in: text, at: place, language) }
            + chapter.steps.flatMap { findings($0, of: chapter) }
            + claims(of: chapter) + quiz(of: chapter)
            + commands(of: chapter)
            + chapter.needs.filter { course.chapter($0) == nil && !isPlanned($0) }.map {
                CheckWords.missingChapter.finding(at: chapter.dataFile, ["chapter": "\($0)"])
            }
    }

    /// A chapter of a part that exists may be linked before it is written.
    private func isPlanned(_ id: ChapterID) -> Bool { course.parts.contains { $0.number == id.part } }

    // MARK: Prose

    private func findings(in text: [Inline], at place: String, _ language: Language) -> [Finding] {
        text.flatMap(\.all).flatMap { inline -> [Finding] in
            switch inline {
            case .placeholder(let placeholder): number(placeholder, at: place)
            case .link(_, .chapter(let id, let step)): link(id, step, at: place)
            case .formula(let notation): formula(notation, at: place)
            case .text(let words): typedNumbers(in: words, at: place) + glyphs(in: words, at: place)
            case .sample(let words), .quoted(let words): glyphs(in: words, at: place)
            default: []
            }
        }
    }

    private func number(_ placeholder: Placeholder, at place: String) -> [Finding] {
        let line = placeholder.query.place.value?.line
        let place = line.map { place.replacing(".md {", with: ".md:\($0) {") } ?? place
        return asking(Phrase(placeholder.query.source), at: place) {
            let answer = try source.answer(placeholder.query)
            return answer.kind == placeholder.query.name.result ? nil : Phrase("\(answer)")
        }
    }

    private func formula(_ notation: String, at place: String) -> [Finding] {
        asking(Phrase(notation), at: place) {
            _ = try source.formula(notation, display: false)
            return nil
        }
    }

    /// - Parameter ask: asks the engine, and says what is wrong with its answer.
    private func asking(_ query: Phrase, at place: String, _ ask: () throws -> Phrase?) -> [Finding] {
        var problem: Phrase?
        let failure = reason { problem = try ask() }
        guard let reason = failure ?? problem else { return [] }
        return [CheckWords.numberFails.finding(at: place, ["query": query, "reason": reason])]
    }

    private func link(_ id: ChapterID, _ step: String?, at place: String) -> [Finding] {
        guard let chapter = course.chapter(id) else {
            if isPlanned(id), step == nil { return [] }
            return [CheckWords.missingChapter.finding(at: place, ["chapter": "\(id)"])]
        }
        let known = chapter.steps.map(\.id) + [ProseOutline.experiment, ProseOutline.quiz]
        guard let step, !known.contains(step) else { return [] }
        return [
            CheckWords.missingStep.finding(at: place, ["step": Phrase(step), "chapter": "\(id)"])
        ]
    }

    /// Digits in an author's own words, except in names such as GPT-3.
    private func typedNumbers(in words: String, at place: String) -> [Finding] {
        var findings: [Finding] = []
        var previous: Character = " "
        var run = ""
        var isName = false
        for character in words + " " {
            if character.isASCII, character.isNumber {
                if run.isEmpty { isName = previous.isLetter && !previous.isHan || previous == "-" }
                run.append(character)
            } else if !run.isEmpty {
                if !isName { findings.append(CheckWords.typedNumber.finding(at: place, ["number": Phrase(run)])) }
                run = ""
            }
            previous = character
        }
        return findings
    }

    private func glyphs(in words: String, at place: String) -> [Finding] {
        source.unknownGlyphs(in: words).map {
            CheckWords.unknownGlyph.finding(at: place, ["character": "\($0)"])
        }
    }

    // MARK: Steps

    private func findings(_ step: Step, of chapter: Chapter) -> [Finding] {
        Language.allCases.flatMap { language -> [Finding] in
            let place = chapter.place(of: step, in: language)
            var findings: [Finding] = []
            let count = ProseLength.words(in: step.prose[language])
            let limit = Course.wordLimit(language)
            if count > limit {
                findings.append(CheckWords.tooLong.finding(at: place, ["count": "\(count)", "limit": "\(limit)"]))
            }
            for block in step.prose[language] {
                for notation in block.displayedFormulas { findings += formula(notation, at: place) }
            }
            return findings + (figures[place] ?? [])
        }
    }

    // MARK: Data

    private func claims(of chapter: Chapter) -> [Finding] {
        let answering = Answering(source: source, folder: chapter.folder)
        return chapter.claims.compactMap { claim in
            var isTrue = true
            let words = Phrase(claim.source)
            if let failure = reason({ isTrue = try answering.holds(claim) }) {
                return CheckWords.claimFails.finding(at: chapter.dataFile, ["claim": words, "reason": failure])
            }
            return isTrue ? nil : CheckWords.claimIsFalse.finding(at: chapter.dataFile, ["claim": words])
        }
    }

    private func quiz(of chapter: Chapter) -> [Finding] {
        let answering = Answering(source: source, folder: chapter.folder)
        return chapter.quiz.compactMap { question in
            reason { _ = try answering.question(question) }.map {
                CheckWords.quizFails.finding(at: "\(question.place) quiz \(question.id)", ["reason": $0])
            }
        }
    }

    private func commands(of chapter: Chapter) -> [Finding] {
        let named = chapter.steps.map { ($0.id, $0.command) } + [(ProseOutline.experiment, chapter.experiment.command)]
        return named.flatMap { id, template -> [Finding] in
            let place = "\(chapter.dataFile) {#\(id)}"
            var command = ""
            let failures = asking(Phrase(en: "the command", zh: "命令"), at: place) {
                command = try template.text(from: source)
                return nil
            }
            guard failures.isEmpty, let problem = CommandWords.problem(in: command, parse: parse) else {
                return failures
            }
            return [Finding(place: place, message: problem)]
        }
    }

    /// Why something fails; nil where it does not.
    private func reason(_ body: () throws -> Void) -> Phrase? {
        do {
            try body()
            return nil
        } catch {
            return Finding.reason(error)
        }
    }
}

extension Answer {
    var kind: Kind {
        switch self {
        case .number: .number
        case .token: .token
        case .ranking: .ranking
        }
    }
}

extension Chapter {
    /// Every run of prose in every language, with the section it stands in.
    var textsByPlace: [(place: String, language: Language, text: [Inline])] {
        Language.allCases.flatMap { language -> [(place: String, language: Language, text: [Inline])] in
            var texts: [(String, [Inline])] = [("title", title[language]), ("goal", goal[language])]
            func add(_ id: String, _ blocks: [Block]) { texts += blocks.flatMap(\.inlines).map { (id, $0) } }
            for step in steps {
                texts.append((step.id, step.title[language]))
                add(step.id, step.prose[language])
            }
            texts.append((ProseOutline.experiment, experiment.title[language]))
            add(ProseOutline.experiment, experiment.prose[language])
            for question in quiz {
                texts.append((question.id, question.question[language]))
                add(question.id, question.explanation[language])
                if case .statements(let statements) = question.choices {
                    texts += statements.map { (question.id, $0.label[language]) }
                }
            }
            return texts.map { ("\(folder)/\(language.rawValue).md {#\($0.0)}", language, $0.1) }
        }
    }
}
