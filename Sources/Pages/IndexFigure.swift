import Drawing
import Reading
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
    /// Of the catalogue: figures of one kind show the same of different layers and heads.
    package var kind = ""
    /// Counted from zero; nil for what is of no one head.
    package var head: Int?
    /// Whether it shows the whole of the model: the page opens with it.
    package var isMap = false
    /// What shows each frame in a file that holds all of them, after its `#`.
    package var anchors: [String] = []
    /// What ``SpotRows`` made, packed or not; empty where nothing is known.
    package var values = ""

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

    /// The first file that a page can show.
    private var pictures: [String] {
        ["SVG", "PNG"].lazy.compactMap { format in files.first { $0.format == format }?.names }.first ?? []
    }

    /// A link, which is all that there is without a script.
    var entry: Markup {
        Tag.li(.id(name)) {
            Tag.a(.href(pictures.first ?? files.first?.names.first ?? "")) { (head.map { "H\($0) · " } ?? "") + title }
            if head == nil, let step = steps.first { Tag.code { step } }
        }
    }

    /// What the reader knows: `[name, title, kind, section, head, frames, pictures, files, steps, width, height, isMap]`.
    var data: JSONText {
        let shown = anchors.isEmpty ? pictures : anchors.map { (pictures.first ?? "") + "#" + $0 }
        return .array([
            .text(name), .text(title), .text(kind), .text(section?.id ?? ""), head.map { .integer($0) } ?? .null,
            .array(frames.map { .texts([$0.caption, $0.altText]) }), .texts(shown),
            .array(files.map { .texts([$0.format, $0.names.first ?? ""]) }), .texts(steps),
            .number(size.width), .number(size.height), .bool(isMap),
        ])
    }
}
