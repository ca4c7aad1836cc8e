import Wording

/// Writes a frame as an SVG of its own.
public struct SVGWriter {
    let letters: SVGLetters
    private let prefix: String?
    var definitions = SVGText()
    var body = SVGText(capacity: 64 * 1024)
    var gradients = 0
    private var shapes = SVGShapes()
    /// Whether some group bears a step's name.
    private var hasGroups = false
    /// Which steps each group grows out of.
    private var origins: [String: [String]] = [:]

    /// - Parameters:
    ///   - letters: how text is set.
    ///   - prefix: begins every id; made from what is drawn without it.
    public init(letters: SVGLetters, prefix: String? = nil) {
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
        letters.prepare(lines)
        if letters.sharesShapes { shapes = SVGShapes(frames.flatMap { $0.items }) }
        if !transparent {
            body.raw("<rect width=\"100%\" height=\"100%\"")
            body.attribute("fill", figure.paper, opacity: "fill-opacity")
            body.raw("/>")
        }
        if frames.count > 1 {
            try write(frames)
        } else {
            for frame in frames { try write(frame.items, of: nil) }
        }
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

    // MARK: Names

    /// What of a tag is written: nothing of it where what stands around says so already.
    struct Name {
        var step: String?
        var index: [Int] = []
        /// The step of what stands around, where `step` is not written again.
        var around: String?

        var isEmpty: Bool { step == nil && index.isEmpty }
    }

    /// Items in their order. Neighbours that show the same step are a group of its name (`data-step`), those that show
    /// one number of it a group of its index (`data-at`): a matrix says its name once.
    /// - Parameter step: that the group around is named by.
    mutating func write(_ items: [Item], of step: String?) throws(Failure) {
        var place = 0
        while place < items.count {
            guard let tag = items[place].tag, !tag.step.isEmpty else {
                try write(items[place], Name(), of: step)
                place += 1
                continue
            }
            var end = place + 1
            while end < items.count, items[end].tag?.step == tag.step { end += 1 }
            let isNamed = tag.step == step
            if end == place + 1 {
                if !isNamed, case .group(let inner) = items[place].content, tag.index.isEmpty {
                    beginGroup(tag)
                    try write(inner, of: tag.step)
                    body.raw("</g>")
                } else {
                    let name = Name(step: isNamed ? nil : tag.step, index: tag.index, around: step)
                    try write(items[place], name, of: tag.step)
                }
            } else if isNamed {
                try writeCells(items[place..<end], of: tag.step)
            } else {
                beginGroup(tag)
                try writeCells(items[place..<end], of: tag.step)
                body.raw("</g>")
            }
            place = end
        }
    }

    /// A group of its own name; where it was asked for, with the steps that it grows out of.
    private mutating func beginGroup(_ tag: Tag) {
        hasGroups = true
        body.raw("<g")
        write(Name(step: tag.step))
        body.attribute("inkscape:label", tag.derivedName ?? tag.step)
        if let from = origins[tag.step], !from.isEmpty { body.attribute("data-from", from.joined(separator: " ")) }
        body.raw(">")
    }

    /// Items of one step.
    private mutating func writeCells(_ items: ArraySlice<Item>, of step: String) throws(Failure) {
        var place = items.startIndex
        while place < items.endIndex {
            let index = items[place].tag?.index ?? []
            var end = place + 1
            while end < items.endIndex, items[end].tag?.index == index { end += 1 }
            if index.isEmpty || end == place + 1 {
                for item in items[place..<end] { try write(item, Name(index: index, around: step), of: step) }
            } else {
                begin("<g", Name(index: index, around: step))
                for item in items[place..<end] { try write(item, Name(), of: step) }
                body.raw("</g>")
            }
            place = end
        }
    }

    private mutating func begin(_ markup: StaticString, _ name: Name) {
        body.raw(markup)
        write(name)
        body.raw(">")
    }

    mutating func write(_ name: Name) {
        let derived = (name.step ?? name.around).flatMap { Tag(step: $0).derivedName }
        if let step = name.step {
            if let derived { body.attribute("data-name", derived) } else { body.attribute("data-step", step) }
        }
        guard !name.index.isEmpty else { return }
        body.raw(derived == nil ? " data-at=\"" : " data-cell=\"")
        for (place, number) in name.index.enumerated() {
            if place > 0 { body.raw(",") }
            body.integer(number)
        }
        body.raw("\"")
    }

    // MARK: Items

    private mutating func write(_ item: Item, _ name: Name, of step: String?) throws(Failure) {
        switch item.content {
        case .text(let line):
            if !name.isEmpty { begin("<g", name) }
            try letters.write(line, to: &body, definitions: &definitions)
            if !name.isEmpty { body.raw("</g>") }
        case .path(let path, let fill, let stroke): write(path, fill, stroke, name)
        case .image(let raster, let rect): write(raster, rect, name)
        case .group(let items):
            begin("<g", name)
            try write(items, of: step)
            body.raw("</g>")
        case .link(let target, let items):
            body.raw("<a")
            body.attribute("href", target)
            begin("", name)
            try write(items, of: step)
            body.raw("</a>")
        }
    }

    private mutating func write(_ path: Path, _ fill: Color?, _ stroke: Stroke?, _ name: Name) {
        guard !path.elements.isEmpty else { return }
        if let shape = SVGShapes.Shape(path, stroke), let known = shapes.name(shape) {
            if known.isNew { define(path, stroke, known.name) }
            body.raw("<use href=\"#")
            body.beginName()
            body.raw(known.name)
            body.raw("\"")
            let origin = path.whole?.origin ?? .zero
            body.attribute("x", origin.x, decimals: 1)
            body.attribute("y", origin.y, decimals: 1)
        } else {
            Self.begin(path, at: path.whole?.origin, &body)
            if let stroke { Self.write(stroke, of: path, &body) }
        }
        if let fill {
            body.attribute("fill", fill, opacity: "fill-opacity")
        } else {
            body.attribute("fill", "none")
        }
        write(name)
        body.raw("/>")
    }

    /// A shape at the origin, without what fills it.
    private mutating func define(_ path: Path, _ stroke: Stroke?, _ name: String) {
        Self.begin(path, at: nil, &definitions)
        definitions.raw(" id=\"")
        definitions.beginName()
        definitions.raw(name)
        definitions.raw("\"")
        if let stroke { Self.write(stroke, of: path, &definitions) }
        definitions.raw("/>")
    }

    /// - Parameter origin: of a rectangle or a circle; nil where it is the picture's.
    private static func begin(_ path: Path, at origin: Point?, _ text: inout SVGText) {
        switch path.whole {
        case .rectangle(let rect, let radius)?:
            text.raw("<rect")
            if let origin {
                text.attribute("x", origin.x)
                text.attribute("y", origin.y)
            }
            text.attribute("width", rect.width)
            text.attribute("height", rect.height)
            if SVGText.hundredths(radius) > 0 { text.attribute("rx", radius) }
        case .circle(_, let radius)?:
            text.raw("<circle")
            if let origin {
                text.attribute("cx", origin.x)
                text.attribute("cy", origin.y)
            }
            text.attribute("r", radius)
        case nil:
            text.raw("<path")
            text.attribute("d", SVGPathText(path).finished)
        }
    }

    private static func write(_ stroke: Stroke, of path: Path, _ text: inout SVGText) {
        text.attribute("stroke", stroke.color, opacity: "stroke-opacity")
        if SVGText.hundredths(stroke.width) != 100 { text.attribute("stroke-width", stroke.width) }
        if stroke.isRound, path.whole == nil { text.raw(" stroke-linecap=\"round\" stroke-linejoin=\"round\"") }
        guard !stroke.dashes.isEmpty else { return }
        text.raw(" stroke-dasharray=\"")
        for (place, length) in stroke.dashes.enumerated() {
            if place > 0 { text.raw(" ") }
            text.number(length)
        }
        text.raw("\"")
    }

    mutating func write(_ rect: Rect) {
        body.attribute("x", rect.minX)
        body.attribute("y", rect.minY)
        body.attribute("width", rect.width)
        body.attribute("height", rect.height)
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
