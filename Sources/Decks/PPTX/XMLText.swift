import Drawing
import Platform

/// XML as bytes, written from beginning to end.
struct XMLText {
    private(set) var bytes: [UInt8] = []

    /// EMUs of a pixel: 1600 pixels are 13⅓ inches, the width of PowerPoint's own wide slides.
    static let unit = 7620

    static func emu(_ pixels: Double) -> Int { Int(clamping: (pixels * Double(unit)).rounded()) }

    /// Hundredths of a point of so many pixels.
    static func hundredths(_ pixels: Double) -> Int { Int(clamping: (pixels * 60).rounded()) }

    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func markup(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func append(_ other: XMLText) { bytes.append(contentsOf: other.bytes) }

    mutating func number(_ value: Int) {
        if (0...9).contains(value) { return bytes.append(UInt8(48 + value)) }
        bytes.append(contentsOf: String(value).utf8)
    }

    mutating func emu(_ pixels: Double) { number(Self.emu(pixels)) }

    /// Words between tags or in double quotes; what XML 1.0 has no place for is left out.
    mutating func words(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "\""): raw("&quot;")
            case UInt8(ascii: "\n"): raw("&#10;")
            case 0..<32: break
            default: bytes.append(byte)
            }
        }
    }

    mutating func attribute(_ name: StaticString, _ value: Int) {
        raw(" ")
        raw(name)
        raw("=\"")
        number(value)
        raw("\"")
    }

    mutating func attribute(_ name: StaticString, _ value: String) {
        raw(" ")
        raw(name)
        raw("=\"")
        words(value)
        raw("\"")
    }

    // MARK: DrawingML

    /// Where something stands; a group's children are in the slide's own coordinates.
    mutating func place(_ rect: Rect, isGroup: Bool = false, flipsDown: Bool = false, flipsAcross: Bool = false) {
        raw("<a:xfrm")
        if flipsAcross { raw(" flipH=\"1\"") }
        if flipsDown { raw(" flipV=\"1\"") }
        raw(">")
        box("<a:off", "<a:ext", rect)
        if isGroup { box("<a:chOff", "<a:chExt", rect) }
        raw("</a:xfrm>")
    }

    private mutating func box(_ offset: StaticString, _ extent: StaticString, _ rect: Rect) {
        let (x, y) = (Self.emu(rect.minX), Self.emu(rect.minY))
        raw(offset)
        attribute("x", x)
        attribute("y", y)
        raw("/>")
        raw(extent)
        // From edge to edge, so that neighbours meet.
        attribute("cx", max(0, Self.emu(rect.maxX) - x))
        attribute("cy", max(0, Self.emu(rect.maxY) - y))
        raw("/>")
    }

    mutating func fill(_ color: Color?) {
        guard let color else { return raw("<a:noFill/>") }
        raw("<a:solidFill><a:srgbClr val=\"")
        for byte in color.bytes {
            bytes.append(Self.digits[Int(byte >> 4)])
            bytes.append(Self.digits[Int(byte & 15)])
        }
        let share = Int(clamping: (color.alpha * 100_000).rounded())
        if share < 100_000 {
            raw("\"><a:alpha")
            attribute("val", max(0, share))
            raw("/></a:srgbClr></a:solidFill>")
        } else {
            raw("\"/></a:solidFill>")
        }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    mutating func line(_ stroke: Stroke?, isRectangle: Bool = false, head: StaticString? = nil) {
        guard let stroke, stroke.width > 0 else { return raw("<a:ln><a:noFill/></a:ln>") }
        let isRound = stroke.isRound && !isRectangle
        raw("<a:ln")
        attribute("w", min(20_116_800, Self.emu(stroke.width)))
        raw(isRound ? " cap=\"rnd\">" : " cap=\"flat\">")
        fill(stroke.color)
        if stroke.dashes.count >= 2, stroke.dashes.allSatisfy({ $0 >= 0 }) {
            raw("<a:custDash>")
            for place in stride(from: 0, to: stroke.dashes.count - 1, by: 2) {
                // In thousandths of a per cent of the line's width.
                raw("<a:ds")
                attribute("d", Int(clamping: (stroke.dashes[place] / stroke.width * 100_000).rounded()))
                attribute("sp", Int(clamping: (stroke.dashes[place + 1] / stroke.width * 100_000).rounded()))
                raw("/>")
            }
            raw("</a:custDash>")
        }
        if isRound { raw("<a:round/>") } else { raw("<a:miter lim=\"800000\"/>") }
        if let head {
            raw("<a:tailEnd type=\"triangle\" w=\"")
            raw(head)
            raw("\" len=\"")
            raw(head)
            raw("\"/>")
        }
        raw("</a:ln>")
    }
}
