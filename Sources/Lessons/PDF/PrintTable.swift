import Drawing
import Rendering

/// Sets a table: columns as wide as their words want them, narrower where the page asks for it; a row is not divided.
struct PrintTable {
    let text: PrintText
    let kind: PrintStyle.Kind

    private static let gap = 14.0
    private static let leastColumn = 30.0

    func bands(_ table: Block.Table) -> [PrintBand] {
        let head = PrintStyle.Kind(font: kind.font.semibold, leading: kind.leading, color: kind.color)
        return bands(
            header: table.header.map { text.runs($0, head) }, rows: table.rows.map { $0.map { text.runs($0, kind) } },
            alignments: table.alignments)
    }

    func bands(header: [[PrintRun]], rows: [[[PrintRun]]], alignments: [Block.Alignment] = []) -> [PrintBand] {
        let columns = ([header] + rows).map(\.count).max() ?? 0
        guard columns > 0 else { return [] }
        let widths = widths([header] + rows, columns)
        let total = widths.reduce(0, +) + Self.gap * Double(columns - 1)
        var bands: [PrintBand] = []
        for (index, row) in ([header] + rows).enumerated() {
            guard index > 0 || header.contains(where: { !$0.isEmpty }) else { continue }
            var band = self.row(row, widths, alignments, isHead: index == 0)
            let isLast = index == rows.count
            let y = band.height + 2
            band.height += 4
            band.pieces.append(rule(y, total, strong: index == 0 || isLast))
            if index == 0 {
                for piece in band.pieces.indices { band.pieces[piece].zoom.offset.y += 3 }
                band.height += 3
                band.pieces.append(rule(0, total, strong: true))
                band.keepsNext = true
            }
            bands.append(band)
        }
        bands = bands.within(.table)
        return bands.count <= 8 ? bands.together : bands
    }

    private func rule(_ y: Double, _ width: Double, strong: Bool) -> PDFDocument.Piece {
        let stroke = Stroke(
            strong ? PrintStyle.theme.muted : PrintStyle.hairline, width: strong ? 0.7 : 0.5, isRound: false)
        return PDFDocument.Piece(
            [Item(.path(.line(Point(0, y), Point(width, y)), fill: nil, stroke: stroke))], Zoom(1))
    }

    private func row(
        _ row: [[PrintRun]], _ widths: [Double], _ alignments: [Block.Alignment], isHead: Bool
    ) -> PrintBand {
        var band = PrintBand(height: 0)
        var x = 0.0
        for (column, width) in widths.enumerated() {
            defer { x += width + Self.gap }
            guard row.indices.contains(column) else { continue }
            let alignment: PrintParagraph.Alignment =
                switch alignments.indices.contains(column) ? alignments[column] : .natural {
                case .natural, .left: .left
                case .center: .center
                case .right: .right
                }
            let setter = PrintSetter(style: text.setter.style, width: width)
            var y = 3.0
            for line in setter.paragraph(row[column], kind, alignment: alignment)
                .told(as: isHead ? .headCell : .cell)
            {
                for var piece in line.pieces {
                    piece.zoom.offset = piece.zoom.offset + Point(x, y)
                    band.pieces.append(piece)
                }
                band.terms += line.terms
                y += line.height
            }
            band.height = max(band.height, y)
        }
        return [band].within(.row)[0]
    }

    /// What each column would be on one line; where that is too much, the widest give.
    private func widths(_ rows: [[[PrintRun]]], _ columns: Int) -> [Double] {
        let natural = (0..<columns).map { column in
            rows.map { row in row.indices.contains(column) ? width(row[column]) : 0 }.max() ?? 0
        }.map { max(Self.leastColumn, $0 + 0.5) }
        let room = text.setter.width - Self.gap * Double(columns - 1)
        guard natural.reduce(0, +) > room else { return natural }
        // What is narrow anyway stays; the rest share what is left, as they would like it.
        var fixed = Set<Int>()
        while true {
            let left = room - fixed.reduce(0) { $0 + natural[$1] }
            let open = natural.indices.filter { !fixed.contains($0) }
            guard !open.isEmpty else { return natural }
            let fair = left / Double(open.count)
            let narrow = open.filter { natural[$0] <= fair }
            if narrow.isEmpty {
                // The square root: long texts wrap, short ones would break.
                let sum = open.reduce(0) { $0 + natural[$1].squareRoot() }
                return natural.indices.map { column in
                    fixed.contains(column)
                        ? natural[column] : max(Self.leastColumn, left * natural[column].squareRoot() / max(1, sum))
                }
            }
            fixed.formUnion(narrow)
        }
    }

    private func width(_ runs: [PrintRun]) -> Double {
        runs.reduce(0) { sum, run in
            switch run.content {
            case .text(let words): sum + text.setter.style.measurer.metrics(of: words, in: run.font).width
            case .box(let box): sum + box.width
            }
        }
    }
}
