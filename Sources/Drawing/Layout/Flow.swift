/// Marks that run on like words: a new line begins where the width ends.
public struct Flow: Mark {
    var alignment: RowAlignment
    var spacing: Size
    var isCentred: Bool
    /// Where lines end, if not at the end of the room.
    var width: Double?
    var marks: [AnyMark]

    /// - Parameters:
    ///   - alignment: how the marks of a line sit against each other.
    ///   - centred: whether each line stands in the middle of the room instead of at its left.
    ///   - width: where lines end, if not at the end of the room.
    public init(
        _ alignment: RowAlignment = .middle, spacing: Size, centred: Bool = false, width: Double? = nil,
        _ marks: [AnyMark]
    ) {
        self.alignment = alignment
        self.spacing = spacing
        isCentred = centred
        self.width = width
        self.marks = marks
    }

    /// Which marks stand on which line when a line is at most `width` wide.
    package static func broken(_ widths: [Double], spacing: Double, width: Double) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        var used = 0.0
        for (index, mark) in widths.enumerated() {
            let more = (index == start ? 0 : spacing) + mark
            if index > start, used + more > width + 0.001 {
                lines.append(start..<index)
                start = index
                used = mark
            } else {
                used += more
            }
        }
        return start < widths.count ? lines + [start..<widths.count] : lines
    }

    /// As few lines as ``broken(_:spacing:width:)`` makes, but about equally long, so that none holds a single mark.
    package static func balanced(_ widths: [Double], spacing: Double, width: Double) -> [Range<Int>] {
        let lines = broken(widths, spacing: spacing, width: width)
        guard lines.count > 1, width.isFinite else { return lines }
        var (low, high) = (0.0, width)
        for _ in 0..<20 {
            let middle = (low + high) / 2
            if broken(widths, spacing: spacing, width: middle).count > lines.count {
                low = middle
            } else {
                high = middle
            }
        }
        return broken(widths, spacing: spacing, width: high)
    }

    private func stack(_ space: Space) -> AnyMark {
        let lines = Flow.broken(
            marks.map { $0.extent(in: space).width }, spacing: spacing.width,
            width: min(width ?? .infinity, space.width))
        return VStack(
            isCentred ? .center : .leading, spacing: spacing.height,
            lines.map { HStack(alignment, spacing: spacing.width, Array(marks[$0])).any }
        ).any
    }

    public func extent(in space: Space) -> Extent { stack(space).extent(in: space) }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        stack(space.with(width: rect.width)).place(in: rect, space, onto: &canvas)
    }
}
