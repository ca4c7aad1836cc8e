import Drawing
import Pages
import Rendering
import Wording

/// A chapter of an electronic book: its page, its answers, its pictures.
struct EPUBChapter<Source: FigureSource> {
    let chapter: AnsweredChapter
    let course: Course
    let source: Source
    let language: Language
    private let formulas: [ProseMarkup.FormulaKey: TypesetFormula]

    private typealias Part = ElectronicBook<Source>.Part

    /// - Throws: what the source throws for a formula.
    init(_ chapter: AnsweredChapter, in course: Course, source: Source, language: Language) throws {
        self.chapter = chapter
        self.course = course
        self.source = source
        self.language = language
        var formulas: [ProseMarkup.FormulaKey: TypesetFormula] = [:]
        for key in chapter.formulaKeys {
            formulas[key] = try source.formula(key.notation, display: key.isDisplayed)
        }
        self.formulas = formulas
    }

    private var id: ChapterID { chapter.chapter.id }
    private var title: String { "\(id) \(chapter.title[language].plainText)" }
    private var colon: String { language == .chinese ? "：" : ": " }

    private func prose(_ anchor: String) -> ProseMarkup {
        let course = course
        var prose = ProseMarkup(
            language: language, formulas: formulas,
            address: { id in course.chapter(id).map { "\($0.pageName).xhtml" } }, anchor: anchor)
        prose.facts = Dictionary(chapter.chapter.facts.map { ($0.name, $0) }) { first, _ in first }
        prose.glosses = chapter.chapter.glosses
        return prose
    }

    /// The files, and the figures that the chapter lacks.
    func parts() -> (parts: [ElectronicBook<Source>.Part], findings: [Finding]) {
        var pictures = Pictures()
        var body = opening + recall
        for step in chapter.steps { body += self.step(step, &pictures) }
        body += experiment(&pictures)
        body.append(Tag.h2(.id(ProseOutline.quiz)) { BookWords.quiz[language] })
        for question in chapter.quiz { body += self.question(question, label: nil) }
        body.append(Tag.p { Tag.a(.href("\(id)-answers.xhtml")) { BookWords.answers[language] } })
        body += sources
        let pages = [
            page("\(chapter.chapter.pageName).xhtml", title, id, body),
            page("\(id)-answers.xhtml", "\(BookWords.answers[language]) \(id)", nil, answers),
        ]
        return (pages + pictures.parts, pictures.findings)
    }

    private func page(_ name: String, _ title: String, _ chapter: ChapterID?, _ body: [Markup]) -> Part {
        var writer = XHTML()
        for part in body { writer.write(part) }
        return Part(
            name: name, media: "application/xhtml+xml",
            bytes: XHTML.page(title, language, style: "book.css", body: body),
            properties: writer.text.contains("<math") ? "mathml" : nil, title: title, chapter: chapter)
    }

    // MARK: Words

    private var opening: [Markup] {
        let document = chapter.chapter.document
        var facts = [BookWords.mirrors[language] + colon + document.name + colon + document.section[language]]
        if let minutes = chapter.chapter.minutes {
            facts.append(BookWords.minutes.text(language, ["number": "\(minutes)"]))
        }
        let needs = chapter.chapter.needs.compactMap { course.chapter($0) }
        return [
            Tag.h1 { title },
            Tag.p(.class("goal")) { prose("goal").inlines(chapter.goal[language]) },
            Tag.p(.class("facts")) {
                facts.joined(separator: " · ")
                for (index, need) in needs.enumerated() {
                    Markup.text(
                        index == 0 ? " · " + BookWords.needs[language] + colon : language == .chinese ? "、" : ", ")
                    Tag.a(.href("\(need.pageName).xhtml")) { "\(need.id) \(need.title[language].plainText)" }
                }
            },
        ]
    }

    private var recall: [Markup] {
        guard let recall = chapter.recall, let from = chapter.chapter.recall?.chapter else { return [] }
        return question(recall, label: BookWords.recall.text(language, ["chapter": "\(from)"]))
    }

    private func step(_ step: AnsweredChapter.Step, _ pictures: inout Pictures) -> [Markup] {
        let text = prose(step.id)
        let words = step.prose(around: step.ask, in: language)
        var body: [Markup] = [
            Tag.h2(.id(step.id)) { prose("\(step.id)-title").inlines(step.section.title[language]) }
        ]
        body += text.blocks(words.before)
        if let ask = step.ask { body += question(ask, label: BookWords.askFirst[language]) }
        body += prose("\(step.id)-after").blocks(words.after) + text.shapes(step.shapes)
        for figure in step.figures { body += self.figure(figure, &pictures) }
        if let command = step.command { body.append(self.command(command[language])) }
        return body
    }

    private func experiment(_ pictures: inout Pictures) -> [Markup] {
        let experiment = chapter.experiment
        var body: [Markup] = [
            Tag.h2(.id(ProseOutline.experiment)) { prose("e").inlines(experiment.section.title[language]) }
        ]
        body += prose("experiment").blocks(experiment.section.prose[language])
        body.append(command(experiment.command[language]))
        for (index, variant) in experiment.variants.enumerated() {
            body.append(
                Tag.p(.class("variant")) {
                    Tag.strong { prose("variant-\(index)").inlines(variant.label[language]) }
                })
            body += figure(variant.figure, &pictures)
        }
        return body
    }

