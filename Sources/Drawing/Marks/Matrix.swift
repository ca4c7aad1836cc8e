import Platform
import Wording

/// A matrix of numbers: coloured cells in a frame of its role's colour, with name, shape, labels and axis names.
///
/// Cells are as large as the density says; digits appear where they fit at 14 pixels or more.
public struct Matrix: Mark {
    /// What is written in the cells.
    public enum Digits: Sendable, Hashable {
        /// Two decimals (none for whole numbers) where they fit.
        case automatic
        case decimals(Int)
        case percent
        case none
    }

    /// How a cell stands out from the others or steps back.
    public enum CellState: Sendable, Hashable {
        case plain
        /// Not to be looked at: grey, with its value (`−∞`, `0`) pale.
        case masked
        /// There, but not what this frame is about.
        case faded
        /// Not computed yet: an empty place.
        case empty
    }

    var rows: Int
    var columns: Int
    /// `[rows × columns]`
    var values: [Float]
    /// Whether every number is whole, and the largest magnitude: what the digits need to know.
    private(set) var wholeness: (whole: Bool, largest: Float)
    /// What the shape label says.
    var shape: [Int]
    var name: String?
    var words: Phrase?
    var role: Role?
    var rowLabels: [TokenLabel] = []
    var columnLabels: [TokenLabel] = []
    var rowAxis: Phrase?
    var columnAxis: Phrase?
    var scale: ValueScale
    var digits: Digits = .automatic
    var cellSize: Size?
    var cellFactor = Size(1, 1)
    var mostRows = 24
    var mostColumns = 24
    /// Chosen rows and columns, ascending; nil for the first and the last of them.
    var shownRows: [Int]?
    var shownColumns: [Int]?
    var firstRow = 0
    var showsShape = true
    var lit: [Highlight] = []
    var places: [String: Place] = [:]
    var state: @Sendable (_ row: Int, _ column: Int) -> CellState = { _, _ in .plain }
    /// In which directions the numbers of one vector follow each other.
    var vectors: Stretch = []
    /// What it is called where it is no step of the trace.
    var derivedName: String?
    var step: String?
    var index: @Sendable (_ row: Int, _ column: Int) -> [Int] = { [$0, $1] }
    /// The step of each row, where they differ.
    var rowStep: (@Sendable (_ row: Int) -> String)?
    var explain: (@Sendable (_ row: Int, _ column: Int) -> String)?

    /// A block of cells that has a name.
    struct Place: Sendable {
        var rows: ClosedRange<Int>
        var columns: ClosedRange<Int>
    }

    struct Highlight: Sendable {
        var rows: ClosedRange<Int>
        var columns: ClosedRange<Int>
        var tint: Tint
    }

    /// - Parameters:
    ///   - values: `[rows × columns]`, row by row; what is missing counts as NaN.
    ///   - rows: how many rows there are; likewise `columns`.
    ///   - columns: how many numbers a row has.
    public init(_ values: [Float], rows: Int, columns: Int) {
        self.rows = max(0, rows)
        self.columns = max(0, columns)
        let count = self.rows * self.columns
        self.values =
            values.count == count
            ? values : Array(values.prefix(count)) + Array(repeating: .nan, count: max(0, count - values.count))
        shape = [self.rows, self.columns]
        scale = .fitting(values)
        wholeness = Matrix.wholeness(self.values)
    }

    private static func wholeness(_ values: [Float]) -> (whole: Bool, largest: Float) {
        var largest: Float = 0
        var whole = true
        for value in values where value.isFinite {
            largest = max(largest, abs(value))
            whole = whole && value == value.rounded()
        }
        return (whole && largest > 1, largest)
    }

    /// - Parameter values: `[row][column]`; short rows are filled with NaN.
    public init(_ values: [[Float]]) {
        let columns = values.map { $0.count }.max() ?? 0
        self.init(
            values.flatMap { $0 + Array(repeating: Float.nan, count: columns - $0.count) }, rows: values.count,
            columns: columns)
    }

    public init(rows: Int, columns: Int, _ value: (_ row: Int, _ column: Int) -> Float) {
        var values: [Float] = []
        values.reserveCapacity(max(0, rows) * max(0, columns))
        for row in 0..<max(0, rows) {
            for column in 0..<max(0, columns) { values.append(value(row, column)) }
        }
        self.init(values, rows: rows, columns: columns)
    }

    /// The name above the left corner and the role whose colour the frame takes. A name that is a letter or holds
    /// `^`, `_` or `\` is set as mathematics; `words` follow it in plain type.
    public func named(_ name: String?, _ role: Role? = nil, _ words: Phrase? = nil) -> Matrix {
        with {
            $0.name = name
            $0.role = role ?? $0.role
            $0.words = words
        }
    }

    /// Named in words only, in the role's colour.
    public func named(words: Phrase, _ role: Role? = nil) -> Matrix { named(nil, role, words) }

