/// Marks in rows and columns: each column as wide as its widest mark, each row as high as its highest.
public struct Grid: Mark {
    public var columns: Int
    public var spacing: Size?
    public var alignment: Alignment
    public var marks: [AnyMark]

    /// Fills row by row.
    public init(
        columns: Int, spacing: Size? = nil, alignment: Alignment = .center, @MarkBuilder _ marks: () -> [AnyMark]
    ) {
        self.init(columns: columns, spacing: spacing, alignment: alignment, marks())
    }

    public init(columns: Int, spacing: Size? = nil, alignment: Alignment = .center, _ marks: [AnyMark]) {
        self.columns = max(1, columns)
        self.spacing = spacing
        self.alignment = alignment
        self.marks = marks
    }

    public var isRoomBound: Bool { marks.contains { $0.isRoomBound } }

    private struct Measures {
        var extents: [Extent]
        var widths: [Double]
        var above: [Double]
        var below: [Double]
        var gap: Size
    }

    private func measure(_ space: Space) -> Measures {
        let density = space.density
        let gap = Size(
            density.spread(spacing?.width, density.spread.width), density.spread(spacing?.height, density.spread.height)
        )
        let extents = marks.map { $0.extent(in: space) }
        let rows = (marks.count + columns - 1) / columns
        var result = Measures(
            extents: extents, widths: Array(repeating: 0, count: min(columns, max(1, marks.count))),
            above: Array(repeating: 0, count: rows), below: Array(repeating: 0, count: rows), gap: gap)
        for (index, extent) in extents.enumerated() {
            let (row, column) = (index / columns, index % columns)
            result.widths[column] = max(result.widths[column], extent.width)
            result.above[row] = max(result.above[row], extent.axis)
            result.below[row] = max(result.below[row], extent.height - extent.axis)
        }
        return result
    }

    public func extent(in space: Space) -> Extent {
        let measures = measure(space)
        let width = measures.widths.reduce(0, +) + Double(max(0, measures.widths.count - 1)) * measures.gap.width
        let heights = zip(measures.above, measures.below).map { $0 + $1 }
        return Extent(width, heights.reduce(0, +) + Double(max(0, heights.count - 1)) * measures.gap.height)
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let measures = measure(space)
        var y = rect.minY
        for row in measures.above.indices {
            var x = rect.minX
            for column in measures.widths.indices {
                let index = row * columns + column
                guard index < marks.count else { break }
                let extent = measures.extents[index]
                let place = Rect(
                    x + (measures.widths[column] - extent.width) * alignment.horizontal,
                    y + measures.above[row] - extent.axis, extent.width, extent.height)
                marks[index].place(
                    in: place, space.with(width: extent.width, height: extent.height), onto: &canvas)
                x += measures.widths[column] + measures.gap.width
            }
            y += measures.above[row] + measures.below[row] + measures.gap.height
        }
    }
}
