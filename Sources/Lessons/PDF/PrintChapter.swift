import Drawing
import Rendering
import Wording

/// Sets a chapter: its opening, steps with their figures, the experiment, its questions and sources.
struct PrintChapter: Sendable {
    let chapter: AnsweredChapter
    let course: Course
    let style: PrintStyle
    /// Those that could be drawn, by name.
    let figures: [String: PrintFigure]
    /// Words that the index looks for.
    var words: [String] = []
    private let glossed = GlossedTexts()

    init(
        chapter: AnsweredChapter, course: Course, style: PrintStyle, figures: [String: PrintFigure],
        words: [String] = []
    ) {
        self.chapter = chapter
        self.course = course
        self.style = style
        self.figures = figures
        self.words = words
    }

    private var language: Language { style.language }
    private var id: ChapterID { chapter.chapter.id }
    private var setter: PrintSetter { PrintSetter(style: style, words: words) }
    private var questions: PrintQuestions { PrintQuestions(chapter: chapter, text: text, prose: prose) }

    static func place(_ id: ChapterID, _ step: String? = nil) -> String { "c\(id)" + (step.map { "-" + $0 } ?? "") }

    var text: PrintText {
        let course = course
        var text = PrintText(setter: setter)
        text.place = { id, step in
            course.chapter(id).map { chapter in
                let steps = chapter.steps.map(\.id) + [ProseOutline.experiment, ProseOutline.quiz]
                return PrintChapter.place(id, step.flatMap { steps.contains($0) ? $0 : nil })
            }
        }
        text.glosses = chapter.chapter.glosses
        text.glossed = glossed
        for (index, fact) in chapter.chapter.facts.enumerated() {
            text.facts[fact.name] = ("f\(id)-\(index + 1)", index + 1)
        }
        return text
    }

    private var prose: PrintProse { PrintProse(text, style.body) }

    /// All of it, from a new page on.
    var bands: [PrintBand] {
        var bands = opening + recall
        for (index, step) in chapter.steps.enumerated() { bands += self.step(step, index) }
        bands += experiment + quiz + sources
        for band in bands.indices {
            for term in bands[band].terms.indices { bands[band].terms[term].chapter = id }
        }
        return bands
    }

    // MARK: Opening

    private var title: String { "\(id) \(chapter.title[language].plainText)" }

    private var opening: [PrintBand] {
        let part = course.parts.first { $0.number == id.part }
        let name = PrintWords.part.text(language, ["number": "\(id.part)"])
        var bands = setter.plain(
            part.map { "\(name) · \($0.title[language])" } ?? name, style.label)
        bands[0].opens = PrintBand.Opening(head: (part?.title[language] ?? name, title))
        bands[0].bookmark = PrintBand.Bookmark(title: title, level: 1)
        bands[0].places = [PrintChapter.place(id)]
        var number = style.title
        number.color = PrintStyle.theme.muted
        let head =
            [PrintRun(content: .text("\(id)  "), font: number.font.weight(.regular), color: number.color)]
            + text.runs(chapter.title[language], style.title)
        bands += setter.paragraph(head, style.title, alignment: .left, before: 6).told(as: .heading(2))
        bands += setter.paragraph(
            text.runs(chapter.goal[language], style.goal), style.goal, alignment: .left, before: 8)
        bands += facts
        var rule = PrintBand(
            [
                Item(
                    .path(
                        .line(Point(0, 0), Point(setter.width, 0)), fill: nil,
                        stroke: Stroke(PrintStyle.hairline, width: 0.8)))
            ], height: 1, before: 12)
        rule.keepsNext = true
        return bands.leading + [rule]
    }

