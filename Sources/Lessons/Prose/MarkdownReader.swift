import CMarkdown
import Foundation
import Wording

/// Reads Markdown into blocks through CommonMark's tree, with tables and footnotes.
///
/// Errors name the line of the file. What a chapter may not use (HTML, pictures, block quotes that are no asides)
/// is an error too, and so is an emphasis that CommonMark leaves literal, as it does with `**注意力（attention）**是`.
struct MarkdownReader {
    let file: String
    private let extraction: Extraction
    private let context: QueryContext

    /// One top-level piece of a file: a heading or a block, and its line.
    enum Piece {
        case heading(level: Int, text: [Inline], id: String?, line: Int)
        case block(Block, line: Int)
    }

    init(_ source: String, file: String, firstLine: Int = 1, context: QueryContext) throws {
        self.file = file
        self.context = context
        extraction = try Extraction(source, file: file, firstLine: firstLine, context: context)
    }

    /// Inline text alone, for a label in `chapter.yaml`.
    static func label(_ source: String, place: Place, context: QueryContext) throws -> [Inline] {
        let reader = try MarkdownReader(source, file: place.file, firstLine: place.line ?? 1, context: context)
        let pieces = try reader.pieces()
        guard pieces.count == 1, case .block(.paragraph(let text), _)? = pieces.first else {
            throw place.error(.unsupportedMarkdown, ["found": Phrase(source)])
        }
        return text
    }

    func pieces() throws -> [Piece] {
        _ = Self.registered
        guard let parser = cmark_parser_new(CMARK_OPT_FOOTNOTES) else { return [] }
        defer { cmark_parser_free(parser) }
        if let table = cmark_find_syntax_extension("table") { cmark_parser_attach_syntax_extension(parser, table) }
        let text = extraction.text
        cmark_parser_feed(parser, text, text.utf8.count)
        guard let document = cmark_parser_finish(parser) else { return [] }
        defer { cmark_node_free(document) }
        // CommonMark moves footnotes to the end, in the order in which the text refers to them.
        let nodes = children(of: document)
        let notes = nodes.filter { kind(of: $0) == "footnote_definition" }
        return try nodes.filter { kind(of: $0) != "footnote_definition" }.map(piece)
            + notes.enumerated().map { index, note in
                .block(.footnote(index + 1, try children(of: note).map(block)), line: line(of: note))
            }
    }

    private static let registered: Void = cmark_gfm_core_extensions_ensure_registered()

    // MARK: Blocks

    private typealias Node = OpaquePointer

    private func piece(_ node: Node) throws -> Piece {
        guard kind(of: node) == "heading" else { return .block(try block(node), line: line(of: node)) }
        var text = try inlines(of: node)
        var id: String?
        if case .text(let last)? = text.last, last.hasSuffix("}"), let open = last.range(of: "{#", options: .backwards)
        {
            id = String(last[open.upperBound...].dropLast())
            text.removeLast()
            let rest = String(last[..<open.lowerBound]).trimmingSuffix
            if !rest.isEmpty { text.append(.text(rest)) }
        }
        return .heading(level: Int(cmark_node_get_heading_level(node)), text: text, id: id, line: line(of: node))
    }

