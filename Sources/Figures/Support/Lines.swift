import Drawing

/// Marks that run on like words, each line aligned at its top or its bottom; all lines begin at the same margin.
struct Lines: Mark {
    var alignment: RowAlignment
    var spacing: Size
    var isCentred: Bool
    var marks: [AnyMark]

    /// - Parameter centred: whether each line stands in the middle of the room instead of at its left.
    init(_ alignment: RowAlignment = .bottom, spacing: Size, centred: Bool = false, _ marks: [AnyMark]) {
        self.alignment = alignment
        self.spacing = spacing
        self.isCentred = centred
        self.marks = marks
    }

    /// Which marks stand on which line when a line is at most `width` wide.
    static func broken(_ widths: [Double], spacing: Double, width: Double) -> [Range<Int>] {
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

    private func stack(_ space: Space) -> AnyMark {
        let lines = Lines.broken(
            marks.map { $0.extent(in: space).width }, spacing: spacing.width, width: space.width)
        return VStack(
            isCentred ? .center : .leading, spacing: spacing.height,
            lines.map { HStack(alignment, spacing: spacing.width, Array(marks[$0])).any }
        ).any
    }

    func extent(in space: Space) -> Extent { stack(space).extent(in: space) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        stack(space.with(width: rect.width)).place(in: rect, space, onto: &canvas)
    }
}
