import CXLSXWriter
import Drawing
import Reading
import Wording

/// An XLSX file that is being written: the one place that knows libxlsxwriter.
///
/// Rows leave the memory as they are written, so that those of a sheet come in their order. Sheets, however, may be
/// written side by side, as long as how their cells look is asked beforehand (``look(_:)``): a sheet has its own file
/// until the end, and all that they share are the looks.
final class XLSXFile {
    private let book: UnsafeMutablePointer<lxw_workbook>
    private let path: String
    private var looks: [CellStyle: CellLook] = [:]

    /// - Parameter scratch: the folder in which sheets grow.
    /// - Throws: ``WorkbookError/file(path:reason:)``.
    init(_ path: String, title: String, scratch: String) throws(Failure) {
        self.path = path
        glassformer_allow_open_files(2_048)
        var made: UnsafeMutablePointer<lxw_workbook>?
        path.withCString { path in
            var folder = Array(scratch.utf8CString)
            folder.withUnsafeMutableBufferPointer { folder in
                var options = lxw_workbook_options()
                options.constant_memory = 1
                options.tmpdir = folder.baseAddress
                made = workbook_new_opt(path, &options)
            }
        }
        guard let made else { throw Failure(WorkbookError.file(path: path, reason: "libxlsxwriter")) }
        book = made
        var words = Array(title.utf8CString)
        words.withUnsafeMutableBufferPointer { words in
            var properties = lxw_doc_properties()
            properties.title = words.baseAddress
            // Always the same day, so that the same workbook is the same bytes: 1 January 2025.
            properties.created = 1_735_689_600
            workbook_set_properties(book, &properties)
        }
    }

    func sheet(_ name: String) throws(Failure) -> XLSXSheet {
        guard let sheet = workbook_add_worksheet(book, name) else {
            throw Failure(WorkbookError.file(path: path, reason: name))
        }
        // On paper: across, as many pages long as it takes.
        worksheet_set_landscape(sheet)
        worksheet_fit_to_pages(sheet, 1, 0)
        return XLSXSheet(sheet)
    }

    /// - Parameter range: `'logits'!$B$6:$C$9`
    func define(_ name: String, as range: String) { workbook_define_name(book, name, "=" + range) }

    /// Writes all of it; the file is of no use before.
    /// - Throws: ``WorkbookError/file(path:reason:)``.
    func close() throws(Failure) {
        let code = workbook_close(book)
        guard code == LXW_NO_ERROR else {
            throw Failure(WorkbookError.file(path: path, reason: String(cString: lxw_strerror(code))))
        }
    }

    /// Each look is kept once, however many cells have it, and has its number in the order in which it was asked for.
    func look(_ style: CellStyle) -> CellLook {
        if style == CellStyle() { return .plain }
        if let known = looks[style] { return known }
        guard let format = workbook_add_format(book) else { return .plain }
        if let numbers = style.numbers { format_set_num_format(format, numbers) }
        if style.isBold { format_set_bold(format) }
        if let size = style.size { format_set_font_size(format, size) }
        if let ink = style.ink { format_set_font_color(format, ink.code) }
        if let ground = style.ground { format_set_bg_color(format, ground.code) }
        if style.isLink { format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue)) }
        if style.wraps {
            format_set_text_wrap(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        }
        switch style.side {
        case .right: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
        case .left: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
        case nil: break
        }
        // The library numbers a look where it is first used, in a table that all sheets share.
        _ = style.isCondition ? lxw_format_get_dxf_index(format) : lxw_format_get_xf_index(format)
        let look = CellLook(format: format)
        looks[style] = look
        return look
    }
}

/// A ``CellStyle`` in the file.
struct CellLook: @unchecked Sendable {
    fileprivate let format: UnsafeMutablePointer<lxw_format>?

    static let plain = CellLook(format: nil)
}

/// How a cell looks.
struct CellStyle: Hashable, Sendable {
    enum Side: Sendable { case left, right }
    /// A spreadsheet's format of numbers: `0.000`.
    var numbers: String?
    var isBold = false
    var size: Double?
    var ink: Color?
    var ground: Color?
    var isLink = false
    var wraps = false
    var side: Side?
    /// Laid over a cell where a condition holds.
    var isCondition = false
}

/// One sheet of it.
///
/// One thread at a time writes it.
struct XLSXSheet: @unchecked Sendable {
    private let sheet: UnsafeMutablePointer<lxw_worksheet>

    fileprivate init(_ sheet: UnsafeMutablePointer<lxw_worksheet>) { self.sheet = sheet }

    func write(_ text: String, at place: CellPlace, _ look: CellLook = .plain) {
        worksheet_write_string(sheet, place.rowNumber, place.columnNumber, text, look.format)
    }

    func write(_ number: Double, at place: CellPlace, _ look: CellLook = .plain) {
        worksheet_write_number(sheet, place.rowNumber, place.columnNumber, number, look.format)
    }

