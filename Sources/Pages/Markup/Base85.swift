/// Bytes as text, five letters for four bytes, highest first (Adobe's Ascii85 without its frame): a sixteenth shorter
/// than base64. `web/engine.js` reads it.
package enum Base85 {
    /// What neither HTML nor JSON take for something else.
    static let alphabet = (UInt8(ascii: "!")...UInt8(ascii: "~")).filter { !"\"\\<>&'`@$".utf8.contains($0) }

    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 4 * 5 + 5)
        for start in stride(from: 0, to: bytes.count, by: 4) {
            let count = min(4, bytes.count - start)
            var word = (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32($1 < count ? bytes[start + $1] : 0) }
            var letters = [UInt8](repeating: 0, count: 5)
            for place in (0..<5).reversed() {
                letters[place] = alphabet[Int(word % 85)]
                word /= 85
            }
            // As many letters as are needed to tell so many bytes, and one.
            text += letters.prefix(count + 1)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
