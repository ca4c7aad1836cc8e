import Drawing
import Synchronization
import Wording

/// The foreign texts that a chapter has told the meaning of.
final class GlossedTexts: Sendable {
    private let known = Mutex<Set<String>>([])

    func isFirst(_ text: String) -> Bool { known.withLock { $0.insert(text).inserted } }
}

/// Turns a chapter's inline text into runs.
struct PrintText: Sendable {
    var setter: PrintSetter
    /// The place of a chapter, or of one of its steps; nil where the book does not have it.
    var place: @Sendable (ChapterID, String?) -> String? = { _, _ in nil }
    var glosses = Glosses()
    /// What was glossed before, and need not be again.
    var glossed = GlossedTexts()
    /// The place and the number of what is cited, by the fact's name.
    var facts: [String: (place: String, number: Int)] = [:]

    /// The same in a narrower column.
    func narrowed(by indent: Double) -> PrintText {
        var text = self
        text.setter = setter.narrowed(by: indent)
        return text
    }

    private var style: PrintStyle { setter.style }
    private var language: Language { style.language }

    func runs(_ text: [Inline], _ kind: PrintStyle.Kind) -> [PrintRun] {
        runs(text, kind.font, kind.color, link: nil)
    }

    private func runs(_ text: [Inline], _ font: Font, _ color: Color, link: String?) -> [PrintRun] {
        text.enumerated().flatMap { index, inline -> [PrintRun] in
            func run(_ words: String, _ own: Font? = nil, _ tint: Color? = nil) -> PrintRun {
                PrintRun(content: .text(words), font: own ?? font, color: tint ?? color, link: link)
            }
            switch inline {
            case .text(let words): return [run(words)]
            case .emphasis(let inner): return runs(inner, emphasised(font), color, link: link)
            case .strong(let inner):
                return runs(inner, font.semibold, color, link: link).map { run in
                    var run = run
                    run.isTerm = true
                    return run
                }
            case .sample(let words):
                let next = index + 1 < text.count ? text[index + 1].plainText : ""
                return sample(words, font, color, link, before: next)
            case .computed(let words, let placeholder):
                guard placeholder.ask.kind == .token else { return [run(words, nil, PrintStyle.computed)] }
                return sample(words, font, PrintStyle.computed, link, before: "")
            case .quoted(let words):
                var quoted = run(words)
                quoted.mark = .quoted
                return [quoted]
            case .fact(let words, let name):
                guard let fact = facts[name] else { return [run(words)] }
                return [run(words), raised("\(fact.number)", font, link: "#" + fact.place)]
            case .formula(let notation): return formula(notation, font, color)
            case .askedFormula(let template): return [run(template.source)]
            case .placeholder(let placeholder): return [run(placeholder.ask.source)]
            case .link(let inner, let target): return self.link(inner, target, font, color)
            case .footnote(let number): return [raised("\(number)", font, link: nil)]
            case .softBreak: return text.joinsAcross(index) ? [] : [run(" ")]
            case .lineBreak: return [run("\n")]
            }
        }
    }

    /// Slanted Chinese characters are no Chinese type.
    private func emphasised(_ font: Font) -> Font {
        guard !style.isChinese else { return font.weight(.medium) }
        var font = font
        font.italic = true
        return font
    }

    private func raised(_ words: String, _ font: Font, link: String?) -> PrintRun {
        PrintRun(
            content: .text(words), font: font.size(font.size * 0.68), color: PrintStyle.theme.muted, link: link,
            rise: font.size * 0.34)
    }

    /// - Parameter before: what the author goes on with: perhaps what it means.
    private func sample(
        _ words: String, _ font: Font, _ color: Color, _ link: String?, before next: String
    ) -> [PrintRun] {
        let mono = Font(.mono, size: font.size * 0.9, weight: font.weight)
        let run = PrintRun(
            content: .text(words.replacing("\n", with: "⏎")), font: mono, color: color, link: link, mark: .sample)
        guard words.contains(where: \.isHan) != style.isChinese, let gloss = glosses.gloss(of: words, in: language),
            glossed.isFirst(words), !next.contains(gloss)
        else { return [run] }
        let text = style.isChinese ? "（\(gloss)）" : " (\(gloss))"
        return [run, PrintRun(content: .text(text), font: font.size(font.size * 0.9), color: PrintStyle.theme.muted)]
    }

    private func formula(_ notation: String, _ font: Font, _ color: Color) -> [PrintRun] {
        guard let box = setter.formula(notation, size: font.size * 1.14) else {
            return [PrintRun(content: .text(notation), font: font, color: color)]
        }
        return [PrintRun(content: .box(box), font: font, color: color)]
    }

    private func link(_ inner: [Inline], _ target: LinkTarget, _ font: Font, _ color: Color) -> [PrintRun] {
        let address: String?
        var after = ""
        switch target {
        case .web(let url): address = url
        case .chapter(let id, let step):
            address = place(id, step).map { "#" + $0 }
            // On paper nobody can follow a link: the chapter's number says where.
            if !inner.plainText.contains("\(id)") { after = style.isChinese ? "（\(id)）" : " (\(id))" }
        }
        var runs = self.runs(inner + (after.isEmpty ? [] : [.text(after)]), font, color, link: address)
        for index in runs.indices where runs[index].mark == nil && address != nil { runs[index].mark = .link }
        return runs
    }
}
