import Wording

/// Checks that the names in a text are there: word lists, words named before, and features that all words of a list
/// have.
struct CorpusScope {
    let source: String
    let line: Int
    let key: String
    let lists: [String: [CorpusGrammar.Word]]

    /// What is known of a name: the features that its word surely has.
    typealias Names = [String: Set<String>]

    func check(_ word: CorpusGrammar.Word) throws {
        let names = try check(word.template, [:])
        for feature in word.features.values.joined() { _ = try check(feature.template, names) }
    }

    /// - Returns: the names known after the text.
    func check(_ template: CorpusTemplate, _ before: Names) throws -> Names {
        var names = before
        for part in template.parts {
            switch part {
            case .text: break
            case .choice(let templates): for template in templates { _ = try check(template, names) }
            case .slot(let slot):
                let features = try check(slot, names)
                guard let name = slot.binding else { break }
                guard names[name] == nil, lists[name] == nil else {
                    throw CorpusError.value(
                        source: source, line: line, key: key,
                        expected: Phrase(en: "a name not yet in use", zh: "未被占用的名字"), found: "{\(name):…}")
                }
                names[name] = features
            }
        }
        return names
    }

    private func check(_ slot: CorpusTemplate.Slot, _ names: Names) throws -> Set<String> {
        for name in slot.excluded where names[name] == nil { throw unknown(name, Array(names.keys)) }
        switch slot.source {
        case .name(let name):
            if let features = names[name] { return features }
            guard let words = lists[name] else { throw unknown(name, Array(names.keys) + Array(lists.keys)) }
            if let repetition = slot.repetition, words.count < repetition.most {
                throw CorpusError.exhausted(source: source, list: name)
            }
            guard slot.repetition == nil else { return [] }
            return words.dropFirst().reduce(Set(words.first?.features.keys.map { $0 } ?? [])) {
                $0.intersection($1.features.keys)
            }
        case .feature(let name, let feature):
            guard let features = names[name] else { throw unknown(name, Array(names.keys)) }
            guard features.contains(feature) else {
                throw unknown("\(name).\(feature)", features.map { "\(name).\($0)" })
            }
            return []
        }
    }

    private func unknown(_ name: String, _ known: [String]) -> CorpusError {
        .unknown(source: source, line: line, key: key, name: name, known: known.sorted())
    }
}

extension CorpusTemplate {
    /// Every word list or word that the text names, in any of its choices.
    var names: [String] {
        parts.flatMap { part -> [String] in
            switch part {
            case .text: return []
            case .choice(let templates): return templates.flatMap(\.names)
            case .slot(let slot):
                guard case .name(let name) = slot.source else { return [] }
                return [name]
            }
        }
    }
}
