/// An arrow between neighbours. Its words are part of its width, so that they never touch what is beside it.
public struct Arrow: Mark {
    public enum Direction: Sendable, Hashable { case right, down, left, up }

    public var direction: Direction
    /// Above the line (or to its right), and below it (or to its left).
    public var above: AnyMark?
    public var below: AnyMark?
    public var length: Double
    private var tint: Tint = .muted

    public init(
        _ direction: Direction = .right, above: AnyMark? = nil, below: AnyMark? = nil, length: Double = 44
    ) {
        self.direction = direction
        self.above = above
        self.below = below
        self.length = length
    }

    /// With words above the line, small.
    public init(_ direction: Direction = .right, _ words: String, length: Double = 44) {
        self.init(direction, above: Text(words).font(.small).color(.muted).any, length: length)
    }

    public func color(_ tint: Tint) -> Arrow { with { $0.tint = tint } }

    private var isLevel: Bool { direction == .right || direction == .left }
    private static let gap = 7.0

    public var isRoomBound: Bool { above?.isRoomBound ?? false || below?.isRoomBound ?? false }

    public func extent(in space: Space) -> Extent {
        let up = above?.size(in: space) ?? .zero
        let down = below?.size(in: space) ?? .zero
        let spread = space.density.stretch
        let length = length * min(2.4, isLevel ? spread.width : spread.height)
        if isLevel {
            let width = max(length, up.width + 8, down.width + 8)
            let half = max(up.height + (above == nil ? 6 : Arrow.gap), down.height + (below == nil ? 6 : Arrow.gap))
            return Extent(width, 2 * half, axis: half)
        }
        let half = max(up.width + (above == nil ? 6 : Arrow.gap), down.width + (below == nil ? 6 : Arrow.gap))
        return Extent(2 * half, max(length, up.height, down.height))
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        guard space.vectors == nil else {
            canvas.group(.derived("arrow")) { paint(in: rect, space, onto: &$0) }
            return
        }
        paint(in: rect, space, onto: &canvas)
    }

    private func paint(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let stroke = Stroke(space.theme.color(tint), width: 2)
        let (from, to): (Point, Point) =
            switch direction {
            case .right: (Point(rect.minX, rect.midY), Point(rect.maxX, rect.midY))
            case .left: (Point(rect.maxX, rect.midY), Point(rect.minX, rect.midY))
            case .down: (Point(rect.midX, rect.minY), Point(rect.midX, rect.maxY))
            case .up: (Point(rect.midX, rect.maxY), Point(rect.midX, rect.minY))
            }
        canvas.arrow(from, to, stroke, head: 11)
        let middle = rect.center
        if isLevel {
            above?.place(at: Point(middle.x, middle.y - Arrow.gap), .bottom, space, onto: &canvas)
            below?.place(at: Point(middle.x, middle.y + Arrow.gap), .top, space, onto: &canvas)
        } else {
            above?.place(at: Point(middle.x + Arrow.gap, middle.y), .leading, space, onto: &canvas)
            below?.place(at: Point(middle.x - Arrow.gap, middle.y), .trailing, space, onto: &canvas)
        }
    }
}

/// An operator between matrices: × = + or a short name.
public struct Symbol: Mark {
    public var text: String
    private var tint: Tint = .muted
    private var size: Double?

    public init(_ text: String) { self.text = text }

    public func color(_ tint: Tint) -> Symbol { with { $0.tint = tint } }
    public func size(_ size: Double) -> Symbol { with { $0.size = size } }

    private func font(_ space: Space) -> Font {
        Font(.math, size: size ?? space.density.label.size * 1.7)
    }

    public var isRoomBound: Bool { false }

    public func extent(in space: Space) -> Extent {
        let metrics = space.metrics(text, font(space))
        let height = metrics.inkAscent + metrics.inkDescent
        return Extent(metrics.width, max(8, height))
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        if text == "·" {
            // The face's own dot is lost between two matrices.
            canvas.fill(.circle(rect.center, radius: font(space).size * 0.11), space.theme.color(tint))
            return
        }
        let font = font(space)
        let metrics = space.metrics(text, font)
        // Centred by its ink: operators sit on the axis of the matrices whatever the face's baseline.
        let y = rect.midY + (metrics.inkAscent - metrics.inkDescent) / 2
        let origin = Point(rect.midX - metrics.width / 2, y)
        canvas.text(
            text, from: origin, font, space.theme.color(tint), metrics,
            tag: space.vectors == nil ? nil : .derived(text))
    }
}
