import Drawing
import Wording

/// Writes the parts of a chapter for a terminal: all of them in one go (`lessons show`), or one after the other
/// (`lessons walk`).
package struct TerminalChapter<Source: FigureSource> {
    let chapter: AnsweredChapter
    let source: Source
    let screen: LessonScreen

    package init(_ chapter: AnsweredChapter, source: Source, screen: LessonScreen) {
        self.chapter = chapter
        self.source = source
        self.screen = screen
    }

    var language: Language { screen.language }
    private var prose: TerminalProse<Source> { TerminalProse(source: source, language: language) }

    private func written(_ body: (inout TerminalText) throws -> Void) rethrows -> [UInt8] {
        var out = screen.text
        try body(&out)
        return Array(out.text.utf8)
    }

    // MARK: All of it

    /// - Parameter answers: whether the quiz says its answers, after all of its questions.
    /// - Throws: what the source throws for a formula.
    package func whole(answers: Bool) throws -> [UInt8] {
        var bytes = try opening()
        for index in chapter.steps.indices {
            bytes += [UInt8(ascii: "\n")] + (try step(index)) + (try asked(index)) + picture(index, frame: nil)
            bytes += command(index)
        }
        bytes += [UInt8(ascii: "\n")] + (try experiment())
        bytes += try written { out in
            out.blank()
            out.paragraph([(BookWords.quiz[language], .bold)], first: "?  ")
            for (index, question) in chapter.quiz.enumerated() {
                out.blank()
                try self.question(question, number: index + 1, into: &out)
            }
            out.blank()
            guard answers else {
                let command = "glassformer lessons quiz \(chapter.chapter.id)"
                return out.paragraph([(WalkWords.answersHidden[language] + " ", .dim), (command, .sample)])
            }
            for (index, question) in chapter.quiz.enumerated() {
                out.blank()
                try answer(question, first: "\(index + 1). ", into: &out)
            }
        }
        return bytes
    }

    // MARK: Parts

    func opening() throws -> [UInt8] {
        try written { out in
            out.paragraph([(chapter.title[language].plainText, .title)], first: "\(chapter.chapter.id)  ")
            out.paragraph(try prose.spans(chapter.goal[language], .italic))
            let document = chapter.chapter.document
            out.paragraph([
                ("\(BookWords.mirrors[language]) \(document.name) · \(document.section[language])", .dim)
            ])
        }
    }

    /// A step's words; what it shows comes after.
    func step(_ index: Int) throws -> [UInt8] {
        guard chapter.steps.indices.contains(index) else { return [] }
        return try section(chapter.steps[index].section, number: "\(index + 1)")
    }

    /// The question that a step asks before it shows its figure.
    private func asked(_ index: Int) throws -> [UInt8] {
        guard let ask = chapter.steps[index].ask else { return [] }
        return try written { out in
            try question(ask, number: nil, into: &out)
            out.blank()
        }
    }

    func experiment() throws -> [UInt8] {
        var bytes = try section(chapter.experiment.section, number: "✎") + command(chapter.experiment.command[language])
        for variant in chapter.experiment.variants {
            bytes += try written { $0.paragraph(try prose.spans(variant.label[language], .bold), first: "• ") }
            bytes += command(variant.figure.command[language])
        }
        return bytes
    }

    private func section(_ section: AnsweredChapter.Section, number: String) throws -> [UInt8] {
        try written { out in
            out.paragraph([(section.title[language].plainText, .bold)], first: "\(number)  ")
            out.blank()
            try prose.blocks(section.prose[language], into: &out)
            out.blank()
        }
    }

    func command(_ index: Int) -> [UInt8] {
        guard chapter.steps.indices.contains(index) else { return [] }
        let step = chapter.steps[index]
        return (step.figures.map(\.command) + [step.command].compactMap { $0 }).flatMap { command($0[language]) }
    }

    private func command(_ command: String) -> [UInt8] {
        written { $0.line([("  $ ", .dim), (command, .sample)]) }
    }

    // MARK: Figures

    /// The first figure of a step as it can be shown here; nil where it has none.
    func figure(_ index: Int) -> Result<Figure, any Error>? {
        guard chapter.steps.indices.contains(index) else { return nil }
        return chapter.steps[index].figures.first.map(layout)
    }

    private func layout(_ figure: AnsweredChapter.Figure) -> Result<Figure, any Error> {
        Result {
            var drawn = try source.layout(figure.placed.reference[language], screen.setting)
            let captions = figure.captions[language].map(\.plainText)
            for index in drawn.frames.indices where !captions.isEmpty {
                drawn.frames[index].caption = captions[min(index, captions.count - 1)]
            }
            return drawn
        }
    }

    /// The figures after the first.
    func others(_ index: Int) -> [UInt8] {
        chapter.steps[index].figures.dropFirst().flatMap(picture)
    }

    /// - Parameter frame: nil for all frames, one under another.
    func picture(_ index: Int, frame: Int?) -> [UInt8] {
        guard chapter.steps.indices.contains(index) else { return [] }
        return chapter.steps[index].figures.flatMap(picture)
    }

    private func picture(_ figure: AnsweredChapter.Figure) -> [UInt8] {
        switch layout(figure) {
        case .success(let drawn): picture(drawn, frame: nil)
        case .failure(let error):
            written { out in
                let id = figure.placed.reference[language].id
                let values: KeyValuePairs<String, Phrase> = ["figure": Phrase(id), "reason": Finding.reason(error)]
                out.paragraph([(CheckWords.figureFails.phrase.filled(values)[language], .dim)], first: "▣ ", indent: 2)
            }
        }
    }

    func picture(_ figure: Figure, frame: Int?) -> [UInt8] {
        let frames = frame.map { [$0] } ?? Array(figure.frames.indices)
        return frames.filter(figure.frames.indices.contains).flatMap { index -> [UInt8] in
            let drawn = (try? screen.picture(figure, frame: index)) ?? []
            return drawn + words(figure, frame: index, inFull: drawn.isEmpty && figure.frames.count == 1)
        }
    }

    /// - Parameter inFull: what there is to see, where nobody sees it; else the caption.
    func words(_ figure: Figure, frame: Int, inFull: Bool) -> [UInt8] {
        guard figure.frames.indices.contains(frame) else { return [] }
        let shown = figure.frames[frame]
        let count = figure.frames.count > 1 ? "\(frame + 1)/\(figure.frames.count)  " : ""
        let text = inFull || shown.caption.isEmpty ? shown.altText : shown.caption
        return written { $0.paragraph([(count, .number), (text, .dim)], first: "▣ ", indent: 2) }
    }

    // MARK: Questions

    /// - Parameter number: nil for a question that a step asks first.
    func question(_ question: AnsweredQuestion, number: Int?, into out: inout TerminalText) throws {
        out.paragraph(try prose.spans(question.question[language]), first: number.map { "\($0). " } ?? "? ")
        for (index, choice) in question.choices.enumerated() {
            out.paragraph(try prose.spans(choice.label[language]), first: "\(index + 1)) ", indent: 3)
        }
    }

    func answer(_ question: AnsweredQuestion, first: String, into out: inout TerminalText) throws {
        guard question.choices.indices.contains(question.right) else { return }
        let right = question.choices[question.right]
        var answer: [TerminalText.Span] = [("\(BookWords.answer[language])\(question.right + 1)) ", .dim)]
        answer += try prose.spans(right.label[language])
        if let measure = right.measure { answer.append((" \(measure)", .number)) }
        out.paragraph(answer, first: first)
        try prose.blocks(question.explanation[language], indent: 3, into: &out)
    }
}
