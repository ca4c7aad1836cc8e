import Foundation
import Models
import Reading
import Subjects
import Tensors
import TestSupport
import Testing
import Tracing
import Wording

@testable import Page

/// A page of a run that is over: its numbers are the run's, and so is their arithmetic.
@Suite struct RunTests {
    private static let folder = Places.root + "/fixtures/models/next-word"

    private static func run(_ kept: (Step) -> Bool = { _ in true }) throws -> TracedText {
        let model = try LanguageModel.load(folder: folder)
        let trace = try TextReader(model: model).trace(TextSource(text: "the cat sat on the mat"))
        return TracedText(trace: try trace.keeping(kept), tokenizer: model.tokenizer, text: "the cat sat on the mat")
    }

    /// What the page of a subject holds, as files of a folder.
    private func files(_ content: PageContent) throws -> String {
        let room = try Places.temporaryFolder() + "/run"
        try FileManager.default.createDirectory(atPath: room, withIntermediateDirectories: true)
        let source = try #require(content.sources.first)
        for file in source.files { try Data(file.bytes).write(to: URL(fileURLWithPath: room + "/" + file.name)) }
        return room
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// The whole run, what was computed without the weights, and one layer alone, which begins anywhere.
    static let parts: [(name: String, kept: @Sendable (Step) -> Bool)] = [
        ("whole", { _ in true }), ("computed", { !$0.isParameter }),
        ("one layer", { $0.name.block == 2 && !$0.isParameter }),
    ]

    @Test(arguments: 0..<3) func anyCellIsExplainedAsTheRunExplainsIt(part: Int) throws {
        let run = try Self.run(Self.parts[part].kept)
        let twin = try Twin(files(PageContent(Subject(title: "run", traced: run), language: nil)))
        var questions = [#"{"ask":"text"}"#]
        _ = twin.ask(questions[0])
        // Of a whole run every fifth step.
        let stride = part == 2 ? 1 : 5
        for (place, step) in run.trace.steps.enumerated() where step.tensor.count > 0 && place % stride == 0 {
            let index = step.shape.index(at: place * 7919 % step.tensor.count)
            questions.append(
                #"{"ask":"explain","step":"\#(step.name.description)","index":[\#(index.map { "\($0)" }.joined(separator: ","))]}"#
            )
            guard let account = try? run.trace.explain(step.name, at: index) else { continue }
            let found = try object(twin.ask(questions.last ?? ""))
            // Its digits are read by another reader of JSON.
            let value = found["value"] as? Double ?? .infinity
            #expect(
                abs(value - account.value) <= 1e-12 * max(abs(account.value), 1e-6) || !account.value.isFinite,
                "\(step.name): \(value), \(account.value)")
            let inputs = (found["inputs"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
            #expect(inputs == (step.isSource ? [] : step.inputs.map { run.trace.steps[$0].name.description }))
        }
        #expect(questions.count > 8)
        guard let program = Twin.program else { return }
        for (question, answer) in zip(questions, try twin.page(program, questions)) {
            let difference = TwinTests.difference(answer.answer, twin.ask(question), within: 1e-4, atLeast: 1e-5)
            #expect(difference == nil, "\(question): \(difference ?? "")")
        }
    }

    /// A part begins at its own layer, and offers nothing that it does not hold.
    @Test func aPartSaysWhatItIs() throws {
        let run = try Self.run(Self.parts[2].kept)
        let twin = try Twin(files(PageContent(Subject(title: "run", traced: run), language: nil)))
        let text = try object(twin.ask(#"{"ask":"text","text":"something else"}"#))
        #expect(text["text"] as? String == "the cat sat on the mat")
        let stacks = try #require(text["stacks"] as? [[String: Any]])
        #expect(stacks.map { $0["layers"] as? [Int] } == [[2]])
        let parts = try #require(text["parts"] as? [[String: Any]])
        #expect(!parts.contains { $0["kind"] as? String == "embedding" })
        for figure in try #require(text["figures"] as? [[String: Any]]) {
            let name = try #require(figure["name"] as? String)
            #expect(figure["layer"] as? Int ?? 2 == 2)
            #expect(parts.indices.contains(try #require(figure["part"] as? Int)))
            let answer = twin.ask(#"{"ask":"figure","name":"\#(name)","width":900,"height":560}"#)
            #expect(!answer.hasPrefix("{\"error"), "\(name): \(answer.prefix(200))")
        }
    }

    /// The words of the vocabulary go in, so that what comes next has its names without a tokenizer.
    @Test func candidatesHaveWords() throws {
        let twin = try Twin(files(PageContent(Subject(title: "run", traced: Self.run()), language: nil)))
        let next = try #require(object(twin.ask(#"{"ask":"text"}"#))["next"] as? [String: Any])
        let groups = try #require(next["groups"] as? [[String: Any]])
        let labels = groups.flatMap { $0["candidates"] as? [[String: Any]] ?? [] }.compactMap { $0["label"] as? String }
        #expect(labels.count > 10 && !labels.contains { $0.hasPrefix("#") })
    }

    @Test func whatDoesNotFitNamesWhatWould() throws {
        let large = try Trace(steps: [
            Step(
                name: "blocks.0.hook_q", operation: Source(.constant),
                tensor: Tensor([1, 4, PageContent.mostBytes / 16 + 1]) { $0.update(repeating: 0) },
                axes: [.batch, .position, .width])
        ])
        expectFailure(PageFileError.runTooLarge(name: "big", bytes: PageContent.mostBytes + 16)) {
            try PageContent(Subject(title: "big", traced: TracedText(trace: large)), language: nil)
        }
        expectFailure(PageFileError.nothingToShow(name: "none")) {
            try PageContent(Subject(title: "none"), language: nil)
        }
        for error in [
            PageFileError.modelTooLarge(folder: "m", bytes: 1 << 30), .runTooLarge(name: "m", bytes: 1 << 30),
        ] {
            for text in [error.explanation.english, error.explanation.chinese] {
                #expect(text.contains("1024 MiB") && text.contains("--step 'blocks.0.*'") && text.contains("64"))
            }
        }
    }

    /// A recipe's slides are drawn in both languages and themes, a frame each.
    @Test func aRecipesFiguresAreDrawn() throws {
        let shelf = SubjectShelf(home: Home(path: Places.root))
        let subject = try shelf.subject(.run(.init(name: "film")))
        let content = try PageContent(subject, language: .chinese)
        let slides = try #require(content.slides)
        #expect(slides.texts.map(\.name) == ["en light", "en dark", "zh-Hans light", "zh-Hans dark"])
        for (name, bytes) in slides.texts {
            let drawn = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [[[String: Any]]])
            #expect(drawn.map(\.count) == subject.slides.map(\.frames.count), "\(name)")
            for frame in drawn.joined() {
                #expect((frame["svg"] as? String)?.hasPrefix("<svg") == true)
                #expect((frame["alt"] as? String)?.isEmpty == false)
            }
        }
    }
}
