import Drawing
import Tracing
import Wording

/// One layer as a flow: the residual stream straight through, two branches that leave it and come back by a sum.
struct LayerFlow: Mark {
    /// A tensor's picture with its name and shape.
    struct Stop: Sendable {
        var name: Phrase
        var shape: [Int]
        /// The widths of pictures one under the other, where they differ.
        var widths: [Int] = []
        /// One picture, or several: heads side by side, or queries, keys and values one under the other.
        var pictures: [Thumbnail]
        var arrangement: Arrangement = .single
        /// How wide it wants to be, compared with the others.
        var weight = 1.0
        /// `4 × 64`, or `4 × 64 · 16 · 16` where the pictures differ in width; where that is too long, each width once,
        /// and last without the rows, which the neighbours say.
        var shapeTexts: [String] {
            guard Set(widths).count > 1, let first = shape.first else { return [Numbers.shape(shape)] }
            let once = widths.enumerated().filter { place, width in place == 0 || width != widths[place - 1] }
            let (all, few) = (widths.map { String($0) }, once.map { String($0.element) })
            return [all, few].map { Numbers.shape([first]) + " × " + $0.joined(separator: " · ") }
                + [few.joined(separator: " · ")]
        }

        enum Arrangement: Sendable { case single, stack, grid }
    }

    struct Branch: Sendable {
        var title: Phrase
        var role: Role
        var stops: [Stop]
    }

    /// The stream before, between and after the branches.
    var stream: [Stop]
    var branches: [Branch]
    /// Whether the sum is normalised before it goes on.
    var isPostNorm: Bool
    /// In the small box on the stream.
    var normName: Phrase

    func extent(in space: Space) -> Extent {
        let room = Self.room(space)
        let layout = LayerFlowLayout(self, Rect(0, 0, room.width, room.height), space)
        return Extent(max(room.width, layout.least.width), max(room.height, layout.least.height))
    }

    static func room(_ space: Space) -> Size {
        space.room(or: Size(1400, 520))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let layout = LayerFlowLayout(self, rect, space)
        LayerFlowPainter(flow: self, layout: layout, space: space).paint(onto: &canvas)
    }
}

/// Where the stream, the branches and their stops lie.
struct LayerFlowLayout {
    /// The line of the stream, from its beginning to its end.
    var line: (from: Point, to: Point)
    /// The pictures of the stream.
    var stream: [Rect] = []
    var panels: [Rect] = []
    /// The pictures of each branch.
    var stops: [[Rect]] = []
    /// Where each branch leaves the stream, and where it is added.
    var leaves: [Point] = []
    var joins: [Point] = []
    /// Where the sum is normalised, in a post-norm layer.
    var norms: [Point] = []
    var isLevel: Bool
    var least: Size

    static let caption = 21.0
    static let radius = 13.0

    init(_ flow: LayerFlow, _ rect: Rect, _ space: Space) {
        isLevel = rect.width >= 1000 && rect.width > rect.height * 1.35
        line = (rect.origin, rect.origin)
        least = isLevel ? Size(1000, 214) : Size(520, 296)
        if isLevel { layLevel(flow, rect) } else { layUpright(flow, rect) }
    }

    /// The stream on top, the branches side by side under it.
    private mutating func layLevel(_ flow: LayerFlow, _ rect: Rect) {
        let picture = Size(min(120, rect.width * 0.082), max(24, min(66, rect.height * 0.13)))
        let y = rect.minY + Self.caption + picture.height / 2
        let count = Double(max(1, flow.branches.count))
        line = (Point(rect.minX, y), Point(rect.maxX, y))
        let top = rect.minY + Self.caption + picture.height + Self.caption + 26
        let pitch = (rect.width - picture.width) / count
        for (place, branch) in flow.branches.enumerated() {
            let left = rect.minX + picture.width / 2 + Double(place) * pitch
            let panel = Rect(left + 12, top, pitch - 24, max(90, rect.maxY - top))
            let inner = panel.inset(by: Insets(top: 34, left: 34, bottom: 48, right: flow.isPostNorm ? 100 : 34))
            let rects = Self.row(branch.stops, inner)
            panels.append(panel)
            stops.append(rects)
            leaves.append(Point(rects.first?.midX ?? panel.minX, y))
            let end = rects.last?.midX ?? panel.maxX
            joins.append(Point(end, y))
        }
        for place in flow.stream.indices {
            let x = rect.minX + Double(place) * pitch
            stream.append(Rect(x, y - picture.height / 2, picture.width, picture.height))
        }
        if flow.isPostNorm {
            norms = joins.indices.map { place in
                let next = place + 1 < stream.count ? stream[place + 1].minX : rect.maxX
                return Point((joins[place].x + next) / 2 + 4, y)
            }
        }
    }

    /// The stream at the left from top to bottom, the branches one under the other beside it.
    private mutating func layUpright(_ flow: LayerFlow, _ rect: Rect) {
        let count = Double(max(1, flow.branches.count))
        // A sum that is normalised wants room for it.
        let share = flow.isPostNorm ? 0.045 : 0.08
        let picture = Size(min(110, rect.width * 0.13), max(18, min(60, rect.height * share)))
        let x = rect.minX + picture.width / 2
        let captions = 2 * Self.caption
        let free = rect.height - captions - picture.height
        let pitch = free / count
        line = (Point(x, rect.minY + Self.caption), Point(x, rect.maxY - Self.caption))
        for place in flow.stream.indices {
            stream.append(
                Rect(
                    rect.minX, rect.minY + Self.caption + Double(place) * pitch, picture.width,
                    picture.height))
        }
        for (place, branch) in flow.branches.enumerated() {
            let top = rect.minY + Double(place) * pitch + 8
            let panel = Rect(
                rect.minX + picture.width + 36, top, rect.width - picture.width - 36, pitch - 14)
            let inner = panel.inset(by: Insets(top: 44, left: 20, bottom: 40, right: 20))
            let rects = Self.row(branch.stops, inner)
            panels.append(panel)
            stops.append(rects)
            let first = stream[place].maxY + Self.caption
            let last = place + 1 < stream.count ? stream[place + 1].minY - Self.caption : rect.maxY
            leaves.append(Point(x, min(first + (flow.isPostNorm ? 7 : 12), (first + last) / 2)))
            joins.append(
                Point(
                    x,
                    max(
                        last - Self.radius - (flow.isPostNorm ? 36 : 6),
                        flow.isPostNorm ? first + 7 + Self.radius : (first + last) / 2)))
        }
        if flow.isPostNorm { norms = joins.map { Point($0.x, $0.y + Self.radius + 16) } }
    }

    /// The box in which the sum before stream picture `place` is normalised.
    func normBox(_ place: Int, width: Double) -> Rect? {
        guard place < norms.count else { return nil }
        return Rect(norms[place].x - width / 2, norms[place].y - 13, width, 26)
    }

    /// Stops side by side, their widths by weight, all as high as the room.
    private static func row(_ stops: [LayerFlow.Stop], _ area: Rect) -> [Rect] {
        guard !stops.isEmpty else { return [] }
        let gap = min(40, area.width * 0.06)
        let weights = stops.reduce(0) { $0 + $1.weight }
        let free = area.width - gap * Double(stops.count - 1)
        var x = area.minX
        return stops.map { stop in
            let width = max(10, free * stop.weight / weights)
            let height =
                stop.arrangement == .grid ? area.height : min(area.height, stop.arrangement == .stack ? 230 : 150)
            defer { x += width + gap }
            return Rect(x, area.midY - height / 2, width, max(16, height))
        }
    }
}
