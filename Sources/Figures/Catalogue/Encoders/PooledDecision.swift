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
            for (size, length) in [
                (56.0, 520.0), (46, 480), (38, 420), (32, 380), (28, 320), (24, 240), (20, 180), (17, 120), (15, 80),
            ] {
                picture(space, size, length, isWide: true)
                picture(space, size, length, isWide: false)
            }
        }.any
    }

    /// The text above, under it the vector at its first token and, beside or below, what is read from it.
    private func picture(_ space: Space, _ size: Double, _ length: Double, isWide: Bool) -> AnyMark {
        var strip = strip
        strip.size = size
        let words = Phrase(
            en: "the vector at [CLS], through the pooler", zh: "[CLS] 处的向量，经过池化层")
        let bars = Bars(bars, limit: 1, length: length).rowHeight(max(32, space.density.drawnCell.height * 0.85))
        let gap = space.density.gap
        return VStack(.center, spacing: max(40, gap * 1.6)) {
            strip
            if pooled.isEmpty {
                bars.anchored("made")
            } else {
                let vector = band(space).anchored("made").titled(
                    Text(words).font(space.density.label).color(.muted), alignment: 0.5)
                if isWide {
                    HStack(.middle, spacing: gap * 0.7) {
                        vector
                        Arrow(.right, length: 56)
                        bars
                    }
                } else {
                    VStack(.center, spacing: gap * 0.7) {
                        vector
                        Arrow(.down, length: max(22, gap))
                        bars
                    }
                }
            }
        }.connected { anchors, _, space, canvas in
            guard let made = anchors["made"] else { return }
            let above = pooled.isEmpty ? 4 : space.density.label.size * 1.5 + 8
            let target = Point(made.midX, made.minY - above)
            guard let way = SegmentLines.way(from: 0, in: anchors, to: target) else { return }
            canvas.arrow(way, Stroke(space.theme.highlight, width: 2.5), head: 11)
        }.any
    }

    /// More numbers than this are not told apart.
    private static let most = 192

    /// The vector as one band of colours.
    private func band(_ space: Space) -> Matrix {
        let shown = Array(pooled.prefix(Self.most))
        let width = min(Double(shown.count) * 9, 560)
        let cell = Size(
            Matrix.cellWidth(in: width, columns: shown.count), max(18, space.density.drawnCell.height * 0.6))
        return Matrix([shown]).named(nil, .residual).withoutShape().digits(.none).whole().cell(cell)
    }
}
