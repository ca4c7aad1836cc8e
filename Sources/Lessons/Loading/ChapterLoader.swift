import Subjects
import Training
import Wording

/// Reads one chapter's folder: its data first, then both languages' prose, which must answer to the data.
struct ChapterLoader {
    let files: CourseFiles
    let folder: String
    let parts: [Course.Part]

    private var dataFile: String { "\(folder)/chapter.yaml" }

    func load() throws -> Chapter {
        let yaml = try YAMLReader.document(try files.text(dataFile), file: dataFile)
        try yaml.allow([
            "id", "document", "section", "needs", "model", "sources", "steps", "experiment", "quiz", "claims",
        ])
        let id = try chapterID(yaml.text("id"), at: yaml.place(of: "id"))
        let slug = try checkedSlug(id, at: yaml.place(of: "id"))
        guard let part = parts.first(where: { $0.number == id.part }) else {
            throw yaml.place(of: "id").error(.unknownPart, ["found": "\(id.part)"])
        }
        let model = try yaml.text("model")
        let context = QueryContext(model: model, sources: try sources(yaml, model: model))
        let stepData = try yaml.sections("steps").map { try step($0, context: context) }
        guard (3...8).contains(stepData.count) else {
            throw yaml.place(of: "steps").error(.stepCount, ["found": "\(stepData.count)"])
        }
        let questionData = try yaml.sections("quiz").map { try QuestionData($0, context: context) }
        guard questionData.count == 2 else {
            throw yaml.place(of: "quiz").error(.questionCount, ["found": "\(questionData.count)"])
        }
        try refuseDuplicates(stepData.map { ($0.id, $0.place) } + [("experiment", nil), ("quiz", nil)])
        try refuseDuplicates(questionData.map { ($0.id, $0.place) })
        let outline = ProseOutline(steps: stepData.map(\.id), questions: questionData.map(\.id))
        let prose = try Bilingual { language in
            let file = "\(folder)/\(language.rawValue).md"
            return try ChapterProse(try files.text(file), file: file, context: context, outline: outline)
        }
        let experiment = try yaml.section("experiment")
        try experiment.allow(["command"])
        return Chapter(
            id: id, slug: slug, part: part.number,
            document: DocumentReference(
                name: try yaml.optionalText("document") ?? part.document, section: try yaml.phrase("section")),
            needs: try yaml.optionalTexts("needs").map { try chapterID($0, at: yaml.place(of: "needs")) },
            model: model, title: prose.map(\.title), goal: prose.map(\.goal),
            steps: stepData.enumerated().map { index, data in
                Step(
                    id: data.id, figure: data.figure, command: data.command,
                    title: prose.map { $0.steps[index].title }, prose: prose.map { $0.steps[index].body },
                    place: data.place)
            },
            experiment: Experiment(
                command: try template("command", in: experiment, context: context),
                title: prose.map(\.experiment.title), prose: prose.map(\.experiment.body)),
            quiz: questionData.enumerated().map { index, data in
                Question(
                    id: data.id, choices: data.choices, question: prose.map { $0.questions[index].title },
                    explanation: prose.map { $0.questions[index].body }, place: data.place)
            },
            claims: try yaml.optionalTexts("claims").map { try yaml.parser("claims", context: context).claim($0) },
            folder: folder)
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

    private struct StepData {
        let id: String
        let place: Place
        let figure: FigureReference
        let command: Template
    }

    private func step(_ yaml: YAMLReader, context: QueryContext) throws -> StepData {
        try yaml.allow(["id", "figure", "source", "options", "command"])
        var words = try source(yaml, context)
        if yaml.has("options") {
            let options = try FigureWords.read(yaml.section("options"), FigureReference.keys)
            for option in options where words.contains(where: { $0.key == option.key }) {
                throw yaml.place(of: "options").error(.sourceTwice, ["key": Phrase(option.key)])
            }
            words += options
        }
        let figure = FigureReference(
            id: try yaml.identifier("figure"), words: FigureWords.onModel(words, context.model))
        try FigureWords.check(
            figure.words, key: "figure", at: yaml.place(of: yaml.has("options") ? "options" : "figure"))
        return StepData(
            id: try yaml.identifier("id"), place: yaml.place(of: "id"), figure: figure,
            command: yaml.has("command") ? try template("command", in: yaml, context: context) : figure.command)
    }

    /// What a step looks at: a name of the chapter's sources, or its own words; none where its options say it.
    private func source(_ yaml: YAMLReader, _ context: QueryContext) throws -> [FigureReference.Word] {
        guard yaml.has("source") else { return [] }
        guard let name = try? yaml.text("source") else {
            return try FigureWords.read(yaml.section("source"), SubjectSource.keys)
        }
        guard let words = context.sources[name] else {
            let known = context.sources.keys.sorted().joined(separator: ", ")
            throw yaml.place(of: "source").error(
                .unknownSource, ["found": Phrase(name), "expected": Phrase(known)])
        }
        return words
    }

    /// What the chapter looks at beside texts on its model, by name.
    private func sources(_ yaml: YAMLReader, model: String) throws -> [String: [FigureReference.Word]] {
        guard yaml.has("sources") else { return [:] }
        let section = try yaml.section("sources")
        var sources: [String: [FigureReference.Word]] = [:]
        for name in section.keys {
            let place = section.place(of: name)
            let words = FigureWords.onModel(
                try FigureWords.read(section.section(name), SubjectSource.keys), model)
            try FigureWords.check(words, key: name, at: place)
            sources[try Identifier.checked(name, at: place)] = words
        }
        return sources
    }

    private func template(_ key: String, in yaml: YAMLReader, context: QueryContext) throws -> Template {
        try Template(yaml.text(key), parser: yaml.parser(key, context: context))
    }

    private func refuseDuplicates(_ ids: [(String, Place?)]) throws {
        var seen: Set<String> = ["experiment", "quiz"]
        for case (let id, let place?) in ids where !seen.insert(id).inserted {
            throw place.error(.duplicateIdentifier, ["found": Phrase(id)])
        }
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
