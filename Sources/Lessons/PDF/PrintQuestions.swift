import Drawing
import Wording

/// Sets a chapter's questions, and their answers for the end of the book.
struct PrintQuestions: Sendable {
    let chapter: AnsweredChapter
    let text: PrintText
    let prose: PrintProse

    private var style: PrintStyle { text.setter.style }
    private var language: Language { style.language }
    private var id: ChapterID { chapter.chapter.id }

    static func place(_ id: ChapterID, _ number: Int) -> String { "q\(id)-\(number)" }
    static func answers(_ id: ChapterID) -> String { "a\(id)" }

    private func number(_ question: AnsweredQuestion) -> Int {
        // A recalled question may have the name of one of the chapter's own.
        let isRecalled = chapter.recall.map { $0.id == question.id && $0.question == question.question } ?? false
        let all = chapter.numberedQuestions
        let place = isRecalled ? 0 : all.lastIndex { $0.id == question.id && $0.question == question.question }
        return (place ?? 0) + 1
    }

    // MARK: Questions

    /// Nothing in it says which is right.
    func bands(_ question: AnsweredQuestion, label: String?) -> [PrintBand] {
        let number = number(question)
        var bands = label.map { text.setter.plain($0, style.label) } ?? []
        let indent = 20.0
        var narrow = text.narrowed(by: indent)
        narrow.setter.words = []
        let kind = PrintStyle.Kind(font: style.body.font.weight(.medium), leading: style.body.leading)
        let asked = narrow.setter.paragraph(
            narrow.runs(question.question[language], kind), kind, alignment: .left)
        var own = prose.marked("\(number).", asked, kind, indent: indent).before(label == nil ? 0 : 2)
        if !own.isEmpty { own[0].places = [Self.place(id, number)] }
        bands += own + options(question, narrow, indent)
        return bands.together
    }

    private func options(_ question: AnsweredQuestion, _ narrow: PrintText, _ indent: Double) -> [PrintBand] {
        func lines(_ labels: [[Inline]], _ mark: (Int) -> String) -> [PrintBand] {
            let inner = narrow.narrowed(by: 18)
            return labels.enumerated().flatMap { index, label in
                prose.marked(
                    mark(index),
                    inner.setter.paragraph(inner.runs(label, style.body), style.body, alignment: .left), style.body,
                    indent: 18
                ).map { $0.moved(indent) }.before(1.5)
            }.joined
        }
        switch question.kind {
        case .choice, .cell: return lines(question.choices.map { $0.label[language] }, Self.letter)
        case .number:
            let label = text.setter.plain(PrintWords.number[language], style.quiet, before: 2)
            return label.map { band in
                var band = band.moved(indent)
                let start = style.measurer.metrics(of: PrintWords.number[language], in: style.quiet.font).width + 6
                let line = Path.line(
                    Point(indent + start, band.height - 2), Point(indent + start + 110, band.height - 2))
                let stroke = Stroke(PrintStyle.theme.muted, width: 0.6)
                band.pieces.append(.init([Item(.path(line, fill: nil, stroke: stroke))], Zoom(1)))
                return band
            }
        case .ordering(let ordering):
            return text.setter.plain(PrintWords.order[language], style.quiet, before: 2).map { $0.moved(indent) }
                + lines(ordering.items.map { $0.label[language] }, Self.letter)
        }
    }

    static func letter(_ index: Int) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return letters.indices.contains(index) ? String(letters[index]) : "\(index + 1)"
    }

    // MARK: Answers

    /// - Parameter page: of a place.
    func key(page: (String) -> String?) -> [PrintBand] {
        let all = chapter.numberedQuestions
        guard !all.isEmpty else { return [] }
        let title = "\(id)  \(chapter.title[language].plainText)"
        var bands = text.setter.plain(title, style.subheading, before: 16, link: "#" + PrintChapter.place(id))
            .told(as: .heading(2)).leading
        bands[0].places = [Self.answers(id)]
        for (index, question) in all.enumerated() {
            let place = Self.place(id, index + 1)
            let number = page(place).map { PrintWords.page.text(language, ["number": Phrase($0)]) }
            bands += answer(question, index + 1, place, number)
        }
        return bands
    }

    private func answer(
        _ question: AnsweredQuestion, _ number: Int, _ place: String, _ page: String?
    ) -> [PrintBand] {
        let kind = style.small
        let indent = 22.0
        var narrow = text.narrowed(by: indent)
        narrow.setter.words = []
        let strong = PrintStyle.Kind(font: kind.font.semibold, leading: kind.leading)
        var first = narrow.runs(right(question), strong)
        if let measure = measure(question) {
            first += narrow.runs([.text("  " + measure)], style.quiet)
        }
        if let page {
            first.append(
                PrintRun(
                    content: .text((style.isChinese ? "　" : "  ") + page), font: style.quiet.font,
                    color: style.quiet.color, link: "#" + place))
        }
        var bands = narrow.setter.paragraph(first, kind, alignment: .left)
        bands += PrintProse(narrow, kind).blocks(question.explanation[language], before: 1)
        bands = prose.marked("\(number).", bands, strong, indent: indent).before(6)
        // The answer and the first line of its reason.
        if bands.count > 1 { bands[0].keepsNext = true }
        return bands
    }

    private func right(_ question: AnsweredQuestion) -> [Inline] {
        switch question.kind {
        case .choice, .cell:
            guard question.choices.indices.contains(question.right) else { return [] }
            return [.text(Self.letter(question.right) + "  ")] + question.choices[question.right].label[language]
        case .number(let number): return [.text(number.shown[language])]
        case .ordering(let ordering):
            let order = ordering.order[language]
            return [.text(order.map(Self.letter).joined(separator: style.isChinese ? "、" : ", ") + "  ")]
                + order.map { ordering.items[$0].label[language] }.joined(separator: [.text(" › ")])
        }
    }

    private func measure(_ question: AnsweredQuestion) -> String? {
        guard case .choice(let choices, let right) = question.kind, choices.indices.contains(right) else { return nil }
        return choices[right].measure
    }
}
