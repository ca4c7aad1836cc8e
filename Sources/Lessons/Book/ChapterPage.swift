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

    private var id: ChapterID { chapter.chapter.id }

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
        }
    }

    private func prose(_ anchor: String) -> ProseMarkup {
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
        Tag.section(.class("step"), .id(step.id)) {
            Tag.div(.class("said")) {
                heading(step.section.title[language], number: "\(index + 1)", anchor: step.id)
                Tag.div(.class("prose")) { prose(step.id).blocks(step.section.prose[language]) }
                shapes(step.shapes)
                if let ask = step.ask { question(ask, label: .askFirst) }
            }
            Tag.div(.class("shown")) {
                for figure in step.figures { self.figure(figure) }
                if let command = step.command { self.command(command[language], label: .tryIt) }
            }
        }
    }

    private func figure(_ figure: AnsweredChapter.Figure) -> Markup {
        let placed = figure.placed
        let number = chapter.chapter.figures.firstIndex { $0.id == placed.id } ?? 0
        return Tag.div(.class("placed")) {
            if let drawn = figures[placed.id] {
                for one in drawn {
                    one.onPage(number: number + 1, captions: figure.captions[language].map(\.plainText))
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

    /// What goes in and comes out of a stage, here and in the document.
    private func shapes(_ shapes: [AnsweredChapter.Shapes]) -> [Markup] {
        guard !shapes.isEmpty else { return [] }
        func path(_ input: String?, _ output: String?) -> String {
            input == nil && output == nil ? "–" : "\(input ?? "…") → \(output ?? "…")"
        }
        return [
            Tag.div(.class("table")) {
                Tag.table {
                    Tag.thead {
                        Tag.tr {
                            for words in [BookWords.stage, .here, .inDocument] {
                                Tag.th(.at(.scope, "col")) { words[language] }
                            }
                        }
                    }
                    Tag.tbody {
                        for one in shapes {
                            Tag.tr {
                                Tag.td { Tag.code { one.step } }
                                Tag.td { path(one.input[language], one.output[language]) }
                                Tag.td { path(one.documentInput, one.documentOutput) }
                            }
                        }
                    }
                }
            }
        ]
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
            Tag.h2 { prose("experiment-title").inlines(chapter.experiment.section.title[language]) }
            Tag.div(.class("prose")) { prose("experiment").blocks(chapter.experiment.section.prose[language]) }
            variants
            command(chapter.experiment.command[language], label: .startHere)
        }
    }

    /// All of them one under another; a script shows the one that is chosen.
    private var variants: [Markup] {
        let variants = chapter.experiment.variants
        guard !variants.isEmpty else { return [] }
        return [
            Tag.div(.class("variants")) {
                Tag.div(
                    .class("variant-buttons"), .at(.role, "group"), .at(.ariaLabel, BookWords.variants[language]),
                    .at(.hidden)
                ) {
                    for (index, variant) in variants.enumerated() {
                        Tag.button(
                            .class("variant-button"), .at(.type, "button"), .at(.value, "\(index)"),
                            .at(.ariaPressed, index == 0 ? "true" : "false")
                        ) { prose("variant-\(index)").inlines(variant.label[language]) }
                    }
                }
                for (index, variant) in variants.enumerated() {
                    Tag.div(.class("variant")) {
                        Tag.p(.class("variant-label")) {
                            prose("variant-\(index)-label").inlines(variant.label[language])
                        }
                        figure(variant.figure)
                    }
                }
            }
        ]
    }

    // MARK: Questions

    private var recall: [Markup] {
        guard let recall = chapter.recall, let from = chapter.chapter.recall?.chapter else { return [] }
        return [
            Tag.section(.class("step recall")) {
                Tag.p(.class("kicker")) { BookWords.recall.text(language, ["chapter": "\(from)"]) }
                question(recall, label: nil)
            }
        ]
    }

    /// What is cited.
    private var sources: [Markup] {
        let facts = chapter.chapter.facts
        guard !facts.isEmpty else { return [] }
        return [
            Tag.section(.class("step sources")) {
                Tag.h2 { BookWords.sources[language] }
                Tag.ul {
                    for fact in facts {
                        Tag.li(.id("fact-\(fact.name)")) {
                            Markup.text(fact.value[language] + (language == .chinese ? "：" : ": "))
                            if let link = fact.link {
                                Tag.a(.href(link), .at(.rel, "external")) { fact.source[language] }
                            } else {
                                Markup.text(fact.source[language])
                            }
                        }
                    }
                }
            }
        ]
    }

    private var quiz: Markup {
        Tag.section(.class("step quiz"), .id(ProseOutline.quiz)) {
            Tag.h2 { BookWords.quiz[language] }
            for question in chapter.quiz { self.question(question, label: nil) }
        }
    }

    private func question(_ question: AnsweredQuestion, label: BookWords?) -> Markup {
        let text = prose("quiz-\(question.id)")
        return Tag.div(.class("question")) {
            if let label { Tag.p(.class("kicker")) { label[language] } }
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
                            if let hint = choice.hint {
                                Tag.span(.class("hint"), .at(.hidden)) { text.inlines(hint[language]) }
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
