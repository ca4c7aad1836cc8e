import Platform

/// A place on a canvas, in pixels at scale 1; x grows to the right, y downwards.
public struct Point: Sendable, Hashable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    public static let zero = Point(0, 0)

    public static func + (left: Point, right: Point) -> Point { Point(left.x + right.x, left.y + right.y) }
    public static func - (left: Point, right: Point) -> Point { Point(left.x - right.x, left.y - right.y) }
    public static func * (left: Point, right: Double) -> Point { Point(left.x * right, left.y * right) }

    /// Distance from the origin.
    public var length: Double { (x * x + y * y).squareRoot() }

    /// The same direction with length 1; zero stays zero.
    public var unit: Point { length > 0 ? self * (1 / length) : self }

    /// Turned a quarter clockwise (on a canvas whose y grows downwards).
    public var turned: Point { Point(-y, x) }
}

/// Width and height in pixels at scale 1.
public struct Size: Sendable, Hashable {
    public var width: Double
    public var height: Double

    public init(_ width: Double, _ height: Double) {
        self.width = width
        self.height = height
    }

    public static let zero = Size(0, 0)

    /// Whether this fits inside `other`, forgiving the rounding of sums.
    public func fits(in other: Size) -> Bool {
        width <= other.width + 1e-6 && height <= other.height + 1e-6
    }
}

/// Distances from the four edges of a rectangle.
public struct Insets: Sendable, Hashable {
    public var top: Double
    public var left: Double
    public var bottom: Double
    public var right: Double

    public init(top: Double = 0, left: Double = 0, bottom: Double = 0, right: Double = 0) {
        self.top = top
        self.left = left
        self.bottom = bottom
        self.right = right
    }

    public init(_ all: Double) { self.init(top: all, left: all, bottom: all, right: all) }

    public init(horizontal: Double = 0, vertical: Double = 0) {
        self.init(top: vertical, left: horizontal, bottom: vertical, right: horizontal)
    }
}

/// A rectangle by its top left corner and its size.
public struct Rect: Sendable, Hashable {
    public var origin: Point
    public var size: Size

    public init(origin: Point, size: Size) {
        self.origin = origin
        self.size = size
    }

    public init(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
        origin = Point(x, y)
        size = Size(width, height)
    }

    public var minX: Double { origin.x }
    public var minY: Double { origin.y }
    public var maxX: Double { origin.x + size.width }
    public var maxY: Double { origin.y + size.height }
    public var midX: Double { origin.x + size.width / 2 }
    public var midY: Double { origin.y + size.height / 2 }
    public var width: Double { size.width }
    public var height: Double { size.height }
    public var center: Point { Point(midX, midY) }

    public func inset(by insets: Insets) -> Rect {
        Rect(
            minX + insets.left, minY + insets.top, max(0, width - insets.left - insets.right),
            max(0, height - insets.top - insets.bottom))
    }

    public func inset(by all: Double) -> Rect {
        Rect(minX + all, minY + all, max(0, width - 2 * all), max(0, height - 2 * all))
    }

    /// Grown by `all` on every side.
    public func outset(by all: Double) -> Rect {
        Rect(minX - all, minY - all, width + 2 * all, height + 2 * all)
    }

    public func moved(by offset: Point) -> Rect { Rect(origin: origin + offset, size: size) }

    public func union(_ other: Rect) -> Rect {
        let x = min(minX, other.minX)
        let y = min(minY, other.minY)
        return Rect(x, y, max(maxX, other.maxX) - x, max(maxY, other.maxY) - y)
    }

    public func contains(_ point: Point) -> Bool {
        point.x >= minX && point.x <= maxX && point.y >= minY && point.y <= maxY
    }

    public func contains(_ other: Rect) -> Bool {
        other.minX >= minX && other.maxX <= maxX && other.minY >= minY && other.maxY <= maxY
    }

    /// The common part, or nil where the two do not share an area.
    public func intersection(_ other: Rect) -> Rect? {
        let x = max(minX, other.minX)
        let y = max(minY, other.minY)
        let width = min(maxX, other.maxX) - x
        let height = min(maxY, other.maxY) - y
        return width > 0 && height > 0 ? Rect(x, y, width, height) : nil
    }
}

/// Where something smaller sits inside something larger, as fractions of the room left over.
public struct Alignment: Sendable, Hashable {
    public var horizontal: Double
    public var vertical: Double

    public init(horizontal: Double, vertical: Double) {
        self.horizontal = horizontal
        self.vertical = vertical
    }

    public static let center = Alignment(horizontal: 0.5, vertical: 0.5)
    public static let top = Alignment(horizontal: 0.5, vertical: 0)
    public static let bottom = Alignment(horizontal: 0.5, vertical: 1)
    public static let leading = Alignment(horizontal: 0, vertical: 0.5)
    public static let trailing = Alignment(horizontal: 1, vertical: 0.5)
    public static let topLeading = Alignment(horizontal: 0, vertical: 0)

    /// The rectangle of `size` so aligned inside `outer`.
    public func place(_ size: Size, in outer: Rect) -> Rect {
        Rect(
            outer.minX + (outer.width - size.width) * horizontal,
            outer.minY + (outer.height - size.height) * vertical, size.width, size.height)
    }
}
