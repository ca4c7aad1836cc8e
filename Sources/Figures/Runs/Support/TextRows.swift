import Drawing
import Wording

/// Rows of texts in columns, in letters as large as all of them fit: side by side, each wrapped to its share of the width,
/// or on a narrow page one under the other. Rows are left out only where letters would be too small.
struct TextRows: ComposedMark {
    struct Cell: Sendable {
        var text: String
        var tint: Tint
        var isStrong: Bool
        var isNumber: Bool

        init(_ text: String, _ tint: Tint = .ink, strong: Bool = false, number: Bool = false) {
            (self.text, self.tint, isStrong, isNumber) = (text, tint, strong, number)
        }

        func mark(_ size: Double) -> Text {
            let font = isNumber ? Font(.mono, size: size) : Font(size: size)
            return Text(text).font(isStrong ? font.semibold : font).color(tint)
        }
    }

    var rows: [[Cell]]
    /// The largest letters, in pixels.
    var most = 34.0

    func build(_ space: Space) -> AnyMark {
        let sizes = [34.0, 30, 27, 24, 22, 20, 18, 16, Font.leastSize].filter { $0 <= most }
        let counts = [8, 6, 4, 3, 2, 1].filter { $0 < rows.count }
        return ThatFits {
            for count in [rows.count] + counts {
                for size in sizes where size >= 18 { arrangements(count, size, space) }
            }
            for count in [rows.count] + counts {
                for size in sizes where size < 18 { arrangements(count, size, space) }
            }
        }.any
    }

    private func arrangements(_ count: Int, _ size: Double, _ space: Space) -> [AnyMark] {
        let shown = rows.prefix(count)
        let gap = Size(max(size * 1.5, space.density.gap * 0.8), max(size * 0.7, space.density.gap * 0.8))
        let columns = shown.map { $0.count }.max() ?? 0
        let natural = (0..<columns).map { column in
            shown.reduce(0.0) { max($0, column < $1.count ? $1[column].mark(size).size(in: space).width : 0) }
        }
        let widths = Self.shared(natural, room: space.width - gap.width * Double(max(0, columns - 1)))
        let table = Grid(
            columns: columns, spacing: gap, alignment: .leading,
            shown.flatMap { row in
                row.enumerated().map { column, cell in
                    // As wide as its column, so that what divides its room takes all of it and is not divided again.
                    cell.mark(size).wrapped(width: widths[column] + 0.5)
                        .frame(width: widths[column], alignment: .leading).any
                }
            })
        let stacked = VStack(
            .leading, spacing: gap.height,
            shown.map { row in
                VStack(
                    .leading, spacing: size * 0.25,
                    row.map {
                        $0.mark(size).wrapped(width: space.width).frame(width: space.width, alignment: .leading).any
                    }
                ).any
            })
        // A column of a word or two a line is no column.
        let isNarrow = zip(widths, natural).contains { $0 < min($1, size * 7) }
        return isNarrow ? [stacked.any] : [table.any, stacked.any]
    }

    /// Each its own width, as far as there is room; what is wider than its share is shortened to one width.
    private static func shared(_ natural: [Double], room: Double) -> [Double] {
        guard room.isFinite, natural.reduce(0, +) > room + 0.5 else { return natural }
        var rest = room
        var left = natural.count
        var most = room
        for width in natural.sorted() {
            most = rest / Double(max(1, left))
            if width > most { break }
            rest -= width
            left -= 1
        }
        return natural.map { max(1, min($0, most)) }
    }
}
