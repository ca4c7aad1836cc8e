import Wording

/// Writes a frame as an SVG of its own.
public struct SVGWriter {
    private let letters: SVGLetters
    private let prefix: String
    private let showsTags: Bool
    private var definitions = ""
    private var body = ""

    /// - Parameters:
    ///   - letters: how text is set.
    ///   - prefix: begins every id.
    ///   - showsTags: writes `data-step` and `data-index` on the cells.
    public init(letters: SVGLetters, prefix: String, showsTags: Bool) {
        self.letters = letters
        self.prefix = prefix
        self.showsTags = showsTags
    }

    /// - Throws: what the letters throw.
    public mutating func write(_ figure: Figure, _ frame: Figure.Frame, transparent: Bool) throws(Failure) -> String {
        body.reserveCapacity(64 * 1024)
        if !transparent {
            body += "<rect width=\"100%\" height=\"100%\" fill=\"\(figure.paper.hex)\"/>"
        }
        for item in frame.items { try write(item) }
        let (width, height) = (SVGNumber.string(figure.size.width), SVGNumber.string(figure.size.height))
        let title = figure.metadata.title.escaped
        var text =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
            + "width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
            + "lang=\"\(figure.language.rawValue)\" aria-labelledby=\"\(prefix)title \(prefix)desc\">\n"
            + "<title id=\"\(prefix)title\">\(title)</title>\n"
        let description = frame.altText.isEmpty ? figure.metadata.description : frame.altText
        text += "<desc id=\"\(prefix)desc\">\(description.escaped)</desc>\n"
        if !figure.metadata.command.isEmpty {
            text += "<metadata>\(figure.metadata.command.escaped)</metadata>\n"
        }
        if !definitions.isEmpty { text += "<defs>\(definitions)</defs>\n" }
        return text + body + "\n</svg>\n"
    }

    private mutating func write(_ item: Item) throws(Failure) {
        let tag = attributes(item.tag)
        switch item.content {
        case .text(let line): try letters.write(line, prefix: prefix, to: &body, definitions: &definitions)
        case .path(let path, let fill, let stroke): write(path, fill, stroke, tag)
        case .image(let raster, let rect): write(raster, rect, tag)
        case .group(let items):
            body += "<g\(tag)>"
            for item in items { try write(item) }
            body += "</g>"
        case .link(let target, let items):
            body += "<a xlink:href=\"\(target.escaped)\"\(tag)>"
            for item in items { try write(item) }
            body += "</a>"
        }
    }

    private func attributes(_ tag: Tag?) -> String {
        guard showsTags, let tag else { return "" }
        let index = tag.index.isEmpty ? "" : " data-index=\"\(tag.index.map { String($0) }.joined(separator: ","))\""
        return " data-step=\"\(tag.step.escaped)\"\(index)"
    }

    private mutating func write(_ path: Path, _ fill: Color?, _ stroke: Stroke?, _ tag: String) {
        guard !path.elements.isEmpty else { return }
        if let rounded = path.rectangle {
            body += "<rect x=\""
            SVGNumber.append(rounded.rect.minX, to: &body)
            body += "\" y=\""
            SVGNumber.append(rounded.rect.minY, to: &body)
            body += "\" width=\""
            SVGNumber.append(rounded.rect.width, to: &body)
            body += "\" height=\""
            SVGNumber.append(rounded.rect.height, to: &body)
            if rounded.radius > 0 {
                body += "\" rx=\""
                SVGNumber.append(rounded.radius, to: &body)
            }
            body += "\""
        } else {
            body += "<path d=\"\(SVGWriter.data(path))\""
        }
        body += fill.map { " fill=\"\($0.hex)\"" + SVGWriter.opacity("fill", $0) } ?? " fill=\"none\""
        if let stroke {
            body += " stroke=\"\(stroke.color.hex)\"" + SVGWriter.opacity("stroke", stroke.color)
            if stroke.width != 1 {
                body += " stroke-width=\""
                SVGNumber.append(stroke.width, to: &body)
                body += "\""
            }
            if stroke.isRound, path.rectangle == nil { body += " stroke-linecap=\"round\" stroke-linejoin=\"round\"" }
            if !stroke.dashes.isEmpty {
                body += " stroke-dasharray=\"\(stroke.dashes.map { SVGNumber.string($0) }.joined(separator: " "))\""
            }
        }
        body += tag + "/>"
    }

    package static func opacity(_ kind: String, _ color: Color) -> String {
        color.alpha < 1 ? " \(kind)-opacity=\"\(SVGNumber.string(color.alpha))\"" : ""
    }

    private static func data(_ path: Path) -> String {
        var text = SVGPathText(decimals: 2)
        for element in path.elements {
            switch element {
            case .move(let point): text.move(point)
            case .line(let point): text.line(point)
            case .curve(let first, let second, let end): text.curve(first, second, end)
            case .close: text.close()
            }
        }
        return text.finished
    }

    /// A picture as one path for each colour where it is small, which no viewer smooths; else as a PNG, enlarged by a
    /// whole number so that smoothing cannot blur it visibly.
    private mutating func write(_ raster: Raster, _ rect: Rect, _ tag: String) {
        guard raster.width > 0, raster.height > 0 else { return }
        guard raster.width * raster.height > 4096,
            let data = letters.picture(raster, enlarged: max(1, min(8, 2400 / max(raster.width, raster.height))))
        else { return writeCells(raster, rect, tag) }
        body += "<image x=\"\(SVGNumber.string(rect.minX))\" y=\"\(SVGNumber.string(rect.minY))\""
        body += " width=\"\(SVGNumber.string(rect.width))\" height=\"\(SVGNumber.string(rect.height))\""
        body += " preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\""
        body += " xlink:href=\"data:image/png;base64,\(data)\"\(tag)/>"
    }

    private mutating func writeCells(_ raster: Raster, _ rect: Rect, _ tag: String) {
        var order: [UInt32] = []
        var runs: [UInt32: [(x: Int, y: Int, length: Int)]] = [:]
        for y in 0..<raster.height {
            var x = 0
            while x < raster.width {
                let color = raster.pixel(x, y)
                var end = x + 1
                while end < raster.width, raster.pixel(end, y) == color { end += 1 }
                if runs[color] == nil { order.append(color) }
                runs[color, default: []].append((x, y, end - x))
                x = end
            }
        }
        body += "<g transform=\"translate(\(SVGNumber.string(rect.minX)) \(SVGNumber.string(rect.minY)))"
        body += "scale(\(SVGNumber.string(rect.width / Double(raster.width), decimals: 4)) "
        body += "\(SVGNumber.string(rect.height / Double(raster.height), decimals: 4)))\""
        body += " shape-rendering=\"crispEdges\"\(tag)>"
        for color in order {
            body += "<path fill=\"\(Color(color >> 8).hex)\""
            if color & 255 < 255 { body += " fill-opacity=\"\(SVGNumber.string(Double(color & 255) / 255))\"" }
            body += " d=\""
            for run in runs[color] ?? [] { body += "M\(run.x) \(run.y)h\(run.length)v1h-\(run.length)z" }
            body += "\"/>"
        }
        body += "</g>"
    }
}

extension String {
    /// As the text or an attribute of XML, MathML or HTML.
    package var escaped: String {
        var result = ""
        for character in self {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
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
