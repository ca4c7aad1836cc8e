import Models
import Reading
import Tracing
import Wording

/// What is known of the model before any text.
struct ModelAnswer {
    private let card: ModelCard
    /// nil where only a run of it is there.
    private let kind: (id: String, words: Phrase)?
    private let language: Language

    init(model: LanguageModel, language: Language) {
        var card = model.card
        (card.name, card.family) = (model.name, model.family)
        self.card = card
        let id =
            switch model.network {
            case .decoder: "decoder"
            case .encoder: "encoder"
            case .encoderDecoder: "encoder-decoder"
            }
        kind = (id, model.network.kind)
        self.language = language
    }

    init(card: ModelCard, language: Language) {
        (self.card, kind) = (card, nil)
        self.language = language
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("name", card.name)
            json.member("family", card.family)
            if let kind {
                json.member("kind", kind.id)
                json.member("words", kind.words[language])
            }
            json.object("numbers") { json in
                for (name, number) in card.numbers.sorted(by: { $0.key < $1.key }) { json.member(name, number) }
            }
        }
    }
}
