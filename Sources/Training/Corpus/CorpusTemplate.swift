import Wording

/// A text with slots, as a grammar file writes it.
///
///     the {a:animal} near the {t.plural} [sat|slept].
///
/// | written | means |
/// |---|---|
/// | `{animal}` | a word of the list `animal` |
/// | `{a:animal}` | the same, and `a` names the word from here on |
/// | `{?a:animal}` | the same, but nothing is written yet |
/// | `{a}` | the word named `a` again |
/// | `{a.plural}` | its feature `plural`; where a feature has several words, one of them |
/// | `{b:animal!a}` | a word other than `a` (`!a,c`: other than both) |
/// | `{w:animal*3-8 " "}` | three to eight different words, joined by a space; `{w}` is the whole list again |
/// | `[sat\|slept]` | one of the texts; names given inside are known only there |
/// | `~` | nothing, but a word ends here and another begins, as they do at every slot |
/// | `\{` | the character itself |
struct CorpusTemplate: Sendable, Hashable {
    indirect enum Part: Sendable, Hashable {
        case text(String)
        case slot(Slot)
        case choice([CorpusTemplate])
    }

    struct Slot: Sendable, Hashable {
        enum Source: Sendable, Hashable {
            /// a word list, or the word of this name
            case name(String)
            case feature(of: String, String)
        }

        struct Repetition: Sendable, Hashable {
            let least: Int
            let most: Int
            let separator: String
        }

        let binding: String?
        /// Whether the word is only named, not written.
        let isSilent: Bool
        let source: Source
        let excluded: [String]
        let repetition: Repetition?
    }

    let parts: [Part]

    init(parts: [Part]) { self.parts = parts }

    /// - Throws: `CorpusTemplate.Failure`.
    init(_ text: String) throws {
        var parser = TemplateParser(text: Array(text))
        parts = try parser.parts(until: [])
    }

    /// What is wrong with a text, without the place in the file, which its reader knows.
    struct Failure: Error {
        let expected: Phrase
        let found: String
    }
}

private struct TemplateParser {
    let text: [Character]
    var offset = 0

    mutating func parts(until ends: Set<Character>) throws -> [CorpusTemplate.Part] {
        var parts: [CorpusTemplate.Part] = []
        var plain = ""
        while offset < text.count, !ends.contains(text[offset]) {
            let character = text[offset]
            offset += 1
            switch character {
            case "\\" where offset < text.count:
                plain.append(text[offset])
                offset += 1
                continue
            case "~": plain.append(CorpusTemplate.joint)
            case "{", "[":
                if !plain.isEmpty { parts.append(.text(plain)) }
                plain = ""
                parts.append(character == "{" ? .slot(try slot()) : .choice(try choice()))
            case "}", "]":
                offset -= 1
                throw failure(
                    Phrase(en: "text (a bare bracket is written \\\(character))", zh: "文字（单独的括号写作 \\\(character)）"))
            default: plain.append(character)
            }
        }
        if !plain.isEmpty { parts.append(.text(plain)) }
        return parts
    }

    private mutating func choice() throws -> [CorpusTemplate] {
        var templates: [CorpusTemplate] = []
        while true {
            templates.append(CorpusTemplate(parts: try parts(until: ["|", "]"])))
            guard offset < text.count else { throw failure("“]”") }
            offset += 1
            if text[offset - 1] == "]" { return templates }
        }
    }

    private mutating func slot() throws -> CorpusTemplate.Slot {
        let isSilent = take("?")
        var name = try name()
        var binding: String?
        if isSilent, offset < text.count, text[offset] != ":" { throw failure("“:”") }
        if take(":") {
            binding = name
            name = try self.name()
        }
        let source: CorpusTemplate.Slot.Source = take(".") ? .feature(of: name, try self.name()) : .name(name)
        var excluded: [String] = []
        if take("!") {
            repeat { excluded.append(try self.name()) } while take(",")
        }
        let repetition = take("*") ? try repetition() : nil
        guard take("}") else { throw failure("“}”") }
        return CorpusTemplate.Slot(
            binding: binding, isSilent: isSilent, source: source, excluded: excluded, repetition: repetition)
    }

    private mutating func repetition() throws -> CorpusTemplate.Slot.Repetition {
        let least = try number()
        let most = take("-") ? try number() : least
        guard (1...most).contains(least) else {
            throw failure(Phrase(en: "a range that grows, such as 3-8", zh: "由小到大的范围，如 3-8"))
        }
        _ = take(" ")
        guard take("\"") else { throw failure(Phrase(en: "a separator in quotation marks", zh: "引号中的分隔符")) }
        var separator = ""
        while offset < text.count, text[offset] != "\"" {
            separator.append(text[offset])
            offset += 1
        }
        guard take("\"") else { throw failure("“\"”") }
        return CorpusTemplate.Slot.Repetition(least: least, most: most, separator: separator)
    }

    private mutating func number() throws -> Int {
        let start = offset
        while offset < text.count, text[offset].isASCII, text[offset].isNumber { offset += 1 }
        guard let value = Int(String(text[start..<offset])), value > 0, value < 1000 else {
            throw failure(Phrase(en: "a number from 1 to 999", zh: "1 到 999 的数"))
        }
        return value
    }

    private mutating func name() throws -> String {
        let start = offset
        while offset < text.count, text[offset].isLetter || text[offset].isNumber || text[offset] == "_" { offset += 1 }
        guard offset > start else { throw failure(Phrase(en: "a name", zh: "一个名字")) }
        return String(text[start..<offset])
    }

    private mutating func take(_ character: Character) -> Bool {
        guard offset < text.count, text[offset] == character else { return false }
        offset += 1
        return true
    }

    private func failure(_ expected: Phrase) -> CorpusTemplate.Failure {
        let rest = offset < text.count ? "“\(String(text[offset...].prefix(12)))”" : "␃"
        return CorpusTemplate.Failure(expected: expected, found: "\(rest) (\(offset + 1))")
    }
}
