import Drawing
import Wording

extension FigureRequest {
    /// The picture in words: what it shows, of which tokens, and what there is to see.
    func altText(_ what: Phrase, _ takeaway: Phrase) -> Phrase {
        Phrase(en: "{what} The tokens: {tokens}. {takeaway}", zh: "{what}词元：{tokens}。{takeaway}").filled([
            "what": what, "tokens": labels.elided, "takeaway": takeaway.begun,
        ])
    }
}

extension [TokenLabel] {
    /// The tokens in a row, as a sentence quotes them; of many the first and the last.
    var elided: Phrase {
        let names = Elision(count, most: 12).slots.map { slot -> Phrase in
            if case .shown(let place) = slot { self[place].spoken } else { "…" }
        }
        return Phrase(
            en: names.map { $0.english }.joined(separator: ", "), zh: names.map { $0.chinese }.joined(separator: "、"))
    }
}
