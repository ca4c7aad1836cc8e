/// How the marks of a row sit against each other.
public enum RowAlignment: Sendable, Hashable { case top, middle, axis, bottom }

/// How the marks of a column sit against each other.
public enum ColumnAlignment: Sendable, Hashable { case leading, center, trailing }

/// Nothing, of a given size.
public struct Blank: Mark {
    public var size: Size
    public init(_ width: Double = 0, _ height: Double = 0) { size = Size(width, height) }
    public var isRoomBound: Bool { false }
    public func extent(in space: Space) -> Extent { Extent(size) }
    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {}
}

extension [AnyMark] {
    /// The directions in which a stack of these marks stretches.
    fileprivate var stretch: Stretch { reduce(into: []) { $0.formUnion($1.stretch) } }

    /// What stretches divides the room.
    fileprivate var isRoomBound: Bool { contains { $0.isRoomBound || !$0.stretch.isEmpty } }

    /// What these come to in a stack's room. In the smaller place that each then takes it would choose again; what
    /// stretches has no size of its own to choose for.
    fileprivate func settled(in space: Space) -> [AnyMark] {
        map { $0.stretch.isEmpty ? $0.settled(in: space).mark : $0 }
    }

    /// The room between them, all in all.
    fileprivate func gaps(_ spacing: Double) -> Double { Double(Swift.max(0, count - 1)) * spacing }
}

/// Marks side by side. Without a spacing of its own it uses the density's gap.
public struct HStack: Mark {
    public var alignment: RowAlignment
    public var spacing: Double?
    public var marks: [AnyMark]

    public init(_ alignment: RowAlignment = .axis, spacing: Double? = nil, @MarkBuilder _ marks: () -> [AnyMark]) {
        self.init(alignment, spacing: spacing, marks())
    }

    public init(_ alignment: RowAlignment = .axis, spacing: Double? = nil, _ marks: [AnyMark]) {
        self.alignment = alignment
        self.spacing = spacing
        self.marks = marks
    }

    public var stretch: Stretch { marks.stretch }
    public var isRoomBound: Bool { marks.isRoomBound }

    public func settled(in space: Space) -> Settled {
        let chosen = with { $0.marks = marks.settled(in: space) }
        return Settled(mark: chosen.any, extent: chosen.extent(in: space))
    }

    private func gap(_ space: Space) -> Double { space.density.spread(spacing, space.density.spread.width) }

    public func extent(in space: Space) -> Extent {
        let extents = share(space)
        let width = extents.reduce(marks.gaps(gap(space))) { $0 + $1.width }
        switch alignment {
        case .top, .middle, .bottom:
            return Extent(width, extents.map { $0.height }.max() ?? 0)
        case .axis:
            let above = extents.map { $0.axis }.max() ?? 0
            let below = extents.map { $0.height - $0.axis }.max() ?? 0
            return Extent(width, above + below, axis: above)
        }
    }

    /// The children's extents; those that stretch divide what is left of a finite width.
    private func share(_ space: Space) -> [Extent] {
        var extents = marks.map { $0.extent(in: space) }
        let flexible = marks.indices.filter { marks[$0].stretch.contains(.horizontal) }
        guard space.width.isFinite, !flexible.isEmpty else { return extents }
        let rigid = marks.indices.filter { !flexible.contains($0) }
        let fixed = rigid.reduce(marks.gaps(gap(space))) { $0 + extents[$1].width }
        let each = max(0, (space.width - fixed) / Double(flexible.count))
        for index in flexible {
            extents[index] = marks[index].extent(in: space.with(width: each))
            extents[index].width = max(extents[index].width, each)
        }
        return extents
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let inner = space.with(width: rect.width, height: rect.height)
        let extents = share(stretch.contains(.horizontal) ? inner : space)
        let above = extents.map { $0.axis }.max() ?? 0
        var x = rect.minX
        for (mark, extent) in zip(marks, extents) {
            var height = extent.height
            if mark.stretch.contains(.vertical) { height = rect.height }
            let y: Double =
                switch alignment {
                case .top: rect.minY
                case .middle: rect.minY + (rect.height - height) / 2
                case .bottom: rect.maxY - height
                case .axis: height > extent.height ? rect.minY : rect.minY + above - extent.axis
                }
            let place = Rect(x, y, extent.width, height)
            mark.place(in: place, space.with(width: extent.width, height: height), onto: &canvas)
            x += extent.width + gap(space)
        }
    }
}

/// Marks one under the other. Without a spacing of its own it uses the density's gap.
public struct VStack: Mark {
    public var alignment: ColumnAlignment
    public var spacing: Double?
    public var marks: [AnyMark]

    public init(
        _ alignment: ColumnAlignment = .center, spacing: Double? = nil, @MarkBuilder _ marks: () -> [AnyMark]
    ) {
        self.init(alignment, spacing: spacing, marks())
    }

    public init(_ alignment: ColumnAlignment = .center, spacing: Double? = nil, _ marks: [AnyMark]) {
        self.alignment = alignment
        self.spacing = spacing
        self.marks = marks
    }

    public var stretch: Stretch { marks.stretch }
    public var isRoomBound: Bool { marks.isRoomBound }

    public func settled(in space: Space) -> Settled {
        let chosen = with { $0.marks = marks.settled(in: space) }
        return Settled(mark: chosen.any, extent: chosen.extent(in: space))
    }

    private func gap(_ space: Space) -> Double { space.density.spread(spacing, space.density.spread.height) }

    public func extent(in space: Space) -> Extent {
        let extents = share(space)
        let height = extents.reduce(marks.gaps(gap(space))) { $0 + $1.height }
        return Extent(extents.map { $0.width }.max() ?? 0, height)
    }

    private func share(_ space: Space) -> [Extent] {
        var extents = marks.map { $0.extent(in: space) }
        let flexible = marks.indices.filter { marks[$0].stretch.contains(.vertical) }
        guard space.height.isFinite, !flexible.isEmpty else { return extents }
        let rigid = marks.indices.filter { !flexible.contains($0) }
        let fixed = rigid.reduce(marks.gaps(gap(space))) { $0 + extents[$1].height }
        let each = max(0, (space.height - fixed) / Double(flexible.count))
        for index in flexible { extents[index].height = max(extents[index].height, each) }
        return extents
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let inner = space.with(width: rect.width, height: rect.height)
        let extents = share(stretch.contains(.vertical) ? inner : space)
        var y = rect.minY
        for (mark, extent) in zip(marks, extents) {
            let width = mark.stretch.contains(.horizontal) ? rect.width : extent.width
            let x: Double =
                switch alignment {
                case .leading: rect.minX
                case .center: rect.minX + (rect.width - width) / 2
                case .trailing: rect.maxX - width
                }
            let place = Rect(x, y, width, extent.height)
            mark.place(in: place, space.with(width: width, height: extent.height), onto: &canvas)
            y += extent.height + gap(space)
        }
    }
}
