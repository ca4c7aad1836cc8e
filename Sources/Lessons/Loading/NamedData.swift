import Subjects
import Training
import Wording

/// What a chapter gives names to: texts, facts, sources.
struct NamedData {
    let yaml: YAMLReader

    /// - Throws: `LessonError`.
    func contexts(model: String, facts: [Fact]) throws -> Bilingual<QueryContext> {
        let texts = try texts()
        var contexts = Bilingual<QueryContext> { language in
            QueryContext(
                model: model, texts: texts.mapValues { $0[language] },
                facts: Dictionary(facts.map { ($0.name, $0.value[language]) }) { first, _ in first })
        }
        guard yaml.has("sources") else { return contexts }
        let section = try yaml.section("sources")
        for name in section.keys {
            let place = section.place(of: name)
            let id = try Identifier.checked(name, at: place)
            let words = try FigureWords.read(section.section(name), SubjectSource.keys, contexts)
            func source(_ words: FigureWords.Words) throws -> FigureWords.Words {
                let words = FigureWords.onModel(words, model)
                try FigureWords.check(words, key: name, at: place)
                return words
            }
            contexts.english.sources[id] = try source(words.english)
            contexts.chinese.sources[id] = try source(words.chinese)
        }
        return contexts
    }

    /// `texts: {opening: {en: the cat sat on the, zh-Hans: 中华人民}}`
    private func texts() throws -> [String: Phrase] {
        guard yaml.has("texts") else { return [:] }
        let section = try yaml.section("texts")
        var texts: [String: Phrase] = [:]
        for name in section.keys {
            texts[try Identifier.checked(name, at: section.place(of: name))] = try section.phraseOrText(name)
        }
        return texts
    }

    /// `facts: {perceptron: {value: "1957", source: Rosenblatt 1957, link: https://…}}`
    func facts() throws -> [Fact] {
        guard yaml.has("facts") else { return [] }
        let section = try yaml.section("facts")
        return try section.keys.map { name in
            let fact = try section.section(name)
            try fact.allow(["value", "source", "link"])
            let link = try fact.optionalText("link")
            if let link, !link.hasPrefix("https://") {
                throw fact.place(of: "link").error(.badLink, ["found": Phrase(link)])
            }
            return Fact(
                name: try Identifier.checked(name, at: section.place(of: name)),
                value: try fact.phraseOrText("value"), source: try fact.phraseOrText("source"), link: link)
        }
    }
}

extension Glosses {
    /// `中华人民: {en: the Chinese people}`, `the cat: {zh-Hans: 猫}`; a language that needs none is left out.
    static func read(_ yaml: YAMLReader) throws -> Glosses {
        var known: [String: Bilingual<String?>] = [:]
        for text in yaml.keys {
            let section = try yaml.section(text)
            try section.allow(Set(Language.allCases.map(\.rawValue)))
            known[text] = try Bilingual { try section.optionalText($0.rawValue) }
        }
        return Glosses(known)
    }
}
