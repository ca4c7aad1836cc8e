import Synchronization
import Wording

/// Characters that no font of this machine has, as they are met: pictures show their code points instead.
package enum MissingLetters {
    private static let met = Mutex<Set<Unicode.Scalar>>([])

    static func note(_ scalars: [Unicode.Scalar]) { met.withLock { $0.formUnion(scalars) } }

    /// One line that names what was met so far and who has it; nil where nothing was.
    package static var warning: Phrase? { warning(met.withLock { $0 }) }

    static func warning(_ scalars: Set<Unicode.Scalar>) -> Phrase? {
        guard !scalars.isEmpty else { return nil }
        let sorted = scalars.sorted()
        let names = sorted.prefix(8).map { scalar in
            let shown = String(scalar).shownAsToken
            return shown == scalar.codePoint ? scalar.codePoint : "\(shown) \(scalar.codePoint)"
        }
        let rest = sorted.count - names.count
        let fonts = Set(sorted.compactMap(font)).sorted()
        let text = (fonts.isEmpty ? RenderingText.missingLetters : .missingLettersOfFonts).phrase
        return text.filled([
            "characters": Phrase(
                en: names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : ""),
                zh: names.joined(separator: "、") + (rest > 0 ? "等 \(sorted.count) 个字符" : "")),
            "fonts": Phrase(en: fonts.joined(separator: ", "), zh: fonts.joined(separator: "、")),
        ])
    }

    /// The Debian package whose font has the character; nil where none can.
    private static func font(_ scalar: Unicode.Scalar) -> String? {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .unassigned, .privateUse: return nil
        default: break
        }
        if properties.isEmojiPresentation || (0x1F1E6...0x1F1FF).contains(scalar.value) {
            return "fonts-noto-color-emoji"
        }
        return properties.isIdeographic ? "fonts-hanazono" : "fonts-noto-core"
    }
}