    private var facts: [PrintBand] {
        let colon = style.isChinese ? "：" : ": "
        let document = chapter.chapter.document
        func runs(_ name: BookWords, _ inlines: [Inline]) -> [PrintRun] {
            let label = PrintRun(
                content: .text(name[language] + colon), font: style.quiet.font.semibold, color: style.quiet.color)
            return [label] + text.runs(inlines, style.quiet)
        }
        var lines: [[PrintRun]] = [
            runs(.mirrors, [.text(document.name + colon + document.section[language])])
        ]
        var about: [PrintRun] = []
        if let minutes = chapter.chapter.minutes {
            about += runs(.time, [.text(BookWords.minutes.text(language, ["number": "\(minutes)"]) + "  ·  ")])
        }
        about += runs(.model, [.text(chapter.chapter.model)])
        lines.append(about)
        if !chapter.chapter.needs.isEmpty {
            let needs = chapter.chapter.needs.enumerated().flatMap { index, need -> [Inline] in
                let comma: [Inline] = index > 0 ? [.text(style.isChinese ? "、" : ", ")] : []
                guard let other = course.chapter(need) else { return comma + [.text("\(need)")] }
                return comma + [
                    .link([.text("\(need) \(other.title[language].plainText)")], to: .chapter(need, step: nil))
                ]
            }
            lines.append(runs(.needs, needs))
        }
        return lines.enumerated().flatMap { index, line in
            setter.paragraph(line, style.quiet, alignment: .left, before: index == 0 ? 10 : 1)
        }
    }

    private var recall: [PrintBand] {
        guard let recall = chapter.recall, let from = chapter.chapter.recall?.chapter else { return [] }
        let label = BookWords.recall.text(language, ["chapter": "\(from)"])
        return questions.bands(recall, label: label).before(14)
    }

    // MARK: Steps

    private func heading(_ words: [Inline], number: String, place: String) -> [PrintBand] {
        let lead = PrintRun(
            content: .text(number.isEmpty ? "" : "\(number)  "), font: style.heading.font.weight(.regular),
            color: PrintStyle.theme.muted)
        var bands = setter.paragraph(
            (number.isEmpty ? [] : [lead]) + text.runs(words, style.heading), style.heading, alignment: .left
        )
        .told(as: .heading(3))
        guard !bands.isEmpty else { return [] }
        bands[0].places = [PrintChapter.place(id, place)]
        bands[0].bookmark = PrintBand.Bookmark(title: words.plainText, level: 2)
        return bands.leading
    }

    private func step(_ step: AnsweredChapter.Step, _ index: Int) -> [PrintBand] {
        var bands = heading(step.section.title[language], number: "\(index + 1)", place: step.id).before(22)
        let words = step.prose(around: step.ask, in: language)
        bands += prose.blocks(words.before, before: 5)
        if let ask = step.ask {
            bands += questions.bands(ask, label: PrintWords.askFirst[language]).before(12)
            bands += prose.blocks(words.after, before: 12)
        }
        bands += shapes(step.shapes)
        for figure in step.figures { bands += self.figure(figure) }
        if let command = step.command { bands += self.command(command[language], label: .tryIt) }
        return bands
    }

    private func shapes(_ shapes: [AnsweredChapter.Shapes]) -> [PrintBand] {
        guard !shapes.isEmpty else { return [] }
        let head = PrintStyle.Kind(font: style.small.font.semibold, leading: style.small.leading)
        let rows = shapes.map { one in
            [
                text.runs([.sample(one.step)], style.small),
                text.runs([.text(one.here(language))], style.small),
                text.runs([.text(one.inDocument)], style.small),
            ]
        }
        return PrintTable(text: text, kind: style.small).bands(
            header: AnsweredChapter.Shapes.heads.map { text.runs([.text($0[language])], head) }, rows: rows
        ).before(9)
    }

