import Platform

/// A colour in sRGB, each component from 0 to 1.
public struct Color: Sendable, Hashable {
    public var red: Double
    public var green: Double
    public var blue: Double
    public var alpha: Double

    public init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }

    /// `0xRRGGBB`
    public init(_ hex: UInt32, alpha: Double = 1) {
        self.init(
            red: Double((hex >> 16) & 255) / 255, green: Double((hex >> 8) & 255) / 255, blue: Double(hex & 255) / 255,
            alpha: alpha)
    }

    public static let white = Color(0xFFFFFF)
    public static let black = Color(0x000000)

    public func opacity(_ alpha: Double) -> Color { Color(red: red, green: green, blue: blue, alpha: alpha) }

    /// `#RRGGBB`, without the alpha.
    public var hex: String { bytes.reduce(into: "#") { $0 += Numbers.hexadecimal($1) } }

    /// Red, green and blue as bytes.
    public var bytes: [UInt8] {
        [red, green, blue].map(Color.byte)
    }

    static func byte(_ component: Double) -> UInt8 {
        component.isFinite ? UInt8(max(0, min(255, (component * 255).rounded()))) : 0
    }

    /// Relative luminance, 0 black to 1 white (WCAG 2.1).
    public var luminance: Double {
        0.2126 * Color.linear(red) + 0.7152 * Color.linear(green) + 0.0722 * Color.linear(blue)
    }

    /// CIE L*, 0 black to 100 white: what is left of the colour on a grey print.
    public var lightness: Double {
        let y = luminance
        return y > 0.008856 ? 116 * cbrt(y) - 16 : 903.3 * y
    }

    /// The contrast ratio of WCAG 2.1, 1 to 21.
    public func contrast(with other: Color) -> Double {
        let (a, b) = (luminance + 0.05, other.luminance + 0.05)
        return max(a, b) / min(a, b)
    }

    /// A blend through OKLab, where equal steps look equal (Ottosson, 2020). `amount` 0 is this colour, 1 is `other`.
    public func mixed(with other: Color, _ amount: Double) -> Color {
        let t = max(0, min(1, amount))
        let (a, b) = (oklab, other.oklab)
        let mixed = Color(
            oklab: (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t, a.2 + (b.2 - a.2) * t))
        return mixed.opacity(alpha + (other.alpha - alpha) * t)
    }

    /// This colour as it looks on an opaque ground.
    public func over(_ ground: Color) -> Color {
        Color(
            red: ground.red + (red - ground.red) * alpha, green: ground.green + (green - ground.green) * alpha,
            blue: ground.blue + (blue - ground.blue) * alpha)
    }

    private var oklab: (Double, Double, Double) {
        let (r, g, b) = (Color.linear(red), Color.linear(green), Color.linear(blue))
        let l = cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b)
        let m = cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b)
        let s = cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b)
        return (
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s
        )
    }

    private init(oklab lab: (Double, Double, Double)) {
        let l = lab.0 + 0.396_337_777_4 * lab.1 + 0.215_803_757_3 * lab.2
        let m = lab.0 - 0.105_561_345_8 * lab.1 - 0.063_854_172_8 * lab.2
        let s = lab.0 - 0.089_484_177_5 * lab.1 - 1.291_485_548_0 * lab.2
        let (l3, m3, s3) = (l * l * l, m * m * m, s * s * s)
        self.init(
            red: Color.encoded(4.076_741_662_1 * l3 - 3.307_711_591_3 * m3 + 0.230_969_929_2 * s3),
            green: Color.encoded(-1.268_438_004_6 * l3 + 2.609_757_401_1 * m3 - 0.341_319_396_5 * s3),
            blue: Color.encoded(-0.004_196_086_3 * l3 - 0.703_418_614_7 * m3 + 1.707_614_701_0 * s3))
    }

    private static func linear(_ value: Double) -> Double {
        value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }

    private static func encoded(_ value: Double) -> Double {
        let clamped = max(0, min(1, value))
        return clamped <= 0.003_130_8 ? clamped * 12.92 : 1.055 * pow(clamped, 1 / 2.4) - 0.055
    }
}
