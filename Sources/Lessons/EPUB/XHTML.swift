import Pages
import Wording

/// Markup as XML, which an EPUB's pages are.
struct XHTML {
    private(set) var text = ""

    mutating func write(_ markup: Markup) {
        switch markup {
        case .text(let words): text += words.escaped
        case .group(let parts): for part in parts { write(part) }
        case .made(let made): text += made
        case .element(let tag, let attributes, let children):
            text += "<\(tag.rawValue)"
            for attribute in attributes { text += " \(attribute.name.rawValue)=\"\(attribute.value.escaped)\"" }
            guard !children.isEmpty || !Self.isVoid(tag) else {
                text += "/>"
                return
            }
            text += ">"
            for child in children { write(child) }
            text += "</\(tag.rawValue)>"
        }
    }

    private static func isVoid(_ tag: Markup.Tag) -> Bool {
        switch tag {
        case .meta, .link, .br, .img, .input: true
        default: false
        }
    }

    /// A whole page of a book.
    static func page(_ title: String, _ language: Language, style: String, body: [Markup]) -> [UInt8] {
        var writer = XHTML()
        for part in body { writer.write(part) }
        let head = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
            xml:lang="\(language.rawValue)" lang="\(language.rawValue)">
            <head><title>\(title.escaped)</title><link rel="stylesheet" type="text/css" href="\(style)"/></head>
            <body>

            """
        return Array((head + writer.text + "\n</body>\n</html>\n").utf8)
    }
}
