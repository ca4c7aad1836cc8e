import Decks
import Dispatch
import Drawing
import Rendering
import Synchronization
import Wording

/// A chapter as slides: its title, a slide or more for each step's figures, its questions and then their answers; what
/// the chapter says goes into the notes.
package struct ChapterDeck<Source: FigureSource>: Sendable {
    private let chapter: AnsweredChapter
    private let source: Source
    private let language: Language
    private let theme: Theme.Mode

    /// Of one figure's motion.
    private static var mostFrames: Int { 6 }

    package init(_ chapter: AnsweredChapter, source: Source, language: Language, theme: Theme.Mode) {
        self.chapter = chapter
        self.source = source
        self.language = language
        self.theme = theme
    }

    private var prose: SpokenProse<Source> { SpokenProse(source: source, language: language) }
    private var style: SlideStyle {
        SlideStyle(
            size: Deck.size, theme: .named(theme), language: language, measurer: Renderer().measurer, command: command)
    }
    private var command: String { "glassformer slides --lesson \(chapter.chapter.id)" }

    /// The slides of a part of the chapter, made apart from the others.
    private typealias Part = @Sendable () throws -> (slides: [DeckSlide], findings: [Finding])

    /// - Returns: the deck, and the figures that it lacks.
    /// - Throws: what the source throws for a formula, and layout for what does not fit a slide.
    package func made(command: String) throws -> (deck: Deck, findings: [Finding]) {
        var parts: [Part] = [{ (try opening(), []) }]
        if let recall = chapter.recall, let from = chapter.chapter.recall?.chapter {
            let label = BookWords.recall.text(language, ["chapter": "\(from)"])
            parts.append { (try self.question(recall, [0, 1], section: label), []) }
        }
        for step in chapter.steps { parts.append { try slides(of: step) } }
        parts.append { (try experiment(), []) }
        for question in chapter.quiz {
            let label = BookWords.quiz[language]
            parts.append {
                (try self.question(question, [0, 1], section: label), [])
            }
        }
        let made = Mutex(
            [Result<(slides: [DeckSlide], findings: [Finding]), any Error>?](repeating: nil, count: parts.count))
        DispatchQueue.concurrentPerform(iterations: parts.count) { [parts] place in
            let result = Result { try parts[place]() }
            made.withLock { $0[place] = result }
        }
        var deck = Deck(title: title, language: language, theme: .named(theme), command: command)
        var findings: [Finding] = []
        for result in made.withLock({ $0 }) {
            guard let part = try result?.get() else { continue }
            deck.slides += part.slides
            findings += part.findings
        }
        return (deck, findings)
    }

    private var title: String { "\(chapter.chapter.id) \(chapter.title[language].plainText)" }

    // MARK: Words

    /// A slide of words, line after line.
    private func words(
        _ id: String, _ title: String, frames: [(lines: [WordLine], alt: String)], section: String?,
        only chosen: [Int]? = nil, notes: (Int) -> [String]
    ) throws -> [DeckSlide] {
        let all = frames.map(\.lines)
        let slide = Slide(
            id: id, title: Phrase(title),
            frames: frames.map { frame in
                Slide.Frame(caption: "", altText: Phrase(frame.alt)) { (_) throws(Failure) -> WordsOfSlide in
                    WordsOfSlide(lines: frame.lines, all: all)
                }
            })
        return DeckSlide.slides(of: try slide.figure(style), frames: chosen, section: section, notes: notes)
    }

    private func opening() throws -> [DeckSlide] {
        let goal = try prose.line(chapter.goal[language])
        let document = chapter.chapter.document
        let colon = language == .chinese ? "：" : ": "
        let follows = BookWords.mirrors[language] + colon + document.name + " · " + document.section[language]
        return try words(
            "\(chapter.chapter.id)-title", title,
            frames: [
                (
                    [
                        WordLine(goal, .large), WordLine(follows, .small, .muted),
                    ], title + (language == .chinese ? "。" : ". ") + goal
                )
            ], section: title
        ) { _ in [goal, follows] }
    }

    private func experiment() throws -> [DeckSlide] {
        let experiment = chapter.experiment
        let words = try prose.paragraphs(experiment.section.prose[language])
        let command = experiment.command[language]
        let lines =
            words.prefix(3).map { WordLine($0, .middle) } + [WordLine(command, .code, .muted)]
        let title = try prose.line(experiment.section.title[language])
        return try self.words(
            "\(chapter.chapter.id)-experiment", title, frames: [(lines, (words + [command]).joined(separator: " "))],
            section: BookWords.experiment[language]
        ) { _ in words + [command] }
    }

    // MARK: Steps

    private func slides(of step: AnsweredChapter.Step) throws -> (slides: [DeckSlide], findings: [Finding]) {
        let section = try prose.line(step.section.title[language])
        var slides = try step.ask.map { try question($0, [0], section: section) } ?? []
        var findings: [Finding] = []
        let said = try prose.paragraphs(step.section.prose[language])
        var isFirst = true
        for figure in step.figures {
            do {
                slides += try self.slides(of: figure, said: isFirst ? [section] + said : [], section: section)
                isFirst = false
            } catch {
                findings.append(
                    CheckWords.figureFails.finding(
                        at: "\(figure.placed.place) \(language.rawValue)",
                        ["figure": Phrase(figure.placed.reference[language].id), "reason": Finding.reason(error)]))
            }
        }
        // What has no figure is said.
        if isFirst {
            let lines = said.prefix(4).map { WordLine($0, .middle) }
            slides += try words(
                "\(chapter.chapter.id)-\(step.id)", section, frames: [(Array(lines), said.joined(separator: " "))],
                section: section
            ) { _ in said }
        }
        if let ask = step.ask { slides += try question(ask, [1], section: section) }
        return (slides, findings)
    }

    private func slides(
        of figure: AnsweredChapter.Figure, said: [String], section: String
    ) throws -> [DeckSlide] {
        let drawn = try source.layout(
            figure.placed.reference[language], FigureSetting(language: language, theme: theme, size: Deck.size))
        let own = try figure.captions[language].map { try prose.line($0) }
        let command = figure.command[language]
        let count = drawn.frames.count
        // The first, the last, and what lies evenly between.
        let frames =
            count <= Self.mostFrames
            ? Array(0..<count) : (0..<Self.mostFrames).map { $0 * (count - 1) / (Self.mostFrames - 1) }
        return DeckSlide.slides(of: drawn, frames: frames, section: section) { number in
            var notes = number == frames.first ? said : []
            let frame = drawn.frames[number]
            notes.append(own.indices.contains(number) ? own[number] : frame.caption)
            if frame.altText != frame.caption { notes.append(frame.altText) }
            return (notes + [command]).filter { !$0.isEmpty }
        }
    }

    // MARK: Questions

    private static func mark(_ place: Int) -> String {
        let letters = Array("ABCDEFGHIJ")
        return letters.indices.contains(place) ? "\(letters[place])   " : ""
    }

    /// The question alone, in which nothing says which answer is right; and the same with the answer lit, and why.
    /// - Parameter frames: 0 for the question, 1 for its answer.
    private func question(_ question: AnsweredQuestion, _ frames: [Int], section: String) throws -> [DeckSlide] {
        let title = try prose.line(question.question[language])
        let choices = try choices(question)
        let why = try prose.paragraphs(question.explanation[language])
        let plain = choices.map { WordLine($0, .large) }
        let lit = choices.enumerated().map { place, choice in
            place == question.right
                ? WordLine(choice, .strong, .role(.value)) : WordLine(choice, .large, .muted)
        }
        let right =
            BookWords.answer[language] + (choices.indices.contains(question.right) ? choices[question.right] : "")
        return try words(
            "\(chapter.chapter.id)-\(question.id)", title,
            frames: [
                (plain, ([title] + choices).joined(separator: " ")),
                (lit + why.prefix(3).map { WordLine($0, .middle) }, ([title, right] + why).joined(separator: " ")),
            ], section: section, only: frames
        ) { $0 == 0 ? [title] + choices : [right] + why }
    }

    private func choices(_ question: AnsweredQuestion) throws -> [String] {
        try question.choices.enumerated().map { Self.mark($0.offset) + (try prose.line($0.element.label[language])) }
    }
}
