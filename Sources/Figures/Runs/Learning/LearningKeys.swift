import Drawing
import Wording

/// A legend's entry for points: their looks, then words.
struct PointKey: Mark {
    var looks: [PointLook]
    var words: Phrase

    private var room: Double { Double(looks.count) * 18 }

    func extent(in space: Space) -> Extent {
        let metrics = space.metrics(space.text(words), .small)
        return Extent(room + 6 + metrics.width, max(18, metrics.height))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        for (place, look) in looks.enumerated() {
            look.paint(Point(rect.minX + 9 + Double(place) * 18, rect.midY), radius: 5.5, space.theme, onto: &canvas)
        }
        canvas.text(
            space.text(words), at: Point(rect.minX + room + 6, rect.midY), .small, space.theme.muted, .leading,
            in: space)
    }
}

/// A link between neurons: as wide as its weight, dashed where that is negative.
struct WeightLook {
    var weight: Double
    /// The largest magnitude of all weights.
    var limit: Double
    var widest: Double

    func stroke(_ theme: Theme) -> Stroke {
        let share = limit > 0 && weight.isFinite ? min(1, abs(weight) / limit) : 0
        let color = theme.paper.mixed(with: weight < 0 ? theme.negative : theme.positive, 0.3 + 0.7 * share)
        let width = 0.75 + (widest - 0.75) * share
        return Stroke(color, width: width, dashes: weight < 0 ? [7, 4] : [], isRound: false)
    }
}

/// A legend's entry for links: the largest weight of either sign.
struct WeightKey: Mark {
    var limit: Double

    private var entries: [(weight: Double, text: String)] {
        let number = Numbers.significant(limit, digits: 2)
        return [(-limit, "−\(number)"), (limit, "+\(number)")]
    }
    private static let words = Phrase(en: "weight", zh: "权重")

    func extent(in space: Space) -> Extent {
        let numbers = entries.reduce(0) { $0 + space.width(of: $1.text, .mono(.small)) + 52 }
        let metrics = space.metrics(space.text(Self.words), .small)
        return Extent(metrics.width + numbers, max(18, metrics.height))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        var x = canvas.text(
            space.text(Self.words), at: Point(rect.minX, rect.midY), .small, theme.muted, .leading, in: space
        ).maxX
        for entry in entries {
            x += 10
            canvas.line(
                Point(x, rect.midY), Point(x + 36, rect.midY),
                WeightLook(weight: entry.weight, limit: limit, widest: 6).stroke(theme))
            x =
                canvas.text(
                    entry.text, at: Point(x + 42, rect.midY), .mono(.small), theme.muted, .leading, in: space
                ).maxX
        }
    }
}
