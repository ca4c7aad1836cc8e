import Reading
import Wording

extension Figure {
    /// A figure as ``data`` wrote it.
    ///
    /// - Parameter source: the file, for errors.
    /// - Throws: ``DrawingError/badFigure(source:place:expected:found:)``, naming the first part that is wrong; what is
    ///   wrong with the JSON.
    public init(data: [UInt8], source: String) throws(Failure) {
        var cursor = JSONCursor(data, source: source)
        let node = JSONPart(try cursor.readValue(), "", source) { source, key, expected, found in
            .badFigure(
                source: source, place: key.isEmpty ? "{}" : key, expected: expected, found: found?.summary ?? "–")
        }
        try cursor.expectEnd()
        guard try node.member("format").text() == FigureTables.format else {
            throw try node.member("format").wrong(Phrase(FigureTables.format))
        }
        guard try node.member("version").integer() == FigureTables.version else {
            throw try node.member("version").wrong(Phrase("\(FigureTables.version)"))
        }
        let reader = try FigureReader(node)
        let language = try node.member("language")
        guard let known = Language(rawValue: try language.text()) else { throw language.wrong("en, zh-Hans") }
        let metadata = try node.member("metadata")
        let size = try node.member("size").numbers([2])
        self.init(
            id: try node.member("id").text(), title: try node.member("title").text(), size: Size(size[0], size[1]),
            paper: try reader.color(node.member("paper")), language: known,
            frames: try node.member("frames").elements { (each) throws(Failure) in try reader.frame(each) },
            metadata: Metadata(
                title: try metadata.member("title").text(), description: try metadata.member("description").text(),
                command: try metadata.member("command").text()))
        if let origins = node["origins"] {
            for name in origins.members.keys.sorted() {
                self.origins[name] = try origins.member(name).elements { (each) throws(Failure) in try each.text() }
            }
        }
    }
}

/// Reads the parts of a figure, which point to its tables.
private struct FigureReader {
    private let colors: [Color]
    private let fonts: [Font]
    private let steps: [String]

    init(_ node: JSONPart) throws(Failure) {
        colors = try node.member("colors").elements { (each) throws(Failure) in
            let parts = try each.numbers([3, 4])
            return Color(
                red: parts[0] / 255, green: parts[1] / 255, blue: parts[2] / 255, alpha: parts.count > 3 ? parts[3] : 1)
        }
        fonts = try node.member("fonts").elements { (each) throws(Failure) in
            let (family, weight) = (try each.member("family"), try each.member("weight"))
            guard let knownFamily = Font.Family(rawValue: try family.text()) else {
                throw family.wrong("text, mono, math")
            }
            guard let knownWeight = Font.Weight(rawValue: try weight.integer()) else {
                throw weight.wrong("400, 500, 600, 700")
            }
            return Font(
                knownFamily, size: try each.member("size").number(), weight: knownWeight, italic: each.isTrue("italic"))
        }
        steps = try node.member("steps").elements { (each) throws(Failure) in try each.text() }
    }

    func color(_ node: JSONPart) throws(Failure) -> Color { colors[try node.integer(below: colors.count)] }

    func frame(_ node: JSONPart) throws(Failure) -> Figure.Frame {
        Figure.Frame(
            items: try items(node), caption: try node.member("caption").text(),
            hotSpots: try node.member("spots").elements { (each) throws(Failure) in
                HotSpot(
                    rect: try rect(each.member("in")), tag: try tag(each), words: try each.member("words").text(),
                    value: try each["value"]?.text())
            },
            altText: try node.member("words").text())
    }

    private func items(_ node: JSONPart) throws(Failure) -> [Item] {
        try node.member("items").elements { (each) throws(Failure) in Item(try content(each), tag: try tag(each)) }
    }

    private func tag(_ node: JSONPart) throws(Failure) -> Tag? {
        guard let step = node["step"] else { return nil }
        let index = try node["index"]?.elements { (each) throws(Failure) in try each.integer() }
        return Tag(step: steps[try step.integer(below: steps.count)], index: index ?? [])
    }

