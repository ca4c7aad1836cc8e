import Wording

/// A face, a size in pixels, a weight and a slope.
public struct Font: Sendable, Hashable {
    public enum Family: String, Sendable, Hashable, CaseIterable {
        /// Prose and labels, with a Chinese companion.
        case text
        /// Numbers, code, shapes.
        case mono
        /// Formulas.
        case math
    }

    public enum Weight: Int, Sendable, Hashable, CaseIterable {
        case regular = 400
        case medium = 500
        case semibold = 600
        case bold = 700
    }

    public var family: Family
    public var size: Double
    public var weight: Weight
    public var italic: Bool

    public init(_ family: Family = .text, size: Double, weight: Weight = .regular, italic: Bool = false) {
        self.family = family
        self.size = size
        self.weight = weight
        self.italic = italic
    }

    // The scale, on a canvas whose shorter side is `SlideStyle.side`: five sizes and no others. At 900 pixels they are
    // 41, 28, 24, 21 and 18, so that the smallest is still read from the last row.
    public static let title = Font(size: 32, weight: .bold)
    public static let heading = Font(size: 22, weight: .semibold)
    public static let body = Font(size: 19)
    public static let label = Font(size: 16.5)
    public static let small = Font(size: 14)

    /// The smallest size of any text, on that canvas.
    public static let leastSize = 14.0

    public static func mono(_ like: Font) -> Font { Font(.mono, size: like.size, weight: like.weight) }
    public static func math(size: Double) -> Font { Font(.math, size: size) }

    public func size(_ size: Double) -> Font { Font(family, size: size, weight: weight, italic: italic) }
    public func weight(_ weight: Weight) -> Font { Font(family, size: size, weight: weight, italic: italic) }

    public var semibold: Font { weight(.semibold) }
    public var bold: Font { weight(.bold) }
}

/// How much room one line of text takes, in pixels.
public struct TextMetrics: Sendable, Hashable {
    /// The advance: where the next text would begin.
    public var width: Double
    /// From the baseline up to the top of the line's box, and down to its bottom.
    public var ascent: Double
    public var descent: Double
    /// From the baseline up to the top of the ink, and down to its bottom (negative where the ink floats above).
    public var inkAscent: Double
    public var inkDescent: Double
    /// Where the ink begins and ends, from the origin.
    public var inkLeft: Double
    public var inkRight: Double

    public init(
        width: Double, ascent: Double, descent: Double, inkAscent: Double, inkDescent: Double, inkLeft: Double,
        inkRight: Double
    ) {
        self.width = width
        self.ascent = ascent
        self.descent = descent
        self.inkAscent = inkAscent
        self.inkDescent = inkDescent
        self.inkLeft = inkLeft
        self.inkRight = inkRight
    }

    /// Of the same text at another size: without hinting, letters are as large as their font.
    public func scaled(by factor: Double) -> TextMetrics {
        TextMetrics(
            width: width * factor, ascent: ascent * factor, descent: descent * factor, inkAscent: inkAscent * factor,
            inkDescent: inkDescent * factor, inkLeft: inkLeft * factor, inkRight: inkRight * factor)
    }

    public var height: Double { ascent + descent }
}

/// Says how much room a string takes. `Rendering` measures with the fonts that will paint; tests use fixed metrics.
public protocol TextMeasurer: Sendable {
    func metrics(of string: String, in font: Font) -> TextMetrics
    /// The same measurer where its kind does not matter.
    var any: AnyTextMeasurer { get }
}

extension TextMeasurer {
    public var any: AnyTextMeasurer { AnyTextMeasurer { metrics(of: $0, in: $1) } }
}

/// Metrics that are the same on every machine: each character is a fixed fraction of the size wide.
public struct FixedMeasurer: TextMeasurer {
    public init() {}

    public func metrics(of string: String, in font: Font) -> TextMetrics {
        var ems = 0.0
        for scalar in string.unicodeScalars {
            ems += scalar.isWide ? 1 : (scalar.properties.generalCategory == .nonspacingMark ? 0 : Self.narrow(font))
        }
        let width = ems * font.size
        return TextMetrics(
            width: width, ascent: 0.95 * font.size, descent: 0.25 * font.size, inkAscent: 0.72 * font.size,
            inkDescent: 0.02 * font.size, inkLeft: 0, inkRight: width)
    }

    private static func narrow(_ font: Font) -> Double { font.family == .mono ? 0.6 : 0.55 }
}
