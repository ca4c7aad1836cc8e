import Drawing
import Platform
import Tracing

/// A tensor's table as a small picture: colours only, as many pixels as there is room for.
struct Thumbnail: Sendable {
    /// `[row][column]`
    var values: [[Float]]
    var scale: ValueScale
    var role: Role
    var step: StepName
    var words: String

    /// A smaller cell would be a grain, not a colour.
    private static let leastPixel = 2.5

    init(_ values: [[Float]], scale: ValueScale? = nil, role: Role, step: StepName, words: String = "") {
        self.values = values
        self.scale = scale ?? ClippedScale(values.joined()).scale
        self.role = role
        self.step = step
        self.words = words
    }

    /// Paints it into `rect`, with a frame of its role's colour; each pixel the strongest of the cells it stands for.
    func paint(in rect: Rect, lineWidth: Double = 2, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let inner = rect.inset(by: 2)
        let rows = values.count
        let columns = values.first?.count ?? 0
        if rows > 0, columns > 0, inner.width >= 1, inner.height >= 1 {
            let width = min(columns, max(1, Int(clamping: inner.width / Self.leastPixel)))
            let height = min(rows, max(1, Int(clamping: inner.height / Self.leastPixel)))
            let raster = Raster(width: width, height: height) { x, y in
                color(
                    strongest(
                        y * rows / height..<(y + 1) * rows / height, x * columns / width..<(x + 1) * columns / width),
                    theme)
            }
            canvas.add(.image(raster, inner))
        }
        let tag = Tag(step: step.description)
        canvas.stroke(
            .rounded(rect, radius: min(5, rect.height * 0.2)), Stroke(theme.accent(role), width: lineWidth), tag: tag)
        canvas.hotSpot(rect, words.isEmpty ? step.description : "\(words) · \(step.description)", tag: tag)
    }

    private func strongest(_ rows: Range<Int>, _ columns: Range<Int>) -> Float {
        var best: Float = -.infinity
        for row in rows {
            for column in columns where column < values[row].count {
                let value = values[row][column]
                // What is no number shows; minus infinity hides behind any number that there is.
                if value.isNaN || value == .infinity { return value }
                if value.isFinite, !best.isFinite || abs(value) > abs(best) { best = value }
            }
        }
        return best
    }

    private func color(_ value: Float, _ theme: Theme) -> Color {
        value == -.infinity ? theme.panel : scale.color(Double(value), theme)
    }
}
