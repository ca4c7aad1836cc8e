import Drawing
import Wording

extension TokenLabel {
    /// As a sentence quotes it: without the marks of spaces, which are for chips.
    var spoken: Phrase {
        let words = kind == .plain ? display.split(separator: "␣").joined(separator: " ") : display
        guard words.isEmpty else { return Phrase(en: "“\(words)”", zh: "“\(words)”") }
        switch display.count {
        case 0: return Phrase(en: "an empty token", zh: "空词元")
        case 1: return Phrase(en: "the space", zh: "空格")
        default: return Phrase(en: "the \(display.count) spaces", zh: "\(display.count) 个空格")
        }
    }
}

extension [TokenLabel] {
    /// A token as a sentence names it: in quotation marks, with its position where the same word stands twice.
    func name(_ place: Int) -> Phrase {
        guard indices.contains(place) else { return Phrase(en: "token \(place)", zh: "词元 \(place)") }
        let words = self[place].spoken
        guard contains(where: { $0.spoken == words }, besides: place) else { return words }
        return Phrase(en: "\(words.english) (position \(place))", zh: "\(words.chinese)（位置 \(place)）")
    }

    private func contains(where isMeant: (TokenLabel) -> Bool, besides place: Int) -> Bool {
        for other in indices where other != place && isMeant(self[other]) { return true }
        return false
    }
}
