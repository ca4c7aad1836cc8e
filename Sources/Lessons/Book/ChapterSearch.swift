import Reading
import Wording

/// What a chapter can be found by: a script that hands its sections to the contents' search, since a page from a file
/// may not read other files.
struct ChapterSearch {
    private let chapter: AnsweredChapter
    private let language: Language

    init(_ chapter: AnsweredChapter, _ language: Language) {
        self.chapter = chapter
        self.language = language
    }

    /// From the book's root.
    static func path(_ id: ChapterID, _ language: Language) -> String { "search/\(language.rawValue)/\(id).js" }

    /// `bookSections(page, [[anchor, title, words], …])`
    var script: [UInt8] {
        let experiment = chapter.experiment.section
        let sections =
            [section("", chapter.title[language], [.paragraph(chapter.goal[language])])]
            + chapter.steps.map { section($0.id, $0.section.title[language], $0.section.prose[language]) }
            + [section(ProseOutline.experiment, experiment.title[language], experiment.prose[language])]
        let page = JSONText.text("\(chapter.chapter.pageName).html")
        return Array("bookSections(\(page.line), \(JSONText.array(sections).line));\n".utf8)
    }

    private func section(_ anchor: String, _ title: [Inline], _ blocks: [Block]) -> JSONText {
        let words = blocks.flatMap(\.inlines).map(\.plainText).joined(separator: " ")
        return JSONText.texts([anchor, title.plainText, words])
    }
}
