import Wording

/// A table of texts in columns, as wide as they need to be.
struct TextTable {
    enum Alignment { case left, right }

    private let alignments: [Alignment]
    private let hasHeading: Bool
    private var rows: [[String]]

    init(_ alignments: [Alignment], heading: [String]? = nil) {
        self.alignments = alignments
        hasHeading = heading != nil
        rows = heading.map { [$0] } ?? []
    }

    init(_ alignments: [Alignment], heading: [some PhraseTable]) {
        self.init(alignments, heading: heading.map { $0.text })
    }

    mutating func add(_ cells: String...) { add(row: cells) }
    mutating func add(row cells: [String]) { rows.append(cells.map(Printed.cell)) }

    /// The lines, the heading in `style`.
    func text(style: Style) -> String {
        let widths = alignments.indices.map { column in
            rows.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
        }
        var text = ""
        for (place, row) in rows.enumerated() {
            let cells = row.enumerated().map { column, cell in
                alignments[column] == .right ? cell.leftPadded(to: widths[column]) : cell.padded(to: widths[column])
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            text += (hasHeading && place == 0 ? style.dim(line) : line) + "\n"
        }
        return text
    }
}
