import Wording

/// SVG under way, as bytes: a figure has some ten thousand short pieces, and strings grow slowly.
public struct SVGText {
    package private(set) var bytes: [UInt8] = []

    package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    package var isEmpty: Bool { bytes.isEmpty }
    /// In bytes.
    package var count: Int { bytes.count }
    package var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Markup as it stands in the program.
    package mutating func raw(_ markup: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
    }

    /// What holds no character of the markup's own: a name, a number, a picture in base64.
    package mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Begins a name that must be the document's own; ``named(_:)`` says how it begins.
    package mutating func beginName() { bytes.append(SVGText.name) }

    /// No text has it: it is not seen.
    private static let name: UInt8 = 1

    /// Leaves a place for a text that is known when all are; ``filled(_:)`` puts it there.
    mutating func hole() { bytes.append(SVGText.gap) }

    private static let gap: UInt8 = 2

    /// With a text in each hole, in their order.
    func filled(_ texts: [SVGText]) -> SVGText {
        var text = SVGText(capacity: texts.reduce(bytes.count) { $0 + $1.bytes.count })
        for (place, part) in bytes.split(separator: SVGText.gap, omittingEmptySubsequences: false).enumerated() {
            if place > 0, texts.indices.contains(place - 1) { text.append(texts[place - 1]) }
            text.bytes += part
        }
        return text
    }

    /// Whatever ``beginName()`` began, begun by `prefix`: without it by a few letters made from all that is written, so
    /// that names are shared by equal documents and by no others.
    package func named(_ prefix: String?) -> SVGText {
        let prefix = Array((prefix ?? ownPrefix).utf8)
        var text = SVGText(capacity: bytes.count * 2)
        for part in bytes.split(separator: SVGText.name, omittingEmptySubsequences: false) {
            if !text.isEmpty { text.bytes += prefix }
            text.bytes += part
        }
        return text
    }

    private static let nameLetters = Array(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".unicodeScalars)

    private var ownPrefix: String {
        // FNV-1a.
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        // A letter and three more, always: no name of one document is then the beginning of another's.
        var rest = hash ^ hash >> 32
        var prefix = ""
        for place in 0..<4 {
            let count = UInt64(place == 0 ? 52 : 62)
            prefix.unicodeScalars.append(SVGText.nameLetters[Int(rest % count)])
            rest /= count
        }
        return prefix
    }

    package mutating func append(_ other: SVGText) { bytes.append(contentsOf: other.bytes) }

    package func prefix(_ count: Int) -> SVGText {
        var text = self
        text.bytes.removeSubrange(min(max(count, 0), bytes.count)...)
        return text
    }

    /// Text between tags or quotes; what markup cannot hold is shown (XML 1.0, section 2.2).
    package mutating func escaped(_ text: String) { markup(text.shown) }

    /// As ``escaped(_:)``, each part that runs its own way apart from those around it.
    package mutating func isolated(_ text: String) { markup(text.shown.isolated) }

    private mutating func markup(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "\""): raw("&quot;")
            default: bytes.append(byte)
            }
        }
    }

    // MARK: Attributes

    package mutating func attribute(_ name: StaticString, _ value: StaticString) {
        begin(name)
        raw(value)
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func attribute(_ name: StaticString, _ value: String) {
        begin(name)
        escaped(value)
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func attribute(_ name: StaticString, _ value: Double, decimals: Int = 2) {
        begin(name)
        number(value, decimals: decimals)
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func attribute(_ name: StaticString, _ value: SVGText) {
        begin(name)
        append(value)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A color and, where it is not opaque, its opacity under a name of its own.
    package mutating func attribute(_ name: StaticString, _ color: Color, opacity: StaticString) {
        begin(name)
        self.color(color)
        bytes.append(UInt8(ascii: "\""))
        if Self.hundredths(color.alpha) < 100 { attribute(opacity, color.alpha) }
    }

    /// A number as it is written, so that what is written as its usual value is left out.
    static func hundredths(_ value: Double) -> Double { (value * 100).rounded() }

    /// By way of hundredths, so that a figure that was kept as data, which holds those, is written as the figure itself.
    static func tenths(_ value: Double) -> Double { (hundredths(value) / 10).rounded() }

    private mutating func begin(_ name: StaticString) {
        bytes.append(UInt8(ascii: " "))
        raw(name)
        bytes.append(UInt8(ascii: "="))
        bytes.append(UInt8(ascii: "\""))
    }

    /// `#RRGGBB`
    private mutating func color(_ color: Color) {
        bytes.append(UInt8(ascii: "#"))
        for component in [color.red, color.green, color.blue].lazy.map(Color.byte) {
            hexadecimal(component >> 4)
            hexadecimal(component & 15)
        }
    }

    private mutating func hexadecimal(_ digit: UInt8) {
        bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") - 10 + digit)
    }

    // MARK: Numbers

    private static let scales: [UInt64] = [1, 10, 100, 1000, 10_000, 100_000]

    /// A number as short as it can be read back to `decimals` places.
    package mutating func number(_ value: Double, decimals: Int = 2) {
        guard value.isFinite, abs(value) < 1e12 else { return bytes.append(UInt8(ascii: "0")) }
        let scale = Self.scales[min(max(decimals, 0), 5)]
        let units = decimals == 1 ? Self.tenths(value) : (value * Double(scale)).rounded()
        if units < 0 { bytes.append(UInt8(ascii: "-")) }
        let (whole, fraction) = UInt64(abs(units)).quotientAndRemainder(dividingBy: scale)
        if whole > 0 || fraction == 0 { digits(whole) }
        guard fraction > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        var (rest, place) = (fraction, scale / 10)
        while rest > 0 {
            digits(rest / place)
            rest %= place
            place /= 10
        }
    }

    package mutating func integer(_ value: Int) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        digits(UInt64(value.magnitude))
    }

    private mutating func digits(_ value: UInt64) {
        if value > 9 { digits(value / 10) }
        bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
    }
}

extension String {
    /// The text as markup shows it: between tags, or in an attribute's double quotes.
    package var escaped: String {
        var text = SVGText()
        text.escaped(self)
        return text.string
    }

    /// As ``escaped``, between tags of HTML: each part that runs its own way apart from those around it.
    package var isolatedMarkup: String {
        shown.directedParts.map { $0.isApart ? "<bdi>\($0.text.escaped)</bdi>" : $0.text.escaped }.joined()
    }
}
