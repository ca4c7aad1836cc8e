import Wording

/// Pictures of square pixels, and legends.
extension SVGWriter {
    /// A picture as one path for each colour where it is small, which no viewer smooths; else as a PNG, enlarged by a
    /// whole number so that smoothing cannot blur it visibly.
    mutating func write(_ raster: Raster, _ rect: Rect, _ name: Name) {
        guard raster.width > 0, raster.height > 0 else { return }
        if let stops = GradientStops(raster) { return write(stops, rect, name) }
        guard raster.width * raster.height > 4096,
            let data = letters.picture(raster, enlarged: max(1, min(8, 2400 / max(raster.width, raster.height))))
        else { return writeCells(raster, rect, name) }
        body.raw("<image")
        write(rect)
        body.raw(" preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\"")
        body.raw(" href=\"data:image/png;base64,")
        body.raw(data)
        body.raw("\"")
        write(name)
        body.raw("/>")
    }

    /// A legend's strip.
    private mutating func write(_ stops: GradientStops, _ rect: Rect, _ name: Name) {
        gradients += 1
        definitions.raw("<linearGradient id=\"")
        definitions.beginName()
        definitions.raw("l")
        definitions.integer(gradients)
        definitions.raw(stops.isUpright ? "\" x2=\"0\" y2=\"1\">" : "\">")
        for stop in stops.stops {
            definitions.raw("<stop")
            definitions.attribute("offset", stop.place, decimals: 4)
            definitions.attribute("stop-color", stop.color, opacity: "stop-opacity")
            definitions.raw("/>")
        }
        definitions.raw("</linearGradient>")
        body.raw("<rect")
        write(rect)
        body.raw(" fill=\"url(#")
        body.beginName()
        body.raw("l")
        body.integer(gradients)
        body.raw(")\"")
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
