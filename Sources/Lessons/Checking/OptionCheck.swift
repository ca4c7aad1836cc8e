import Drawing
import Subjects
import Wording

/// Whether a figure reads the options that its chapter gives it: another value, or none, must change something.
struct OptionCheck<Source: FigureSource> {
    let source: Source

    func findings(_ chapter: Chapter) -> [Finding] {
        chapter.figures.flatMap { figure -> [Finding] in
            let isSame = figure.reference.english == figure.reference.chinese
            return (isSame ? [Language.english] : Language.allCases).flatMap { language in
                unused(figure.reference[language], language).map { key in
                    CheckWords.unusedOption.finding(
                        at: "\(figure.place) {#\(figure.id)}",
                        ["option": Phrase(key), "figure": Phrase(figure.reference[language].id)])
                }
            }
        }
    }

    private func unused(_ reference: FigureReference, _ language: Language) -> [String] {
        let asked = reference.words.filter { Self.others[$0.key] != nil }
        guard !asked.isEmpty, let figure = try? drawn(reference, language) else { return [] }
        return asked.filter { word in
            let others =
                [reference.without(word.key)]
                + (Self.others[word.key]?(word.value) ?? []).map {
                    reference.with(word.key, $0)
                }
            // What fails with another value has read it.
            return others.allSatisfy { other in (try? drawn(other, language)).map { $0 == figure } ?? false }
        }.map(\.key)
    }

    /// What is seen and said; the command differs in any case.
    private func drawn(_ reference: FigureReference, _ language: Language) throws -> [Figure.Frame] {
        let setting = FigureSetting(language: language, theme: .light, isQuiet: true)
        return try source.layout(reference, setting).frames
    }

    /// Other values of the options that a figure may not read.
    private static var others: [String: (String) -> [String]] {
        func number(_ text: String) -> [String] {
            guard let number = Int(text) else { return text.hasPrefix("@") ? ["0", "1"] : [] }
            return number > 0 ? ["\(number - 1)"] : ["\(number + 1)"]
        }
        return [
            "layer": number, "head": number, "top-k": number,
            "position": { $0 == "0" ? ["1"] : ["0"] },
            "stack": { $0 == "encoder" ? ["decoder"] : ["encoder"] },
            "digits": { _ in [] },
        ]
    }
}

extension FigureReference {
    fileprivate func without(_ key: String) -> FigureReference {
        FigureReference(id: id, words: words.filter { $0.key != key })
    }

    fileprivate func with(_ key: String, _ value: String) -> FigureReference {
        FigureReference(id: id, words: words.map { $0.key == key ? Word(key, value) : $0 })
    }
}
