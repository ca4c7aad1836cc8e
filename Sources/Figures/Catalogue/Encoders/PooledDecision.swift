import Drawing
import Tracing
import Wording

/// How an encoder judges a whole text: the first token's vector, pooled, becomes a probability for each class.
struct PooledDecision: ComposedMark {
    var strip: SegmentLines
    /// The pooled vector; empty where the trace lacks it.
    var pooled: [Float]
    var bars: [Bars.Bar]

    func build(_ space: Space) -> AnyMark {
        ThatFits {
            for (size, length) in [(32.0, 460.0), (28, 360), (24, 260), (20, 180), (17, 120), (15, 80)] {
                picture(space, size, length)
            }
        }.any
    }

    private func picture(_ space: Space, _ size: Double, _ length: Double) -> AnyMark {
        var strip = strip
        strip.size = size
        let words = Phrase(
            en: "the vector at [CLS], through the pooler", zh: "[CLS] 处的向量，经过池化层")
        return VStack(.center, spacing: space.density.gap * 0.7) {
            strip
            Arrow(.down, length: max(22, space.density.gap))
            if !pooled.isEmpty {
                Text(words).font(space.density.label).color(.muted)
                band(space)
                Arrow(.down, length: max(22, space.density.gap))
            }
            Bars(bars, limit: 1, length: length).rowHeight(max(32, space.density.cell.height * 0.85))
        }.any
    }

    /// More numbers than this are not told apart.
    private static let most = 192

    /// The vector as one band of colours.
    private func band(_ space: Space) -> Matrix {
        let shown = Array(pooled.prefix(Self.most))
        let width = min(Double(shown.count) * 9, 560)
        let cell = Size(Matrix.cellWidth(in: width, columns: shown.count), max(18, space.density.cell.height * 0.6))
        return Matrix([shown]).named(nil, .residual).withoutShape().digits(.none).whole().cell(cell)
    }
}
