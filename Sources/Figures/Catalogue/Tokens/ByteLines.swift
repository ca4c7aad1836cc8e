/// Bytes in lines of at most so many, a character's bytes never on two.
struct ByteLines {
    var lines: [[UInt8]]

    init(_ bytes: [UInt8], most: Int) {
        lines = []
        var character: [UInt8] = []
        func close() {
            guard !character.isEmpty else { return }
            if let last = lines.last, last.count + character.count <= most {
                lines[lines.count - 1] += character
            } else {
                // What begins inside a character may be longer than any character.
                for start in stride(from: 0, to: character.count, by: max(1, most)) {
                    lines.append(Array(character[start..<min(character.count, start + max(1, most))]))
                }
            }
            character = []
        }
        for byte in bytes {
            if !Self.isContinuation(byte) { close() }
            character.append(byte)
        }
        close()
    }

    /// Whether a byte is inside a character in UTF-8.
    static func isContinuation(_ byte: UInt8) -> Bool { byte & 0b1100_0000 == 0b1000_0000 }
}
