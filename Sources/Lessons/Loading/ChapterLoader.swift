import Subjects
import Training
import Wording

/// Reads one chapter's folder: its data first, then both languages' prose, which must answer to the data.
struct ChapterLoader {
    let files: CourseFiles
    let folder: String
    let parts: [Course.Part]
    /// Of the whole course.
    var glosses = Glosses()

    private var dataFile: String { "\(folder)/chapter.yaml" }

    private static let keys: Set<String> = [
        "id", "document", "section", "needs", "minutes", "model", "recall", "texts", "glosses", "facts", "names",
        "sources", "steps", "experiment", "quiz", "claims",
    ]

    func load() throws -> Chapter {
        let yaml = try YAMLReader.document(try files.text(dataFile), file: dataFile)
        try yaml.allow(Self.keys)
        let id = try chapterID(yaml.text("id"), at: yaml.place(of: "id"))
        let slug = try checkedSlug(id, at: yaml.place(of: "id"))
        guard let part = parts.first(where: { $0.number == id.part }) else {
            throw yaml.place(of: "id").error(.unknownPart, ["found": "\(id.part)"])
        }
        let model = try yaml.text("model")
        let naming = NamedData(yaml: yaml)
        let facts = try naming.facts()
        let contexts = try naming.contexts(model: model, facts: facts)
        let figures = FigureData(
            contexts: contexts,
            glosses: yaml.has("glosses") ? try Glosses.read(yaml.section("glosses")).over(glosses) : glosses)
        let stepData = try yaml.sections("steps").map { try step($0, figures) }
        guard (3...8).contains(stepData.count) else {
            throw yaml.place(of: "steps").error(.stepCount, ["found": "\(stepData.count)"])
        }
        let questionData = try yaml.sections("quiz").map { try QuestionData($0, context: contexts) }
        guard (2...5).contains(questionData.count) else {
            throw yaml.place(of: "quiz").error(.questionCount, ["found": "\(questionData.count)"])
        }
        let asked = stepData.compactMap(\.ask)
        try refuseDuplicates(
            stepData.map { ($0.id, $0.place) } + (asked + questionData).map { ($0.id, $0.place) })
        let outline = ProseOutline(
            steps: stepData.map { .init(id: $0.id, ask: $0.ask?.id) }, questions: questionData.map(\.id))
        let prose = try Bilingual { language in
            let file = "\(folder)/\(language.rawValue).md"
            return try ChapterProse(
                try files.text(file), file: file, context: contexts[language], outline: outline)
        }
        return Chapter(
            id: id, slug: slug, part: part.number,
            document: DocumentReference(
                name: try yaml.optionalText("document") ?? part.document, section: try yaml.phrase("section")),
            needs: try yaml.optionalTexts("needs").map { try chapterID($0, at: yaml.place(of: "needs")) },
            minutes: try minutes(yaml), model: model, title: prose.map(\.title), goal: prose.map(\.goal),
            recall: try recall(yaml), steps: stepData.map { $0.step(prose) },
            experiment: try experiment(yaml.section("experiment"), figures, prose),
            quiz: questionData.map { $0.question(prose) },
            claims: try DataReader(yaml: yaml, context: contexts).claims("claims"), facts: facts,
            names: Set(try yaml.optionalTexts("names")), glosses: figures.glosses, folder: folder)
    }

    // MARK: Pieces

    private func chapterID(_ text: String, at place: Place) throws -> ChapterID {
        guard let id = ChapterID(text) else {
            throw place.error(
                .badIdentifier,
                [
                    "found": Phrase(text), "key": Phrase(en: "chapter's number", zh: "章节号"),
                    "expected": Phrase(en: "part and number, as in \"1.9\"", zh: "部分与序号，如 \"1.9\""),
                ])
        }
        return id
    }

    /// The folder is called `1.9-tokens-and-embeddings`; what follows the number is the slug.
    private func checkedSlug(_ id: ChapterID, at place: Place) throws -> String {
        let name = folder.split(separator: "/").last.map(String.init) ?? folder
        guard name.hasPrefix("\(id)-"), folder.hasPrefix("part-\(id.part)/") else {
            throw place.error(
                .folderMismatch, ["found": Phrase(folder), "expected": Phrase("part-\(id.part)/\(id)-…")])
        }
        return try Identifier.checked(String(name.dropFirst("\(id)-".count)), at: place)
    }

    private func minutes(_ yaml: YAMLReader) throws -> Int? {
        guard yaml.has("minutes") else { return nil }
        let minutes = try yaml.integer("minutes")
        guard (1...90).contains(minutes) else {
            throw yaml.place(of: "minutes").error(
                .wrongType, ["key": "minutes", "expected": "1 … 90", "found": "\(minutes)"])
        }
        return minutes
    }

