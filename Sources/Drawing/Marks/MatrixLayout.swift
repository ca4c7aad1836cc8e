import Platform
import Wording

/// Where the parts of a matrix lie, relative to its top left corner.
struct MatrixLayout {
    typealias Slot = Elision.Slot

    /// One row or column: what it shows and where it begins, relative to the body.
    struct Band {
        var slot: Slot
        var start: Double
        var length: Double
    }

    var rowBands: [Band] = []
    var columnBands: [Band] = []
    var cell: Size
    /// Between cells: the lesser of the two directions.
    var spacing: Double
    /// The font of the digits, or nil where there is no room for them.
    var digitFont: Font?
    /// How many decimals are written: fewer where one wide number would leave all cells without any.
    var decimals: Int?
    var labelFont: Font
    var rowLabelWidth = 0.0
    var columnLabelHeight = 0.0
    var columnLabelsRunUp = false
    /// Only every n-th label is drawn where cells are smaller than text.
    var rowLabelStride = 1
    var columnLabelStride = 1
    var name: Formula.Box?
    var nameWords: String?
    var wordsFont = Font.small
    var header = 0.0
    var shapeIsBelow = false
    /// The frame's rectangle, cells and their margin inside.
    var frame = Rect(0, 0, 0, 0)
    var extent = Extent.zero
    var footer: [String] = []
    var rowAxisName: String?

    /// From the frame's line to the first cell.
    static let margin = 4.0
    static let lineHeight = 20.0
    static let nameSize = 26.0

    init(_ matrix: Matrix, _ space: Space) {
        let density = space.density
        var cell = matrix.cellSize ?? density.drawnCell
        cell = Size(cell.width * matrix.cellFactor.width, cell.height * matrix.cellFactor.height)
        // Where a figure divides a room that is not there.
        if !(cell.width > 0 && cell.width.isFinite) { cell.width = 1 }
        if !(cell.height > 0 && cell.height.isFinite) { cell.height = 1 }
        labelFont = density.label
        let rows = Elision(
            matrix.rows, most: matrix.mostRows, showing: matrix.shownRows, from: matrix.firstRow
        ).slots
        let columns = Elision(matrix.columns, most: matrix.mostColumns, showing: matrix.shownColumns).slots
        let look = matrix.vectors.isEmpty ? nil : space.vectors
        for decimals in matrix.decimalsToTry where space.showsDigits && look == nil && digitFont == nil {
            self.decimals = decimals
            digitFont = MatrixLayout.digitFont(matrix, decimals, rows, columns, cell, space)
        }
        // Without digits a wide cell only wastes room: squares read as a picture.
        if digitFont == nil, space.showsDigits, matrix.cellSize == nil, matrix.cellFactor == Size(1, 1) {
            let side = min(density.cell.width, density.cell.height)
            cell.width = min(cell.width, side * density.stretch.width, cell.height * 1.8)
        }
        self.cell = cell
        spacing = MatrixLayout.spacing(min(cell.width, cell.height))
        var gaps = Size(spacing, spacing)
        if let look { useLook(look, matrix, rows.count, columns.count, &gaps) }
        rowBands = MatrixLayout.bands(rows, self.cell.height, gaps.height, gap: MatrixLayout.rowGap(space))
        columnBands = MatrixLayout.bands(
            columns, self.cell.width, gaps.width, gap: MatrixLayout.gapWidth(columns, space))
        if !space.showsDigits, look == nil { showWhole(matrix, rows, columns) }
        measure(matrix, space)
    }

    /// Between cells whose shorter side is so long.
    static func spacing(_ least: Double) -> Double { least >= 18 ? 2 : least >= 8 ? 1 : 0 }

    /// The room for a mark that says how many rows are left out.
    static func rowGap(_ space: Space) -> Double { space.vectors == nil ? lineHeight + 4 : 20 }

    /// Narrow cells along a vector; across it they stay as they are, beside those of other matrices.
    private mutating func useLook(
        _ look: VectorLook, _ matrix: Matrix, _ rows: Int, _ columns: Int, _ gaps: inout Size
    ) {
        let (directions, factor) = (matrix.vectors, matrix.cellFactor)
        let across = directions == .vertical ? cell.width : cell.height
        gaps = directions == .both ? Size(0, 0) : Size(Self.spacing(across), Self.spacing(across))
        if directions.contains(.horizontal) {
            let (length, gap) = look.cell(columns)
            (cell.width, gaps.width) = (length * factor.width, gap)
        }
        if directions.contains(.vertical) {
            let (length, gap) = look.cell(rows, isFlat: directions == .both)
            (cell.height, gaps.height) = (length * factor.height, gap)
        }
        spacing = min(gaps.width, gaps.height)
    }

