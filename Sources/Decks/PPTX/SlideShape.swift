import Drawing

/// What becomes one object of a slide, named by what it shows.
indirect enum SlideShape {
    /// An outline, with the words in it where they are one line of it.
    case outline(Path, fill: Color?, stroke: Stroke?, text: TextLine?, name: String)
    /// A straight line, with an arrow head of so many pixels at its end.
    case line(Point, Point, Stroke, head: Double?, name: String)
    /// Lines under each other, each of pieces side by side.
    case text([[TextLine]], name: String, link: String?)
    case picture(Raster, Rect, name: String)
    /// A matrix, or what else has one name. Its words are for who does not see it.
    case group([SlideShape], name: String, step: String)

    /// The box of what is painted.
    var box: Rect? {
        switch self {
        case .outline(let path, _, let stroke, _, _): path.bounds?.outset(by: (stroke?.width ?? 0) / 2)
        case .line(let from, let to, _, _, _):
            Rect(min(from.x, to.x), min(from.y, to.y), abs(from.x - to.x), abs(from.y - to.y))
        case .text(let lines, _, _): lines.box
        case .picture(_, let rect, _): rect
        case .group(let shapes, _, _): shapes.box
        }
    }
}

extension [SlideShape] {
    var box: Rect? {
        reduce(nil) { box, shape in
            guard let own = shape.box else { return box }
            return box?.union(own) ?? own
        }
    }
}

extension [[TextLine]] {
    /// The box of their lines, side bearings and line heights included.
    var box: Rect? {
        joined().reduce(nil) { box, line in box?.union(line.rect) ?? line.rect }
    }
}

/// Reads a frame's items as objects that somebody can take hold of: a matrix is a group of its step's name, a cell a
/// shape with its number in it, a sentence one box of text however many lines it has, an arrow a line with a head.
struct ShapeReader {
    /// Of what is named, as often as it was met on this slide.
    private var names: [String: Int] = [:]

    mutating func shapes(of items: [Item], in step: String? = nil) -> [SlideShape] {
        var shapes: [SlideShape] = []
        var place = 0
        while place < items.count {
            guard let tag = items[place].tag, !tag.step.isEmpty, tag.step != step else {
                place += read(items, at: place, into: &shapes)
                continue
            }
            var end = place + 1
            while end < items.count, items[end].tag?.step == tag.step { end += 1 }
            var inner = Array(items[place..<end])
            // A group that is named as a whole is not put into another of its name.
            if inner.count == 1, tag.index.isEmpty, case .group(let own) = inner[0].content { inner = own }
            if inner.count == 1, !inner[0].isGroup {
                _ = read(inner, at: 0, into: &shapes)
            } else {
                let name = groupName(tag)
                shapes.append(.group(self.shapes(of: inner, in: tag.step), name: name, step: tag.shownStep))
            }
            place = end
        }
        return shapes
    }

    /// PowerPoint's morph pairs what bears the same name behind two exclamation marks.
    private mutating func groupName(_ tag: Tag) -> String {
        let name = "!!" + tag.shownStep
        names[name, default: 0] += 1
        let count = names[name] ?? 1
        return count == 1 ? name : "\(name) (\(count))"
    }

    /// Reads one item, or some that belong together.
    /// - Returns: how many.
    private mutating func read(_ items: [Item], at place: Int, into shapes: inout [SlideShape]) -> Int {
        let item = items[place]
        let name = item.tag?.shownName ?? ""
        switch item.content {
        case .text:
            let (lines, count) = TextRead.block(items, from: place)
            shapes.append(.text(lines, name: name, link: nil))
            return count
        case .image(let raster, let rect):
            shapes.append(.picture(raster, rect, name: name))
            return 1
        case .group(let inner):
            if let tag = item.tag, !tag.step.isEmpty {
                shapes.append(.group(self.shapes(of: inner, in: tag.step), name: name, step: tag.shownStep))
            } else {
                shapes += self.shapes(of: inner)
            }
            return 1
        case .link(let target, let inner):
            for shape in self.shapes(of: inner) {
                guard case .text(let lines, let name, _) = shape else {
                    shapes.append(shape)
                    continue
                }
                shapes.append(.text(lines, name: name, link: target))
            }
            return 1
        case .path(let path, let fill, let stroke):
            guard !path.elements.isEmpty, fill != nil || stroke != nil else { return 1 }
            let next = place + 1 < items.count ? items[place + 1] : nil
            if fill == nil, let stroke, let (from, to) = path.straight {
                if let next, next.tag == item.tag, let arrow = Arrowhead(next, of: stroke, from, to) {
                    shapes.append(.line(from, arrow.tip, stroke, head: arrow.length, name: name))
                    return 2
                }
                shapes.append(.line(from, to, stroke, head: nil, name: name))
                return 1
            }
            if let next, case .text(let line) = next.content, item.tag != nil, next.tag == item.tag,
                !line.isUpward, CellText(line, in: path) != nil,
                place + 2 >= items.count || items[place + 2].tag != item.tag
            {
                shapes.append(.outline(path, fill: fill, stroke: stroke, text: line, name: name))
                return 2
            }
            shapes.append(.outline(path, fill: fill, stroke: stroke, text: nil, name: name))
            return 1
        }
    }
}

/// The filled triangle at the end of a straight line.
private struct Arrowhead {
    var tip: Point
    var length: Double

    init?(_ item: Item, of stroke: Stroke, _ from: Point, _ to: Point) {
        guard case .path(let path, let fill?, nil) = item.content, fill == stroke.color, path.elements.count == 4,
            case .move(let tip) = path.elements[0], case .line(let one) = path.elements[1],
            case .line(let other) = path.elements[2], case .close = path.elements[3]
        else { return nil }
        let base = (one + other) * 0.5
        length = (tip - base).length
        let (along, ahead) = ((to - from).unit, (tip - base).unit)
        // It points the line's way, and begins where the line ends.
        guard along.x * ahead.x + along.y * ahead.y > 0.999, (tip - to).length <= length + 1, length > 1 else {
            return nil
        }
        self.tip = tip
    }
}

/// Where a cell's number stands in its shape: insets from the left and from below, nil where it would not stand exactly.
struct CellText {
    var left: Double
    var bottom: Double
    var isCentered: Bool

    init?(_ line: TextLine, in path: Path) {
        guard case .rectangle(let rect, let radius)? = path.whole else { return nil }
        // In a rounded rectangle PowerPoint sets text inside its corners.
        let corner = radius * 0.29289
        bottom = rect.maxY - line.rect.maxY - corner
        left = line.rect.minX - rect.minX - corner
        isCentered = abs(line.rect.midX - rect.midX) < 1
        guard bottom >= 0, left >= 0 || isCentered else { return nil }
    }
}

extension Tag {
    /// Without the mark of what is no step.
    var shownStep: String { derivedName ?? step }

    /// `blocks.0.attn.pattern[0,2,4,1]`
    var shownName: String {
        index.isEmpty ? shownStep : shownStep + "[" + index.map { "\($0)" }.joined(separator: ",") + "]"
    }
}

extension Item {
    fileprivate var isGroup: Bool { if case .group = content { true } else { false } }
}

extension Path {
    /// The ends of what is one straight line.
    fileprivate var straight: (Point, Point)? {
        guard elements.count == 2, case .move(let from) = elements[0], case .line(let to) = elements[1] else {
            return nil
        }
        return (from, to)
    }
}
