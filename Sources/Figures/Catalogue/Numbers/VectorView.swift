import Drawing
import Platform
import Tracing
import Wording

/// One vector a row, however wide: the whole as a band of colours over the page's width, and, where its cells are too
/// narrow for digits and the rows are few, a part of it under a lens with its numbers.
struct VectorView: ComposedMark {
    var rows: [[Float]]
    var labels: [TokenLabel]
    var name: String?
    var words: Phrase?
    var role: Role
    var rowAxis: Phrase = AxisWords.token.phrase
    var columnAxis: Phrase = AxisWords.width.phrase
    var step: String
    /// The cell under the lens that the text speaks of.
    var lit: (row: Int, column: Int)?
    var shape: [Int]?
    var hasLens = true
    /// Columns that another part of the figure speaks of.
    var marked: [Int] = []
    /// Whether −∞ is what a mask has made.
    var hidesInfinity = false
    /// A scale that other pictures share.
    var fixedScale: ValueScale?
    /// Which number of the step stands in a row and a column.
    var index: @Sendable (_ row: Int, _ column: Int) -> [Int] = { [0, $0, $1] }

    /// More columns than this are joined, so that each stays visible.
    static let mostBands = 192
    static let mostRowsUnderLens = 8
    static let mostRows = 24
    /// How many rows are drawn at most; fewer where something else needs the room.
    var mostShown = VectorView.mostRows

    var width: Int { rows.first?.count ?? 0 }
    var scale: ValueScale { fixedScale ?? .fitting(rows.joined()) }

    /// What must be said about joined columns; nil where every column is drawn.
    var note: Phrase? {
        let count = columnsPerBand
        guard count > 1 else { return nil }
        return DrawingText.strongestOf.phrase.filled(["count": Phrase(String(count))])
    }

    /// With at most so many rows.
    func showing(_ most: Int) -> VectorView { with { $0.mostShown = most } }

    private var columnsPerBand: Int { max(1, (width + Self.mostBands - 1) / Self.mostBands) }

    /// The rows that are drawn: all, or the first and the last.
    static func shownRows(_ count: Int) -> Set<Int> { Set(Elision(count, most: mostRows).shown) }

    /// The number of largest magnitude among the rows that are drawn, and where it is.
    static func strongest(_ rows: [[Float]]) -> (row: Int, column: Int, value: Float)? {
        var best: (row: Int, column: Int, value: Float)?
        let shown = shownRows(rows.count)
        for (row, values) in rows.enumerated() where shown.contains(row) {
            for (column, value) in values.enumerated() where value.isFinite {
                if best == nil || abs(value) > abs(best?.value ?? 0) { best = (row, column, value) }
            }
        }
        return best
    }

    func build(_ space: Space) -> AnyMark {
        // At the last density, where even the lowest rows do not fit, the middle ones are left out.
        if space.density.isLast, space.height.isFinite {
            let most = max(4, Int(clamping: (space.height - 96) / (space.density.cell.height + 2)))
            if most < min(mostShown, rows.count) { return showing(most).picture(space) }
        }
        return picture(space)
    }