    private func block(_ node: Node) throws -> Block {
        switch kind(of: node) {
        case "paragraph":
            let text = try inlines(of: node)
            if text.count == 1, isDisplayedFormula(node) {
                if case .formula(let notation)? = text.first { return .formula(notation) }
                if case .askedFormula(let template)? = text.first { return .askedFormula(template) }
            }
            return .paragraph(text)
        case "list":
            let start =
                cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(node)) : nil
            return .list(start: start, items: try children(of: node).map { try children(of: $0).map(block) })
        case "code_block":
            let lines = literal(node).trimmingSuffix
            guard lines.contains("{{") else { return .code(lines) }
            return .askedCode(try template(lines, at: place(node)))
        case "table":
            return .table(try table(node))
        case "block_quote":
            return try callout(node)
        case "html_block":
            throw place(node).error(.rawHTML, ["found": Phrase(literal(node).trimmingSuffix)])
        case "heading":
            throw place(node).error(.headingLevel, ["found": "\(cmark_node_get_heading_level(node))"])
        case let other:
            throw place(node).error(.unsupportedMarkdown, ["found": Phrase(other)])
        }
    }

    private func isDisplayedFormula(_ node: Node) -> Bool {
        extraction.pieces(in: rawText(node)).contains { if case .formula(_, true) = $0 { true } else { false } }
    }

    private func table(_ node: Node) throws -> Block.Table {
        let columns = Int(cmark_gfm_extensions_get_table_columns(node))
        let marks = cmark_gfm_extensions_get_table_alignments(node)
        let alignments = (0..<columns).map { column -> Block.Alignment in
            switch marks?[column] {
            case UInt8(ascii: "l"): .left
            case UInt8(ascii: "c"): .center
            case UInt8(ascii: "r"): .right
            default: .natural
            }
        }
        let rows = try children(of: node).map { row in try children(of: row).map(inlines) }
        return Block.Table(alignments: alignments, header: rows.first ?? [], rows: Array(rows.dropFirst()))
    }

    /// A block quote that opens with `[!document]` on a line of its own.
    private func callout(_ node: Node) throws -> Block {
        var inner = try children(of: node).map(block)
        let known = Callout.allCases.map { "[!\($0.rawValue)]" }.joined(separator: ", ")
        guard case .paragraph(var text)? = inner.first, case .text(let mark)? = text.first,
            mark.hasPrefix("[!"), mark.hasSuffix("]"),
            let callout = Callout(rawValue: String(mark.dropFirst(2).dropLast()))
        else {
            let found = inner.first.map { $0.inlines.first?.plainText ?? "" } ?? ""
            throw place(node).error(
                .unknownCallout, ["found": Phrase(String(found.prefix(24))), "expected": Phrase(known)])
        }
        text.removeFirst()
        if case .softBreak? = text.first { text.removeFirst() }
        inner[0] = .paragraph(text)
        if text.isEmpty { inner.removeFirst() }
        return .callout(callout, inner)
    }

    // MARK: Inlines

    private func inlines(of node: Node) throws -> [Inline] {
        var result: [Inline] = []
        var pending = ""
        // CommonMark gives lines to blocks only; inside one, its line breaks are counted.
        var extractedLine = Int(cmark_node_get_start_line(node))
        var here: Place { Place(file: file, line: sourceLine(extractedLine)) }
        func flush() throws {
            guard !pending.isEmpty else { return }
            result += try plain(pending, at: here)
            pending = ""
        }
        for child in children(of: node) {
            // CommonMark splits text at every character that could have meant something.
            if kind(of: child) == "text" {
                pending += literal(child)
                continue
            }
            try flush()
            if kind(of: child) == "softbreak" || kind(of: child) == "linebreak" { extractedLine += 1 }
            result.append(try inline(child, at: here))
        }
        try flush()
        return result
    }

    private func inline(_ node: Node, at place: Place) throws -> Inline {
        switch kind(of: node) {
        case "softbreak": return .softBreak
        case "linebreak": return .lineBreak
        case "code": return .sample(literal(node))
        case "emph": return .emphasis(try inlines(of: node))
        case "strong": return .strong(try inlines(of: node))
        case "link": return .link(try inlines(of: node), to: try target(node, at: place))
        case "footnote_reference": return .footnote(Int(literal(node)) ?? 0)
        case "html_inline": throw place.error(.rawHTML, ["found": Phrase(literal(node))])
        case "image":
            throw place.error(.imageInProse, ["found": Phrase(string(cmark_node_get_url(node)))])
        case let other: throw place.error(.unsupportedMarkdown, ["found": Phrase(other)])
        }
    }

    private func target(_ node: Node, at place: Place) throws -> LinkTarget {
        let address = string(cmark_node_get_url(node))
        if address.hasPrefix("https://") { return .web(address) }
        let pieces = address.split(separator: "#", maxSplits: 1).map(String.init)
        guard let first = pieces.first, first.hasPrefix("lesson:"), let id = ChapterID(String(first.dropFirst(7)))
        else { throw place.error(.badLink, ["found": Phrase(address)]) }
        return .chapter(id, step: pieces.count > 1 ? pieces[1] : nil)
    }

    /// Puts back what was taken out, and refuses marks of emphasis that stayed literal.
    private func plain(_ text: String, at place: Place) throws -> [Inline] {
        if let mark = text.firstIndex(where: { $0 == "*" || $0 == "_" }) {
            let from = text.index(mark, offsetBy: -6, limitedBy: text.startIndex) ?? text.startIndex
            let to = text.index(mark, offsetBy: 14, limitedBy: text.endIndex) ?? text.endIndex
            throw place.error(.emphasisTrap, ["found": Phrase(extraction.readable(text[from..<to]))])
        }
        var result: [Inline] = []
        var buffer = ""
        func flush() {
            if !buffer.isEmpty { result.append(.text(buffer)) }
            buffer = ""
        }
        func add(_ inline: Inline) {
            flush()
            result.append(inline)
        }
        for part in extraction.split(text) {
            switch part {
            case .literal(let words): buffer += words
            case .piece(.mark(let mark)): buffer.append(mark)
            case .piece(.formula(let notation, _)):
                add(notation.contains("{{") ? .askedFormula(try template(notation, at: place)) : .formula(notation))
            case .piece(.placeholder(let placeholder)): add(.placeholder(placeholder))
            case .piece(.quoted(let words)): add(.quoted(words))
            case .piece(.fact(let words, let name)): add(.fact(words, name))
            }
        }
        flush()
        return result
    }

    /// What asks the engine inside a formula or a listing.
    private func template(_ text: String, at place: Place) throws -> Template {
        try Template(text, parser: QueryParser(place: place, context: context))
    }

    // MARK: CommonMark's nodes

    private func kind(of node: Node) -> String {
        switch cmark_node_get_type(node) {
        // The library has no names for these two.
        case CMARK_NODE_FOOTNOTE_DEFINITION: "footnote_definition"
        case CMARK_NODE_FOOTNOTE_REFERENCE: "footnote_reference"
        default: string(cmark_node_get_type_string(node))
        }
    }

    private func literal(_ node: Node) -> String { string(cmark_node_get_literal(node)) }

    private func string(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }

    private func rawText(_ node: Node) -> String {
        children(of: node).map { kind(of: $0) == "text" ? literal($0) : "" }.joined()
    }

    private func children(of node: Node) -> [Node] {
        var result: [Node] = []
        var next = cmark_node_first_child(node)
        while let child = next {
            result.append(child)
            next = cmark_node_next(child)
        }
        return result
    }

    private func line(of node: Node) -> Int { sourceLine(Int(cmark_node_get_start_line(node))) }

    /// The line of the file that a line of the extracted text began on.
    private func sourceLine(_ line: Int) -> Int {
        extraction.lines.indices.contains(line - 1) ? extraction.lines[line - 1] : line
    }

    private func place(_ node: Node) -> Place { Place(file: file, line: line(of: node)) }
}

extension StringProtocol {
    var trimmingSuffix: String {
        guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[...last])
    }
}
