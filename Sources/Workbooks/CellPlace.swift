/// A cell of a sheet, counted from zero.
package struct CellPlace: Sendable, Hashable {
    package var row: Int
    package var column: Int

    package init(_ row: Int, _ column: Int) { (self.row, self.column) = (row, column) }

    /// As formulas write it: `C7`.
    package var text: String { Self.columnName(column) + String(row + 1) }

    /// As a name's definition writes it, the same from wherever it is used: `$C$7`.
    var fixed: String { "$" + Self.columnName(column) + "$" + String(row + 1) }

    /// The letters of a column: A … Z, AA …
    package static func columnName(_ column: Int) -> String {
        var (rest, name) = (column, [UInt8]())
        repeat {
            name.insert(UInt8(ascii: "A") + UInt8(rest % 26), at: 0)
            rest = rest / 26 - 1
        } while rest >= 0
        return String(decoding: name, as: UTF8.self)
    }
}

/// Neighbouring cells of one sheet along a row or down a column.
struct Line: Sendable, Hashable {
    /// What stands before a cell of the sheet: `'logits'!`, nothing on the sheet itself.
    var sheet: String
    var start: CellPlace
    var count: Int
    /// Whether it runs along a row; of a single cell both.
    var isRow: Bool

    var end: CellPlace {
        isRow ? CellPlace(start.row, start.column + count - 1) : CellPlace(start.row + count - 1, start.column)
    }

    var text: String { count == 1 ? sheet + start.text : sheet + start.text + ":" + end.text }

    /// `Σ a · b`. Two that run the same way go into SUMPRODUCT; a row and a column are a product of matrices of one
    /// cell, summed so that no program takes it for more than one.
    func dot(_ other: Line) -> String {
        if count == 1 { return text + "*" + other.text }
        if isRow == other.isRow { return self == other ? "SUMSQ(\(text))" : "SUMPRODUCT(\(text),\(other.text))" }
        return isRow ? "SUM(MMULT(\(text),\(other.text)))" : "SUM(MMULT(\(other.text),\(text)))"
    }
}

/// The limits of a spreadsheet (Excel 2007 and later; LibreOffice and WPS have the same or more).
package enum SheetLimit {
    package static let rows = 1_048_576
    package static let columns = 16_384
    /// Of a sheet's name.
    package static let name = 31
    /// Of a formula's text.
    package static let formula = 8_192
    /// A hidden score: minus infinity has no cell of its own, and this leaves nothing of e to its power.
    package static let hidden = -1e300
}
