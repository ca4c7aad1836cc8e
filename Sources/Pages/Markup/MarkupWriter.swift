import Drawing
import Reading
import Wording

extension Markup {
    /// A piece of a page.
    package static func html(_ parts: [Markup]) -> String {
        var writer = MarkupWriter()
        for part in parts { writer.write(part) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// A whole page, as UTF-8.
    package func page() -> [UInt8] {
        var writer = MarkupWriter()
        writer.put("<!doctype html>\n")
        writer.write(self)
        return writer.bytes
    }

    /// Data for the page's script, in an element of a class. It cannot end the script that it stands in.
    package static func data(_ name: String, _ data: JSONText) -> Markup {
        Tag.script(.at(.type, "application/json"), .class(name)) { Markup.made(dataText(data)) }
    }

    /// The text of such data.
    static func dataText(_ data: JSONText) -> String {
        var json = JSONWriter(.dense)
        json.value(data)
        // One way through, by stretches that stand as they are: a model may be in it.
        let bytes = json.bytes
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var (from, place) = (0, 0)
        while place < bytes.count {
            let byte = bytes[place]
            let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            let next = min(place + length, bytes.count)
            if let scalar = length == 1 ? Unicode.Scalar(byte) : scalar(bytes[place..<next]),
                scalar == "<" || scalar == ">" || scalar.isUnseen
            {
                text += bytes[from..<place]
                text += JSONText.escaped(scalar).utf8
                from = next
            }
            place = next
        }
        text += bytes[from...]
        return String(decoding: text, as: UTF8.self)
    }

    private static func scalar(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.first
    }
}

/// Writes markup, escaping whatever could be mistaken for more of it.
struct MarkupWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func write(_ markup: Markup) {
        switch markup {
        case .text(let text): put(text.escaped)
        case .group(let parts): for part in parts { write(part) }
        case .made(let text): put(text)
        case .element(let tag, let attributes, let children):
            put("<\(tag.rawValue)")
            for attribute in attributes {
                put(" \(attribute.name.rawValue)")
                if !attribute.value.isEmpty || attribute.name == .alt || attribute.name == .value {
                    put("=\"\(attribute.value.escaped)\"")
                }
            }
            put(">")
            for child in children {
                // A title holds no elements.
                if case .text(let text) = child, tag != .title { put(text.isolatedMarkup) } else { write(child) }
            }
            if !tag.isVoid { put("</\(tag.rawValue)>") }
            if tag.breaksLine { put("\n") }
        }
    }
}
