import Wording

/// What decks say of themselves.
package enum DeckText: PhraseTable {
    case matrix, figureLayout, textLayout, notes, notesOf

    package var phrase: Phrase {
        switch self {
        case .matrix:
            Phrase(
                en: "{name}: {count} {count|number|numbers}, from {least} to {most}",
                zh: "{name}：{count} 个数，从 {least} 到 {most}")
        case .figureLayout: Phrase(en: "Figure", zh: "图")
        case .textLayout: Phrase(en: "Title and text", zh: "标题和文字")
        case .notes: Phrase(en: "Notes", zh: "讲稿")
        case .notesOf: Phrase(en: "{title}: notes", zh: "{title}：讲稿")
        }
    }
}
