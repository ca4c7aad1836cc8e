import Drawing
import Platform
import Wording

/// A diverging scale that a few outliers do not bleach: its ends lie where nearly all numbers are.
///
/// Trained models keep a few columns of the residual stream many times larger than all others; fitted to those, a
/// picture of the rest would be white.
struct ClippedScale: Sendable {
    var scale: ValueScale
    /// Whether some numbers lie beyond the ends.
    var isClipped: Bool

    /// The share of the numbers that the ends hold where the rest would bleach the picture.
    private static let share = 0.98
    /// No figure that elides a vector's middle draws more of its first and last numbers.
    private static let mostEdges = 8

    init(_ values: some Sequence<Float>) {
        let sizes = values.filter { $0.isFinite }.map { abs($0) }.sorted()
        let most = Double(sizes.last ?? 0)
        let place = Int(clamping: (Double(sizes.count) * Self.share).rounded(.up)) - 1
        let ordinary = sizes.isEmpty ? 0 : Double(sizes[max(0, min(sizes.count - 1, place))])
        isClipped = ordinary > 0 && most > 2 * ordinary
        scale = .diverging(limit: isClipped ? ordinary : most)
    }

    /// For tables of vectors whose middle columns are left out: of the columns at the ends, which are drawn.
    init(edgesOf tables: [[[Float]]]) {
        self.init(
            tables.lazy.joined().map { row in
                row.count > 2 * Self.mostEdges ? Array(row.prefix(Self.mostEdges) + row.suffix(Self.mostEdges)) : row
            }.joined())
    }

    func legend(_ words: Phrase) -> ColorScale {
        guard isClipped else { return ColorScale(scale, words) }
        return ColorScale(
            scale, Phrase(en: words.english + ", clipped at the ends", zh: words.chinese + "（超出两端的按两端着色）"))
    }
}

extension ValueScale {
    /// Fitted to what is drawn at most of tables whose middle rows and columns are left out: the first and the last.
    static func visible(_ tables: [[[Float]]], rows: Int, columns: Int) -> ValueScale {
        fitting(
            tables.flatMap { table in
                Elision(table.count, most: rows).shown.flatMap { row in
                    Elision(table[row].count, most: columns).shown.map { table[row][$0] }
                }
            })
    }
}
