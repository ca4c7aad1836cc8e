import Drawing
import Pages
import Wording

/// One chapter in one language, as a page.
struct ChapterPage {
    let chapter: AnsweredChapter
    let language: Language
    /// Each figure for every screen, by its name; those that could not be drawn are missing.
    let figures: [String: [BookFigure]]
    let formulas: [ProseMarkup.FormulaKey: TypesetFormula]
    let frame: PageFrame
    private let spots: PageSpots

    init(
        chapter: AnsweredChapter, language: Language, figures: [String: [BookFigure]],
        formulas: [ProseMarkup.FormulaKey: TypesetFormula], frame: PageFrame
    ) {
        self.chapter = chapter
        self.language = language
        self.figures = figures
        self.formulas = formulas
        self.frame = frame
        spots = PageSpots(figures, order: chapter.chapter.figures.map(\.id))
    }

    var id: ChapterID { chapter.chapter.id }

    var page: [UInt8] {
        frame.page(
            title: "\(id) \(chapter.title[language].plainText)",
            description: chapter.goal[language].plainText, path: "\(chapter.chapter.pageName).html",
            steps: chapter.steps.enumerated().map { index, step in
                (id: step.id, label: "\(index + 1)", title: step.section.title[language].plainText)
            } + [
                (ProseOutline.experiment, "✎", chapter.experiment.section.title[language].plainText),
                (ProseOutline.quiz, "?", BookWords.quiz[language]),
            ]
        ) {
            Tag.article {
                opening
                recall
                for (index, step) in chapter.steps.enumerated() { self.step(step, index: index) }
                experiment
                quiz
                sources
            }
            frame.turning(from: id)
            spots.data
        }
    }

    func prose(_ anchor: String) -> ProseMarkup {
        let frame = frame
        var prose = ProseMarkup(
            language: language, formulas: formulas, address: { frame.address(of: $0) }, anchor: anchor)
        prose.facts = Dictionary(chapter.chapter.facts.map { ($0.name, $0) }) { first, _ in first }
        prose.glosses = chapter.chapter.glosses
        return prose
    }

    // MARK: Opening

    private var opening: Markup {
        let part = frame.course.parts.first { $0.number == id.part }
        return Tag.header(.class("opening")) {
            Tag.p(.class("kicker")) {
                Tag.span {
                    BookWords.part.text(language, ["number": "\(id.part)"])
                }
                if let part { Tag.span { part.title[language] } }
            }
            Tag.h1 {
                Tag.span(.class("number")) { "\(id)" }
                Tag.span { prose("title").inlines(chapter.title[language]) }
            }
            Tag.p(.class("goal")) { prose("goal").inlines(chapter.goal[language]) }
            facts
        }
    }

    private var facts: Markup {
        Tag.dl(.class("facts")) {
            fact(.mirrors) {
                Tag.code { chapter.chapter.document.name }
                Markup.text(language == .chinese ? "：" : ": ")
                Markup.text(chapter.chapter.document.section[language])
            }
            if let minutes = chapter.chapter.minutes {
                fact(.time) { BookWords.minutes.text(language, ["number": "\(minutes)"]) }
            }
            fact(.model) { Tag.code { chapter.chapter.model } }
            if !chapter.chapter.needs.isEmpty {
                fact(.needs) {
                    for (index, need) in chapter.chapter.needs.enumerated() {
                        if index > 0 { Markup.text(language == .chinese ? "、" : ", ") }
                        self.need(need)
                    }
                }
            }
        }
    }

    private func fact(_ name: BookWords, @MarkupBuilder content: () -> [Markup]) -> Markup {
        Tag.div {
            Tag.dt { name[language] }
            Tag.dd(content: content)
        }
    }

    private func need(_ id: ChapterID) -> Markup {
        guard let other = frame.course.chapter(id), let address = frame.address(of: id) else { return .text("\(id)") }
        return Tag.a(.href(address)) { "\(id) \(other.title[language].plainText)" }
    }

    // MARK: Steps

    private func step(_ step: AnsweredChapter.Step, index: Int) -> Markup {
        let asked = step.ask.map { markup(of: $0, label: .askFirst) }
        return Tag.section(.class(asked == nil ? "step" : "step asks"), .id(step.id)) {
            Tag.div(.class("said")) {
                heading(step.section.title[language], number: "\(index + 1)", anchor: step.id)
                said(step, asked)
            }
            if let asked { Tag.div(.class("asked")) { asked.markup } }
            Tag.div(.class(step.figures.count > 1 ? "shown several" : "shown")) {
                if asked != nil, !step.figures.isEmpty { veil }
                if step.figures.count > 1 { choice(of: step.figures) }
                for figure in step.figures { self.figure(figure) }
                if let command = step.command { self.command(command[language], label: .tryIt) }
            }
        }
    }