    private func command(_ command: String) -> Markup { Tag.p(.class("command")) { Tag.code { command } } }

    private var sources: [Markup] {
        let facts = chapter.chapter.facts
        guard !facts.isEmpty else { return [] }
        return [
            Tag.h2 { BookWords.sources[language] },
            Tag.ul {
                for fact in facts {
                    Tag.li(.id("fact-\(fact.name)")) {
                        Markup.text(fact.value[language] + colon)
                        if let link = fact.link {
                            Tag.a(.href(link)) { fact.source[language] }
                        } else {
                            Markup.text(fact.source[language])
                        }
                    }
                }
            },
        ]
    }

    // MARK: Questions

    /// Nothing in it says which is right.
    private func question(_ question: AnsweredQuestion, label: String?) -> [Markup] {
        let number = (chapter.numberedQuestions.firstIndex { $0.question == question.question } ?? 0) + 1
        let text = prose("q\(number)")
        var body: [Markup] = label.map { words in [Tag.p(.class("kicker")) { words }] } ?? []
        body.append(
            Tag.p(.id("question-\(number)"), .class("question")) {
                Tag.a(.href("\(id)-answers.xhtml#answer-\(number)")) { "\(number)." }
                " "
                Tag.strong { text.inlines(question.question[language]) }
            })
        let labels: [[Inline]] =
            if case .ordering(let ordering) = question.kind {
                ordering.items.map { $0.label[language] }
            } else {
                question.choices.map { $0.label[language] }
            }
        body.append(
            Tag.ol(.class("choices")) { for label in labels { Tag.li { text.inlines(label) } } })
        return body
    }

    private var answers: [Markup] {
        var body: [Markup] = [Tag.h1 { "\(BookWords.answers[language]) \(id)" }]
        for (index, question) in chapter.numberedQuestions.enumerated() {
            let text = prose("a\(index + 1)")
            guard question.choices.indices.contains(question.right) else { continue }
            let right = question.choices[question.right]
            body.append(
                Tag.p(.id("answer-\(index + 1)")) {
                    Tag.a(.href("\(chapter.chapter.pageName).xhtml#question-\(index + 1)")) { "\(index + 1)." }
                    " "
                    Tag.strong { text.inlines(right.label[language]) }
                    if let measure = right.measure { " · \(measure)" }
                })
            body += text.blocks(question.explanation[language])
        }
        return body
    }

    // MARK: Figures

    /// What is drawn while a chapter is written.
    private struct Pictures {
        var parts: [Part] = []
        var findings: [Finding] = []
    }

    /// The last frame as a picture, and what every frame says.
    private func figure(_ figure: AnsweredChapter.Figure, _ pictures: inout Pictures) -> [Markup] {
        let reference = figure.placed.reference[language]
        do {
            let drawn = try source.layout(reference, FigureSetting(language: language, theme: .light))
            guard let last = drawn.frames.last else { return [] }
            let name = "\(id)-\(figure.placed.id).svg"
            let picture = try Renderer().svg(drawn, frame: drawn.frames.count - 1, prefix: "g")
            pictures.parts.append(Part(name: name, media: "image/svg+xml", bytes: Array(Self.plain(picture).utf8)))
            let own = figure.captions[language].map(\.plainText)
            let captions = own.isEmpty ? drawn.frames.map(\.caption) : own
            return [
                Tag.figure {
                    Tag.img(.at(.src, name), .at(.alt, last.altText))
                    Tag.figcaption {
                        if captions.count == 1 {
                            Tag.p { captions[0] }
                        } else {
                            Tag.ol { for caption in captions { Tag.li { caption } } }
                        }
                        gloss(figure.placed)
                    }
                }, command(figure.command[language]),
            ]
        } catch {
            pictures.findings.append(
                CheckWords.figureFails.finding(
                    at: "\(figure.placed.place) \(language.rawValue)",
                    ["figure": Phrase(reference.id), "reason": Finding.reason(error)]))
            return [Tag.p { BookWords.undrawn[language] }, command(figure.command[language])]
        }
    }

    /// What the figure's text says, where it is foreign.
    private func gloss(_ placed: PlacedFigure) -> [Markup] {
        guard let gloss = placed.gloss[language], let text = placed.reference[language].value("text") else { return [] }
        return [
            Tag.p(.class("gloss")) {
                Tag.code(.at(.lang, text.contains(where: \.isHan) ? "zh-Hans" : "en")) { text }
                " "
                Tag.span { gloss }
            }
        ]
    }

    /// Without the marks of cells, which only our own pages read and the standard of pictures does not know.
    private static func plain(_ picture: String) -> String {
        picture.replacing(/\ (?:data-[a-z]+|inkscape:[a-z]+|xmlns:inkscape|aria-[a-z]+|role)="[^"]*"/, with: "")
    }
}
