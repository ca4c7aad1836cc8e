/// A number that is not finite. It is drawn as a mark of its own, with its name where there is room: a cell that is
/// masked, and one that is merely small, look otherwise.
public enum OddNumber: Sendable, Hashable, CaseIterable {
    case notANumber, infinite, minusInfinite

    /// nil for a finite number.
    public init?(_ value: Double) {
        guard !value.isFinite else { return nil }
        self = value.isNaN ? .notANumber : value > 0 ? .infinite : .minusInfinite
    }

    public init?(_ value: Float) { self.init(Double(value)) }

    /// As numbers are written: `NaN`, `∞`, `−∞`.
    public var text: String {
        switch self {
        case .notANumber: Numbers.fixed(.nan)
        case .infinite: Numbers.fixed(.infinity)
        case .minusInfinite: Numbers.fixed(-.infinity)
        }
    }

    public static func color(_ theme: Theme) -> Color { theme.accent(.gradient) }
}

extension Canvas {
    /// The mark of a number that is not finite: a framed ground, in it the number's name, or without a font a sign, a
    /// cross for what is not a number, a point upwards or downwards for what is without bound.
    public mutating func odd(_ number: OddNumber, in rect: Rect, font: Font? = nil, tag: Tag? = nil, in space: Space) {
        let color = OddNumber.color(space.theme)
        let side = min(rect.width, rect.height)
        // Of a cell as small as a grain the colour is all that is seen.
        guard side >= 6 else { return fill(.rectangle(rect), color, tag: tag) }
        fill(
            .rounded(rect.inset(by: 0.5), radius: min(3, side * 0.1)), space.theme.panel,
            stroke: Stroke(color, width: 1.5), tag: tag)
        if let font, space.width(of: number.text, font) + 4 <= rect.width {
            text(number.text, at: rect.center, font, color, tag: tag, in: space)
            return
        }
        let (middle, arm) = (rect.center, side * 0.22)
        let stroke = Stroke(color, width: 1.5)
        switch number {
        case .notANumber:
            line(middle - Point(arm, arm), middle + Point(arm, arm), stroke)
            line(middle + Point(arm, -arm), middle + Point(-arm, arm), stroke)
        case .infinite, .minusInfinite:
            let up = number == .infinite ? -arm : arm
            self.stroke(
                .polyline([middle + Point(-arm, -up), middle + Point(0, up), middle + Point(arm, -up)]), stroke)
        }
    }

    /// The same in place of a bar that would begin at `start`; returns how long it is.
    @discardableResult
    public mutating func oddBar(
        _ number: OddNumber, at start: Point, thickness: Double, tag: Tag? = nil, in space: Space
    ) -> Double {
        let side = max(12, thickness)
        odd(number, in: Rect(start.x, start.y - thickness / 2, side, thickness), tag: tag, in: space)
        return side
    }
}
