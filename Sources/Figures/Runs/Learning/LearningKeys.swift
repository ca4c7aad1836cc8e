import Drawing
import Wording

/// A legend's entry for points: their looks, then words.
struct PointKey: ComposedMark {
    var looks: [PointLook]
    var words: Phrase

    func build(_ space: Space) -> AnyMark {
        HStack(.middle, spacing: 6) {
            Drawn(Double(looks.count) * 18, 18) { rect, space, canvas in
                for (place, look) in looks.enumerated() {
                    let center = Point(rect.minX + 9 + Double(place) * 18, rect.midY)
                    look.paint(center, radius: 5.5, space.theme, onto: &canvas)
                }
            }
            Text(words).font(.small).color(.muted)
        }.any
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
struct WeightKey: ComposedMark {
    var limit: Double

    func build(_ space: Space) -> AnyMark {
        let number = Numbers.significant(limit, digits: 2)
        return HStack(.middle, spacing: 10) {
            Text(Phrase(en: "weight", zh: "权重")).font(.small).color(.muted)
            for (weight, text) in [(-limit, "−\(number)"), (limit, "+\(number)")] {
                HStack(.middle, spacing: 6) {
                    Drawn(36, 18) { rect, space, canvas in
                        canvas.line(
                            Point(rect.minX, rect.midY), Point(rect.maxX, rect.midY),
                            WeightLook(weight: weight, limit: limit, widest: 6).stroke(space.theme))
                    }
                    Text(text).font(.mono(.small)).color(.muted)
                }
            }
        }.any
    }
}
