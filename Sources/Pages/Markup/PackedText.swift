import Reading
import Rendering

/// Data as a page carries it: by zlib and as letters (``Base85``) where that is shorter, else as it is. The page's
/// scripts read both (`packed.js`): what is packed begins with a mark that no JSON begins with.
package enum PackedText {
    private static let mark = "~"
    /// In bytes: less is not worth it.
    private static let least = 2000

    package static func of(_ text: String) -> String {
        guard text.utf8.count >= least, let packed = try? Deflate.compressed(Array(text.utf8), level: 6),
            packed.count / 4 * 5 + 10 < text.utf8.count
        else { return text }
        return mark + Base85.encode(packed)
    }
}

extension Markup {
    /// As ``data(_:_:)``, packed where that is shorter.
    package static func packed(_ name: String, _ data: JSONText) -> Markup {
        Tag.script(.at(.type, "application/json"), .class(name)) { Markup.made(PackedText.of(dataText(data))) }
    }
}
