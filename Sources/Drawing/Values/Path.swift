import Platform

/// An outline of straight and cubic pieces.
public struct Path: Sendable, Hashable {
    public enum Element: Sendable, Hashable {
        case move(Point)
        case line(Point)
        /// A cubic Bézier piece: two control points, then its end.
        case curve(Point, Point, Point)
        case close
    }

    public private(set) var elements: [Element] = []

    /// Set while the whole path is one rectangle or circle, so that painters can write it as one.
    public private(set) var whole: Whole?

    public enum Whole: Sendable, Hashable {
        /// The radius of its corners is zero where they are square.
        case rectangle(Rect, radius: Double)
        case circle(Point, radius: Double)

        /// The corner of a rectangle, the middle of a circle.
        var origin: Point {
            switch self {
            case .rectangle(let rect, _): rect.origin
            case .circle(let center, _): center
            }
        }

        public var isRectangle: Bool { if case .rectangle = self { true } else { false } }

        func scaled(_ zoom: Zoom) -> Whole {
            switch self {
            case .rectangle(let rect, let radius): .rectangle(zoom(rect), radius: radius * zoom.factor)
            case .circle(let center, let radius): .circle(zoom(center), radius: radius * zoom.factor)
            }
        }
    }

    public init() {}

    /// One rectangle or circle, its sides and radius as they are given.
    init(_ whole: Whole) {
        switch whole {
        case .rectangle(let rect, let radius): self = .rounded(rect, radius: radius)
        case .circle(let center, let radius): self = .circle(center, radius: radius)
        }
        self.whole = whole
    }

    public mutating func move(to point: Point) { append(.move(point)) }
    public mutating func line(to point: Point) { append(.line(point)) }
    public mutating func curve(to end: Point, _ first: Point, _ second: Point) { append(.curve(first, second, end)) }
    public mutating func close() { append(.close) }

    public mutating func add(_ other: Path) {
        whole = elements.isEmpty ? other.whole : nil
        elements += other.elements
    }

    private mutating func append(_ element: Element) {
        whole = nil
        elements.append(element)
    }

    public static func rectangle(_ rect: Rect) -> Path { rounded(rect, radius: 0) }

    public static func line(_ from: Point, _ to: Point) -> Path { polyline([from, to]) }

    public static func polyline(_ points: [Point], closed: Bool = false) -> Path {
        var path = Path()
        for (index, point) in points.enumerated() {
            if index == 0 { path.move(to: point) } else { path.line(to: point) }
        }
        if closed { path.close() }
        return path
    }

    /// A rectangle whose corners are quarter circles; the radius is at most half the shorter side.
    public static func rounded(_ rect: Rect, radius: Double) -> Path {
        let r = max(0, min(radius, min(rect.width, rect.height) / 2))
        var path = Path()
        if r == 0 {
            path.elements = [
                .move(rect.origin), .line(Point(rect.maxX, rect.minY)), .line(Point(rect.maxX, rect.maxY)),
                .line(Point(rect.minX, rect.maxY)), .close,
            ]
        } else {
            let k = r * 0.447_715_25  // distance of a control point from the corner: r · (1 − 4/3·(√2 − 1))
            let (x0, y0, x1, y1) = (rect.minX, rect.minY, rect.maxX, rect.maxY)
            path.elements = [
                .move(Point(x0 + r, y0)), .line(Point(x1 - r, y0)),
                .curve(Point(x1 - k, y0), Point(x1, y0 + k), Point(x1, y0 + r)), .line(Point(x1, y1 - r)),
                .curve(Point(x1, y1 - k), Point(x1 - k, y1), Point(x1 - r, y1)), .line(Point(x0 + r, y1)),
                .curve(Point(x0 + k, y1), Point(x0, y1 - k), Point(x0, y1 - r)), .line(Point(x0, y0 + r)),
                .curve(Point(x0, y0 + k), Point(x0 + k, y0), Point(x0 + r, y0)), .close,
            ]
        }
        path.whole = .rectangle(rect, radius: r)
        return path
    }

