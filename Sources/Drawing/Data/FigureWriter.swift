import Reading
import Wording

extension Figure {
    /// The figure as data: JSON that ``init(data:source:)`` reads, with tags, hot spots and words.
    ///
    /// As in an SVG, lengths are rounded to hundredths of a pixel, opacities to hundredths and colours to bytes; whatever
    /// else there is comes back as it was, and so does all of it when it is written again. Colours, fonts and names of
    /// steps stand in lists of their own, to which the items point.
    public var data: [UInt8] {
        let tables = FigureTables()
        var json = JSONWriter(.dense)
        json.object { json in
            json.member("format", FigureTables.format)
            json.member("version", FigureTables.version)
            json.member("id", id)
            json.member("title", title)
            json.member("language", language.rawValue)
            json.member("size", [Length(size.width), Length(size.height)])
            json.member("paper", tables.place(of: paper))
            json.object("metadata") { json in
                json.member("title", metadata.title)
                json.member("description", metadata.description)
                json.member("command", metadata.command)
            }
            if !origins.isEmpty {
                json.object("origins") { json in
                    for (name, steps) in origins.sorted(by: { $0.key < $1.key }) { json.member(name, steps) }
                }
            }
            json.array("frames") { json in
                for frame in frames {
                    json.object { json in
                        json.member("caption", frame.caption)
                        json.member("words", frame.altText)
                        json.array("items") { json in for item in frame.items { item.write(to: &json, tables) } }
                        json.array("spots") { json in for spot in frame.hotSpots { spot.write(to: &json, tables) } }
                    }
                }
            }
            tables.write(to: &json)
        }
        return json.bytes
    }
}

/// What the items of a figure point to.
final class FigureTables {
    static let format = "glassformer-figure"
    static let version = 1

    /// Values in the order in which they were first met.
    struct Table<Value: Hashable> {
        private(set) var values: [Value] = []
        private var places: [Value: Int] = [:]

        mutating func place(of value: Value) -> Int {
            if let place = places[value] { return place }
            places[value] = values.count
            values.append(value)
            return values.count - 1
        }
    }

    private var colors = Table<Color>()
    var fonts = Table<Font>()
    var steps = Table<String>()

    /// Colours that are written alike are one.
    func place(of color: Color) -> Int {
        let bytes = color.bytes.map { Double($0) / 255 }
        return colors.place(
            of: Color(red: bytes[0], green: bytes[1], blue: bytes[2], alpha: Length(color.alpha).value))
    }

    func write(to json: inout JSONWriter) {
        json.array("colors") { json in
            for color in colors.values {
                json.array { json in
                    for byte in color.bytes { json.value(Int(byte)) }
                    if color.alpha < 1 { json.value(Length(color.alpha)) }
                }
            }
        }
        json.array("fonts") { json in
            for font in fonts.values {
                json.object { json in
                    json.member("family", font.family.rawValue)
                    json.member("size", font.size)
                    json.member("weight", font.weight.rawValue)
                    if font.italic { json.member("italic", true) }
                }
            }
        }
        json.member("steps", steps.values)
    }
}

/// A number of pixels, to hundredths; what is no number is none, as in an SVG.
private struct Length: JSONWritable {
    let value: Double

    init(_ value: Double) {
        self.value = value.isFinite && abs(value) < 1e12 ? (value * 100).rounded() / 100 : 0
    }

    func writeJSON(to json: inout JSONWriter) {
        if let whole = Int(exactly: value) { json.value(whole) } else { json.value(value) }
    }
}

extension Tag {
    fileprivate func write(to json: inout JSONWriter, _ tables: FigureTables) {
        json.member("step", tables.steps.place(of: step))
        if !index.isEmpty { json.member("index", index) }
    }
}

extension Rect {
    fileprivate var lengths: [Length] { [Length(minX), Length(minY), Length(width), Length(height)] }
}

extension HotSpot {
    fileprivate func write(to json: inout JSONWriter, _ tables: FigureTables) {
        json.object { json in
            json.member("in", rect.lengths)
            json.member("words", words)
            if let value { json.member("value", value) }
            tag?.write(to: &json, tables)
        }
    }
}

extension Item {
    fileprivate func write(to json: inout JSONWriter, _ tables: FigureTables) {
        json.object { json in
            switch content {
            case .text(let line): line.write(to: &json, tables)
            case .path(let path, let fill, let stroke):
                path.write(to: &json)
                if let fill { json.member("fill", tables.place(of: fill)) }
                if let stroke { json.object("line") { json in stroke.write(to: &json, tables) } }
            case .image(let raster, let rect):
                json.member("image", Base64.encode(raster.bytes))
                json.member("pixels", [raster.width, raster.height])
                // A picture's scale is written to more places than a length.
                json.member("in", [rect.minX, rect.minY, rect.width, rect.height])
            case .group(let items): Self.write(items, to: &json, tables)
            case .link(let target, let items):
                json.member("link", target)
                Self.write(items, to: &json, tables)
            }
            tag?.write(to: &json, tables)
        }
    }

    private static func write(_ items: [Item], to json: inout JSONWriter, _ tables: FigureTables) {
        json.array("items") { json in for item in items { item.write(to: &json, tables) } }
    }
}

extension TextLine {
    fileprivate func write(to json: inout JSONWriter, _ tables: FigureTables) {
        json.member("text", string)
        json.member("font", tables.fonts.place(of: font))
        json.member("color", tables.place(of: color))
        json.member("at", [Length(origin.x), Length(origin.y)])
        json.member(
            "box",
            [
                metrics.width, metrics.ascent, metrics.descent, metrics.inkAscent, metrics.inkDescent, metrics.inkLeft,
                metrics.inkRight,
            ].map { Length($0) })
        if isUpward { json.member("up", true) }
    }
}

extension Stroke {
    fileprivate func write(to json: inout JSONWriter, _ tables: FigureTables) {
        json.member("color", tables.place(of: color))
        json.member("width", Length(width))
        if !dashes.isEmpty { json.member("dashes", dashes.map { Length($0) }) }
        if !isRound { json.member("round", false) }
    }
}

extension Path {
    /// `rect` and `circle` as they are; else `path`: a letter of SVG's, its points, the next.
    fileprivate func write(to json: inout JSONWriter) {
        switch whole {
        case .rectangle(let rect, let radius)?: json.member("rect", rect.lengths + (radius > 0 ? [Length(radius)] : []))
        case .circle(let center, let radius)?:
            json.member("circle", [Length(center.x), Length(center.y), Length(radius)])
        case nil:
            json.array("path") { json in
                func put(_ letter: String, _ points: Point...) {
                    json.value(letter)
                    for point in points {
                        json.value(Length(point.x))
                        json.value(Length(point.y))
                    }
                }
                for element in elements {
                    switch element {
                    case .move(let point): put("M", point)
                    case .line(let point): put("L", point)
                    case .curve(let first, let second, let end): put("C", first, second, end)
                    case .close: put("Z")
                    }
                }
            }
        }
    }
}
