import Drawing
import Wording

extension TokenLabel {
    /// The bytes of a token that is a part of a character.
    fileprivate var bytes: [UInt8]? {
        guard kind == .bytes else { return nil }
        let bytes = display.dropFirst().dropLast().split(separator: " ").map { UInt8($0, radix: 16) }
        return bytes.contains(nil) ? nil : bytes.compactMap { $0 }
    }

    /// Without the marks of spaces, which are for chips. Most tokens have none: their first byte is looked for before
    /// any letter is.
    private var words: String {
        kind == .plain && display.utf8.contains(0xe2) ? display.split(separator: "␣").joined(separator: " ") : display
    }

    /// Whether a sentence could not tell one from the other.
    fileprivate func isSpoken(as other: TokenLabel) -> Bool {
        let (words, others) = (words, other.words)
        return words == others && (!words.isEmpty || display.count == other.display.count)
    }

    /// As a sentence quotes it.
    var spoken: Phrase {
        let words = words
        guard words.isEmpty else { return Phrase(en: "“\(words)”", zh: "“\(words)”") }
        switch display.count {
        case 0: return Phrase(en: "an empty token", zh: "空词元")
        case 1: return Phrase(en: "the space", zh: "空格")
        default: return Phrase(en: "the \(display.count) spaces", zh: "\(display.count) 个空格")
        }
    }
}

extension TokenLabel {
    /// Tokens with a number each, as a sentence lists them: “the” 40%, “a” 12%; nil stands for those left out.
    static func shares(_ list: [(label: TokenLabel, number: String)?]) -> Phrase {
        let parts = list.map { entry -> Phrase in
            guard let entry else { return "…" }
            let words = entry.label.spoken
            return Phrase(en: "\(words.english) \(entry.number)", zh: "\(words.chinese) \(entry.number)")
        }
        return Phrase(
            en: parts.map { $0.english }.joined(separator: ", "), zh: parts.map { $0.chinese }.joined(separator: "、"))
    }
}

extension Phrase {
    /// At the beginning of a sentence, where words of ours begin large: “The space gives 40% …”. Letters, numbers and
    /// names of steps stay as they are.
    var begun: Phrase {
        let words = english.prefix(40).split(separator: " ", maxSplits: 2)
        guard let first = words.first, words.count < 2 || words[1] != "=" else { return self }
        let letters = first.last == ":" || first.last == "," ? first.dropLast() : first
        guard letters.count > 1, letters.allSatisfy({ ("a"..."z").contains($0) || $0 == "-" }) else { return self }
        return Phrase(en: english.prefix(1).uppercased() + english.dropFirst(), zh: chinese)
    }
}

extension [TokenLabel] {
    /// The text that tokens make, as people write it: bytes of one character joined, marks of spaces as spaces.
    var written: String {
        var text = ""
        var bytes: [UInt8] = []
        func end() {
            if !bytes.isEmpty { text += TokenLabel(bytes: bytes).display }
            bytes = []
        }
        for label in self {
            if let own = label.bytes {
                bytes += own
                guard String(validating: bytes, as: UTF8.self) != nil else { continue }
                end()
            } else {
                end()
                text += String(label.display.map { label.kind == .plain && $0 == "␣" ? " " : $0 })
            }
        }
        end()
        return text
    }

    /// A token as a sentence names it: in quotation marks, with its position where the same word stands twice.
    func name(_ place: Int) -> Phrase {
        guard indices.contains(place) else { return Phrase(en: "token \(place)", zh: "第 \(place) 个词元") }
        let words = self[place].spoken
        guard contains(where: { $0.isSpoken(as: self[place]) }, besides: place) else { return words }
        return Phrase(en: "\(words.english) (position \(place))", zh: "\(words.chinese)（位置 \(place)）")
    }

    private func contains(where isMeant: (TokenLabel) -> Bool, besides place: Int) -> Bool {
        for other in indices where other != place && isMeant(self[other]) { return true }
        return false
    }
}
