import Subjects
import Training
import Wording

/// Reads a figure of a chapter's data: `figure`, `source`, `options`, `command`, `caption`.
struct FigureData {
    typealias Words = FigureWords.Words

    let contexts: Bilingual<QueryContext>
    let glosses: Glosses

    static let keys: Set<String> = ["figure", "source", "options", "command", "caption"]

    /// - Parameters:
    ///   - id: names its files.
    ///   - base: what a variant changes: its own words come in place of these.
    func figure(_ yaml: YAMLReader, id: String, base: (name: String, words: Bilingual<Words>)? = nil) throws
        -> PlacedFigure
    {
        let own = try words(yaml)
        let name = try base != nil && !yaml.has("figure") ? base?.name ?? "" : yaml.identifier("figure")
        let place = yaml.place(of: yaml.has("options") ? "options" : yaml.has("source") ? "source" : "figure")
        let reference = try Bilingual { language in
            var all = own[language]
            if let base {
                // A source of its own comes in place of the other whole; an option in place of that option.
                all =
                    base.words[language].filter { word in
                        !all.contains { $0.key == word.key }
                            && !(yaml.has("source") && SubjectSource.keys.contains(word.key))
                    } + all
            }
            all = FigureWords.onModel(all, contexts[language].model)
            try FigureWords.check(all, key: yaml.has("options") ? "options" : "figure", at: place)
            return FigureReference(id: name, words: all)
        }
        let reader = DataReader(yaml: yaml, context: contexts)
        return PlacedFigure(
            id: id, reference: reference,
            command: yaml.has("command") ? try reader.template("command") : reference.map(\.command),
            captions: try captions(reader),
            gloss: Bilingual { language in
                reference[language].value("text").flatMap { glosses.gloss(of: $0, in: language) }
            },
            place: place)
    }

    /// Of the source and of the options; none of them twice.
    func words(_ yaml: YAMLReader) throws -> Bilingual<Words> {
        let source = try source(yaml)
        guard yaml.has("options") else { return source }
        let options = try FigureWords.read(yaml.section("options"), FigureReference.keys, contexts)
        return try Bilingual { language in
            for option in options[language] where source[language].contains(where: { $0.key == option.key }) {
                throw yaml.place(of: "options").error(.sourceTwice, ["key": Phrase(option.key)])
            }
            return source[language] + options[language]
        }
    }

    /// What is looked at: a name of the chapter's sources, or its own words; none where the options say it.
    private func source(_ yaml: YAMLReader) throws -> Bilingual<Words> {
        guard yaml.has("source") else { return Bilingual(english: [], chinese: []) }
        guard let name = try? yaml.text("source") else {
            return try FigureWords.read(yaml.section("source"), SubjectSource.keys, contexts)
        }
        return try Bilingual { language in
            guard let words = contexts[language].sources[name] else {
                let known = contexts[language].sources.keys.sorted().joined(separator: ", ")
                throw yaml.place(of: "source").error(
                    .unknownSource, ["found": Phrase(name), "expected": Phrase(known)])
            }
            return words
        }
    }

    private func captions(_ reader: DataReader) throws -> Bilingual<[[Inline]]> {
        guard reader.yaml.has("caption") else { return Bilingual(english: [], chinese: []) }
        if let several = try? reader.yaml.sections("caption"), !several.isEmpty {
            let labels = try reader.labels("caption")
            return Bilingual { language in labels.map { $0[language] } }
        }
        return try reader.label("caption").map { [$0] }
    }

    // MARK: A step's figures

    /// One under the step's own keys, two in a list, or none.
    func figures(_ yaml: YAMLReader, step: String) throws -> [PlacedFigure] {
        guard yaml.has("figures") else { return yaml.has("figure") ? [try figure(yaml, id: step)] : [] }
        let several = try yaml.sections("figures")
        guard several.count == 2, !yaml.has("figure") else {
            throw yaml.place(of: "figures").error(.figureCount, ["found": "\(several.count)"])
        }
        return try several.enumerated().map { place, one in
            try one.allow(Self.keys)
            return try figure(one, id: place == 0 ? step : "\(step)-\(place + 1)")
        }
    }

    /// `shapes: [{step: blocks.0.attn.q, source: …, document: {in: "(2, 10, 512)", out: "(2, 10, 64)"}}]`
    func shapes(_ yaml: YAMLReader, beside figures: [PlacedFigure]) throws -> [StageShapes] {
        guard yaml.has("shapes") else { return [] }
        return try yaml.sections("shapes").map { one in
            try one.allow(["step", "source", "input", "document"])
            let step = try one.text("step")
            let place = one.place(of: "step")
            let words = try one.has("source") ? source(one) : figures.first.map { $0.reference.map(\.words) }
            guard let words else { throw place.error(.missingKey, ["key": "source"]) }
            var document: YAMLReader?
            if one.has("document") { document = try one.section("document") }
            try document?.allow(["in", "out"])
            let input = try one.has("input") ? one.integer("input") : 0
            func ask(_ name: Query.Name, _ more: [Argument]) -> Bilingual<Ask> {
                Bilingual { language in
                    var query = Query(
                        name: name, arguments: [.text(step)] + more, model: contexts[language].model)
                    query.subject = FigureWords.onModel(
                        words[language].filter { SubjectSource.keys.contains($0.key) }, contexts[language].model)
                    query.subjectName = "…"
                    query.place.value = place
                    return .query(query)
                }
            }
            return StageShapes(
                step: step, documentInput: try document?.optionalText("in"),
                documentOutput: try document?.optionalText("out"), input: ask(.inputShape, [.index(input)]),
                output: ask(.shape, []))
        }
    }
}
