import Pages
import Wording

/// Writes prose as HTML.
struct ProseMarkup {
    let language: Language
    let formulas: [FormulaKey: TypesetFormula]
    /// The address of a chapter from the page that is being written; nil where the book has no such chapter.
    let address: @Sendable (ChapterID) -> String?
    /// Keeps the anchors of footnotes apart where a page has several pieces of prose.
    let anchor: String
    /// What is cited, by name.
    var facts: [String: Fact] = [:]
    var glosses = Glosses()

    struct FormulaKey: Hashable {
        var notation: String
        var isDisplayed: Bool
    }

    func blocks(_ blocks: [Block]) -> [Markup] {
        let notes = blocks.filter(\.isFootnote)
        var result = blocks.filter { !$0.isFootnote }.map(block)
        if !notes.isEmpty {
            result.append(
                Tag.ol(.class("notes"), .at(.ariaLabel, BookWords.notes[language])) { notes.map(block) })
        }
        return result
    }

    private func block(_ block: Block) -> Markup {
        switch block {
        case .paragraph(let text): return Tag.p { inlines(text) }
        case .list(let start, let items):
            let content = items.map { item in Tag.li { listItem(item) } }
            guard let start else { return Tag.ul { content } }
            return start == 1
                ? Tag.ol { content } : Tag.ol(.at(.start, "\(start)")) { content }
        case .code(let text): return Tag.pre { Tag.code { text } }
        case .askedCode(let template): return Tag.pre { Tag.code { template.source } }
        case .askedFormula(let template): return Tag.pre { Tag.code { template.source } }
        case .formula(let notation):
            return Tag.div(.class("formula")) { formula(notation, isDisplayed: true) }
        case .table(let table): return self.table(table)
        case .callout(let kind, let inner):
            return Tag.aside(.class("callout callout-\(kind.rawValue)")) {
                Tag.p(.class("callout-label")) { kind.label[language] }
                self.blocks(inner)
            }
        case .footnote(let number, let inner):
            return Tag.li(.id("\(anchor)-note-\(number)")) {
                self.blocks(inner)
                Tag.a(.href("#\(anchor)-note-\(number)-from"), .at(.ariaLabel, BookWords.backToText[language])) { "↩" }
            }
        }
    }

    /// A tight list's item is its one paragraph's text, without the paragraph.
    private func listItem(_ item: [Block]) -> [Markup] {
        if item.count == 1, case .paragraph(let text)? = item.first { return inlines(text) }
        return blocks(item)
    }

    private func table(_ table: Block.Table) -> Markup {
        func attributes(_ column: Int) -> Markup.Attribute {
            .at(.dataAlign, table.alignments.indices.contains(column) ? table.alignments[column].name : "natural")
        }
        return Tag.div(.class("table")) {
            Tag.table {
                Tag.thead {
                    Tag.tr {
                        for (column, cell) in table.header.enumerated() {
                            Tag.th(.at(.scope, "col"), attributes(column)) { inlines(cell) }
                        }
                    }
                }
                Tag.tbody {
                    for row in table.rows {
                        Tag.tr {
                            for (column, cell) in row.enumerated() {
                                Tag.td(attributes(column)) { inlines(cell) }
                            }
                        }
                    }
                }
            }
        }
    }

    func inlines(_ text: [Inline]) -> [Markup] {
        text.enumerated().compactMap { index, inline in
            // A line break in the source is a space between Latin words and nothing between Chinese characters.
            if case .softBreak = inline { return text.joinsAcross(index) ? nil : .text(" ") }
            return self.inline(inline)
        }
    }

    private func inline(_ inline: Inline) -> Markup {
        switch inline {
        case .text(let text): .text(text)
        case .emphasis(let inner): Tag.em { inlines(inner) }
        case .strong(let inner): Tag.strong { inlines(inner) }
        case .sample(let text): sample(text)
        case .formula(let notation): formula(notation, isDisplayed: false)
        case .askedFormula(let template): .text(template.source)
        case .placeholder(let placeholder): .text("{{\(placeholder.ask.source)}}")
        case .computed(let text, let placeholder): computed(text, placeholder)
        case .quoted(let text):
            Tag.span(.class("quoted"), .at(.title, BookWords.quoted[language])) { text }
        case .fact(let text, let name):
            .group([
                .text(text),
                Tag.sup(.class("fact")) { Tag.a(.href("#fact-\(name)"), .at(.title, source(name))) { "◦" } },
            ])
        case .link(let inner, let target): link(inner, target)
        case .footnote(let number):
            Tag.sup {
                Tag.a(.id("\(anchor)-note-\(number)-from"), .href("#\(anchor)-note-\(number)")) { "\(number)" }
            }
        case .softBreak: .text(" ")
        case .lineBreak: Tag.br()
        }
    }

    /// A text that a model reads or writes, spoken in its own language.
    private func sample(_ text: String) -> Markup {
        let isChinese = text.contains(where: \.isHan)
        if isChinese != (language == .chinese) {
            let foreign = Markup.Attribute.at(.lang, isChinese ? "zh-Hans" : "en")
            guard let gloss = glosses.gloss(of: text, in: language) else { return Tag.code(foreign) { text } }
            return Tag.code(foreign, .class("glossed"), .at(.title, gloss)) { text }
        }
        return Tag.code { text }
    }

    private func source(_ fact: String) -> String { facts[fact]?.source[language] ?? fact }

    private func computed(_ text: String, _ placeholder: Placeholder) -> Markup {
        let hint = BookWords.computed.text(language, ["query": Phrase(placeholder.ask.source)])
        if placeholder.ask.kind == .token {
            return Tag.code(.class("computed"), .at(.title, hint)) { text }
        }
        return Tag.span(.class("computed"), .at(.title, hint)) { text }
    }

    private func link(_ inner: [Inline], _ target: LinkTarget) -> Markup {
        switch target {
        case .web(let address): return Tag.a(.href(address), .at(.rel, "external")) { inlines(inner) }
        case .chapter(let id, let step):
            guard let page = address(id) else { return Tag.span(.class("planned")) { inlines(inner) } }
            return Tag.a(.href(page + (step.map { "#\($0)" } ?? ""))) { inlines(inner) }
        }
    }

    private func formula(_ notation: String, isDisplayed: Bool) -> Markup {
        let key = FormulaKey(notation: notation, isDisplayed: isDisplayed)
        return formulas[key].map { .made($0.mathML) } ?? .text(notation)
    }
}

extension Block {
    fileprivate var isFootnote: Bool { if case .footnote = self { true } else { false } }
}

extension Block.Alignment {
    fileprivate var name: String {
        switch self {
        case .natural: "natural"
        case .left: "left"
        case .center: "center"
        case .right: "right"
        }
    }
}

extension Callout {
    var label: Phrase {
        switch self {
        case .document: BookWords.asideDocument.phrase
        case .note: BookWords.asideNote.phrase
        case .look: BookWords.asideLook.phrase
        }
    }
}

extension Character {
    /// Chinese punctuation, after and before which no space belongs.
    var isFullWidthPunctuation: Bool {
        unicodeScalars.allSatisfy { (0x3000...0x303F).contains($0.value) || (0xFF00...0xFF65).contains($0.value) }
            || "“”‘’…—".contains(self)
    }
}
