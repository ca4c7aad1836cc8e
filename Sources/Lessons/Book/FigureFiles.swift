import Drawing
import Pages
import Wording

/// One drawing of one step's figure: where its files are in the book.
struct FigureFiles: Hashable, Sendable {
    let chapter: ChapterID
    let step: String
    let language: Language

    private var folder: String { "figures/\(chapter)/\(language.rawValue)" }

    /// From the book's root.
    func path(frame: Int, theme: Theme.Mode) -> String { "\(folder)/\(step)-\(frame + 1)-\(theme.rawValue).svg" }
    var pdfPath: String { "\(folder)/\(step).pdf" }

    /// A frame in both themes, from a page, which stands in its language's folder.
    func pictures(frame: Int) -> [PageFigure.Picture] {
        Theme.Mode.allCases.map { .init("../" + path(frame: frame, theme: $0), mode: $0) }
    }

    /// - Parameters:
    ///   - figure: the light drawing; the dark one differs only in colour.
    ///   - number: in the chapter, from one.
    func onPage(_ figure: Figure, number: Int) -> Markup {
        let pictures = figure.frames.indices.map(pictures)
        var page = PageFigure(
            id: "figure-\(number)", title: figure.title, size: figure.size, frames: figure.frames, pictures: pictures,
            language: language)
        if let first = pictures.first?.first { page.downloads.append(.init("SVG", first.address)) }
        page.downloads.append(
            .init(figure.frames.count > 1 ? PageWords.allFrames[language] : "PDF", "../" + pdfPath))
        return page.markup(label: BookWords.figure.text(language, ["number": "\(number)"]))
    }
}