    private func picture(_ space: Space) -> AnyMark {
        let cell = space.density.drawnCell
        let room = space.width.isFinite ? space.width : 1200
        // Labels, the rows' axis name and the frame's margins stand beside the cells.
        let beside = labels.map { space.width(of: $0.display, $0.font(space.density.label)) }.max() ?? 0
        let body = room - beside - 10 - 28 - 10
        let bands = (width + columnsPerBand - 1) / columnsPerBand
        let pitch = body / Double(max(1, bands))
        let hasDigits = cell.width >= 46 && pitch >= cell.width + 2 && columnsPerBand == 1
        if hasDigits {
            return whole(Size(min(pitch - 2, cell.width * 1.4), cell.height), bands: bands).any
        }
        let narrow = max(3, min(40, Self.cell(pitch)))
        let isUnderLens = hasLens && width > 1 && cell.width >= 46 && rows.count <= Self.mostRowsUnderLens
        guard isUnderLens else { return whole(Size(narrow, cell.height), bands: bands).any }
        let count = max(2, min(width, Int(clamping: body / (cell.width + 2))))
        let first = max(0, min(width - count, (lit?.column ?? 0) - count / 2))
        return VStack(.trailing, spacing: space.density.gap * 1.2) {
            whole(Size(narrow, max(14, cell.height * 0.55)), bands: bands, lens: first..<first + count)
            lens(first..<first + count, cell)
        }.connected(under: true) { anchors, _, space, canvas in
            guard let from = anchors["lens"], let to = anchors["lensed"] else { return }
            let stroke = Stroke(space.theme.highlight, width: 1.5)
            let top = to.minY - 30
            canvas.fill(
                .polyline(
                    [
                        Point(from.minX, from.maxY + 6), Point(from.maxX, from.maxY + 6), Point(to.maxX, top),
                        Point(to.minX, top),
                    ], closed: true), space.theme.paper.mixed(with: space.theme.highlight, 0.08))
            canvas.line(Point(from.minX, from.maxY + 6), Point(to.minX, top), stroke)
            canvas.line(Point(from.maxX, from.maxY + 6), Point(to.maxX, top), stroke)
        }.any
    }

    /// How wide cells of this pitch are: a matrix leaves 2 between cells of 18 or more, and 1 between those of 8.
    private static func cell(_ pitch: Double) -> Double {
        pitch >= 20 ? pitch - 2 : pitch >= 9 ? min(17.9, pitch - 1) : min(7.9, pitch)
    }

    private func whole(_ cell: Size, bands: Int, lens: Range<Int>? = nil) -> Matrix {
        let per = columnsPerBand
        // Which column stands for each band: its strongest, so that every cell is a number of the trace.
        let chosen = rows.map { row in
            (0..<bands).map { band in
                let start = min(band * per, row.count)
                return row[start..<min(row.count, (band + 1) * per)].tellingPlace ?? start
            }
        }
        let values = zip(rows, chosen).map { row, columns in columns.map { $0 < row.count ? row[$0] : .nan } }
        var matrix = Matrix(values).named(name, role, words).rows(labels)
            .axes(rows: rowAxis, columns: lens == nil ? columnAxis : nil).scaled(scale).cell(cell)
            .showing(rows: Elision(rows.count, most: mostShown, keeping: lit?.row).shown)
            .elided(columns: .max).shaped(shape ?? [rows.count, width])
            .tagged(step) { index($0, chosen.indices.contains($0) && $1 < chosen[$0].count ? chosen[$0][$1] : $1) }
        if hidesInfinity { matrix = matrix.hiding(values) }
        for column in marked where column < width { matrix = matrix.highlighting(column: column / per) }
        if let lens {
            let columns = lens.lowerBound / per...(lens.upperBound - 1) / per
            matrix = matrix.highlighting(rows: 0...max(0, rows.count - 1), columns: columns)
                .anchoring("lens", rows: 0...max(0, rows.count - 1), columns: columns)
        }
        return matrix
    }

    private func lens(_ columns: Range<Int>, _ cell: Size) -> Matrix {
        let shown = rows.map { Array($0.dropFirst(columns.lowerBound).prefix(columns.count)) }
        let matrix = Matrix(shown).hiding(hidesInfinity ? shown : []).rows(labels)
            .columns(columns.map { TokenLabel(String($0)) }).axes(columns: columnAxis).scaled(scale).cell(cell)
            .elided(columns: .max).withoutShape().named(nil, role)
            .tagged(step) { index($0, columns.lowerBound + $1) }
            .anchoring("lensed", rows: 0...max(0, rows.count - 1), columns: 0...max(0, columns.count - 1))
        guard let lit, columns.contains(lit.column) else { return matrix }
        return matrix.highlighting(cell: lit.row, lit.column - columns.lowerBound)
    }
}
