/// Makes one picture of the light and the dark drawing of the same figure.
///
/// Each colour stands where the light drawing has it; a style sheet says what becomes of it where the reader wants dark
/// (`prefers-color-scheme`, which a picture in a page takes from its element's `color-scheme`). A viewer without style
/// sheets shows the light one. A light colour that stands for several dark ones is spelt in as many ways.
struct ThemedPicture {
    /// The attributes that differ between themes.
    private static let properties = [
        "fill", "stroke", "stop-color", "fill-opacity", "stroke-opacity", "stop-opacity",
    ].map { Array(" \($0)=\"".utf8) }

    private struct Key: Hashable {
        var property: Int
        var value: [UInt8]
    }

    /// Of each light value, the dark ones, each with how the light one is spelt for it.
    private var pairs: [Key: [(dark: [UInt8], spelling: [UInt8])]] = [:]
    private var order: [Key] = []

    /// nil where the drawings differ in more than their colours.
    static func merged(light: [UInt8], dark: [UInt8]) -> [UInt8]? {
        var picture = ThemedPicture()
        var result: [UInt8] = []
        result.reserveCapacity(light.count + 2048)
        var (one, other) = (0, 0)
        let quote = UInt8(ascii: "\"")
        while one < light.count {
            guard other < dark.count, light[one] == dark[other] else { return nil }
            if light[one...].starts(with: image) {
                guard let first = end(of: light, at: one), let second = end(of: dark, at: other),
                    let images = picture.images(light[one..<first], dark[other..<second])
                else { return nil }
                result += images
                (one, other) = (first, second)
                continue
            }
            let property = light[one] == UInt8(ascii: " ") ? property(in: light, at: one) : nil
            guard let property else {
                result.append(light[one])
                one += 1
                other += 1
                continue
            }
            let name = properties[property]
            guard dark[other...].starts(with: name), let first = light[(one + name.count)...].firstIndex(of: quote),
                let second = dark[(other + name.count)...].firstIndex(of: quote)
            else { return nil }
            let value = Array(light[one + name.count..<first])
            guard let spelling = picture.spelling(property, value, Array(dark[other + name.count..<second])) else {
                return nil
            }
            result += name + spelling
            one = first
            other = second
        }
        guard other == dark.count else { return nil }
        return picture.styled(result)
    }

    private static let image = Array("<image".utf8)
    private static let reference = Array(" href=\"".utf8)
    /// Who knows no style sheets sees the light one.
    private static let (lightMark, darkMark) = (" class=\"l\"", " class=\"d\" display=\"none\"")
    private static let imageRules = ".l{display:none}.d{display:inline}"
    private var hasTwoImages = false

    /// After an element without contents.
    private static func end(of bytes: [UInt8], at place: Int) -> Int? {
        bytes[place...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
    }

    /// Both, where they differ in nothing but their pixels; nil where they do.
    private mutating func images(_ light: ArraySlice<UInt8>, _ dark: ArraySlice<UInt8>) -> [UInt8]? {
        if light.elementsEqual(dark) { return Array(light) }
        guard let one = Self.withoutPixels(light), one == Self.withoutPixels(dark) else { return nil }
        hasTwoImages = true
        func marked(_ element: ArraySlice<UInt8>, _ mark: String) -> [UInt8] {
            Self.image + Array(mark.utf8) + element.dropFirst(Self.image.count)
        }
        return marked(light, Self.lightMark) + marked(dark, Self.darkMark)
    }

    /// nil for one that others refer to.
    private static func withoutPixels(_ element: ArraySlice<UInt8>) -> [UInt8]? {
        var place = element.startIndex
        var (from, to): (Int?, Int?) = (nil, nil)
        while place < element.endIndex {
            if element[place...].starts(with: Array(" id=\"".utf8)) { return nil }
            if element[place...].starts(with: reference) {
                from = place
                to = element[(place + reference.count)...].firstIndex(of: UInt8(ascii: "\""))
                place = to ?? element.endIndex
            }
            place += 1
        }
        guard let from, let to else { return nil }
        return Array(element[..<from] + element[to...])
    }

    private static func property(in bytes: [UInt8], at place: Int) -> Int? {
        properties.indices.first { bytes[place...].starts(with: properties[$0]) }
    }

    /// How a light value is written, so that the style sheet can tell for which dark one it stands.
    private mutating func spelling(_ property: Int, _ light: [UInt8], _ dark: [UInt8]) -> [UInt8]? {
        let key = Key(property: property, value: light)
        var known = pairs[key] ?? []
        if known.isEmpty { order.append(key) }
        if let pair = known.first(where: { $0.dark == dark }) { return pair.spelling }
        // Zeros after a number, and blanks in a colour's brackets, change nothing of either.
        let isColor = light.first == UInt8(ascii: "#")
        guard known.isEmpty || isColor || light.contains(UInt8(ascii: ".")) else { return nil }
        let spelling = known.isEmpty ? light : isColor ? Self.spelt(light, known.count) : Self.zeros(light, known.count)
        guard let spelling else { return nil }
        known.append((dark, spelling))
        pairs[key] = known
        return spelling
    }

    private static func zeros(_ value: [UInt8], _ count: Int) -> [UInt8] {
        value + [UInt8](repeating: UInt8(ascii: "0"), count: count)
    }

    /// `rgb( 255,255,255)`
    private static func spelt(_ color: [UInt8], _ blanks: Int) -> [UInt8]? {
        let digits = color.dropFirst().compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == color.count - 1, digits.count == 3 || digits.count == 6 else { return nil }
        let isShort = digits.count == 3
        let parts = (0..<3).map { (part: Int) -> Int in
            let first = isShort ? digits[part] : digits[part * 2]
            let second = isShort ? digits[part] : digits[part * 2 + 1]
            return first * 16 + second
        }
        let space = String(repeating: " ", count: blanks)
        return Array("rgb(\(space)\(parts.map(String.init).joined(separator: ",")))".utf8)
    }

    /// With the style sheet, after the picture's words.
    private func styled(_ picture: [UInt8]) -> [UInt8] {
        var rules: [UInt8] = []
        for key in order {
            // ` fill="` without its blank and its ends.
            let name = Array(Self.properties[key.property].dropFirst().dropLast(2))
            for (dark, spelling) in pairs[key] ?? [] where dark != key.value {
                rules += Array("[".utf8) + name + Array("=\"".utf8) + spelling + Array("\"]{".utf8)
                rules += name + Array(":".utf8) + dark + Array("}".utf8)
            }
        }
        if hasTwoImages { rules += Array(Self.imageRules.utf8) }
        guard !rules.isEmpty else { return picture }
        let sheet = Array("<style>@media (prefers-color-scheme:dark){".utf8) + rules + Array("}</style>".utf8)
        let mark = Array("</desc>".utf8)
        var place = 0
        while place + mark.count <= picture.count, !picture[place...].starts(with: mark) { place += 1 }
        guard place + mark.count <= picture.count else { return picture }
        place += mark.count
        return picture[..<place] + sheet + picture[place...]
    }
}
