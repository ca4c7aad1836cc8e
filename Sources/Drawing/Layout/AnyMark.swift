/// A mark of any kind.
public struct AnyMark: Mark {
    public let stretch: Stretch
    private let extent: @Sendable (Space) -> Extent
    private let settle: @Sendable (Space) -> Settled
    private let place: @Sendable (Rect, Space, inout Canvas) -> Void

    public init(_ mark: some Mark) {
        stretch = mark.stretch
        extent = { mark.extent(in: $0) }
        settle = { mark.settled(in: $0) }
        place = { mark.place(in: $0, $1, onto: &$2) }
    }

    public init(_ mark: AnyMark) { self = mark }

    public func extent(in space: Space) -> Extent { extent(space) }
    public func settled(in space: Space) -> Settled { settle(space) }
    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) { place(rect, space, &canvas) }
    public var any: AnyMark { self }
}

/// A text measurer of any kind.
public struct AnyTextMeasurer: TextMeasurer {
    private let measure: @Sendable (String, Font) -> TextMetrics

    public init(_ measure: @escaping @Sendable (String, Font) -> TextMetrics) { self.measure = measure }

    public func metrics(of string: String, in font: Font) -> TextMetrics { measure(string, font) }
    public var any: AnyTextMeasurer { self }
}