    /// In the room that a part of it would take with its numbers, all of a tensor, as long as a column can be seen.
    private mutating func showWhole(_ matrix: Matrix, _ rows: [Slot], _ columns: [Slot]) {
        func pitch(_ bands: [Band], _ slots: [Slot], _ count: Int) -> Double? {
            guard count > 0, slots.contains(where: { if case .gap = $0 { true } else { false } }),
                let last = bands.last
            else { return nil }
            let pitch = (last.start + last.length) / Double(count)
            return pitch >= 1.5 ? pitch : nil
        }
        let firstRow = max(0, min(matrix.firstRow, matrix.rows))
        let wide = matrix.shownColumns == nil ? pitch(columnBands, columns, matrix.columns) : nil
        let high = matrix.shownRows == nil ? pitch(rowBands, rows, matrix.rows - firstRow) : nil
        guard wide != nil || high != nil else { return }
        let least = min(wide ?? cell.width, high ?? cell.height)
        spacing = least >= 18 ? 2 : least >= 8 ? 1 : 0
        if let wide { cell.width = wide - spacing }
        if let high { cell.height = high - spacing }
        rowBands = MatrixLayout.bands(
            high == nil ? rows : (firstRow..<matrix.rows).map { Slot.shown($0) }, cell.height, spacing,
            gap: MatrixLayout.lineHeight + 4)
        if wide != nil {
            columnBands = MatrixLayout.bands((0..<matrix.columns).map { .shown($0) }, cell.width, spacing, gap: 0)
        }
    }

    private mutating func measure(_ matrix: Matrix, _ space: Space) {
        let body = Size(
            (columnBands.last.map { $0.start + $0.length } ?? 0) + 2 * MatrixLayout.margin,
            (rowBands.last.map { $0.start + $0.length } ?? 0) + 2 * MatrixLayout.margin)
        measureLabels(matrix, space)
        let nameWidth = measureName(matrix, space)
        let shape = matrix.showsShape && !space.isNarrow ? space.width(of: Numbers.shape(matrix.shape), .small) : 0
        shapeIsBelow = shape > 0 && nameWidth > 0 && nameWidth + 14 + shape > body.width
        let hasHeader = nameWidth > 0 || (shape > 0 && !shapeIsBelow)
        header = hasHeader ? (name != nil ? 34 : 26) : 0
        if shapeIsBelow { footer.append(Numbers.shape(matrix.shape)) }
        if let axis = matrix.columnAxis, !space.isNarrow { footer.append(space.text(axis)) }
        rowAxisName = space.isNarrow ? nil : matrix.rowAxis.map(space.text)
        let axisBand = rowAxisName == nil ? 0 : MatrixLayout.lineHeight + 8
        let left = axisBand + (rowLabelWidth > 0 ? rowLabelWidth + 10 : 0)
        let top = header + columnLabelHeight
        let footerWidth = footer.map { space.width(of: $0, .small) }.max() ?? 0
        let centred = max(0, (max(footerWidth, 0) - body.width) / 2)
        let start = max(left, centred)
        frame = Rect(start, top, body.width, body.height)
        let right = max(max(nameWidth, body.width), body.width + centred, shapeIsBelow ? 0 : shape)
        let below = footer.isEmpty ? 0 : 6 + Double(footer.count) * MatrixLayout.lineHeight
        let axisLength = rowAxisName.map { space.width(of: $0, .small) } ?? 0
        let overhang = max(0, (axisLength - body.height) / 2)
        frame.origin.y = max(top, overhang)
        extent = Extent(
            start + right, frame.maxY + max(below, overhang), axis: frame.midY)
    }

    private mutating func measureName(_ matrix: Matrix, _ space: Space) -> Double {
        let tint: Tint = matrix.role.map { .role($0) } ?? .ink
        var width = 0.0
        if let text = matrix.name, !text.isEmpty {
            let formula = Formula(lenient: text).color(tint)
            let box = formula.box(size: MatrixLayout.nameSize, space)
            name = box
            width = box.width
        }
        if let words = matrix.words {
            let text = space.text(words)
            nameWords = text
            wordsFont = matrix.name == nil ? space.density.label.semibold : .small
            width += (width > 0 ? 10 : 0) + space.width(of: text, wordsFont)
        }
        return width
    }

    private mutating func measureLabels(_ matrix: Matrix, _ space: Space) {
        let line = labelFont.size * 1.25
        rowLabelStride = max(1, Int(clamping: (line / max(1, pitch(rowBands, cell.height))).rounded(.up)))
        let font = labelFont
        func widths(_ bands: [Band], _ labels: [TokenLabel]) -> [Double] {
            bands.compactMap { band in
                guard case .shown(let place) = band.slot, place < labels.count else { return nil }
                return TokenText.width(labels[place], font, space)
            }
        }
        rowLabelWidth = widths(rowBands, matrix.rowLabels).max() ?? 0
        guard !matrix.columnLabels.isEmpty else { return }
        let widths = widths(columnBands, matrix.columnLabels)
        let widest = widths.max() ?? 0
        let isShort = widest <= labelFont.size * 1.3
        // A single column's label has room at its sides, as long as it is a word.
        let mayRunUp = widths.count > 1 || widest > labelFont.size * 8
        let pitch = pitch(columnBands, cell.width)
        columnLabelsRunUp = widest > pitch - 4 && mayRunUp && !isShort
        let need = columnLabelsRunUp ? line : isShort ? widest + 4 : 0
        columnLabelStride = max(1, Int(clamping: (need / max(1, pitch)).rounded(.up)))
        columnLabelHeight = columnLabelsRunUp ? widest + 10 : line + 6
    }

