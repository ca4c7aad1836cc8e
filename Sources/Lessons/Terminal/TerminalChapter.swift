import Wording

/// Renders a chapter for reading in a terminal.
package struct TerminalChapter<Source: FigureSource> {
    let chapter: AnsweredChapter
    let source: Source
    let language: Language

    package init(_ chapter: AnsweredChapter, source: Source, language: Language) {
        self.chapter = chapter
        self.source = source
        self.language = language
    }

    /// - Parameters:
    ///   - isStyled: with ANSI escapes for colour and weight.
    ///   - width: the terminal's columns.
    /// - Throws: what the source throws for a formula.
    package func text(isStyled: Bool, width: Int = 80) throws -> String {
        var out = TerminalText(isStyled: isStyled, width: min(width, 96))
        out.line([("\(chapter.chapter.id)  \(chapter.title[language].plainText)", .title)])
        out.paragraph(try spans(chapter.goal[language], .italic))
        let document = chapter.chapter.document
        out.paragraph([
            ("\(BookWords.mirrors[language]) \(document.name) · \(document.section[language])", .dim)
        ])
        for (index, step) in chapter.steps.enumerated() {
            try section(step.section, number: "\(index + 1)", figure: step.figure, into: &out)
        }
        try section(chapter.experiment, number: "✎", figure: nil, into: &out)
        try quiz(into: &out)
        return out.text
    }

    private func section(
        _ section: AnsweredChapter.Section, number: String, figure: FigureReference?, into out: inout TerminalText
    ) throws {
        out.blank()
        out.line([("\(number)  ", .number), (section.title[language].plainText, .bold)])
        out.blank()
        try blocks(section.prose[language], indent: 0, into: &out)
        out.blank()
        if let figure {
            for text in words(of: figure) { out.paragraph([(text, .dim)], first: "▣ ", indent: 2) }
        }
        out.line([("  $ ", .dim), (section.command, .sample)])
    }

    /// A figure in words; where it cannot be drawn, why.
    private func words(of figure: FigureReference) -> [String] {
        do {
            let frames = try source.figure(figure, language: language, theme: .light).figure.frames
            return frames.count == 1 ? frames.map(\.altText) : frames.map(\.caption)
        } catch {
            let values: KeyValuePairs<String, Phrase> = ["figure": Phrase(figure.id), "reason": Finding.reason(error)]
            return [CheckWords.figureFails.phrase.filled(values)[language]]
        }
    }

    private func quiz(into out: inout TerminalText) throws {
        out.blank()
        out.line([("?  ", .number), (BookWords.quiz[language], .bold)])
        for question in chapter.quiz {
            out.blank()
            out.paragraph(try spans(question.question[language]))
            for (index, choice) in question.choices.enumerated() {
                out.paragraph(try spans(choice.label[language]), first: "\(Self.letter(index))) ", indent: 2)
            }
        }
        out.blank()
        for (index, question) in chapter.quiz.enumerated() {
            let right = question.choices[question.right]
            var answer: [TerminalText.Span] = [
                ("\(index + 1). \(BookWords.answer[language])\(Self.letter(question.right))) ", .dim)
            ]
            answer += try spans(right.label[language])
            if let measure = right.measure { answer.append((" \(measure)", .number)) }
            out.paragraph(answer)
            try blocks(question.explanation[language], indent: 3, into: &out)
        }
    }

    private static func letter(_ index: Int) -> String { String(Array("abcdefgh")[index % 8]) }

    // MARK: Prose

    private func blocks(_ blocks: [Block], indent: Int, into out: inout TerminalText) throws {
        for (index, block) in blocks.enumerated() {
            if index > 0 { out.blank() }
            try self.block(block, indent: indent, into: &out)
        }
    }

    private func block(_ block: Block, indent: Int, into out: inout TerminalText) throws {
        switch block {
        case .paragraph(let text): out.paragraph(try spans(text), indent: indent)
        case .list(let start, let items):
            for (index, item) in items.enumerated() {
                let mark = start.map { "\($0 + index). " } ?? "• "
                if case .paragraph(let text)? = item.first {
                    out.paragraph(try spans(text), first: mark, indent: indent + 1)
                    for rest in item.dropFirst() { try self.block(rest, indent: indent + 3, into: &out) }
                } else {
                    for inner in item { try self.block(inner, indent: indent + 3, into: &out) }
                }
            }
        case .code(let text):
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                out.line([(String(line), .sample)], indent: indent + 2)
            }
        case .formula(let notation):
            out.line([(try source.formula(notation, display: true).plain, .italic)], indent: indent + 4)
        case .callout(let kind, let inner):
            out.line([("┃ \(kind.label[language])", .bold)], indent: indent)
            try blocks(inner, indent: indent + 2, into: &out)
        case .footnote(let number, let inner):
            out.line([("[\(number)]", .dim)])
            try blocks(inner, indent: indent + 3, into: &out)
        case .table(let table): try self.table(table, indent: indent, into: &out)
        }
    }

    private func table(_ table: Block.Table, indent: Int, into out: inout TerminalText) throws {
        let rows = ([table.header] + table.rows).map { $0.map { $0.plainText } }
        let columns = (0..<table.header.count).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].columns : 0 }.max() ?? 0
        }
        for (index, row) in rows.enumerated() {
            let cells = zip(row, columns).map { text, width in
                text + String(repeating: " ", count: max(0, width - text.columns))
            }
            out.line([(cells.joined(separator: "  ").trimmingSuffix, index == 0 ? .bold : .plain)], indent: indent + 2)
        }
    }

    private func spans(_ text: [Inline], _ style: TerminalText.Style = .plain) throws -> [TerminalText.Span] {
        var spans: [TerminalText.Span] = []
        for (index, inline) in text.enumerated() {
            switch inline {
            case .text(let words): spans.append((words, style))
            case .sample(let words): spans.append((words, .sample))
            case .computed(let words, _): spans.append((words, .number))
            case .quoted(let words): spans.append(("‹\(words)›", style))
            case .placeholder(let placeholder): spans.append((placeholder.query.source, .number))
            case .emphasis(let inner): spans += try self.spans(inner, .italic)
            case .strong(let inner): spans += try self.spans(inner, .bold)
            case .formula(let notation):
                spans.append((try source.formula(notation, display: false).plain, .italic))
            case .link(let inner, let target):
                spans += try self.spans(inner, style)
                if case .web(let address) = target { spans.append((" (\(address))", .dim)) }
            case .footnote(let number): spans.append(("[\(number)]", .dim))
            case .softBreak, .lineBreak:
                if !text.joinsAcross(index) { spans.append((" ", style)) }
            }
        }
        return spans
    }
}