    private func content(_ node: JSONPart) throws(Failure) -> Item.Content {
        if node["text"] != nil { return .text(try line(node)) }
        if let image = node["image"] {
            let pixels = try node.member("pixels").elements { (each) throws(Failure) in
                try each.integer(below: 1 << 15)
            }
            guard pixels.count == 2,
                let raster = Raster(width: pixels[0], height: pixels[1], bytes: Base64.decode(try image.text()) ?? [])
            else { throw image.wrong(Phrase(en: "base64 of all pixels", zh: "全部像素的 base64")) }
            return .image(raster, try rect(node.member("in")))
        }
        if let link = node["link"] { return .link(try link.text(), try items(node)) }
        if node["items"] != nil { return .group(try items(node)) }
        let fill = try node["fill"].map { (each) throws(Failure) in try color(each) }
        let stroke = try node["line"].map { (each) throws(Failure) in try self.stroke(each) }
        return .path(try path(node), fill: fill, stroke: stroke)
    }

    private func stroke(_ node: JSONPart) throws(Failure) -> Stroke {
        Stroke(
            try color(node.member("color")), width: try node.member("width").number(),
            dashes: try node["dashes"]?.numbers() ?? [], isRound: node["round"] == nil)
    }

    private func line(_ node: JSONPart) throws(Failure) -> TextLine {
        let font = try node.member("font").integer(below: fonts.count)
        let at = try node.member("at").numbers([2])
        let box = try node.member("box").numbers([7])
        return TextLine(
            try node.member("text").text(), font: fonts[font], color: try color(node.member("color")),
            origin: Point(at[0], at[1]),
            metrics: TextMetrics(
                width: box[0], ascent: box[1], descent: box[2], inkAscent: box[3], inkDescent: box[4], inkLeft: box[5],
                inkRight: box[6]),
            isUpward: node.isTrue("up"))
    }

    private func rect(_ node: JSONPart) throws(Failure) -> Rect {
        let sides = try node.numbers([4])
        return Rect(sides[0], sides[1], sides[2], sides[3])
    }

    private func path(_ node: JSONPart) throws(Failure) -> Path {
        if let sides = try node["rect"]?.numbers([4, 5]) {
            let rect = Rect(sides[0], sides[1], sides[2], sides[3])
            return Path(.rectangle(rect, radius: sides.count > 4 ? sides[4] : 0))
        }
        if let parts = try node["circle"]?.numbers([3]) {
            return Path(.circle(Point(parts[0], parts[1]), radius: parts[2]))
        }
        let parts = try node.member("path").elements { (each) throws(Failure) in each }
        var path = Path()
        var place = 0
        func points(_ count: Int) throws(Failure) -> [Point] {
            var points: [Point] = []
            while points.count < count {
                guard place + 1 < parts.count else { throw node.wrong(Phrase(en: "a point", zh: "一个点")) }
                points.append(Point(try parts[place].number(), try parts[place + 1].number()))
                place += 2
            }
            return points
        }
        while place < parts.count {
            let letter = parts[place]
            place += 1
            switch try letter.text() {
            case "M": path.move(to: try points(1)[0])
            case "L": path.line(to: try points(1)[0])
            case "C":
                let all = try points(3)
                path.curve(to: all[2], all[0], all[1])
            case "Z": path.close()
            default: throw letter.wrong("M, L, C, Z")
            }
        }
        return path
    }
}

extension JSONPart {
    fileprivate func isTrue(_ name: String) -> Bool { self[name]?.value.flag ?? false }

    fileprivate func integer(below count: Int) throws(Failure) -> Int {
        let integer = try integer()
        guard (0..<count).contains(integer) else { throw wrong("0 … \(count - 1)") }
        return integer
    }

    /// - Parameter counts: how many they may be; any where it is empty.
    fileprivate func numbers(_ counts: [Int] = []) throws(Failure) -> [Double] {
        let numbers = try elements { (each) throws(Failure) in try each.number() }
        guard counts.isEmpty || counts.contains(numbers.count) else {
            let list = counts.map { String($0) }.joined(separator: ", ")
            throw wrong(Phrase(en: "\(list) numbers", zh: "\(list) 个数"))
        }
        return numbers
    }
}
