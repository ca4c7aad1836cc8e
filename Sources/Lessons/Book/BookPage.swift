import Foundation
import Models
import Pages
import Wording

/// A page of the book that belongs to no chapter: its words and symbols, its models, the program. Written as chapters
/// are, in `pages/NAME` of the course.
struct BookPage: Sendable {
    let name: String
    let title: Bilingual<[Inline]>
    let pieces: Bilingual<[Piece]>

    enum Piece: Sendable {
        case heading([Inline], id: String)
        case block(Block)
    }

    /// In the order in which pages lead to them.
    static let names = ["words", "models", "program"]

    /// Those that the course has, and what is wrong with the others.
    static func all(_ course: Course, source: some FigureSource) -> (pages: [BookPage], findings: [Finding]) {
        var pages: [BookPage] = []
        var findings: [Finding] = []
        for name in names where FileManager.default.fileExists(atPath: folder(name, course).path) {
            do {
                pages.append(try BookPage(name, course, source))
            } catch {
                findings.append(
                    CheckWords.pageFails.finding(at: "pages/\(name)", ["reason": Finding.reason(error)]))
            }
        }
        return (pages, findings)
    }

    private static func folder(_ name: String, _ course: Course) -> URL {
        course.root.appendingPathComponent("pages/\(name)")
    }

    /// - Throws: `LessonError`, and what the engine throws.
    private init(_ name: String, _ course: Course, _ source: some FigureSource) throws {
        self.name = name
        let files = CourseFiles(root: course.root)
        let answering = Answering(source: source, folder: "pages/\(name)")
        var titles: [Language: [Inline]] = [:]
        pieces = try Bilingual { language in
            let file = "pages/\(name)/\(language.rawValue).md"
            let reader = try MarkdownReader(
                try files.text(file), file: file, context: QueryContext(model: ModelLibrary.standard))
            return try reader.pieces().compactMap { piece in
                switch piece {
                case .heading(1, let text, _, _):
                    titles[language] = text
                    return nil
                case .heading(_, let text, let id?, _): return .heading(text, id: id)
                case .heading(_, let text, nil, let line):
                    throw LessonError(
                        .headingWithoutIdentifier, file: file, line: line, ["found": Phrase(text.plainText)])
                case .block(let block, _): return try answering.blocks([block]).first.map { .block($0) }
                }
            }
        }
        title = try Bilingual { language in
            guard let title = titles[language] else {
                throw LessonError(.titleMissing, file: "pages/\(name)/\(language.rawValue).md", line: 1)
            }
            return title
        }
    }

    /// Every formula of the page in a language.
    func formulaKeys(_ language: Language) -> Set<ProseMarkup.FormulaKey> {
        var keys: Set<ProseMarkup.FormulaKey> = []
        for case .block(let block) in pieces[language] {
            for case .formula(let notation) in block.inlines.flatMap({ $0 }).flatMap(\.all) {
                keys.insert(ProseMarkup.FormulaKey(notation: notation, isDisplayed: false))
            }
            for notation in block.displayedFormulas {
                keys.insert(ProseMarkup.FormulaKey(notation: notation, isDisplayed: true))
            }
        }
        return keys
    }

    func page(_ frame: PageFrame, formulas: [ProseMarkup.FormulaKey: TypesetFormula]) -> [UInt8] {
        let language = frame.language
        let prose = ProseMarkup(
            language: language, formulas: formulas, address: { frame.address(of: $0) }, anchor: name)
        return frame.page(
            title: title[language].plainText, description: title[language].plainText, path: "\(name).html"
        ) {
            Tag.article(.class("plain")) {
                Tag.header(.class("opening")) { Tag.h1 { Tag.span { prose.inlines(title[language]) } } }
                for piece in pieces[language] {
                    switch piece {
                    case .heading(let text, let id): Tag.h2(.id(id)) { prose.inlines(text) }
                    case .block(let block): Tag.div(.class("prose")) { prose.blocks([block]) }
                    }
                }
            }
        }
    }
}
