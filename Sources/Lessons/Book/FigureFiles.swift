import Drawing
import Pages
import Wording

/// One figure in one language: where its files are in the book.
struct FigureFiles: Hashable, Sendable {
    let chapter: ChapterID
    /// Its name within the chapter.
    let figure: String
    let language: Language

    private var folder: String { "figures/\(chapter)/\(language.rawValue)" }

    /// From the book's root.
    /// - Parameter theme: nil for the one file of both.
    func path(_ shape: BookShape, theme: Theme.Mode? = nil) -> String {
        let ending = [shape == .wide ? nil : shape.rawValue, theme?.rawValue].compactMap { $0.map { "-" + $0 } }
        return "\(folder)/\(figure)\(ending.joined()).svg"
    }
}

/// The two screens that a figure is laid out for.
enum BookShape: String, Sendable, CaseIterable {
    /// Beside the words, all within the window.
    case wide
    /// Under the words, on a telephone.
    case narrow

    var size: Size {
        switch self {
        case .wide: Size(880, 600)
        case .narrow: Size(390, 500)
        }
    }
}

/// A figure as it was drawn for one screen: its words and the places of its values, its pictures written.
struct BookFigure: Sendable {
    let files: FigureFiles
    let shape: BookShape
    /// The light drawing without what is painted, which would fill the memory.
    let figure: Figure
    /// Whether one file serves both themes.
    let isThemed: Bool

    init(_ figure: Figure, files: FigureFiles, shape: BookShape, isThemed: Bool) {
        var figure = figure
        for index in figure.frames.indices { figure.frames[index].items = [] }
        self.figure = figure
        self.files = files
        self.shape = shape
        self.isThemed = isThemed
    }

    /// Its files, from the book's root.
    var paths: [String] {
        isThemed ? [files.path(shape)] : Theme.Mode.allCases.map { files.path(shape, theme: $0) }
    }

    /// A frame's pictures from a page, which stands in its language's folder.
    func pictures(frame: Int) -> [PageFigure.Picture] {
        let anchor = figure.frames.count > 1 ? "#\(Self.prefix)f\(frame + 1)" : ""
        func address(_ theme: Theme.Mode?) -> String { "../\(files.path(shape, theme: theme))\(anchor)" }
        return isThemed
            ? [.init(address(nil))] : Theme.Mode.allCases.map { .init(address($0), mode: $0) }
    }

    /// Begins every id of a picture, the same in both themes.
    static let prefix = "g"

    /// - Parameters:
    ///   - number: in the chapter, from one.
    ///   - captions: in place of the figure's own; none where its own stand.
    func onPage(number: Int, captions: [String]) -> Markup {
        var frames = figure.frames
        // The last stands for frames beyond.
        for index in frames.indices {
            if let caption = captions.indices.contains(index) ? captions[index] : captions.last {
                frames[index].caption = caption
            }
        }
        let pictures = frames.indices.map { self.pictures(frame: $0) }
        let isWide = shape == .wide
        var page = PageFigure(
            id: isWide ? "figure-\(number)" : "figure-\(number)-narrow", title: figure.title, size: figure.size,
            frames: frames, pictures: pictures, language: files.language)
        if let first = pictures.first?.first { page.downloads = [.init("SVG", first.address)] }
        return Tag.div(.class("set set-\(shape.rawValue)")) {
            page.markup(label: BookWords.figure.text(files.language, ["number": "\(number)"]))
        }
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