    /// `recall: "1.1#next"`
    private func recall(_ yaml: YAMLReader) throws -> Recall? {
        guard let text = try yaml.optionalText("recall") else { return nil }
        let place = yaml.place(of: "recall")
        let pieces = text.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
        guard pieces.count == 2, let chapter = ChapterID(pieces[0]) else {
            throw place.error(.badIdentifier, ["found": Phrase(text), "key": "recall", "expected": "1.1#next"])
        }
        return Recall(chapter: chapter, question: pieces[1], place: Aside(value: place))
    }

    private struct StepData {
        let id: String
        let place: Place
        let figures: [PlacedFigure]
        let command: Bilingual<Template>?
        let ask: QuestionData?
        let shapes: [StageShapes]

        func step(_ prose: Bilingual<ChapterProse>) -> Step {
            Step(
                id: id, figures: figures, command: command, ask: ask.map { $0.question(prose) }, shapes: shapes,
                title: prose.map { $0[id].title }, prose: prose.map { $0[id].body }, lines: prose.map { $0[id].lines },
                place: place)
        }
    }

    private func step(_ yaml: YAMLReader, _ data: FigureData) throws -> StepData {
        try yaml.allow(FigureData.keys.union(["id", "figures", "ask", "shapes"]))
        let id = try yaml.identifier("id")
        let figures = try data.figures(yaml, step: id)
        let isApart = yaml.has("command") && !yaml.has("figure")
        return StepData(
            id: id, place: yaml.place(of: "id"), figures: figures,
            command: isApart ? try DataReader(yaml: yaml, context: data.contexts).template("command") : nil,
            ask: yaml.has("ask") ? try QuestionData(yaml.section("ask"), context: data.contexts) : nil,
            shapes: try data.shapes(yaml, beside: figures))
    }

    private func experiment(
        _ yaml: YAMLReader, _ data: FigureData, _ prose: Bilingual<ChapterProse>
    ) throws -> Experiment {
        try yaml.allow(["command", "figure", "source", "options", "variants"])
        var variants: [Experiment.Variant] = []
        if yaml.has("variants") {
            let base = (name: try yaml.identifier("figure"), words: try data.words(yaml))
            let all = try yaml.sections("variants")
            guard (2...8).contains(all.count) else {
                throw yaml.place(of: "variants").error(.variantCount, ["found": "\(all.count)"])
            }
            variants = try all.enumerated().map { place, one in
                try one.allow(FigureData.keys.union(["label"]))
                return Experiment.Variant(
                    label: try DataReader(yaml: one, context: data.contexts).label("label"),
                    figure: try data.figure(one, id: "\(ProseOutline.experiment)-\(place + 1)", base: base))
            }
        } else {
            try yaml.allow(["command"])
        }
        let id = ProseOutline.experiment
        return Experiment(
            command: try DataReader(yaml: yaml, context: data.contexts).template("command"), variants: variants,
            title: prose.map { $0[id].title }, prose: prose.map { $0[id].body }, lines: prose.map { $0[id].lines },
            place: yaml.place(of: "command"))
    }

    private func refuseDuplicates(_ ids: [(String, Place)]) throws {
        var seen: Set<String> = ["experiment", "quiz"]
        for (id, place) in ids where !seen.insert(id).inserted {
            throw place.error(.duplicateIdentifier, ["found": Phrase(id)])
        }
    }
}

extension QuestionData {
    func question(_ prose: Bilingual<ChapterProse>) -> Question {
        Question(
            id: id, kind: kind, question: prose.map { $0[id].title }, explanation: prose.map { $0[id].body },
            lines: prose.map { $0[id].lines }, place: place)
    }
}

/// Names in addresses: small letters, digits and hyphens.
enum Identifier {
    static func checked(_ text: String, at place: Place) throws -> String {
        let isGood =
            text.first?.isLetter == true
            && text.unicodeScalars.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".unicodeScalars.contains($0) }
        guard isGood else {
            throw place.error(
                .badIdentifier,
                [
                    "found": Phrase(text), "key": Phrase(en: "name of this", zh: "名字"),
                    "expected": Phrase(en: "small letters, digits and hyphens", zh: "小写字母、数字和连字符"),
                ])
        }
        return text
    }
}

extension Bilingual {
    func map<Other>(_ change: (Value) throws -> Other) rethrows -> Bilingual<Other> {
        Bilingual<Other>(english: try change(english), chinese: try change(chinese))
    }
}