    private func figure(_ figure: AnsweredChapter.Figure, label: [Inline]? = nil) -> [PrintBand] {
        let placed = figure.placed
        let number = (chapter.shownFigures.firstIndex { $0.placed.id == placed.id } ?? 0) + 1
        guard let drawn = figures[placed.id] else {
            return setter.plain(BookWords.undrawn[language], style.quiet, before: 12)
        }
        var band = drawn.band(setter)
        band.before = 14
        band.terms = [
            PrintBand.Term(name: "\(drawn.title)\n\(placed.reference[language].id)", kind: .figure)
        ]
        var bands = [band]
        let name = PrintRun(
            content: .text(BookWords.figure.text(language, ["number": "\(id)-\(number)"]) + "  "),
            font: style.caption.font.semibold, color: style.caption.color)
        var lead =
            [name] + (label.map { text.runs([.strong($0), .text(style.isChinese ? "。" : ". ")], style.caption) } ?? [])
        for index in lead.indices { lead[index].isTerm = false }
        for (index, picture) in drawn.pictures.enumerated() {
            let mark = drawn.pictures.count > 1 ? "\(index + 1)) " : ""
            let words = PrintRun(
                content: .text(mark + picture.caption), font: style.caption.font, color: style.caption.color)
            bands += setter.plainWords().paragraph(
                (index == 0 ? lead : []) + [words], style.caption, before: index == 0 ? 9 : 1
            ).told(as: .caption)
        }
        if let gloss = placed.gloss[language], let said = placed.reference[language].value("text") {
            // Its meaning stands beside it.
            var bare = text
            bare.glosses = Glosses()
            bands += setter.plainWords().paragraph(
                bare.runs([.sample(said), .text("  "), .text(gloss)], style.quiet), style.quiet, alignment: .left,
                before: 2)
        }
        return (bands + command(figure.command[language], label: nil)).together
    }

    private func command(_ command: String, label: BookWords?) -> [PrintBand] {
        let words = label.map {
            [PrintRun(content: .text($0[language] + "  "), font: style.label.font, color: style.label.color)]
        }
        return setter.plainWords().paragraph(
            (words ?? []) + [
                PrintRun(content: .text("$ " + command), font: style.command.font, color: style.command.color)
            ],
            style.command, alignment: .left, before: 4
        ).together
    }

    // MARK: After the steps

    private var experiment: [PrintBand] {
        let experiment = chapter.experiment
        var label = setter.plain(BookWords.experiment[language], style.label, before: 26).leading
        label[0].clears = true
        var bands = label
        bands += heading(experiment.section.title[language], number: "", place: ProseOutline.experiment)
        bands += prose.blocks(experiment.section.prose[language], before: 5)
        bands += command(experiment.command[language], label: .startHere)
        for variant in experiment.shown { bands += figure(variant.figure, label: variant.label[language]) }
        return bands
    }

    private var quiz: [PrintBand] {
        var bands = heading([.text(BookWords.quiz[language])], number: "", place: ProseOutline.quiz).before(26)
        if !bands.isEmpty { bands[0].clears = true }
        for question in chapter.quiz { bands += questions.bands(question, label: nil).before(9) }
        // Not alone on a page.
        if let last = bands.indices.last { bands[last].keepsNext = true }
        let link = "#" + PrintQuestions.answers(id)
        return bands + setter.plain(PrintWords.answersAt[language], style.quiet, before: 10, link: link)
    }

    private var sources: [PrintBand] {
        let facts = chapter.chapter.facts
        guard !facts.isEmpty else { return [] }
        let bands = setter.plain(BookWords.sources[language], style.label, before: 18).leading
        var list: [PrintBand] = []
        for (index, fact) in facts.enumerated() {
            let colon = style.isChinese ? "：" : ": "
            var inlines: [Inline] = [.text(fact.value[language] + colon)]
            inlines.append(
                fact.link.map { .link([.text(fact.source[language])], to: .web($0)) } ?? .text(fact.source[language]))
            let narrow = PrintText(setter: setter.plainWords().narrowed(by: 18), place: text.place)
            let line = narrow.setter.paragraph(narrow.runs(inlines, style.quiet), style.quiet, alignment: .left)
            var own = prose.marked("\(index + 1)", line, style.quiet, indent: 18).before(2)
            if !own.isEmpty { own[0].places = ["f\(id)-\(index + 1)"] }
            list += own
        }
        return bands + list.joined
    }
}
