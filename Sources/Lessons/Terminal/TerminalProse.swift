import Wording

/// Writes a chapter's prose as text for a terminal.
struct TerminalProse<Source: FigureSource> {
    let source: Source
    let language: Language

    /// - Throws: what the source throws for a formula.
    func blocks(_ blocks: [Block], indent: Int = 0, into out: inout TerminalText) throws {
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
                out.line([(String(line), .sample)], indent: indent + 4)
            }
        case .askedCode(let template), .askedFormula(let template):
            out.line([(template.source, .sample)], indent: indent + 4)
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
        guard indent + 2 + columns.reduce(0, +) + 2 * max(0, columns.count - 1) <= out.width else {
            return narrow(table, indent: indent, into: &out)
        }
        for (index, row) in rows.enumerated() {
            let cells = zip(row, columns).map { text, width in
                text + String(repeating: " ", count: max(0, width - text.columns))
            }
            out.line([(cells.joined(separator: "  ").trimmingSuffix, index == 0 ? .bold : .plain)], indent: indent + 2)
        }
    }

    /// Where a table is wider than the terminal, each row is a list of what stands under which head.
    private func narrow(_ table: Block.Table, indent: Int, into out: inout TerminalText) {
        for row in table.rows {
            for (column, cell) in row.enumerated() {
                let head = table.header.indices.contains(column) ? table.header[column].plainText : ""
                let label = head.isEmpty ? "" : head + (language == .chinese ? "：" : ": ")
                out.paragraph(
                    [(label, .bold), (cell.plainText, .plain)], first: column == 0 ? "• " : "  ", indent: indent + 1)
            }
        }
    }

    func spans(_ text: [Inline], _ style: TerminalText.Style = .plain) throws -> [TerminalText.Span] {
        var spans: [TerminalText.Span] = []
        for (index, inline) in text.enumerated() {
            switch inline {
            case .text(let words): spans.append((words, style))
            case .sample(let words): spans.append((words, .sample))
            case .computed(let words, _): spans.append((words, .number))
            case .quoted(let words): spans.append(("‹\(words)›", style))
            case .fact(let words, _): spans.append((words, style))
            case .askedFormula(let template): spans.append((template.source, .number))
            case .placeholder(let placeholder): spans.append((placeholder.ask.source, .number))
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
