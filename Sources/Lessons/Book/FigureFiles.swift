import Drawing
import Pages
import Wording

/// One drawing of one figure of a chapter: where its files are in the book.
struct FigureFiles: Hashable, Sendable {
    let chapter: ChapterID
    /// Its name in the chapter: its step's.
    let figure: String
    let language: Language

    private var folder: String { "figures/\(chapter)/\(language.rawValue)" }

    /// From the book's root.
    func path(frame: Int, theme: Theme.Mode) -> String { "\(folder)/\(figure)-\(frame + 1)-\(theme.rawValue).svg" }
    var pdfPath: String { "\(folder)/\(figure).pdf" }

    /// A frame in both themes, from a page, which stands in its language's folder.
    func pictures(frame: Int) -> [PageFigure.Picture] {
        Theme.Mode.allCases.map { .init("../" + path(frame: frame, theme: $0), mode: $0) }
    }

    /// - Parameters:
    ///   - figure: the light drawing; the dark one differs only in colour.
    ///   - number: in the chapter, from one.
    ///   - captions: in place of its own, where there are any.
    func onPage(_ figure: Figure, number: Int, captions: [String] = []) -> Markup {
        let pictures = figure.frames.indices.map(pictures)
        var page = PageFigure(
            id: "figure-\(number)", title: figure.title, size: figure.size, frames: figure.frames.captioned(captions),
            pictures: pictures,
            language: language)
        if let first = pictures.first?.first { page.downloads.append(.init("SVG", first.address)) }
        page.downloads.append(
            .init(figure.frames.count > 1 ? PageWords.allFrames[language] : "PDF", "../" + pdfPath))
        return page.markup(label: BookWords.figure.text(language, ["number": "\(number)"]))
    }
}

extension [Figure.Frame] {
    /// With other captions; the last stands for frames beyond.
    fileprivate func captioned(_ captions: [String]) -> [Figure.Frame] {
        guard let last = captions.last else { return self }
        return enumerated().map { index, frame in
            var frame = frame
            frame.caption = captions.indices.contains(index) ? captions[index] : last
            return frame
        }
    }
}