    public static func circle(_ center: Point, radius: Double) -> Path {
        var path = rounded(
            Rect(center.x - radius, center.y - radius, 2 * radius, 2 * radius), radius: radius)
        path.whole = .circle(center, radius: max(0, radius))
        return path
    }

    /// A filled triangle with its tip at `tip`, pointing the way from `from`.
    public static func arrowHead(from: Point, tip: Point, length: Double = 9, width: Double = 9) -> Path {
        let direction = (tip - from).unit
        let base = tip - direction * length
        let side = direction.turned * (width / 2)
        return polyline([tip, base + side, base - side], closed: true)
    }

    /// A smooth line that leaves `from` and reaches `to` horizontally.
    public static func ribbon(_ from: Point, _ to: Point) -> Path {
        var path = Path()
        let middle = (from.x + to.x) / 2
        path.move(to: from)
        path.curve(to: to, Point(middle, from.y), Point(middle, to.y))
        return path
    }

    /// A smooth line that leaves `from` and reaches `to` vertically.
    public static func fall(_ from: Point, _ to: Point) -> Path {
        var path = Path()
        let middle = (from.y + to.y) / 2
        path.move(to: from)
        path.curve(to: to, Point(from.x, middle), Point(to.x, middle))
        return path
    }

    /// Straight pieces from point to point, with rounded corners.
    package static func turning(_ points: [Point], radius: Double) -> Path {
        var path = Path()
        for (index, corner) in points.enumerated() {
            guard index > 0, index + 1 < points.count else {
                if index == 0 { path.move(to: corner) } else { path.line(to: corner) }
                continue
            }
            let (before, after) = (corner - points[index - 1], points[index + 1] - corner)
            let reach = min(radius, before.length / 2, after.length / 2)
            let (from, to) = (before.unit * reach, after.unit * reach)
            path.line(to: corner - from)
            path.curve(to: corner + to, corner - from * 0.5, corner + to * 0.5)
        }
        return path
    }

    package func scaled(_ zoom: Zoom) -> Path {
        var path = Path()
        path.elements = elements.map { element in
            switch element {
            case .move(let point): .move(zoom(point))
            case .line(let point): .line(zoom(point))
            case .curve(let first, let second, let end): .curve(zoom(first), zoom(second), zoom(end))
            case .close: .close
            }
        }
        path.whole = whole?.scaled(zoom)
        return path
    }

    /// The box around all points, control points included; nil for an empty path.
    public var bounds: Rect? {
        var low = Point(.infinity, .infinity)
        var high = Point(-.infinity, -.infinity)
        func meet(_ point: Point) {
            low = Point(min(low.x, point.x), min(low.y, point.y))
            high = Point(max(high.x, point.x), max(high.y, point.y))
        }
        for element in elements {
            switch element {
            case .move(let point), .line(let point): meet(point)
            case .curve(let first, let second, let end):
                meet(first)
                meet(second)
                meet(end)
            case .close: break
            }
        }
        return low.x <= high.x ? Rect(low.x, low.y, high.x - low.x, high.y - low.y) : nil
    }

    /// The path as straight pieces, each curve cut in `steps`.
    public func segments(steps: Int = 8) -> [(Point, Point)] {
        var result: [(Point, Point)] = []
        var start = Point.zero
        var current = Point.zero
        for element in elements {
            switch element {
            case .move(let point):
                start = point
                current = point
            case .line(let point):
                result.append((current, point))
                current = point
            case .curve(let first, let second, let end):
                let begin = current
                for step in 1...steps {
                    let t = Double(step) / Double(steps)
                    let u = 1 - t
                    let next =
                        begin * (u * u * u) + first * (3 * u * u * t) + second * (3 * u * t * t) + end * (t * t * t)
                    result.append((current, next))
                    current = next
                }
            case .close:
                result.append((current, start))
                current = start
            }
        }
        return result
    }
}
