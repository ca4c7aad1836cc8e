/// Room around a mark.
public struct Padding: Mark {
    public var insets: Insets
    public var mark: AnyMark

    public init(_ insets: Insets, _ mark: some Mark) {
        self.insets = insets
        self.mark = mark.any
    }

    public var stretch: Stretch { mark.stretch }
    public var isRoomBound: Bool { mark.isRoomBound }

    public func extent(in space: Space) -> Extent {
        let inner = mark.extent(in: shrunk(space))
        return Extent(
            inner.width + insets.left + insets.right, inner.height + insets.top + insets.bottom,
            axis: inner.axis + insets.top)
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        mark.place(in: rect.inset(by: insets), shrunk(space), onto: &canvas)
    }

    private func shrunk(_ space: Space) -> Space {
        space.with(
            width: max(0, space.width - insets.left - insets.right),
            height: max(0, space.height - insets.top - insets.bottom))
    }
}

/// A mark in a box of a given width or height, or both.
public struct Frame: Mark {
    public var width: Double?
    public var height: Double?
    public var alignment: Alignment
    public var mark: AnyMark

    public init(width: Double? = nil, height: Double? = nil, alignment: Alignment = .center, _ mark: some Mark) {
        self.width = width
        self.height = height
        self.alignment = alignment
        self.mark = mark.any
    }

    public var isRoomBound: Bool { mark.isRoomBound }
    public var stretch: Stretch {
        var result = mark.stretch
        if let width { result = width.isInfinite ? result.union(.horizontal) : result.subtracting(.horizontal) }
        if let height { result = height.isInfinite ? result.union(.vertical) : result.subtracting(.vertical) }
        return result
    }

    public func extent(in space: Space) -> Extent {
        let inner = mark.extent(in: given(space))
        let outerWidth = width.map { $0.isFinite ? $0 : inner.width } ?? inner.width
        let outerHeight = height.map { $0.isFinite ? $0 : inner.height } ?? inner.height
        return Extent(
            outerWidth, outerHeight, axis: (outerHeight - inner.height) * alignment.vertical + inner.axis)
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let room = given(space)
        var size = mark.size(in: room)
        if mark.stretch.contains(.horizontal) { size.width = rect.width }
        if mark.stretch.contains(.vertical) { size.height = rect.height }
        mark.place(
            in: alignment.place(size, in: rect), room.with(width: size.width, height: size.height), onto: &canvas)
    }

    private func given(_ space: Space) -> Space {
        space.with(
            width: width.map { $0.isFinite ? $0 : space.width }, height: height.map { $0.isFinite ? $0 : space.height })
    }
}

/// A filled, framed ground behind a mark.
public struct Panel: Mark {
    public var fill: Tint?
    public var frame: Tint?
    public var lineWidth: Double
    public var radius: Double
    public var dashes: [Double]
    public var mark: AnyMark

    public init(
        fill: Tint? = .panel, frame: Tint? = nil, lineWidth: Double = 1.5, radius: Double = 10, dashes: [Double] = [],
        _ mark: some Mark
    ) {
        self.fill = fill
        self.frame = frame
        self.lineWidth = lineWidth
        self.radius = radius
        self.dashes = dashes
        self.mark = mark.any
    }

    public var stretch: Stretch { mark.stretch }
    public var isRoomBound: Bool { mark.isRoomBound }
    public func extent(in space: Space) -> Extent { mark.extent(in: space) }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let stroke = frame.map { Stroke(space.theme.color($0), width: lineWidth, dashes: dashes) }
        canvas.add(.path(.rounded(rect, radius: radius), fill: fill.map(space.theme.color), stroke: stroke))
        mark.place(in: rect, space, onto: &canvas)
    }
}

/// A mark whose rectangle is remembered under a name, for `connected`.
struct Anchored: Mark {
    var name: String
    var mark: AnyMark
    var stretch: Stretch { mark.stretch }
    var isRoomBound: Bool { mark.isRoomBound }
    func extent(in space: Space) -> Extent { mark.extent(in: space) }
    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        canvas.anchors[name] = rect
        mark.place(in: rect, space, onto: &canvas)
    }
}

/// Something drawn over or under a mark once it is placed, from the rectangles of its anchors.
struct Connected: Mark {
    var isUnder: Bool
    var mark: AnyMark
    var draw: @Sendable (_ anchors: [String: Rect], _ rect: Rect, _ space: Space, _ canvas: inout Canvas) -> Void
    var stretch: Stretch { mark.stretch }
    var isRoomBound: Bool { mark.isRoomBound }
    func extent(in space: Space) -> Extent { mark.extent(in: space) }
    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        var own = Canvas()
        mark.place(in: rect, space, onto: &own)
        var lines = Canvas()
        draw(own.anchors, rect, space, &lines)
        canvas.items += isUnder ? lines.items + own.items : own.items + lines.items
        canvas.hotSpots += own.hotSpots + lines.hotSpots
        for (name, rect) in own.anchors { canvas.anchors[name] = rect }
    }
}

