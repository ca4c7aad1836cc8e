import Drawing
import Foundation
import Models
import Subjects
import TestSupport
import Testing
import Wording

@testable import Lessons

/// The real engine, on a small untrained model with a trained tokenizer.
@Suite struct EngineTests {
    let scratch: Scratch
    let engine: ModelEngine
    let model: LanguageModel

    init() throws {
        scratch = try Scratch()
        let fixtures = shippedCourse.deletingLastPathComponent().appendingPathComponent("fixtures")
        let folder = scratch.url.appendingPathComponent("fixtures/models/next-word")
        try scratch.write("", to: "lessons/course.yaml")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: fixtures.appendingPathComponent("tokenizers/trained.json"),
            to: folder.appendingPathComponent("tokenizer.json"))
        let configuration = DecoderConfiguration(vocabularySize: 1000, context: 64, width: 16, layers: 2, heads: 2)
        let untrained = LanguageModel(
            name: "next-word", folder: folder.path, family: "gpt2",
            decoder: try Decoder(configuration: configuration, seed: 7), tokenizer: nil)
        try untrained.write(to: folder.path)
        try scratch.write(
            #"{"heads": {"induction": {"layer": 1, "head": 0, "score": 0.5}}, "list": [3, 4]}"#,
            to: "fixtures/models/next-word/quality.json")
        engine = ModelEngine(home: Home(path: scratch.url.path))
        model = try engine.model("next-word")
    }

    private func ask(_ query: String) throws -> Answer {
        let parser = QueryParser(place: Place(file: "test", line: nil), context: "next-word")
        return try engine.answer(parser.query(query))
    }

    private func number(_ query: String) throws -> Double {
        guard case .number(let number) = try ask(query) else { return .nan }
        return number
    }

    @Test func probabilitiesAreTheTracesOwn() throws {
        let ids = try model.encode("中华人民")
        let last = try engine.trace("next-word", ids: ids).step("probabilities").tensor
        guard case .ranking(let entries) = try ask("next-tokens 中华人民 5") else { return }
        #expect(entries.count == 5)
        #expect(entries.map(\.value) == entries.map(\.value).sorted(by: >))
        #expect(try number("top-probability 中华人民") == entries[0].value)
        #expect(try ask("next-token 中华人民") == .token(entries[0].label))
        let next = try model.encode("共")
        let expected = Double(try #require(last.cell([0, ids.count - 1, next[0]])))
        if next.count == 1 { #expect(try number("probability 中华人民 共") == expected) }
    }

    @Test func aContinuationsProbabilityIsTheProductOfItsTokens() throws {
        let start = try model.encode("the cat")
        let rest = try model.encode(" sat on the mat")
        #expect(rest.count > 1)
        var product = 1.0
        for count in rest.indices {
            let ids = start + rest[..<count]
            let table = try engine.trace("next-word", ids: ids).step("probabilities").tensor
            product *= Double(try #require(table.cell([0, ids.count - 1, rest[count]])))
        }
        let answer = try number("probability \"the cat\" \" sat on the mat\"")
        #expect(abs(answer - product) <= 1e-5 * product)
    }

    @Test func positionsAreFoundByNumberAndByCharacters() throws {
        let text = "我爱吃苹果"
        let ids = try model.encode(text)
        func place(_ argument: Argument) throws -> Int { try engine.position(argument, in: text, model: model) }
        #expect(try place(.index(-1)) == ids.count - 1)
        #expect(try place(.index(1)) == 1)
        let found = try place(.at("吃"))
        // The bytes up to and with that token end in the character, and those before it do not hold it whole.
        let decoded = try #require(model.tokenizer).decode(Array(ids[...found]))
        #expect(decoded.contains("吃"))
        #expect(!(try #require(model.tokenizer).decode(Array(ids[..<found])).contains("吃")))
        #expect(throws: EngineError.self) { try place(.index(99)) }
        #expect(throws: EngineError.self) { try place(.at("鱼")) }
    }

    @Test func attentionNeverSeesTheFuture() throws {
        #expect(try number("attention 我爱吃苹果 0 1 0 1") == 0)
        guard case .ranking(let row) = try ask("attention-row 我爱吃苹果 @heads.induction.layer 1 -1") else { return }
        #expect(row.count == (try model.encode("我爱吃苹果")).count)
        #expect(abs(row.reduce(0) { $0 + $1.value } - 1) < 1e-5)
    }

    @Test func theSameTokenHasTheSameRow() throws {
        let text = "人民爱人民"
        let ids = try model.encode(text)
        let last = ids.count - 1
        let twin = try #require(ids.firstIndex { $0 == ids[last] })
        #expect(twin < last)
        #expect(try number("row-difference embed \(text) \(twin) \(text) \(last)") == 0)
        #expect(try number("row-difference blocks.0.resid_post \(text) \(twin) \(text) \(last)") > 0)
    }

    @Test(arguments: [
        ("width", 16.0), ("heads", 2), ("layers", 2), ("head-width", 8), ("vocabulary", 1000), ("context", 64),
        ("byte-count 中", 3), ("quality heads.induction.score", 0.5), ("quality list.1", 4),
    ])
    func facts(_ query: String, _ value: Double) throws {
        #expect(try number(query) == value)
    }

    /// Losses, ranks and slices are the trace's own numbers.
    @Test func lossesRanksAndSlicesAreTheTracesOwn() throws {
        let text = "the cat sat"
        let ids = try model.encode(text)
        let table = try engine.trace("next-word", ids: ids).step("probabilities").tensor
        let losses = try ids.indices.dropFirst().map { place in
            -log(Double(try #require(table.cell([0, place - 1, ids[place]]))))
        }
        #expect(try number("token-loss \"\(text)\" 1") == losses[0])
        #expect(abs(try number("loss \"\(text)\"") - losses.reduce(0, +) / Double(losses.count)) < 1e-12)
        let first = try #require(try engine.model("next-word").tokenizer).decode([ids[1]])
        let better = try (0..<1000).count { id in
            try #require(table.cell([0, 0, id])) > (try #require(table.cell([0, 0, ids[1]])))
        }
        let start = try #require(try engine.model("next-word").tokenizer).decode([ids[0]])
        #expect(try number("rank \"\(start)\" \"\(first)\"") == Double(better + 1))
        #expect(abs(try number("sum blocks.0.attn.pattern \"\(text)\" 0,1,2,*") - 1) < 1e-5)
        guard case .cell(let place) = try ask("where-greatest embed \"\(text)\" 0,1,*") else { return }
        let greatest = try number("greatest embed \"\(text)\" 0,1,*")
        #expect(try number("cell embed \"\(text)\" \(place.map(String.init).joined(separator: ","))") == greatest)
        #expect(try ask("shape embed \"\(text)\"") == .token("1 × \(ids.count) × 16"))
        #expect(try number("cosine embed \"\(text)\" 0 \"\(text)\" 0") > 0.9999)
        #expect(try number("candidates \"\(text)\" top-k=5") == 5)
    }

    @Test(arguments: [
        "quality heads.induction.size", "cell embed 中 9,9,9", "probability 中 \"\"", "token 中 7", "probability \"\" 中",
    ])
    func whatHasNoAnswerIsAnError(_ query: String) {
        #expect(throws: (any Error).self) { try number(query) }
    }

    @Test(arguments: Language.allCases) func drawsFigures(_ language: Language) throws {
        let reference = FigureReference(
            id: "attention-pattern", words: [.init("text", "the cat sat"), .init("layer", "@heads.induction.layer")])
        for theme in Theme.Mode.allCases {
            let figure = try engine.layout(reference, FigureSetting(language: language, theme: theme))
            #expect(figure.size == FigureSetting.page)
            let frame = try #require(figure.frames.first)
            #expect(!frame.caption.isEmpty && !frame.altText.isEmpty)
            #expect(frame.hotSpots.contains { $0.value != nil })
        }
    }

    /// A chapter's words reach every kind of subject, and its numbers.
    @Test(
        arguments: [
            ([("run", "habits")], "perceptron-learning", "friend_share"),
            (
                [("compare", "perceptron,transformer"), ("task", "word-order")], "two-machines",
                "transformer.parameters"
            ),
            ([("preset", "gpt-3")], "parameters", "layers"),
        ] as [([(String, String)], String, String)])
    func otherSubjectsStandInChapters(_ words: [(String, String)], _ id: String, _ path: String) throws {
        let engine = ModelEngine(home: Home(path: Places.root))
        let words = words.map { FigureReference.Word($0.0, $0.1) }
        let setting = FigureSetting(language: .chinese, theme: .dark)
        #expect(try !engine.layout(FigureReference(id: id, words: words), setting).frames.isEmpty)
        var query = Query(name: .measure, arguments: [.text(path)], model: "next-word")
        query.subject = words
        guard case .number(let number) = try engine.answer(query) else { return #expect(Bool(false)) }
        #expect(number > 0)
        let command = try FigureReference(id: id, words: words).command.text(from: engine)
        #expect(command.hasPrefix("glassformer draw --\(words[0].key) "))
    }

    @Test func aFigureThatDoesNotExistIsAnError() throws {
        let portrait = FigureReference(id: "portrait", words: [.init("text", "the cat")])
        let setting = FigureSetting(language: .english, theme: .light)
        let error = try #require(throws: Failure.self) { try engine.layout(portrait, setting) }
        #expect(error.description.contains("portrait"))
        #expect(throws: SubjectError.self) {
            try engine.layout(FigureReference(id: "attention-pattern"), setting)
        }
    }

    @Test func everyFormulaOfTheCourseIsRead() throws {
        for chapter in try Course.load(shippedCourse).chapters {
            for key in try chapter.answered(by: shippedEngine).formulaKeys {
                let formula = try engine.formula(key.notation, display: key.isDisplayed)
                #expect(formula.mathML.hasPrefix("<math"), "\(key.notation)")
            }
        }
    }

    @Test func everyTextOfTheCourseHasItsGlyphs() throws {
        for chapter in try Course.load(shippedCourse).chapters {
            for text in Language.allCases.flatMap(chapter.texts) {
                #expect(engine.unknownGlyphs(in: text.text.plainText) == [], "\(text.address)")
            }
        }
        for phrase in BookWords.allCases.map(\.phrase) + LessonProblem.allCases.map(\.phrase)
            + CheckWords.allCases.map(\.phrase)
        {
            #expect(engine.unknownGlyphs(in: phrase.english + phrase.chinese) == [], "\(phrase)")
        }
        #expect(engine.unknownGlyphs(in: "a\u{10FFFD}") == ["\u{10FFFD}"])
    }
}
