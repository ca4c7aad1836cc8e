import Drawing
import Tracing
import Wording

extension FigureRequest {
    /// The picture in words: what it shows, of which tokens, and what there is to see. Of a model with two stacks what
    /// belongs to neither names the tokens of both; of a calculation there are none.
    func altText(_ what: Phrase, _ takeaway: Phrase) -> Phrase {
        if stack == .single, trace.stacks.contains(.decoder) {
            var (source, written) = (self, self)
            (source.stack, written.stack) = (.encoder, .decoder)
            return Phrase(
                en: "{what} Source: {source}. Written: {written}. {takeaway}",
                zh: "{what}原文：{source}。写出：{written}。{takeaway}"
            ).filled([
                "what": what, "source": source.labels.elided, "written": written.labels.elided,
                "takeaway": takeaway.begun,
            ])
        }
        guard !labels.isEmpty else {
            return Phrase(en: "{what} {takeaway}", zh: "{what}{takeaway}").filled([
                "what": what, "takeaway": takeaway.begun,
            ])
        }
        return Phrase(en: "{what} The tokens: {tokens}. {takeaway}", zh: "{what}词元：{tokens}。{takeaway}").filled([
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
