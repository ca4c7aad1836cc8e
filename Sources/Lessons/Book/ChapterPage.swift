import Drawing
import Pages
import Wording

/// One chapter in one language, as a page.
struct ChapterPage {
    let chapter: AnsweredChapter
    let language: Language
    /// The light drawing of each step's figure; nil where it could not be drawn.
    let figures: [Figure?]
    let formulas: [ProseMarkup.FormulaKey: TypesetFormula]
    let frame: PageFrame

    private var id: ChapterID { chapter.chapter.id }

    var page: [UInt8] {
        frame.page(
            title: "\(id) \(chapter.title[language].plainText)",
            description: chapter.goal[language].plainText, path: "\(chapter.chapter.pageName).html",
            steps: chapter.steps.enumerated().map { index, step in
                (id: step.id, label: "\(index + 1)", title: step.section.title[language].plainText)
            } + [
                (ProseOutline.experiment, "✎", chapter.experiment.title[language].plainText),
                (ProseOutline.quiz, "?", BookWords.quiz[language]),
            ]
        ) {
            Tag.article {
                opening
                for (index, step) in chapter.steps.enumerated() { self.step(step, index: index) }
                experiment
                quiz
            }
            frame.turning(from: id)
        }
    }

    private func prose(_ anchor: String) -> ProseMarkup {
        let frame = frame
        return ProseMarkup(language: language, formulas: formulas, address: { frame.address(of: $0) }, anchor: anchor)
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
        Tag.section(.class("step"), .id(step.id)) {
            heading(step.section.title[language], number: "\(index + 1)", anchor: step.id)
            Tag.div(.class("prose")) { prose(step.id).blocks(step.section.prose[language]) }
            if figures.indices.contains(index), let figure = figures[index] {
                FigureFiles(chapter: id, step: step.id, language: language).onPage(figure, number: index + 1)
            } else {
                Tag.p(.class("caption")) { BookWords.undrawn[language] }
            }
            command(step.section.command)
        }
    }

    private func heading(_ text: [Inline], number: String, anchor: String) -> Markup {
        Tag.h2 {
            Tag.span(.class("number"), .at(.ariaHidden, "true")) { number }
            Tag.span { prose(anchor + "-title").inlines(text) }
        }
    }

    private func command(_ command: String, label: BookWords = .command) -> Markup {
        Tag.div(.class("command")) {
            Tag.span(.class("command-label")) { label[language] }
            Tag.code(.at(.lang, "en")) { command }
            Tag.button(
                .class("copy"), .at(.type, "button"), .at(.hidden), .at(.dataCopied, BookWords.copied[language])
            ) { BookWords.copy[language] }
        }
    }

    private var experiment: Markup {
        Tag.section(.class("step experiment"), .id(ProseOutline.experiment)) {
            Tag.p(.class("kicker")) { BookWords.experiment[language] }
            Tag.h2 { prose("experiment-title").inlines(chapter.experiment.title[language]) }
            Tag.div(.class("prose")) { prose("experiment").blocks(chapter.experiment.prose[language]) }
            command(chapter.experiment.command, label: .startHere)
        }
    }

    // MARK: Quiz

    private var quiz: Markup {
        Tag.section(.class("step quiz"), .id(ProseOutline.quiz)) {
            Tag.h2 { BookWords.quiz[language] }
            for question in chapter.quiz { self.question(question) }
        }
    }

    private func question(_ question: AnsweredQuestion) -> Markup {
        let text = prose("quiz-\(question.id)")
        return Tag.div(.class("question")) {
            Tag.form(
                .at(.dataAnswer, "\(question.right)"), .at(.dataRight, BookWords.right[language]),
                .at(.dataWrong, BookWords.wrong[language]), .at(.dataWord, BookWords.chooseFirst[language])
            ) {
                Tag.fieldset {
                    Tag.legend { text.inlines(question.question[language]) }
                    for (index, choice) in question.choices.enumerated() {
                        Tag.label(.class("choice")) {
                            Tag.input(.at(.type, "radio"), .at(.name, question.id), .at(.value, "\(index)"))
                            Tag.span(.class("choice-label")) { text.inlines(choice.label[language]) }
                            if let measure = choice.measure {
                                Tag.span(.class("measure"), .at(.hidden)) { measure }
                            }
                        }
                    }
                }
                Tag.p(.class("verdict")) {
                    Tag.button(.at(.type, "submit"), .at(.hidden)) { BookWords.check[language] }
                    Tag.output(.at(.ariaLive, "polite"))
                }
            }
            Tag.details(.class("answer")) {
                Tag.summary { BookWords.showAnswer[language] }
                Tag.p {
                    Tag.strong { BookWords.answer[language] }
                    text.inlines(question.choices[question.right].label[language])
                    if let measure = question.choices[question.right].measure { " · \(measure)" }
                }
                text.blocks(question.explanation[language])
            }
        }
    }
}
