import Platform
import Wording

/// The marks that say how many rows or columns are left out, kept clear of highlights and of each other.
extension MatrixPainter {
    func paintGaps(_ frame: Rect, _ canvas: inout Canvas) {
        let rows = gaps(layout.rowBands, from: frame.minY)
        for column in gaps(layout.columnBands, from: frame.minX) {
            let cuts =
                rows.map { $0.low...$0.high }
                + edges { $0.minX < column.low && $0.maxX > column.high ? ($0.minY, $0.maxY) : nil }
            let room = MatrixPainter.widest(frame.minY...frame.maxY, without: cuts)
            let line = MatrixLayout.lineHeight
            let lines = max(1, Int(clamping: (room.upperBound - room.lowerBound - 2) / line))
            let words = MatrixLayout.gapWords(column.count, lines: lines, space)
            let middle = Double(words.count - 1) / 2
            for (index, word) in words.enumerated() {
                let y = (room.lowerBound + room.upperBound) / 2 + (Double(index) - middle) * line
                canvas.text(
                    word, at: Point((column.low + column.high) / 2, y), .small, space.theme.muted, in: space)
            }
        }
        for row in rows {
            let cuts = edges { $0.minY < row.low && $0.maxY > row.high ? ($0.minX, $0.maxX) : nil }
            let room = MatrixPainter.widest(frame.minX...frame.maxX, without: cuts)
            let words = space.more(row.count)
            let texts = ["⋯ \(words) ⋯", "⋯ \(row.count)"]
            let text = texts.first { space.width(of: $0, .small) <= room.upperBound - room.lowerBound - 8 } ?? "⋯"
            let x = (room.lowerBound + room.upperBound) / 2
            canvas.text(text, at: Point(x, (row.low + row.high) / 2), .small, space.theme.muted, in: space)
        }
    }

    private func gaps(_ bands: [MatrixLayout.Band], from start: Double) -> [(count: Int, low: Double, high: Double)] {
        bands.compactMap { band in
            guard case .gap(let count) = band.slot else { return nil }
            let low = start + MatrixLayout.margin + band.start
            return (count, low, low + band.length)
        }
    }

    /// The lines of highlights that run across a gap.
    private func edges(_ across: (Rect) -> (Double, Double)?) -> [ClosedRange<Double>] {
        matrix.lit.flatMap { highlight -> [ClosedRange<Double>] in
            guard let box = rect(highlight.rows, highlight.columns), let (low, high) = across(box) else { return [] }
            return [(low - 4)...(low + 2), (high - 2)...(high + 4)]
        }
    }

    /// The longest part of a range that none of the cuts touches.
    static func widest(_ range: ClosedRange<Double>, without cuts: [ClosedRange<Double>]) -> ClosedRange<Double> {
        var best = range.lowerBound...range.lowerBound
        var start = range.lowerBound
        for cut in cuts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let end = min(cut.lowerBound, range.upperBound)
            if end - start > best.upperBound - best.lowerBound { best = start...end }
            start = max(start, cut.upperBound)
        }
        return range.upperBound - start > best.upperBound - best.lowerBound ? start...range.upperBound : best
    }
}
