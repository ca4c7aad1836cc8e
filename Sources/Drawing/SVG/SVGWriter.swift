import Wording

/// Writes a frame as an SVG of its own.
public struct SVGWriter {
    private let letters: SVGLetters
    private let prefix: String?
    private var definitions = SVGText()
    private var body = SVGText(capacity: 64 * 1024)

    /// - Parameters:
    ///   - letters: how text is set.
    ///   - prefix: begins every id; made from what is drawn without it.
    public init(letters: SVGLetters, prefix: String? = nil) {
        self.letters = letters
        self.prefix = prefix
    }

    /// - Throws: what the letters throw.
    public mutating func write(_ figure: Figure, _ frame: Figure.Frame, transparent: Bool) throws(Failure) -> SVGText {
        if !transparent {
            body.raw("<rect width=\"100%\" height=\"100%\"")
            body.attribute("fill", figure.paper, opacity: "fill-opacity")
            body.raw("/>")
        }
        try write(frame.items, of: nil)
        var text = SVGText(capacity: body.bytes.count + definitions.bytes.count + 1024)
        text.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"")
        text.attribute("width", figure.size.width)
        text.attribute("height", figure.size.height)
        text.raw(" viewBox=\"0 0 ")
        text.number(figure.size.width)
        text.raw(" ")
        text.number(figure.size.height)
        text.raw("\" role=\"img\"")
        text.attribute("lang", figure.language.rawValue)
        text.raw(" aria-labelledby=\"")
        text.beginName()
        text.raw("title ")
        text.beginName()
        text.raw("desc\">\n")
        text.element("title", hasID: true, figure.metadata.title)
        text.element(
            "desc", hasID: true, frame.altText.isEmpty ? figure.metadata.description : frame.altText)
        if !figure.metadata.command.isEmpty { text.element("metadata", figure.metadata.command) }
        if !definitions.isEmpty {
            text.raw("<defs>")
            text.append(definitions)
            text.raw("</defs>\n")
        }
        text.append(body)
        text.raw("\n</svg>\n")
        return text.named(prefix)
    }

    // MARK: Names

    /// What of a tag is written: nothing of it where what stands around says so already.
    private struct Name {
        var step: String?
        var index: [Int] = []

        var isEmpty: Bool { step == nil && index.isEmpty }
    }

    /// Items in their order. Neighbours that show the same step are a group of its name (`data-step`), those that show
    /// one number of it a group of its index (`data-at`): a matrix says its name once.
    /// - Parameter step: that the group around is named by.
    private mutating func write(_ items: [Item], of step: String?) throws(Failure) {
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
                try write(items[place], Name(step: isNamed ? nil : tag.step, index: tag.index), of: tag.step)
            } else if isNamed {
                try writeCells(items[place..<end], of: tag.step)
            } else {
                begin("<g", Name(step: tag.step))
                try writeCells(items[place..<end], of: tag.step)
                body.raw("</g>")
            }
            place = end
        }
    }

    /// Items of one step.
    private mutating func writeCells(_ items: ArraySlice<Item>, of step: String) throws(Failure) {
        var place = items.startIndex
        while place < items.endIndex {
            let index = items[place].tag?.index ?? []
            var end = place + 1
            while end < items.endIndex, items[end].tag?.index == index { end += 1 }
            if index.isEmpty || end == place + 1 {
                for item in items[place..<end] { try write(item, Name(index: index), of: step) }
            } else {
                begin("<g", Name(index: index))
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

    private mutating func write(_ name: Name) {
        if let step = name.step { body.attribute("data-step", step) }
        guard !name.index.isEmpty else { return }
        body.raw(" data-at=\"")
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
            body.attribute("xlink:href", target)
            begin("", name)
            try write(items, of: step)
            body.raw("</a>")
        }
    }

    private mutating func write(_ path: Path, _ fill: Color?, _ stroke: Stroke?, _ name: Name) {
        guard !path.elements.isEmpty else { return }
        switch path.whole {
        case .rectangle(let rect, let radius)?:
            body.raw("<rect")
            write(rect)
            if SVGText.hundredths(radius) > 0 { body.attribute("rx", radius) }
        case .circle(let center, let radius)?:
            body.raw("<circle")
            body.attribute("cx", center.x)
            body.attribute("cy", center.y)
            body.attribute("r", radius)
        case nil:
            body.raw("<path")
            body.attribute("d", SVGPathText(path).finished)
        }
        if let fill {
            body.attribute("fill", fill, opacity: "fill-opacity")
        } else {
            body.attribute("fill", "none")
        }
        if let stroke {
            body.attribute("stroke", stroke.color, opacity: "stroke-opacity")
            if SVGText.hundredths(stroke.width) != 100 { body.attribute("stroke-width", stroke.width) }
            if stroke.isRound, path.whole == nil { body.raw(" stroke-linecap=\"round\" stroke-linejoin=\"round\"") }
            if !stroke.dashes.isEmpty {
                body.raw(" stroke-dasharray=\"")
                for (place, length) in stroke.dashes.enumerated() {
                    if place > 0 { body.raw(" ") }
                    body.number(length)
                }
                body.raw("\"")
            }
        }
        write(name)
        body.raw("/>")
    }

    private mutating func write(_ rect: Rect) {
        body.attribute("x", rect.minX)
        body.attribute("y", rect.minY)
        body.attribute("width", rect.width)
        body.attribute("height", rect.height)
    }

    /// A picture as one path for each colour where it is small, which no viewer smooths; else as a PNG, enlarged by a
    /// whole number so that smoothing cannot blur it visibly.
    private mutating func write(_ raster: Raster, _ rect: Rect, _ name: Name) {
        guard raster.width > 0, raster.height > 0 else { return }
        guard raster.width * raster.height > 4096,
            let data = letters.picture(raster, enlarged: max(1, min(8, 2400 / max(raster.width, raster.height))))
        else { return writeCells(raster, rect, name) }
        body.raw("<image")
        write(rect)
        body.raw(" preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\"")
        body.raw(" xlink:href=\"data:image/png;base64,")
        body.raw(data)
        body.raw("\"")
        write(name)
        body.raw("/>")
    }

    private mutating func writeCells(_ raster: Raster, _ rect: Rect, _ name: Name) {
        var order: [UInt32] = []
        var runs: [UInt32: SVGText] = [:]
        for y in 0..<raster.height {
            var x = 0
            while x < raster.width {
                let color = raster.pixel(x, y)
                var end = x + 1
                while end < raster.width, raster.pixel(end, y) == color { end += 1 }
                if runs[color] == nil { order.append(color) }
                runs[color, default: SVGText()].run(x, y, length: end - x)
                x = end
            }
        }
        body.raw("<g transform=\"translate(")
        body.number(rect.minX)
        body.raw(" ")
        body.number(rect.minY)
        body.raw(")scale(")
        body.number(rect.width / Double(raster.width), decimals: 4)
        body.raw(" ")
        body.number(rect.height / Double(raster.height), decimals: 4)
        body.raw(")\" shape-rendering=\"crispEdges\"")
        write(name)
        body.raw(">")
        for color in order {
            body.raw("<path")
            body.attribute(
                "fill", Color(color >> 8, alpha: Double(color & 255) / 255), opacity: "fill-opacity")
            if let run = runs[color] { body.attribute("d", run) }
            body.raw("/>")
        }
        body.raw("</g>")
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

    /// Cells of one colour side by side, as a closed outline.
    fileprivate mutating func run(_ x: Int, _ y: Int, length: Int) {
        raw("M")
        integer(x)
        raw(" ")
        integer(y)
        raw("h")
        integer(length)
        raw("v1h")
        integer(-length)
        raw("z")
    }
}

extension Raster {
    /// Red, green, blue and alpha in one number.
    package func pixel(_ x: Int, _ y: Int) -> UInt32 {
        let start = (y * width + x) * 4
        return UInt32(bytes[start]) << 24 | UInt32(bytes[start + 1]) << 16 | UInt32(bytes[start + 2]) << 8
            | UInt32(bytes[start + 3])
    }
}
