/// Long words without their middle, so that whatever a tokenizer holds finds its place on a figure.
public enum MiddleElision {
    /// A token is no wider than this, in columns: no token that people know from a text comes near it.
    public static let mostColumns = 20

    /// A character with more marks than this would tower above its line.
    private static let mostScalars = 16

    /// Whole characters of the beginning and of the end, with `…` between them where all would be too wide.
    public static func shortened(_ text: String, to most: Int = mostColumns) -> String {
        guard isLong(text, most) else { return text }
        let tail = (most - 1) / 2
        return taken(text, most - 1 - tail) + "…" + String(taken(text.reversed(), tail).reversed())
    }

    private static func isLong(_ text: String, _ most: Int) -> Bool {
        var columns = 0
        for character in text {
            columns += width(character, most)
            if columns > most { return true }
        }
        return false
    }

    private static func taken(_ characters: some Sequence<Character>, _ most: Int) -> String {
        var (kept, columns) = ("", 0)
        for character in characters {
            columns += width(character, most)
            if columns > most { break }
            kept.append(character)
        }
        return kept
    }

    private static func width(_ character: Character, _ most: Int) -> Int {
        let scalars = character.unicodeScalars
        guard scalars.count <= mostScalars else { return most + 1 }
        return scalars.first?.isWide ?? false ? 2 : 1
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is as wide as it is high in a Chinese face: ideographs, kana, full-width forms, emoji.
    public var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
