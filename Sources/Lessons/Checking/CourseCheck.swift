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

    /// Checks a course's folder: files, prose, numbers, claims, questions, figures, commands and links.
    ///
    /// - Parameters:
    ///   - root: the folder that holds `course.yaml`.
    ///   - source: the engine that answers and draws.
    ///   - only: the chapters to check; empty for all.
    ///   - drawsFigures: false skips the slow part.
    ///   - parse: the program's own command parser, given the words after its name; throws where they are no command.
    ///   - program: runs the commands that chapters print; nil where they are only parsed.
    /// - Returns: everything found wrong; empty for a sound course.
    package static func check(
        _ root: URL, source: some FigureSource, only: Set<ChapterID> = [], drawsFigures: Bool = true,
        parse: (([String]) throws -> Void)? = nil, program: (any CommandProgram)? = nil
    ) -> [Finding] {
        do {
            let (course, errors) = try loadKeeping(root)
            let broken = errors.filter { error in
                only.isEmpty || only.contains { error.file.contains("/\($0)-") }
            }.map(Finding.init)
            let chapters = course.chapters.filter { only.isEmpty || only.contains($0.id) }
            let figures = drawsFigures ? FigureCheck(source: source).findings(chapters) : [:]
            let check = CourseCheck(course: course, source: source, figures: figures, parse: parse)
            return broken
                + chapters.flatMap { chapter in
                    var findings = check.findings(chapter)
                    if drawsFigures { findings += OptionCheck(source: source).findings(chapter) }
                    if let program { findings += CommandCheck(source: source, program: program).findings(chapter) }
                    return findings
                }
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
        let names = NameCheck(chapter: chapter, source: source)
        return Language.allCases.flatMap {
            prose(of: chapter, in: $0) + names.findings($0) + glosses(of: chapter, in: $0)
        }
            + LanguageCheck(chapter: chapter).findings() + claims(of: chapter)
            + QuestionCheck(chapter: chapter, source: source).findings() + commands(of: chapter) + head(of: chapter)
            + chapter.needs.filter { course.chapter($0) == nil && !isPlanned($0) }.map {
                CheckWords.missingChapter.finding(at: chapter.dataFile, ["chapter": "\($0)"])
            }
    }

    /// A chapter of a part that exists may be linked before it is written.
    private func isPlanned(_ id: ChapterID) -> Bool { course.parts.contains { $0.number == id.part } }

    // MARK: Prose

    private func prose(of chapter: Chapter, in language: Language) -> [Finding] {
        let texts = chapter.texts(language).flatMap { findings(in: $0.text, at: $0.address) }
        let steps = chapter.steps.flatMap { step -> [Finding] in
            let count = ProseLength.words(in: step.prose[language])
            let limit = Course.wordLimit(language)
            let place = "\(chapter.file(language)):\(step.lines[language].first ?? 1) {#\(step.id)}"
            let isLong = count > limit
            return isLong
                ? [CheckWords.tooLong.finding(at: place, ["count": "\(count)", "limit": "\(limit)"])] : []
        }
        let blocks = chapter.sections(language).flatMap { section in
            section.blocks.enumerated().flatMap { index, block in
                block.all.flatMap { findings(in: $0, at: "\(section.place(index)) {#\(section.id)}") }
            }
        }
        let drawn = chapter.figures.flatMap { figures[chapter.place(of: $0, in: language)] ?? [] }
        return texts + steps + blocks + drawn
    }

    private func findings(in text: [Inline], at place: String) -> [Finding] {
        text.flatMap(\.all).flatMap { inline -> [Finding] in
            switch inline {
            case .placeholder(let placeholder): number(placeholder, at: place)
            case .link(_, .chapter(let id, let step)): link(id, step, at: place)
            case .formula(let notation): formula(notation, at: place)
            case .askedFormula(let template): formula(template, at: place)
            case .text(let words): typedNumbers(in: words, at: place) + glyphs(in: words, at: place)
            case .sample(let words), .quoted(let words), .fact(let words, _): glyphs(in: words, at: place)
            default: []
            }
        }
    }

    private func findings(in block: Block, at place: String) -> [Finding] {
        switch block {
        case .formula(let notation): formula(notation, at: place)
        case .askedFormula(let template): formula(template, at: place)
        case .askedCode(let template): template.placeholders.flatMap { number($0, at: place) }
        default: []
        }
    }

    private func number(_ placeholder: Placeholder, at place: String) -> [Finding] {
        let section = place.firstIndex(of: "{").map { " " + place[$0...] } ?? ""
        let place = placeholder.place.map { "\($0)\(section)" } ?? place
        return asking(Phrase(placeholder.ask.source), at: place) {
            let answer = try source.answer(asked: placeholder.ask)
            return answer.kind == placeholder.ask.kind ? nil : Phrase("\(answer)")
        }
    }

    private func formula(_ notation: String, at place: String) -> [Finding] {
        asking(Phrase(notation), at: place) {
            _ = try source.formula(notation, display: false)
            return nil
        }
    }

    private func formula(_ template: Template, at place: String) -> [Finding] {
        asking(Phrase(template.source), at: place) {
            _ = try source.formula(Answering(source: source, folder: "").notation(template), display: false)
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

    // MARK: Data

    private func claims(of chapter: Chapter) -> [Finding] {
        let answering = Answering(source: source, folder: chapter.folder)
        return chapter.claims.flatMap { backed -> [Finding] in
            let both = backed.claim.english == backed.claim.chinese
            return (both ? [Language.english] : Language.allCases).flatMap { language -> [Finding] in
                let claim = backed.claim[language]
                var isTrue = true
                let words = Phrase(claim.source)
                if let failure = reason({ isTrue = try answering.holds(claim) }) {
                    return [
                        CheckWords.claimFails.finding(at: "\(backed.place)", ["claim": words, "reason": failure])
                    ]
                }
                return isTrue ? [] : [CheckWords.claimIsFalse.finding(at: "\(backed.place)", ["claim": words])]
            }
        }
    }

    /// Minutes, and a question of an earlier chapter where there is one.
    private func head(of chapter: Chapter) -> [Finding] {
        var findings: [Finding] = []
        if chapter.minutes == nil { findings.append(CheckWords.minutesMissing.finding(at: chapter.dataFile)) }
        if chapter.recall == nil, course.chapters.contains(where: { $0.id < chapter.id }) {
            findings.append(CheckWords.recallMissing.finding(at: chapter.dataFile))
        }
        let cited = Language.allCases.flatMap { language in
            chapter.texts(language).flatMap { $0.text.flatMap(\.all) }.compactMap { inline -> String? in
                if case .fact(_, let name) = inline { name } else { nil }
            }
        }
        return findings
            + chapter.facts.filter { !cited.contains($0.name) }.map {
                CheckWords.factUnused.finding(at: chapter.dataFile, ["fact": Phrase($0.name)])
            }
    }

    /// A figure's foreign text is explained.
    private func glosses(of chapter: Chapter, in language: Language) -> [Finding] {
        var seen: Set<String> = []
        return chapter.figures.compactMap { figure in
            guard let text = figure.reference[language].value("text"), figure.gloss[language] == nil,
                text.isForeign(to: language), seen.insert(text).inserted
            else { return nil }
            return CheckWords.glossMissing.finding(at: "\(figure.place) {#\(figure.id)}", ["text": Phrase(text)])
        }
    }

    private func commands(of chapter: Chapter) -> [Finding] {
        chapter.commands.flatMap { id, place, templates -> [Finding] in
            var seen: Set<String> = []
            return Language.allCases.flatMap { language -> [Finding] in
                let place = "\(place) {#\(id)}"
                var command = ""
                let failures = asking(Phrase(en: "the command", zh: "命令"), at: place) {
                    command = try templates[language].text(from: source)
                    return nil
                }
                guard failures.isEmpty, seen.insert(command).inserted,
                    let problem = CommandWords.problem(in: command, parse: parse)
                else { return failures }
                return [Finding(place: place, message: problem)]
            }
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

extension Chapter {
    /// Every command that the chapter prints, with the section and the line that it stands in.
    var commands: [(id: String, place: Place, command: Bilingual<Template>)] {
        figures.map { ($0.id, $0.place, $0.command) }
            + steps.compactMap { step in step.command.map { (step.id, step.place, $0) } }
            + [(ProseOutline.experiment, experiment.place, experiment.command)]
    }
}

extension String {
    /// Whether a reader of the language needs to be told what it says.
    fileprivate func isForeign(to language: Language) -> Bool {
        switch language {
        case .english: contains(where: \.isHan)
        case .chinese: !contains(where: \.isHan) && contains(" ") && contains(where: \.isLetter)
        }
    }
}
