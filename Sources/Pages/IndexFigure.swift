import Drawing
import Wording

/// A figure in an index, with its files.
package struct IndexFigure: Sendable {
    /// A stretch of the page: figures of one section stand together, one after the other.
    package struct Section: Sendable, Hashable {
        package var id: String
        package var title: String

        package init(id: String, title: String) {
            self.id = id
            self.title = title
        }
    }

    /// Its place on the page: `17-layer-0-head-1-pattern`.
    package var name: String
    package var title: String
    package var size: Size
    package var frames: [Figure.Frame]
    /// By format, such as `SVG`: a file for each frame, or one for all.
    package var files: [(format: String, names: [String])]
    package var section: Section?
    /// The steps that it shows.
    package var steps: [String]

    package init(
        name: String, title: String, size: Size, frames: [Figure.Frame], files: [(format: String, names: [String])],
        section: Section? = nil, steps: [String] = []
    ) {
        self.name = name
        self.title = title
        self.size = size
        // Of a thousand figures the items would fill the memory.
        self.frames = frames.map { Figure.Frame(items: [], caption: $0.caption, altText: $0.altText) }
        self.files = files
        self.section = section
        self.steps = steps
    }

    package init(
        _ figure: Figure, name: String, files: [(format: String, names: [String])], section: Section? = nil,
        steps: [String] = []
    ) {
        self.init(
            name: name, title: figure.title, size: figure.size, frames: figure.frames, files: files, section: section,
            steps: steps)
    }

    func card(_ language: Language) -> Markup {
        let pictures = ["SVG", "PNG"].lazy.compactMap { format in files.first { $0.format == format }?.names }.first
        return Tag.article(.id(name)) {
            if let pictures {
                PageFigure(
                    id: name, title: title, size: size, frames: captioned, pictures: pictures.map { [.init($0)] },
                    language: language
                ).card()
            }
            // The picture bears its title; readers who cannot see it, and figures without a picture, need it in words.
            Tag.h3(.class(pictures == nil ? "" : "unseen")) { title }
            Tag.p(.class("files")) {
                for file in files {
                    if let first = file.names.first { Tag.a(.href(first)) { file.format } }
                }
                for step in steps.prefix(3) { Tag.code { step } }
            }
        }
    }

    /// A single picture says what it shows by itself.
    private var captioned: [Figure.Frame] {
        frames.count > 1 ? frames : frames.map { Figure.Frame(items: [], altText: $0.altText) }
    }
}