    /// A step's prose; what of it would answer the question is marked, so that a script can keep it until then.
    @MarkupBuilder private func said(_ step: AnsweredChapter.Step, _ asked: QuestionMarkup?) -> [Markup] {
        let prose = prose(step.id)
        let blocks = step.section.prose[language]
        let open = blocks.filter { asked?.isGivenAway(by: $0) != true }
        if !open.isEmpty { Tag.div(.class("prose")) { prose.blocks(open) } }
        if asked == nil {
            prose.shapes(step.shapes)
        } else if open.count < blocks.count || !step.shapes.isEmpty {
            Tag.div(.class("prose later")) {
                prose.blocks(blocks.filter { asked?.isGivenAway(by: $0) == true })
                prose.shapes(step.shapes)
            }
        }
    }

    /// Two figures under each other would leave a low window no room for either: there one is shown, and this says which.
    private func choice(of figures: [AnsweredChapter.Figure]) -> Markup {
        let titles = figures.map { self.figures[$0.placed.id]?.first?.title }
        let telling = Set(titles).count == titles.count
        return Tag.div(.class("figure-buttons"), .at(.role, "group"), .at(.ariaLabel, BookWords.figures[language])) {
            for (index, title) in titles.enumerated() {
                Tag.button(
                    .class("figure-button"), .at(.type, "button"), .at(.ariaPressed, index == 0 ? "true" : "false")
                ) {
                    if let title, telling {
                        Tag.span(.class("number")) { "\(index + 1)" }
                        Tag.span(.class("title")) { title }
                    } else {
                        BookWords.figure.text(language, ["number": "\(index + 1)"])
                    }
                }
            }
        }
    }

    /// Where the figure will be.
    private var veil: Markup {
        Tag.div(.class("veil"), .at(.hidden)) {
            Tag.p { BookWords.veiled[language] }
            Tag.button(.at(.type, "button"), .class("reveal")) { BookWords.reveal[language] }
        }
    }

    func figure(_ figure: AnsweredChapter.Figure) -> Markup {
        let placed = figure.placed
        return Tag.div(.class("placed")) {
            if let drawn = figures[placed.id] {
                for one in drawn {
                    one.onPage(
                        number: number(of: placed.id), captions: figure.captions[language].map(\.plainText),
                        values: spots.values(of: one))
                }
            } else {
                Tag.p(.class("caption")) { BookWords.undrawn[language] }
            }
            if let gloss = placed.gloss[language], let text = placed.reference[language].value("text") {
                Tag.p(.class("gloss")) {
                    Tag.code(.at(.lang, text.contains(where: \.isHan) ? "zh-Hans" : "en")) { text }
                    " "
                    Tag.span { gloss }
                }
            }
            command(figure.command[language])
        }
    }

    private func heading(_ text: [Inline], number: String, anchor: String) -> Markup {
        Tag.h2 {
            Tag.span(.class("number"), .at(.ariaHidden, "true")) { number }
            Tag.span { prose(anchor + "-title").inlines(text) }
        }
    }

    func command(_ command: String, label: BookWords = .command) -> Markup {
        Tag.div(.class("command")) {
            Tag.span(.class("command-label")) { label[language] }
            Tag.code(.at(.lang, "en")) { command }
            Tag.button(
                .class("copy"), .at(.type, "button"), .at(.hidden), .at(.dataCopied, BookWords.copied[language])
            ) { BookWords.copy[language] }
        }
    }

    // MARK: Questions

    func question(_ question: AnsweredQuestion, label: BookWords?, isOfEarlier: Bool = false) -> Markup {
        markup(of: question, label: label, isOfEarlier: isOfEarlier).markup
    }

    /// - Parameter isOfEarlier: whether it is another chapter's, whose figures this page has not.
    private func markup(
        of question: AnsweredQuestion, label: BookWords? = nil, isOfEarlier: Bool = false
    ) -> QuestionMarkup {
        var markup = QuestionMarkup(
            question: question, language: language, prose: prose("quiz-\(question.id)"),
            name: (isOfEarlier ? "recall-" : "") + question.id, label: label)
        if case .cell(let cell) = question.kind, !isOfEarlier, let drawn = figures[cell.figure] {
            markup.pointed = .init(figures: drawn, number: number(of: cell.figure))
        }
        return markup
    }

    /// Of a figure in the chapter, from one.
    private func number(of figure: String) -> Int {
        (chapter.chapter.figures.firstIndex { $0.id == figure } ?? 0) + 1
    }
}
