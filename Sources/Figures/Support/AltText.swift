import Drawing
import Wording

extension FigureRequest {
    /// The picture in words: what it shows, of which tokens, and what there is to see.
    func altText(_ what: Phrase, _ takeaway: Phrase) -> Phrase {
        Phrase(en: "{what} The tokens: {tokens}. {takeaway}", zh: "{what}词元：{tokens}。{takeaway}").filled([
            "what": what, "tokens": Phrase(labels.elided), "takeaway": takeaway,
        ])
    }
}

extension [TokenLabel] {
    /// The tokens in a row; of many the first and the last.
    var elided: String {
        Elision(count, most: 12).slots.map { slot in
            if case .shown(let place) = slot { self[place].whole } else { "…" }
        }.joined(separator: " ")
    }
}
