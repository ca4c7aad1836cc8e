import Drawing
import Platform
import Wording

/// Writes one slide: its title and its number as placeholders, and between them everything that the figure shows.
struct SlideWriter {
    let slide: DeckSlide
    let language: Language
    let theme: Theme
    /// The number of the picture that a raster is kept as.
    let media: (Raster, Rect) throws -> Int

    var xml = XMLText()
    private var ids = 1
    /// Of the slide's pictures, and the addresses that its links lead to, by their numbers among its relations.
    var relations = SlideRelations()
    private var alignments: TextAlignments

    init(
        _ slide: DeckSlide, language: Language, theme: Theme, media: @escaping (Raster, Rect) throws -> Int
    ) {
        self.slide = slide
        self.language = language
        self.theme = theme
        self.media = media
        alignments = TextAlignments(slide.frame.items)
    }

    mutating func nextID() -> Int {
        ids += 1
        return ids
    }

    mutating func write() throws {
        var items = slide.frame.items
        let title = TextRead.title(slide.title, in: items)
        if let title { items.removeSubrange(title.range) }
        var reader = ShapeReader()
        var shapes = reader.shapes(of: items)
        // Who does not see the picture is told of it once: by its largest matrix, or by all of it where it has none.
        if !shapes.contains(where: \.isGroup), !shapes.isEmpty {
            shapes = [.group(shapes, name: "!!" + slide.id, step: "")]
        }
        xml.raw(XMLParts.declaration)
        xml.raw("<p:sld")
        xml.raw(XMLParts.namespaces)
        xml.raw("><p:cSld>")
        if slide.paper != theme.paper {
            xml.raw("<p:bg><p:bgPr>")
            xml.fill(slide.paper)
            xml.raw("<a:effectLst/></p:bgPr></p:bg>")
        }
        xml.raw("<p:spTree>")
        xml.raw(XMLParts.root)
        write(title: title?.lines)
        let main = shapes.indices.filter { shapes[$0].isGroup }.max { shapes[$0].area < shapes[$1].area }
        for (place, shape) in shapes.enumerated() {
            try write(shape, says: place == main ? slide.frame.altText : nil)
        }
        writeNumber()
        xml.raw("</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>")
        if slide.isMotion { xml.raw(XMLParts.morph) }
        xml.raw("</p:sld>")
    }

    // MARK: Placeholders

    private mutating func write(title lines: [[TextLine]]?) {
        xml.raw("<p:sp><p:nvSpPr><p:cNvPr")
        xml.attribute("id", nextID())
        xml.raw(
            " name=\"!!title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr>")
        xml.raw("</p:nvSpPr><p:spPr>")
        let margin = lines?.box?.minX ?? 67
        // A picture without words of its own still has a title: above the slide, where it is read and not seen.
        let box = lines?.box ?? Rect(margin, -80, 0, 50)
        xml.place(Rect(box.minX, box.minY, max(Deck.size.width - 2 * margin, box.width), box.height))
        xml.raw(
            "</p:spPr><p:txBody><a:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"b\">")
        xml.raw("<a:noAutofit/></a:bodyPr><a:lstStyle/><a:p>")
        if let lines {
            writeSpacing(lines, algn: nil)
            // One text, that wraps by itself: a title is read in outlines, too.
            let words = lines.map { $0.map(\.string).joined() }
            var text = words.first ?? ""
            for next in words.dropFirst() {
                let isTight = text.last?.isWhitespace ?? true || text.last?.isHan == true && next.first?.isHan == true
                text += (isTight ? "" : " ") + next
            }
            if let first = lines.first?.first { writeRun(text, first, link: nil, isTitle: true) }
        } else {
            xml.raw("<a:r><a:rPr lang=\"")
            xml.markup(language.tag)
            xml.raw("\"/><a:t>")
            xml.words(slide.title)
            xml.raw("</a:t></a:r>")
        }
        xml.raw("</a:p></p:txBody></p:sp>")
    }

