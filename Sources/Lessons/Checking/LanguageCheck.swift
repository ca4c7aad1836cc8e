import Wording

/// What both languages of a chapter must have alike: asides, formulas, numbers, quotations, facts, tables, links.
///
/// Paragraphs are cut as each language likes, and in their order, too, numbers may differ.
struct LanguageCheck {
    let chapter: Chapter

    func findings() -> [Finding] {
        let chinese = chapter.sections(.chinese)
        return chapter.sections(.english).flatMap { english -> [Finding] in
            guard let other = chinese.first(where: { $0.id == english.id }) else { return [] }
            let (first, second) = (Shape(english), Shape(other))
            return Shape.parts.flatMap { part -> [Finding] in
                let (left, right) = (first[part], second[part])
                let missing = Self.lacking(right, of: left)
                let surplus = Self.lacking(left, of: right)
                func finding(_ words: [String], in section: ProseSection) -> Finding? {
                    guard let word = words.first else { return nil }
                    return CheckWords.languagesDiffer.finding(
                        at: "\(section.place(0)) {#\(section.id)}",
                        ["what": part.phrase, "found": Phrase(word.isEmpty ? "…" : word)])
                }
                return [finding(missing, in: other), finding(surplus, in: english)].compactMap { $0 }
            }
        }
    }

    /// Of one list what the other lacks, counted.
    private static func lacking(_ one: [String], of other: [String]) -> [String] {
        var rest = one
        return other.filter { word in
            guard let place = rest.firstIndex(of: word) else { return true }
            rest.remove(at: place)
            return false
        }
    }

    /// What a section is made of.
    private struct Shape {
        enum Part: CaseIterable {
            case aside, formula, number, quotation, fact, listing, table, link

            var phrase: Phrase {
                switch self {
                case .aside: Phrase(en: "aside", zh: "旁注")
                case .formula: Phrase(en: "formula", zh: "公式")
                case .number: Phrase(en: "computed number", zh: "计算得出的数")
                case .quotation: Phrase(en: "quoted number", zh: "引用的数")
                case .fact: Phrase(en: "fact", zh: "出处")
                case .listing: Phrase(en: "listing", zh: "代码")
                case .table: Phrase(en: "table", zh: "表格")
                case .link: Phrase(en: "link", zh: "链接")
                }
            }
        }

        static let parts = Part.allCases
        private var words: [Part: [String]] = [:]

        subscript(_ part: Part) -> [String] { words[part] ?? [] }

        init(_ section: ProseSection) {
            for block in section.blocks.flatMap(\.all) { add(block) }
            for text in section.texts { for inline in text.text.flatMap(\.all) { add(inline) } }
        }

        private mutating func add(_ part: Part, _ word: String) { words[part, default: []].append(word) }

        private mutating func add(_ block: Block) {
            switch block {
            case .callout(let kind, _): add(.aside, kind.rawValue)
            case .formula(let notation): add(.formula, notation.withoutWords)
            case .askedFormula(let template): add(.formula, template.source.withoutWords)
            case .code(let lines): add(.listing, "\(lines.split(separator: "\n").count)")
            case .askedCode(let template): add(.listing, "\(template.source.split(separator: "\n").count)")
            case .table(let table): add(.table, "\(table.rows.count) × \(table.header.count)")
            default: break
            }
        }

        private mutating func add(_ inline: Inline) {
            switch inline {
            case .formula(let notation): add(.formula, notation.withoutWords)
            case .askedFormula(let template): add(.formula, template.source.withoutWords)
            case .placeholder(let placeholder): add(.number, placeholder.written.value ?? placeholder.ask.source)
            case .quoted(let text): add(.quotation, text.significantDigits)
            case .fact(_, let name): add(.fact, name)
            case .link(_, .chapter(let id, let step)): add(.link, "\(id)" + (step.map { "#\($0)" } ?? ""))
            default: break
            }
        }
    }
}

extension String {
    /// 70 billion, 700亿 and 7 × 10¹⁰ have the same.
    fileprivate var significantDigits: String {
        var digits = filter { $0.isASCII && $0.isNumber }
        while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
        return digits
    }

    /// A formula without what stands in `\text{…}`, which each language writes in its own words, and without blanks.
    fileprivate var withoutWords: String {
        var result = ""
        var rest = self[...]
        while let open = rest.firstRange(of: "\\text{") {
            result += rest[..<open.lowerBound]
            rest = rest[open.upperBound...]
            rest = rest.firstIndex(of: "}").map { rest[rest.index(after: $0)...] } ?? ""
        }
        return (result + rest).filter { !$0.isWhitespace }
    }
}
