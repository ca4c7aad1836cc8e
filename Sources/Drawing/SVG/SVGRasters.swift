import Wording

/// Pictures of square pixels, and legends.
extension SVGWriter {
    /// A picture as one path for each colour, which no viewer smooths, or as a PNG where that is shorter: enlarged by a
    /// whole number, so that who smooths it all the same does not blur it beyond recognition.
    mutating func write(_ raster: Raster, _ rect: Rect, _ name: Name) {
        guard raster.width > 0, raster.height > 0 else { return }
        if let stops = GradientStops(raster) { return write(stops, rect, name) }
        let isLarge = raster.width * raster.height > Self.mostCells
        let paths = isLarge ? nil : paths(raster)
        let (sides, clear) = (max(raster.width, raster.height), use == .page ? Self.leastSide : Self.clearSide)
        guard isLarge || (paths?.count ?? 0) > Self.shortPaths,
            let data = letters.picture(raster, enlarged: max(1, min(8, (clear + sides - 1) / sides))),
            data.utf8.count < paths?.count ?? Int.max
        else { return writeCells(raster, paths ?? self.paths(raster), rect, name) }
        body.raw("<image")
        write(rect)
        body.raw(" preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\" style=\"image-rendering:pixelated\"")
        body.raw(" href=\"data:image/png;base64,")
        body.raw(data)
        body.raw("\"")
        write(name)
        body.raw("/>")
    }

    /// More are a PNG wherever somebody makes one.
    private static let mostCells = 4096
    /// So many bytes are not worth a PNG.
    private static let shortPaths = 600
    /// The longer side of a PNG, in pixels, at least: where somebody may smooth it, and in a browser, which does not.
    private static let (clearSide, leastSide) = (512, 24)

    /// A legend's strip.
    private mutating func write(_ stops: GradientStops, _ rect: Rect, _ name: Name) {
        let number = gradients[stops.key] ?? define(stops)
        body.raw("<rect")
        write(rect)
        body.raw(" fill=\"url(#")
        body.beginName()
        body.raw("l")
        body.integer(number)
        body.raw(")\"")
        write(name)
        body.raw("/>")
    }

    private mutating func define(_ stops: GradientStops) -> Int {
        let number = gradients.count + 1
        gradients[stops.key] = number
        definitions.raw("<linearGradient id=\"")
        definitions.beginName()
        definitions.raw("l")
        definitions.integer(number)
        definitions.raw(stops.isUpright ? "\" x2=\"0\" y2=\"1\">" : "\">")
        for stop in stops.stops {
            definitions.raw("<stop")
            definitions.attribute("offset", stop.place, decimals: 3)
            definitions.attribute("stop-color", stop.color, opacity: "stop-opacity")
            definitions.raw("/>")
        }
        definitions.raw("</linearGradient>")
        return number
    }

    /// The cells of each colour.
    private func paths(_ raster: Raster) -> SVGText {
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
        var text = SVGText()
        for color in order {
            text.raw("<path")
            text.attribute("fill", Color(color >> 8, alpha: Double(color & 255) / 255), opacity: "fill-opacity")
            if let run = runs[color] { text.attribute("d", run) }
            text.raw("/>")
        }
        return text
    }

    private mutating func writeCells(_ raster: Raster, _ paths: SVGText, _ rect: Rect, _ name: Name) {
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
        body.append(paths)
        body.raw("</g>")
    }
}

extension SVGText {
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

extension [Item] {
    /// Rows that lie under each other as one picture: between two pictures a viewer shows a seam.
    var withJoinedPictures: [Item] {
        guard contains(where: { if case .image = $0.content { true } else { false } }) else { return self }
        var items: [Item] = []
        for item in self {
            guard let last = items.last, last.tag == item.tag, case .image(let raster, let rect) = item.content,
                case .image(let above, let place) = last.content, let both = above.above(raster),
                abs(place.minX - rect.minX) < 0.005, abs(place.width - rect.width) < 0.005,
                abs(place.maxY - rect.minY) < 0.005,
                abs(place.height / Double(above.height) - rect.height / Double(raster.height)) < 0.005
            else {
                items.append(item)
                continue
            }
            items[items.count - 1].content = .image(both, place.union(rect))
        }
        return items
    }
}

extension Raster {
    /// nil where they are not as wide.
    fileprivate func above(_ other: Raster) -> Raster? {
        guard width == other.width, width > 0, height > 0, other.height > 0 else { return nil }
        return Raster(width: width, height: height + other.height, bytes: bytes + other.bytes)
    }

    /// Red, green, blue and alpha in one number.
    package func pixel(_ x: Int, _ y: Int) -> UInt32 {
        let start = (y * width + x) * 4
        return UInt32(bytes[start]) << 24 | UInt32(bytes[start + 1]) << 16 | UInt32(bytes[start + 2]) << 8
            | UInt32(bytes[start + 3])
    }
}