    /// From one cell to the next.
    private func pitch(_ bands: [Band], _ length: Double) -> Double {
        let next = zip(bands, bands.dropFirst()).first { first, second in
            if case .shown = first.slot, case .shown = second.slot { true } else { false }
        }
        return next.map { $1.start - $0.start } ?? length + spacing
    }

    private static func digitFont(
        _ matrix: Matrix, _ decimals: Int?, _ rows: [Slot], _ columns: [Slot], _ cell: Size, _ space: Space
    ) -> Font? {
        guard matrix.digits != .none, matrix.rows > 0, matrix.columns > 0,
            rows.count * columns.count <= MatrixPainter.mostCells
        else { return nil }
        // The widest number drawn decides for all, so that the matrix is even; and matrices side by side agree, since
        // a number shorter than −0.00 does not make the digits larger.
        var longest = "−0.00"
        var widest = ""
        // Of numbers of one sign, whole or not, the largest is the longest: only those are written out.
        var largest: [Float] = [-1, -1, -1, -1]
        for case .shown(let row) in rows {
            for case .shown(let column) in columns {
                let value = matrix[row, column]
                if value.isFinite {
                    let kind = (value < 0 ? 1 : 0) + (value == value.rounded() ? 2 : 0)
                    guard abs(value) > largest[kind] else { continue }
                    largest[kind] = abs(value)
                }
                let text = matrix.string(value, decimals: decimals)
                if text.count > widest.count { widest = text }
            }
        }
        if widest.count > longest.count { longest = widest }
        let unit = space.width(of: longest, Font(.mono, size: 100)) / 100
        let size = min(20, cell.height * 0.44, (cell.width - 8) / max(0.01, unit))
        // Where five characters do not fit at 14 pixels, what is there may still.
        let tight = (cell.width - 4) / max(0.01, space.width(of: widest, Font(.mono, size: 100)) / 100)
        if size < Font.leastSize, min(tight, cell.height * 0.7) >= Font.leastSize {
            return Font(.mono, size: Font.leastSize)
        }
        return size >= Font.leastSize ? Font(.mono, size: (size * 2).rounded(.down) / 2) : nil
    }

    /// The same for matrices of many rows and of one, so that their columns stand under each other.
    private static func gapWidth(_ slots: [Slot], _ space: Space) -> Double {
        let widest = slots.reduce(0.0) { widest, slot in
            guard case .gap(let hidden) = slot else { return widest }
            return (gapWords(hidden, lines: .max, space) + gapWords(hidden, lines: 1, space))
                .map { space.width(of: $0, .small) }.reduce(max(widest, space.vectors == nil ? 28 : 18), max)
        }
        return widest > 0 ? widest + (space.vectors == nil ? 14 : 4) : 0
    }

    /// `40 more` in short lines for a narrow column; beside few rows only the number.
    static func gapWords(_ count: Int, lines most: Int, _ space: Space) -> [String] {
        if space.vectors != nil { return most > 1 ? ["⋯", "+\(count)"] : ["+\(count)"] }
        let words = space.more(count)
        let lines = ["⋯"] + words.split(separator: " ", maxSplits: 1).map(String.init)
        if lines.count <= most { return lines }
        return most > 1 ? ["⋯", "+\(count)"] : ["+\(count)"]
    }

    static func bands(_ slots: [Slot], _ length: Double, _ spacing: Double, gap: Double) -> [Band] {
        var bands: [Band] = []
        var start = 0.0
        for slot in slots {
            var size = length
            if case .gap = slot { size = gap }
            bands.append(Band(slot: slot, start: start, length: size))
            start += size + spacing
        }
        return bands
    }

    func rect(_ vertical: Band, _ horizontal: Band) -> Rect {
        Rect(
            frame.minX + MatrixLayout.margin + horizontal.start, frame.minY + MatrixLayout.margin + vertical.start,
            horizontal.length, vertical.length)
    }
}

extension Matrix {
    /// The decimals to write numbers with, the most first; nil for the digits' own.
    var decimalsToTry: [Int?] {
        guard digits == .automatic, !isWhole, largest.isFinite else { return [nil] }
        return largest >= 100 ? [1, 0] : largest >= 9.995 ? [2, 1] : [2]
    }

    /// The number as the cell writes it.
    func string(_ value: Float, decimals: Int?) -> String {
        switch digits {
        case .none: ""
        case .percent: Numbers.percent(Double(value))
        case .decimals(let count): Numbers.fixed(Double(value), decimals: count)
        case .automatic: Numbers.fixed(Double(value), decimals: decimals ?? 0)
        }
    }

    private var isWhole: Bool { wholeness.whole }
    private var largest: Float { wholeness.largest }
}
