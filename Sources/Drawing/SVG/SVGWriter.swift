import Wording

/// Writes a frame as an SVG of its own.
public struct SVGWriter {
    let letters: SVGLetters
    private let prefix: String?
    let use: Use
    var definitions = SVGText()
    var body = SVGText(capacity: 64 * 1024)
    /// Of a legend's stops, their name.
    var gradients: [GradientStops.Key: Int] = [:]
    var strokes = SVGStrokes()
    var shapes = SVGShapes()
    /// What waits at each level of groups.
    var levels = [SVGLevel()]
    /// Texts in the order of painting, each for one hole of the body.
    var layers: [[TextLine]] = []
    /// Whether some group bears a step's name.
    var hasGroups = false
    /// Which steps each group grows out of.
    var origins: [String: [String]] = [:]

    public enum Use: Sendable {
        /// Groups and cells say which step they show, and which number of it.
        case anywhere
        /// A browser shows it, in a page that knows which number stands where.
        case page
    }

    /// - Parameters:
    ///   - letters: how text is set.
    ///   - prefix: begins every id; made from what is drawn without it.
    ///   - use: who reads it.
    public init(letters: SVGLetters, prefix: String? = nil, use: Use = .anywhere) {
        self.use = use
        self.letters = letters
        self.prefix = prefix
    }

    /// - Throws: what the letters throw.
    public mutating func write(_ figure: Figure, _ frame: Figure.Frame, transparent: Bool) throws(Failure) -> SVGText {
        try write(figure, frames: [frame], transparent: transparent)
    }

    /// Of several frames each is shown on its own where the address names it (`#…f2`), else the last.
    /// - Throws: what the letters throw.
    package mutating func write(
        _ figure: Figure, frames: [Figure.Frame], transparent: Bool
    ) throws(Failure) -> SVGText {
        origins = figure.origins
        let lines = frames.flatMap { Self.lines($0.items) }
        letters.common = Font.Family.allCases.max { first, second in
            lines.count { $0.font.family == first } < lines.count { $0.font.family == second }
        }
        if letters.sharesShapes {
            let items = frames.flatMap { $0.items }
            (shapes, strokes) = (SVGShapes(items), SVGStrokes(items))
        }
        if !transparent {
            body.raw("<rect width=\"100%\" height=\"100%\"")
            body.attribute("fill", figure.paper, opacity: "fill-opacity")
            body.raw("/>")
        }
        if frames.count > 1 {
            write(frames)
        } else {
            for frame in frames { write(frame.items, of: nil) }
        }
        flush()
        body = body.filled(try letters.texts(of: layers, definitions: &definitions))
        var text = SVGText(capacity: body.bytes.count + definitions.bytes.count + 1024)
        text.raw("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        if hasGroups { text.raw(" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\"") }
        text.attribute("width", figure.size.width)
        text.attribute("height", figure.size.height)
        text.raw(" viewBox=\"0 0 ")
        text.number(figure.size.width)
        text.raw(" ")
        text.number(figure.size.height)
        text.raw("\" role=\"img\"")
        text.attribute("lang", figure.language.rawValue)
        strokes.writeAround(&text)
        if let fonts = letters.common.flatMap({ letters.fonts($0) }) {
            text.attribute("font-family", fonts)
            text.raw(" xml:space=\"preserve\"")
        }
        text.raw(" aria-labelledby=\"")
        text.beginName()
        text.raw("title ")
        text.beginName()
        text.raw("desc\">\n")
        text.element("title", hasID: true, figure.metadata.title)
        let words = frames.last?.altText ?? ""
        text.element("desc", hasID: true, words.isEmpty ? figure.metadata.description : words)
        if !figure.metadata.command.isEmpty { text.element("metadata", figure.metadata.command) }
        if frames.count > 1 { text.style(frames: frames.count) }
        if !definitions.isEmpty {
            text.raw("<defs>")
            text.append(definitions)
            text.raw("</defs>\n")
        }
        text.append(body)
        text.raw("\n</svg>\n")
        return text.named(prefix)
    }

    private static func lines(_ items: [Item]) -> [TextLine] {
        items.flatMap { item -> [TextLine] in
            switch item.content {
            case .text(let line): [line]
            case .group(let inner), .link(_, let inner): lines(inner)
            case .path, .image: []
            }
        }
    }
}

extension SVGText {
    fileprivate mutating func element(_ name: StaticString, hasID: Bool = false, _ text: String) {
        raw("<")
        raw(name)
        if hasID {
            raw(" id=\"")
            beginName()
            raw(name)
            raw("\"")
        }
        raw(">")
        escaped(text)
        raw("</")
        raw(name)
        raw(">\n")
    }
}