    public func rows(_ labels: [TokenLabel]) -> Matrix { with { $0.rowLabels = labels } }
    public func columns(_ labels: [TokenLabel]) -> Matrix { with { $0.columnLabels = labels } }
    /// What the axes mean: `token`, `head width`.
    public func axes(rows: Phrase? = nil, columns: Phrase? = nil) -> Matrix {
        with {
            $0.rowAxis = rows
            $0.columnAxis = columns
        }
    }
    public func scaled(_ scale: ValueScale) -> Matrix { with { $0.scale = scale } }
    public func digits(_ digits: Digits) -> Matrix { with { $0.digits = digits } }
    /// A fixed cell size instead of the density's.
    public func cell(_ size: Size) -> Matrix { with { $0.cellSize = size } }
    /// Cells this many times as wide and high as the density's.
    public func cellScaled(_ width: Double, _ height: Double) -> Matrix { with { $0.cellFactor = Size(width, height) } }
    /// How wide cells may be so that all of them, with what is left between them, just fit into so much room.
    ///
    /// - Parameter gaps: how many marks for columns that are left out stand among them.
    package static func cellWidth(in room: Double, columns: Int, gaps: Int = 0) -> Double {
        let pitch = (room - 2 * MatrixLayout.margin - 60 * Double(gaps)) / Double(max(1, columns))
        return pitch >= 20 ? pitch - 2 : pitch >= 9 ? min(pitch - 1, 17.9) : min(pitch, 7.9)
    }
    public func withoutShape() -> Matrix { with { $0.showsShape = false } }
    /// The shape label, where it is not the number of rows and columns: `1 × 4 × 64`.
    public func shaped(_ shape: [Int]) -> Matrix { with { $0.shape = shape } }

    /// How many rows and columns are drawn at most (24 by default); the middle is elided with a mark that says how many.
    public func elided(rows: Int? = nil, columns: Int? = nil) -> Matrix {
        with {
            $0.mostRows = max(2, rows ?? $0.mostRows)
            $0.mostColumns = max(2, columns ?? $0.mostColumns)
        }
    }

    /// Says in which directions the numbers of one vector follow each other: along a row, down a column. Where vectors
    /// are drawn as colours, they are whole.
    package func vectors(_ directions: Stretch) -> Matrix { with { $0.vectors.formUnion(directions) } }

    /// The name of numbers that are no step of the trace, for those who follow them from figure to figure.
    package func derived(_ name: String) -> Matrix { with { $0.derivedName = name } }

    /// Draws only these rows and columns; each gap has a mark that says how many it hides. Nil leaves the choice as it is.
    public func showing(rows: [Int]? = nil, columns: [Int]? = nil) -> Matrix {
        with {
            $0.shownRows = rows ?? $0.shownRows
            $0.shownColumns = columns ?? $0.shownColumns
        }
    }

    /// Without the rows before this one, which were never computed: they leave no gap.
    public func starting(atRow first: Int) -> Matrix {
        guard first > 0, first < rows else { return self }
        return with {
            $0.firstRow = first
            if $0.shape.count == 2 { $0.shape[0] = rows - first }
        }
    }

    /// Draws every row and column, however many.
    public func whole() -> Matrix { elided(rows: .max, columns: .max) }

    public func highlighting(row: Int, _ tint: Tint = .highlight) -> Matrix {
        highlighting(rows: row...row, columns: 0...max(0, columns - 1), tint)
    }
    public func highlighting(column: Int, _ tint: Tint = .highlight) -> Matrix {
        highlighting(rows: 0...max(0, rows - 1), columns: column...column, tint)
    }
    public func highlighting(cell row: Int, _ column: Int, _ tint: Tint = .highlight) -> Matrix {
        highlighting(rows: row...row, columns: column...column, tint)
    }
    public func highlighting(rows: ClosedRange<Int>, columns: ClosedRange<Int>, _ tint: Tint = .highlight) -> Matrix {
        with { $0.lit.append(Highlight(rows: rows, columns: columns, tint: tint)) }
    }

    /// Remembers where a block of cells is placed, for lines drawn by `connected`; nothing where all of it is elided.
    public func anchoring(_ name: String, rows: ClosedRange<Int>, columns: ClosedRange<Int>) -> Matrix {
        with { $0.places[name] = Place(rows: rows, columns: columns) }
    }

    /// Which cells are masked, faded or still empty.
    public func state(_ state: @escaping @Sendable (_ row: Int, _ column: Int) -> CellState) -> Matrix {
        with { $0.state = state }
    }

    /// The cells above the diagonal are masked: no token sees a later one.
    public func causal() -> Matrix { state { $1 > $0 ? .masked : .plain } }

    /// Which number of the trace each cell shows.
    public func tagged(
        _ step: String, _ index: @escaping @Sendable (_ row: Int, _ column: Int) -> [Int] = { [$0, $1] }
    ) -> Matrix {
        with {
            $0.step = step
            $0.index = index
        }
    }

    /// Likewise, where each row comes from a step of its own: the passes of a text that was written token by token.
    public func tagged(
        rows step: @escaping @Sendable (_ row: Int) -> String,
        _ index: @escaping @Sendable (_ row: Int, _ column: Int) -> [Int]
    ) -> Matrix {
        with {
            $0.rowStep = step
            $0.index = index
        }
    }

    /// What hover says of each cell; without it the name and the two labels.
    public func explained(_ words: @escaping @Sendable (_ row: Int, _ column: Int) -> String) -> Matrix {
        with { $0.explain = words }
    }

    subscript(row: Int, column: Int) -> Float { values[row * columns + column] }

    /// The value range's scale, so that a legend can show it.
    public var valueScale: ValueScale { scale }

    public var isRoomBound: Bool { false }
    public func extent(in space: Space) -> Extent { MatrixLayout(self, space).extent }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let layout = MatrixLayout(self, space)
        let top = Point(
            rect.minX + (rect.width - layout.extent.width) / 2, rect.minY + (rect.height - layout.extent.height) / 2)
        MatrixPainter(matrix: self, layout: layout, space: space, origin: top).paint(onto: &canvas)
    }
}
