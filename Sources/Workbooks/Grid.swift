import Tensors
import Tracing
import Wording

/// Where a step's numbers stand on their sheet: each axis of the tensor goes across, down, or from block to block.
///
/// The place of a cell is a sum of what each index adds, so that a range along any axis is known without asking.
/// Positions and the vocabulary go down, heads lie side by side with their width, and what is left over (the text of a
/// batch, the heads of scores) is a block each.
package struct Grid: Sendable {
    /// As formulas on other sheets write it: `'logits'!`.
    let sheet: String
    /// How much of each axis is shown, and from where.
    let window: [Range<Int>]
    private let rowSteps: [Int]
    private let columnSteps: [Int]
    /// The cell of the first number.
    let first: CellPlace
    let downAxis: Int?
    /// Outermost first; two where heads lie side by side.
    let acrossAxes: [Int]
    let blockAxes: [Int]
    let helpers: Helpers
    /// Rows from one block to the next.
    let blockHeight: Int
    /// Whether each block has a line that names it.
    let hasTitles: Bool

    /// Numbers that are worked out once for each line (each place without the last axis), beside the step's own.
    struct Helpers: Sendable {
        enum Position: Sendable { case beside, above, apart }
        var count: Int
        var position: Position
        /// The places of the lines, where they stand in a table of their own.
        var lines: Shape
    }

    /// The first row of what is below a sheet's heading.
    static let top = 4

    /// - Parameters:
    ///   - helpers: how many numbers are worked out for each line.
    ///   - lines: the places of the lines, of a step that has none itself.
    init(
        sheet: String, shape: Shape, axes: [Axis], window: [Range<Int>], helpers count: Int = 0, lines: Shape? = nil
    ) {
        let last = shape.rank - 1
        let isDown = Self.goesDown(shape, axes)
        var rest = Array(0..<shape.rank)
        var (across, down): ([Int], Int?) = ([], nil)
        if last >= 0 {
            if isDown {
                down = rest.removeLast()
                if let next = rest.popLast() { across = [next] }
            } else {
                across = [rest.removeLast()]
                if last > 0, axes[last - 1] == .head, axes[last] == .headWidth || axes[last] == .single {
                    across.insert(rest.removeLast(), at: 0)
                }
                down = rest.popLast()
            }
        }
        (downAxis, acrossAxes, blockAxes) = (down, across, rest)
        self.sheet = sheet
        self.window = window
        let isApart = lines != nil && count > 0
        helpers = Helpers(
            count: count, position: isApart ? .apart : isDown ? .above : .beside, lines: lines ?? shape.lead)
        hasTitles = rest.contains { shape[$0] > 1 }
        let titles = hasTitles ? 1 : 0
        let heading = across.isEmpty ? 0 : across.count
        let above = helpers.position == .above ? count : 0
        let rows = down.map { window[$0].count } ?? 1
        blockHeight = titles + heading + above + rows + 1
        var (rowSteps, columnSteps) = (Array(repeating: 0, count: shape.rank), Array(repeating: 0, count: shape.rank))
        if let down { rowSteps[down] = 1 }
        var step = 1
        for axis in across.reversed() {
            columnSteps[axis] = step
            step *= window[axis].count
        }
        step = blockHeight
        for axis in rest.reversed() {
            rowSteps[axis] = step
            step *= window[axis].count
        }
        (self.rowSteps, self.columnSteps) = (rowSteps, columnSteps)
        let beside = helpers.position == .beside ? count : 0
        let table = isApart ? helpers.lines.count + 3 : 0
        first = CellPlace(Self.top + table + titles + heading + above, 1 + beside)
    }

    /// Texts go down the page, and so does what has more numbers than a sheet has columns.
    private static func goesDown(_ shape: Shape, _ axes: [Axis]) -> Bool {
        guard let last = axes.last else { return false }
        return last == .vocabulary || last == .position && shape.rank <= 2 || shape[-1] > SheetLimit.columns - 64
    }

    // MARK: Sizes

    var rowCount: Int { downAxis.map { window[$0].count } ?? 1 }
    var columnCount: Int { acrossAxes.reduce(1) { $0 * window[$1].count } }
    var blockCount: Int { blockAxes.reduce(1) { $0 * window[$1].count } }
    /// The first row and column that nothing stands in.
    var end: CellPlace { CellPlace(first.row + (blockCount - 1) * blockHeight + rowCount, first.column + columnCount) }
    var cellCount: Int { rowCount * columnCount * blockCount }

    // MARK: Cells

    func place(_ index: [Int]) -> CellPlace {
        var place = first
        for (axis, number) in index.enumerated() {
            let shown = number - window[axis].lowerBound
            place.row += shown * rowSteps[axis]
            place.column += shown * columnSteps[axis]
        }
        return place
    }

    func cell(_ index: [Int]) -> String { sheet + place(index).text }

    /// Formulas on the sheet itself leave its name out.
    var own: Grid { Grid(self, sheet: "") }

    private init(_ other: Grid, sheet: String) {
        self.sheet = sheet
        (window, rowSteps, columnSteps, first) = (other.window, other.rowSteps, other.columnSteps, other.first)
        (downAxis, acrossAxes, blockAxes) = (other.downAxis, other.acrossAxes, other.blockAxes)
        (helpers, blockHeight, hasTitles) = (other.helpers, other.blockHeight, other.hasTitles)
    }

    /// The cell of a number that is worked out for a line.
    /// - Parameter lead: the line's place: an index without the last axis.
    func helper(_ number: Int, of lead: [Int]) -> CellPlace {
        switch helpers.position {
        case .beside: return CellPlace(place(lead + [0]).row, 1 + number)
        case .above:
            let own = place(lead + [window.last?.lowerBound ?? 0])
            return CellPlace(own.row - helpers.count + number, own.column)
        case .apart: return CellPlace(Self.top + 1 + (helpers.lines.offset(of: lead) ?? 0), 1 + number)
        }
    }

    // MARK: Lines

    /// How many of the last of some neighbouring axes lie in one line.
    func merging(_ axes: Range<Int>) -> Int {
        var (merged, step, isRow): (Int, Int, Bool?) = (0, 1, nil)
        for axis in axes.reversed() {
            if window[axis].count > 1 {
                let (row, column) = (rowSteps[axis], columnSteps[axis])
                let fits = isRow == nil ? row == step || column == step : isRow == true ? column == step : row == step
                guard fits else { break }
                isRow = isRow ?? (column == step)
                step *= window[axis].count
            }
            merged += 1
        }
        return merged
    }

    /// The cells of some neighbouring axes, as few lines as that gives.
    /// - Parameters:
    ///   - index: where, along the other axes.
    ///   - merged: how many of the last axes are one line, at most ``merging(_:)``.
    func lines(_ index: [Int], over axes: Range<Int>, merged: Int) -> [Line] {
        var index = index
        for axis in axes { index[axis] = window[axis].lowerBound }
        let outer = axes.lowerBound..<axes.upperBound - merged
        let inner = outer.upperBound..<axes.upperBound
        let count = inner.reduce(1) { $0 * window[$1].count }
        let isRow = inner.contains { window[$0].count > 1 && columnSteps[$0] > 0 }
        return Shape(outer.map { window[$0].count }).indices.map { shift in
            var here = index
            for (axis, number) in zip(outer, shift) { here[axis] += number }
            return Line(sheet: sheet, start: place(here), count: count, isRow: isRow)
        }
    }

    /// The cells along the last axis.
    func row(_ lead: [Int]) -> Line? {
        let axis = lead.count
        guard window.indices.contains(axis), merging(axis..<axis + 1) == 1 else { return nil }
        return lines(lead + [0], over: axis..<axis + 1, merged: 1).first
    }
}

extension Shape {
    /// Without the last axis: a place for each line.
    var lead: Shape { Shape(Array(dimensions.dropLast())) }

    /// Every place, the last axis first to move.
    var indices: [[Int]] { (0..<count).map { index(at: $0) } }
}