    /// - Parameters:
    ///   - formula: without its sign of equality.
    ///   - value: what it gives now.
    func write(_ formula: String, at place: CellPlace, value: Double, _ look: CellLook = .plain) {
        worksheet_write_formula_num(
            sheet, place.rowNumber, place.columnNumber, "=" + formula, look.format, value)
    }

    func write(_ formula: String, at place: CellPlace, value: String, _ look: CellLook = .plain) {
        worksheet_write_formula_str(
            sheet, place.rowNumber, place.columnNumber, "=" + formula, look.format, value)
    }

    /// A link to another sheet's first cell.
    func link(_ text: String, to name: String, at place: CellPlace, _ look: CellLook) {
        let target = "internal:'" + name.replacing("'", with: "''") + "'!A1"
        worksheet_write_url(sheet, place.rowNumber, place.columnNumber, target, look.format)
        worksheet_write_string(sheet, place.rowNumber, place.columnNumber, text, look.format)
    }

    func widths(_ width: Double, columns: ClosedRange<Int>) {
        worksheet_set_column(
            sheet, CellPlace(0, columns.lowerBound).columnNumber, CellPlace(0, columns.upperBound).columnNumber, width,
            nil)
    }

    func height(_ height: Double, row: Int) { worksheet_set_row(sheet, CellPlace(row, 0).rowNumber, height, nil) }

    func freeze(_ place: CellPlace) { worksheet_freeze_panes(sheet, place.rowNumber, place.columnNumber) }

    func tab(_ color: Color) { worksheet_set_tab_color(sheet, color.code) }

    /// Colours of some ranges by a figure's scale, and light digits where the ground is dark.
    /// - Parameter light: a look of a condition.
    func colour(_ ranges: [CellRange], by scale: ValueScale, _ theme: Theme, _ light: CellLook) {
        let limit = scale.limit
        guard limit > 0, limit.isFinite else { return }
        for text in CellRange.texts(ranges, most: 2_000) {
            guard let first = ranges.first else { return }
            withRanges(text.contains(" ") ? text : nil) { many in
                var colours = lxw_conditional_format()
                colours.multi_range = many
                colours.min_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
                colours.max_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
                colours.max_value = limit
                var digits = lxw_conditional_format()
                digits.multi_range = many
                digits.type = UInt8(LXW_CONDITIONAL_TYPE_CELL.rawValue)
                digits.format = light.format
                if case .sequential = scale {
                    colours.type = UInt8(LXW_CONDITIONAL_2_COLOR_SCALE.rawValue)
                    (colours.min_color, colours.max_color) = (theme.paper.code, theme.full.code)
                    digits.criteria = UInt8(LXW_CONDITIONAL_CRITERIA_GREATER_THAN.rawValue)
                    digits.value = limit * 0.55
                } else {
                    colours.type = UInt8(LXW_CONDITIONAL_3_COLOR_SCALE.rawValue)
                    colours.mid_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
                    (colours.min_value, colours.mid_value) = (-limit, 0)
                    (colours.min_color, colours.mid_color) = (theme.negative.code, theme.paper.code)
                    colours.max_color = theme.positive.code
                    digits.criteria = UInt8(LXW_CONDITIONAL_CRITERIA_NOT_BETWEEN.rawValue)
                    (digits.min_value, digits.max_value) = (-limit * 0.8, limit * 0.8)
                }
                add(&digits, first)
                add(&colours, first)
            }
        }
    }

    private func add(_ format: inout lxw_conditional_format, _ range: CellRange) {
        worksheet_conditional_format_range(
            sheet, range.first.rowNumber, range.first.columnNumber, range.last.rowNumber, range.last.columnNumber,
            &format)
    }

    private func withRanges(_ text: String?, _ body: (UnsafeMutablePointer<CChar>?) -> Void) {
        guard let text else { return body(nil) }
        var bytes = Array(text.utf8CString)
        bytes.withUnsafeMutableBufferPointer { body($0.baseAddress) }
    }
}

/// A rectangle of cells.
struct CellRange: Sendable, Hashable {
    var first: CellPlace
    var last: CellPlace

    var text: String { first == last ? first.text : first.text + ":" + last.text }
    var fixed: String { first == last ? first.fixed : first.fixed + ":" + last.fixed }

    /// Several as one text each of at most so many bytes.
    static func texts(_ ranges: [CellRange], most: Int) -> [String] {
        var texts: [String] = []
        for range in ranges {
            let text = range.text
            if let last = texts.last, last.utf8.count + text.utf8.count < most {
                texts[texts.count - 1] += " " + text
            } else {
                texts.append(text)
            }
        }
        return texts
    }
}

extension CellPlace {
    fileprivate var rowNumber: lxw_row_t { lxw_row_t(clamping: row) }
    fileprivate var columnNumber: lxw_col_t { lxw_col_t(clamping: column) }
}

extension Color {
    /// `0xRRGGBB`
    fileprivate var code: lxw_color_t {
        func byte(_ part: Double) -> lxw_color_t { lxw_color_t(min(max(part, 0), 1) * 255 + 0.5) }
        return byte(red) << 16 | byte(green) << 8 | byte(blue)
    }
}