    private mutating func writeNumber() {
        xml.raw("<p:sp><p:nvSpPr><p:cNvPr")
        xml.attribute("id", nextID())
        xml.raw(" name=\"!!number\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>")
        xml.raw("<p:ph type=\"sldNum\" sz=\"quarter\" idx=\"12\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>")
        xml.raw(
            "<a:lstStyle/><a:p><a:fld id=\"{7A5C1E00-0000-4000-8000-000000000001}\" type=\"slidenum\"><a:rPr lang=\"")
        xml.markup(language.tag)
        xml.raw("\"/><a:t>‹#›</a:t></a:fld></a:p></p:txBody></p:sp>")
    }

    // MARK: Shapes

    /// Begins an object: its name, its words for who does not see it, or that there is nothing to say of it.
    private mutating func begin(_ name: String, _ kind: StaticString, says words: String? = nil, isMark: Bool = false) {
        let id = nextID()
        xml.raw("<p:cNvPr")
        xml.attribute("id", id)
        xml.raw(" name=\"")
        if name.isEmpty {
            xml.raw(kind)
            xml.raw(" ")
            xml.number(id)
        } else {
            xml.words(name)
        }
        xml.raw("\"")
        if let words, !words.isEmpty { xml.attribute("descr", words) }
        guard isMark else { return xml.raw("/>") }
        xml.raw(">")
        xml.raw(XMLParts.decorative)
        xml.raw("</p:cNvPr>")
    }

    private mutating func write(_ shape: SlideShape, says words: String?, isInside: Bool = false) throws {
        switch shape {
        case .group(let shapes, let name, let step):
            guard let box = shapes.box else { return }
            xml.raw("<p:grpSp><p:nvGrpSpPr>")
            begin(name, "Group", says: words ?? said(step))
            xml.raw("<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>")
            xml.place(box, isGroup: true)
            xml.raw("</p:grpSpPr>")
            for inner in shapes { try write(inner, says: nil, isInside: true) }
            xml.raw("</p:grpSp>")
        case .picture(let raster, let rect, let name):
            guard raster.width > 0, raster.height > 0 else { return }
            let relation = relations.image(try media(raster, rect))
            xml.raw("<p:pic><p:nvPicPr>")
            begin(name, "Picture", says: words ?? (name.isEmpty ? slide.frame.altText : name))
            xml.raw("<p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed=\"rId")
            xml.number(relation)
            xml.raw("\"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>")
            xml.place(rect)
            xml.raw("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>")
        case .line(let from, let to, let stroke, let head, let name):
            xml.raw("<p:cxnSp><p:nvCxnSpPr>")
            begin(name, head == nil ? "Line" : "Arrow", isMark: name.isEmpty && !isInside)
            xml.raw("<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr>")
            let box = Rect(min(from.x, to.x), min(from.y, to.y), abs(to.x - from.x), abs(to.y - from.y))
            xml.place(box, flipsDown: to.y < from.y, flipsAcross: to.x < from.x)
            xml.raw("<a:prstGeom prst=\"line\"><a:avLst/></a:prstGeom>")
            xml.line(stroke, head: head.map { Self.headSize($0, of: stroke) })
            xml.raw("</p:spPr></p:cxnSp>")
        case .outline(let path, let fill, let stroke, let text, let name):
            guard let bounds = path.bounds else { return }
            xml.raw("<p:sp><p:nvSpPr>")
            begin(name, "Shape", isMark: name.isEmpty && !isInside)
            xml.raw("<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>")
            write(path, bounds, isFilled: fill != nil)
            xml.fill(fill)
            xml.line(stroke, isRectangle: path.whole?.isRectangle ?? false)
            xml.raw("</p:spPr>")
            if let text, let place = CellText(text, in: path) {
                writeBody(
                    [[text]], side: place.isCentered ? .center : .left, bottom: place.bottom,
                    left: place.isCentered ? 0 : place.left, link: nil)
            }
            xml.raw("</p:sp>")
        case .text(let lines, let name, let link):
            guard let box = lines.box, let first = lines.first?.first else { return }
            xml.raw("<p:sp><p:nvSpPr>")
            begin(name, "Text")
            xml.raw("<p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>")
            xml.place(box)
            xml.raw("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>")
            writeBody(
                lines, side: first.isUpward ? .center : alignments.side(of: lines), isUpward: first.isUpward, link: link
            )
            xml.raw("</p:sp>")
        }
    }

