import Drawing
import Pages
import Wording

/// One figure in one language, as a chapter names it.
struct FigureFiles: Hashable, Sendable {
    let chapter: ChapterID
    /// Its name within the chapter.
    let figure: String
    let language: Language
}

/// A picture of the book, named by what is in it: chapters that show the same share it, and none changes another's.
struct BookPicture: Hashable, Sendable {
    /// The one theme that it is for; nil where it serves both.
    let theme: Theme.Mode?
    /// From the book's root.
    let path: String

    /// - Parameter figure: its name in the catalogue.
    init(_ bytes: [UInt8], figure: String, language: Language, theme: Theme.Mode? = nil) {
        var hash = ContentHash()
        hash.add(bytes)
        self.theme = theme
        path = "figures/\(language.rawValue)/\(figure)-\(hash.text.prefix(10)).svg"
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
    var files: FigureFiles
    let shape: BookShape
    var title: String { figure.title }
    /// The light drawing without what is painted, which would fill the memory.
    let figure: Figure
    /// One for both themes, or one for each.
    let drawings: [BookPicture]
    /// Where its values are, and how they came to be.
    let spots: SpotRows

    init(
        _ figure: Figure, files: FigureFiles, shape: BookShape, drawings: [BookPicture],
        sum: (Drawing.Tag) -> String? = { _ in nil }
    ) {
        spots = SpotRows(figure.frames, size: figure.size, sum: sum)
        var figure = figure
        for index in figure.frames.indices { figure.frames[index].items = [] }
        self.figure = figure
        self.files = files
        self.shape = shape
        self.drawings = drawings
    }

    /// The same where another chapter shows it.
    func of(_ files: FigureFiles) -> Self {
        var other = self
        other.files = files
        return other
    }

    /// Its files, from the book's root.
    var paths: [String] { drawings.map(\.path) }

    /// A frame's pictures from a page, which stands in its language's folder.
    func pictures(frame: Int) -> [PageFigure.Picture] {
        let anchor = figure.frames.count > 1 ? "#\(Self.prefix)f\(frame + 1)" : ""
        return drawings.map { .init("../\($0.path)\(anchor)", mode: $0.theme) }
    }

    /// Begins every id of a picture, the same in both themes.
    static let prefix = "g"

    /// - Parameters:
    ///   - number: in the chapter, from one.
    ///   - captions: in place of the figure's own; none where its own stand.
    ///   - values: what `spots` are on this page.
    func onPage(number: Int, captions: [String], values: String?) -> Markup {
        var frames = figure.frames
        // The last stands for frames beyond.
        for index in frames.indices {
            if let caption = captions.indices.contains(index) ? captions[index] : captions.last {
                frames[index].caption = caption
            }
        }
        let pictures = frames.indices.map { self.pictures(frame: $0) }
        var page = PageFigure(
            id: id(number), title: figure.title, size: figure.size, frames: frames, pictures: pictures,
            language: files.language, values: values)
        page.hasSums = spots.hasSums
        if let first = pictures.first?.first {
            page.downloads = [.init("SVG", first.address, name: "\(files.chapter)-\(files.figure).svg")]
        }
        return set(page, number: number)
    }

    /// One frame as it is pointed at: what would say the numbers in words is left out.
    /// - Parameter question: whose figure it is.
    func asked(frame index: Int, number: Int, question: String) -> Markup? {
        guard figure.frames.indices.contains(index) else { return nil }
        var frame = figure.frames[index]
        frame.caption = ""
        frame.altText = figure.title
        for place in frame.hotSpots.indices { frame.hotSpots[place].value = nil }
        var page = PageFigure(
            id: id(number) + "-" + question, title: figure.title, size: figure.size, frames: [frame],
            pictures: [pictures(frame: index)], language: files.language)
        page.hasWords = false
        return set(page, number: number)
    }

    private func id(_ number: Int) -> String {
        shape == .wide ? "figure-\(number)" : "figure-\(number)-\(shape.rawValue)"
    }

    private func set(_ page: PageFigure, number: Int) -> Markup {
        Tag.div(.class("set set-\(shape.rawValue)")) {
            page.markup(label: BookWords.figure.text(files.language, ["number": "\(number)"]))
        }
    }
}