/// A mark that leads somewhere when clicked.
struct Linked: Mark {
    var target: String
    var mark: AnyMark
    var stretch: Stretch { mark.stretch }
    var isRoomBound: Bool { mark.isRoomBound }
    func extent(in space: Space) -> Extent { mark.extent(in: space) }
    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        var own = Canvas()
        mark.place(in: rect, space, onto: &own)
        canvas.add(.link(target, own.items))
        canvas.hotSpots += own.hotSpots
        for (name, rect) in own.anchors { canvas.anchors[name] = rect }
    }
}

/// A mark with another above or below, which rows still align on the mark itself.
struct Titled: Mark {
    var title: AnyMark
    var isBelow: Bool
    var alignment: Double
    var gap: Double
    var mark: AnyMark
    var isRoomBound: Bool { title.isRoomBound || mark.isRoomBound }

    func extent(in space: Space) -> Extent {
        let (head, body) = (title.extent(in: space), mark.extent(in: space))
        return Extent(
            max(head.width, body.width), head.height + gap + body.height,
            axis: body.axis + (isBelow ? 0 : head.height + gap))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let (head, body) = (title.size(in: space), mark.size(in: space))
        let first = isBelow ? body : head
        let second = isBelow ? head : body
        let left = { (width: Double) in rect.minX + (rect.width - width) * alignment }
        let upper = Rect(origin: Point(left(first.width), rect.minY), size: first)
        let lower = Rect(
            origin: Point(left(second.width), rect.minY + first.height + gap), size: second)
        title.place(in: isBelow ? lower : upper, space.with(width: head.width), onto: &canvas)
        mark.place(in: isBelow ? upper : lower, space.with(width: body.width, height: body.height), onto: &canvas)
    }
}

/// Free drawing of a given size: waves, vectors, curves, boxes.
public struct Drawn: Mark {
    public var size: Size
    /// From the top to the line that rows align on; nil for the middle.
    public var axis: Double?
    public var stretch: Stretch
    public var draw: @Sendable (_ rect: Rect, _ space: Space, _ canvas: inout Canvas) -> Void

    public init(
        _ width: Double, _ height: Double, axis: Double? = nil, stretch: Stretch = [],
        _ draw: @escaping @Sendable (_ rect: Rect, _ space: Space, _ canvas: inout Canvas) -> Void
    ) {
        size = Size(width, height)
        self.axis = axis
        self.stretch = stretch
        self.draw = draw
    }

    public var isRoomBound: Bool { false }
    public func extent(in space: Space) -> Extent { Extent(size, axis: axis) }
    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) { draw(rect, space, &canvas) }
}

extension Mark {
    public func padding(_ all: Double) -> Padding { Padding(Insets(all), self) }
    public func padding(_ insets: Insets) -> Padding { Padding(insets, self) }

    /// In a box of a given width, height or both; `.infinity` takes all the room there is.
    public func frame(width: Double? = nil, height: Double? = nil, alignment: Alignment = .center) -> Frame {
        Frame(width: width, height: height, alignment: alignment, self)
    }

    public func panel(
        fill: Tint? = .panel, frame: Tint? = nil, lineWidth: Double = 1.5, radius: Double = 10, dashes: [Double] = []
    ) -> Panel {
        Panel(fill: fill, frame: frame, lineWidth: lineWidth, radius: radius, dashes: dashes, self)
    }

    /// Remembers where this mark is placed, so that `connected` around it can draw lines to it.
    public func anchored(_ name: String) -> some Mark { Anchored(name: name, mark: any) }

    /// Draws on top of (or under) this mark, given where its anchored parts lie.
    public func connected(
        under: Bool = false,
        _ draw:
            @escaping @Sendable (_ anchors: [String: Rect], _ rect: Rect, _ space: Space, _ canvas: inout Canvas) ->
            Void
    ) -> some Mark { Connected(isUnder: under, mark: any, draw: draw) }

    /// With another mark above it, aligned at the left edge (0), the middle (0.5) or the right (1). Rows still align on
    /// this mark's own axis.
    public func titled(_ title: some Mark, alignment: Double = 0, gap: Double = 6) -> some Mark {
        Titled(title: title.any, isBelow: false, alignment: alignment, gap: gap, mark: any)
    }

    /// With another mark below it, likewise.
    public func captioned(_ caption: some Mark, alignment: Double = 0.5, gap: Double = 6) -> some Mark {
        Titled(title: caption.any, isBelow: true, alignment: alignment, gap: gap, mark: any)
    }

    public func link(_ target: String) -> some Mark { Linked(target: target, mark: any) }
}
