import Drawing
import Wording

extension FigureRequest {
    /// The picture in words: what it shows, of which tokens, and what there is to see.
    func altText(_ what: Phrase, _ takeaway: Phrase) -> Phrase {
        let shown = Elision(labels.count, most: 12).slots.map { slot in
            switch slot {
            case .shown(let place): labels[place].display
            case .gap: "…"
            }
        }
        return Phrase(en: "{what} The tokens: {tokens}. {takeaway}", zh: "{what}词元：{tokens}。{takeaway}").filled([
            "what": what, "tokens": Phrase(en: shown.joined(separator: " "), zh: shown.joined(separator: " ")),
            "takeaway": takeaway,
        ])
    }
}
