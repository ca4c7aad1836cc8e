import Drawing
import Wording

extension BookPage {
    /// The words of its first table, and the chapter that the row leads to.
    func glossary(_ language: Language) -> [(word: String, chapter: ChapterID?)] {
        for case .block(.table(let table)) in pieces[language] {
            return table.rows.compactMap { row in
                guard let word = row.first?.plainText, !word.isEmpty else { return nil }
                for case .link(_, .chapter(let id, _)) in row.flatMap({ $0 }).flatMap(\.all) { return (word, id) }
                return (word, nil)
            }
        }
        return []
    }

    /// From a new page on.
    func bands(_ text: PrintText) -> [PrintBand] {
        let style = text.setter.style
        let language = style.language
        var bands = PrintFront(style: style).opening(title[language].plainText, place: "p-\(name)")
        let prose = PrintProse(text, style.body)
        for piece in pieces[language] {
            switch piece {
            case .heading(let words, _):
                var own = text.setter.paragraph(
                    text.runs(words, style.heading), style.heading, alignment: .left, before: 20
                ).told(as: .heading(2))
                if !own.isEmpty { own[0].bookmark = PrintBand.Bookmark(title: words.plainText, level: 1) }
                bands += own.leading
            case .block(let block): bands += prose.blocks([block], before: 7)
            }
        }
        return bands
    }
}