    /// PowerPoint has three sizes of heads: two, three and five widths of the line, or of one of two points where it is
    /// thinner.
    private static func headSize(_ pixels: Double, of stroke: Stroke) -> StaticString {
        let widths = pixels / max(stroke.width, 2 / 0.6)
        return widths < 2.5 ? "sm" : widths < 4 ? "med" : "lg"
    }

    private mutating func write(_ path: Path, _ bounds: Rect, isFilled: Bool) {
        switch path.whole {
        case .rectangle(let rect, let radius)?:
            xml.place(rect)
            guard radius > 0, min(rect.width, rect.height) > 0 else {
                return xml.raw("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>")
            }
            xml.raw("<a:prstGeom prst=\"roundRect\"><a:avLst><a:gd name=\"adj\" fmla=\"val ")
            xml.number(min(50_000, Int(clamping: (radius / min(rect.width, rect.height) * 100_000).rounded())))
            xml.raw("\"/></a:avLst></a:prstGeom>")
        case .circle(let center, let radius)?:
            xml.place(Rect(center.x - radius, center.y - radius, 2 * radius, 2 * radius))
            xml.raw("<a:prstGeom prst=\"ellipse\"><a:avLst/></a:prstGeom>")
        case nil:
            xml.place(bounds)
            xml.raw("<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/>")
            xml.raw("<a:pathLst><a:path")
            xml.attribute("w", XMLText.emu(bounds.maxX) - XMLText.emu(bounds.minX))
            xml.attribute("h", XMLText.emu(bounds.maxY) - XMLText.emu(bounds.minY))
            xml.raw(isFilled ? ">" : " fill=\"none\">")
            let origin = (x: XMLText.emu(bounds.minX), y: XMLText.emu(bounds.minY))
            func point(_ point: Point) {
                xml.raw("<a:pt")
                xml.attribute("x", XMLText.emu(point.x) - origin.x)
                xml.attribute("y", XMLText.emu(point.y) - origin.y)
                xml.raw("/>")
            }
            for element in path.elements {
                switch element {
                case .move(let to):
                    xml.raw("<a:moveTo>")
                    point(to)
                    xml.raw("</a:moveTo>")
                case .line(let to):
                    xml.raw("<a:lnTo>")
                    point(to)
                    xml.raw("</a:lnTo>")
                case .curve(let first, let second, let end):
                    xml.raw("<a:cubicBezTo>")
                    point(first)
                    point(second)
                    point(end)
                    xml.raw("</a:cubicBezTo>")
                case .close: xml.raw("<a:close/>")
                }
            }
            xml.raw("</a:path></a:pathLst></a:custGeom>")
        }
    }

    /// A matrix in words: its name, and the numbers of it that are here.
    private func said(_ step: String) -> String? {
        guard !step.isEmpty else { return nil }
        let values = slide.frame.hotSpots.filter { $0.tag?.shownStep == step }.compactMap {
            $0.value.flatMap(Double.init)
        }
        guard let least = values.min(), let most = values.max() else { return step }
        return DeckText.matrix.phrase.filled([
            "name": Phrase(step), "count": "\(values.count)", "least": Phrase(Numbers.significant(least)),
            "most": Phrase(Numbers.significant(most)),
        ])[language]
    }
}

extension SlideShape {
    fileprivate var isGroup: Bool { if case .group = self { true } else { false } }
    fileprivate var area: Double { box.map { $0.width * $0.height } ?? 0 }
}

/// What a slide refers to.
struct SlideRelations: Sendable {
    /// Numbers of pictures, then addresses; the first relation is the layout, the second the notes.
    private(set) var targets: [Target] = []

    enum Target: Sendable, Hashable {
        case image(Int)
        case address(String)
    }

    mutating func image(_ number: Int) -> Int { add(.image(number)) }
    mutating func address(_ address: String) -> Int { add(.address(address)) }

    private mutating func add(_ target: Target) -> Int {
        if let place = targets.firstIndex(of: target) { return place + 3 }
        targets.append(target)
        return targets.count + 2
    }
}
