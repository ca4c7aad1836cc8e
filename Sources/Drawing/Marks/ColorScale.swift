import Wording

/// The legend of a colour map: a strip with its end values, and what it measures.
public struct ColorScale: Mark {
    public var scale: ValueScale
    public var words: Phrase?
    public var length: Double

    public init(_ scale: ValueScale, _ words: Phrase? = nil, length: Double = 150) {
        self.scale = scale
        self.words = words
        self.length = length
    }

    private var ends: (low: String, high: String) {
        switch scale {
        case .diverging(let limit):
            ("−" + Numbers.significant(limit, digits: 2), "+" + Numbers.significant(limit, digits: 2))
        case .sequential(let limit): ("0", Numbers.significant(limit, digits: 2))
        case .none: ("", "")
        }
    }

    private static let thickness = 12.0
    private static let gap = 8.0

    private func parts(_ space: Space) -> (words: Double, low: Double, high: Double, height: Double) {
        let font = Font.mono(.small)
        let metrics = space.metrics("0", font)
        let words = words.map { space.width(of: space.text($0), .small) + 10 } ?? 0
        return (words, space.width(of: ends.low, font), space.width(of: ends.high, font), max(18, metrics.height))
    }

    public func extent(in space: Space) -> Extent {
        let parts = parts(space)
        return Extent(
            parts.words + parts.low + ColorScale.gap + length + ColorScale.gap + parts.high, parts.height)
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let parts = parts(space)
        let theme = space.theme
        var x = rect.minX
        if let words {
            canvas.text(space.text(words), at: Point(x, rect.midY), .small, theme.muted, .leading, in: space)
            x += parts.words
        }
        let font = Font.mono(.small)
        canvas.text(ends.low, at: Point(x, rect.midY), font, theme.muted, .leading, in: space)
        x += parts.low + ColorScale.gap
        let strip = Rect(x, rect.midY - ColorScale.thickness / 2, length, ColorScale.thickness)
        let steps = 48
        let raster = Raster(width: steps, height: 1) { step, _ in
            let share = (Double(step) + 0.5) / Double(steps)
            return switch scale {
            case .diverging: theme.diverging(2 * share - 1)
            case .sequential: theme.sequential(share)
            case .none: theme.paper
            }
        }
        canvas.add(.image(raster, strip))
        canvas.stroke(.rectangle(strip), Stroke(theme.hairline, width: 1))
        x += length + ColorScale.gap
        canvas.text(ends.high, at: Point(x, rect.midY), font, theme.muted, .leading, in: space)
    }
}

/// A small swatch with words: what a colour or a frame means.
public struct LegendKey: Mark {
    public enum Swatch: Sendable, Hashable {
        case fill(Tint)
        case frame(Tint)
        case line(Tint, dashed: Bool)
        case dot(Tint)
        /// The mark of numbers that are not finite.
        case odd
    }

    public var swatch: Swatch
    public var words: Phrase

    public init(_ swatch: Swatch, _ words: Phrase) {
        self.swatch = swatch
        self.words = words
    }

    public func extent(in space: Space) -> Extent {
        let metrics = space.metrics(space.text(words), .small)
        return Extent(24 + 8 + metrics.width, max(18, metrics.height))
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let box = Rect(rect.minX + 1, rect.midY - 7, 22, 14)
        switch swatch {
        case .fill(let tint):
            canvas.fill(.rounded(box, radius: 3), theme.color(tint), stroke: Stroke(theme.hairline, width: 1))
        case .frame(let tint): canvas.stroke(.rounded(box, radius: 4), Stroke(theme.color(tint), width: 3))
        case .odd: canvas.odd(.notANumber, in: box, in: space)
        case .dot(let tint): canvas.fill(.circle(box.center, radius: 5), theme.color(tint))
        case .line(let tint, let dashed):
            canvas.line(
                Point(box.minX, box.midY), Point(box.maxX, box.midY),
                Stroke(theme.color(tint), width: 2.5, dashes: dashed ? [5, 4] : []))
        }
        canvas.text(space.text(words), at: Point(rect.minX + 32, rect.midY), .small, theme.muted, .leading, in: space)
    }
}
