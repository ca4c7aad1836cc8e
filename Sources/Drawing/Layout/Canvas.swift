/// Collects what is placed: items, hot spots, and rectangles that later marks connect.
public struct Canvas: Sendable {
    public var items: [Item] = []
    public var hotSpots: [HotSpot] = []
    /// The rectangles of marks that were given a name with `anchored(_:)`.
    public var anchors: [String: Rect] = [:]

    public init() {}

    public mutating func add(_ content: Item.Content, tag: Tag? = nil) { items.append(Item(content, tag: tag)) }

    public mutating func fill(_ path: Path, _ color: Color, stroke: Stroke? = nil, tag: Tag? = nil) {
        add(.path(path, fill: color, stroke: stroke), tag: tag)
    }

    public mutating func stroke(_ path: Path, _ stroke: Stroke, tag: Tag? = nil) {
        add(.path(path, fill: nil, stroke: stroke), tag: tag)
    }

    public mutating func line(_ from: Point, _ to: Point, _ stroke: Stroke) { self.stroke(.line(from, to), stroke) }

    /// One line of text whose box (line height, not ink) is aligned on `point`; returns that box.
    ///
    /// `alignment` says which point of the box lies on `point`: `.leading` its left edge's middle, `.center` its centre.
    /// Vertically the middle of the capitals' height counts as the centre, so that letters sit centred in a cell.
    @discardableResult
    public mutating func text(
        _ string: String, at point: Point, _ font: Font, _ color: Color, _ alignment: Alignment = .center,
        upward: Bool = false, tag: Tag? = nil, in space: Space
    ) -> Rect {
        let metrics = space.metrics(string, font)
        let cap = font.size * Canvas.capHeight
        let up = Canvas.blend(metrics.ascent, cap / 2, -metrics.descent, alignment.vertical)
        let origin =
            upward
            ? Point(point.x + up, point.y + metrics.width * alignment.horizontal)
            : Point(point.x - metrics.width * alignment.horizontal, point.y + up)
        let line = TextLine(
            string, font: font, color: color, origin: origin, metrics: metrics, isUpward: upward)
        add(.text(line), tag: tag)
        return line.rect
    }

    /// One line of measured text whose baseline begins at `origin`.
    public mutating func text(
        _ string: String, from origin: Point, _ font: Font, _ color: Color, _ metrics: TextMetrics, tag: Tag? = nil
    ) {
        add(.text(TextLine(string, font: font, color: color, origin: origin, metrics: metrics)), tag: tag)
    }

    /// The height of capitals as a share of the size, the same for every face so that rows align.
    public static let capHeight = 0.72

    private static func blend(_ top: Double, _ middle: Double, _ bottom: Double, _ share: Double) -> Double {
        share <= 0.5 ? top + (middle - top) * share * 2 : middle + (bottom - middle) * (share * 2 - 1)
    }

    public mutating func hotSpot(_ rect: Rect, _ words: String, value: String? = nil, tag: Tag? = nil) {
        hotSpots.append(HotSpot(rect: rect, tag: tag, words: words, value: value))
    }

    /// Makes one group of all that `paint` adds, for those who move it.
    package mutating func group(_ tag: Tag?, _ paint: (inout Canvas) -> Void) {
        let start = items.count
        paint(&self)
        guard items.count > start else { return }
        let made = Array(items[start...])
        items.removeSubrange(start...)
        add(.group(made), tag: tag)
    }

    /// A plus sign, `arm` pixels from its middle to each end.
    public mutating func plus(_ center: Point, arm: Double, _ stroke: Stroke) {
        line(center - Point(arm, 0), center + Point(arm, 0), stroke)
        line(center - Point(0, arm), center + Point(0, arm), stroke)
    }

    /// A straight or bent line with an arrow head at its end.
    public mutating func arrow(_ path: Path, _ stroke: Stroke, head: Double = 9) {
        guard let (from, tip) = path.segments().last(where: { ($0.1 - $0.0).length > 0 }) else { return }
        self.stroke(path, stroke)
        fill(.arrowHead(from: from, tip: tip + (tip - from).unit * 1, length: head, width: head * 0.9), stroke.color)
    }

    public mutating func arrow(_ from: Point, _ to: Point, _ stroke: Stroke, head: Double = 9) {
        let direction = (to - from).unit
        line(from, to - direction * (head * 0.7), stroke)
        fill(.arrowHead(from: from, tip: to, length: head, width: head * 0.9), stroke.color)
    }
}
