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
                VectorBand(values: pooled)
                Arrow(.down, length: max(22, space.density.gap))
            }
            Bars(bars, limit: 1, length: length).rowHeight(max(32, space.density.cell.height * 0.85))
        }.any
    }
}

/// A vector as one band of colours.
struct VectorBand: Mark {
    var values: [Float]

    /// More than this are not told apart.
    static let most = 192

    private func size(_ space: Space) -> Size {
        let count = Double(min(values.count, Self.most))
        return Size(min(count * 9, max(120, space.width * 0.7)), max(18, space.density.cell.height * 0.6))
    }

    func extent(in space: Space) -> Extent { Extent(size(space)) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let shown = Array(values.prefix(Self.most))
        let scale = ValueScale.fitting(shown)
        let width = rect.width / Double(max(shown.count, 1))
        for (place, value) in shown.enumerated() {
            canvas.fill(
                .rounded(Rect(rect.minX + Double(place) * width, rect.minY, width, rect.height), radius: 0),
                scale.color(Double(value), space.theme), stroke: nil, tag: nil)
        }
        canvas.add(
            .path(.rounded(rect, radius: 2), fill: nil, stroke: Stroke(space.theme.color(.role(.residual)), width: 1.5))
        )
    }
}
