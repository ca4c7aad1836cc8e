import Tracing
import Wording

/// What a decoder that reads a source writes: a translation where the model is a translator, else a text.
struct WrittenWords: Sendable {
    let isTranslation: Bool

    init(_ trace: Trace) {
        isTranslation = ["aiayn", "marian"].contains(trace.model.family)
    }

    func callAsFunction(_ translation: Phrase, _ other: Phrase) -> Phrase { isTranslation ? translation : other }
}
