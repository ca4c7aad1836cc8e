import Drawing
import Figures
import Foundation
import Models
import Rendering
import Subjects
import TestSupport
import Testing
import Tracing
import Wording

/// Every kind of subject lists its figures, and each listed one is drawn.
@Suite struct SubjectTests {
    static let style = SlideStyle(language: .english, measurer: PangoMeasurer())

    static let sources: [SubjectSource] = [
        .text(TextSource(text: "the cat sat")),
        .run(.init(name: "film")), .run(.init(name: "habits")), .run(.init(name: "habits", step: 200)),
        .run(.init(name: "house-prices")), .run(.init(name: "playground-circle", step: 20)),
        .run(.init(name: "next-word")), .run(.init(name: Places.root + "/fixtures/models/translator")),
        .comparison(.init(machines: ["perceptron", "transformer"], task: "word-order")),
        .workers(.init(texts: ["the cat sat on the mat"])),
        .workers(.init(texts: ["the cat sat"], how: .tensor)),
        .preset("gpt-3"), .calculation(["p = softmax([90, 80, 70, 60, 50])"]),
    ]

    @Test(arguments: sources)
    func whatIsListedIsDrawn(_ source: SubjectSource) throws {
        let subject = try Shelf.shared.subject(source)
        var look = Look()
        if case .calculation = source { look.steps = ["*"] }
        let list = try subject.pictures(look, Self.style)
        #expect(!list.pictures.isEmpty)
        #expect(Set(list.pictures.map(\.name)).count == list.pictures.count)
        var text = look
        // Of a text one of each kind is enough here: the gallery draws them all.
        var seen: Set<String> = []
        for picture in list.pictures where seen.insert(picture.id).inserted {
            text.figures = [picture.id]
            let figure = try subject.figure(picture, look, Self.style)
            #expect(!figure.title.isEmpty && !figure.frames.isEmpty, "\(picture.id)")
            #expect(figure.frames.allSatisfy { !$0.altText.isEmpty }, "\(picture.id)")
            // By its id alone the same figure is found again.
            #expect(
                try subject.pictures(text, Self.style).pictures.contains { $0.name == picture.name }, "\(picture.id)")
        }
    }

    @Test func whatIsAskedTwiceIsMadeOnce() throws {
        let source = SubjectSource.text(TextSource(text: "中华人民"))
        let (one, other) = (try Shelf.shared.subject(source), try Shelf.shared.subject(source))
        let names = (try one.trace.steps.map(\.nanoseconds), try other.trace.steps.map(\.nanoseconds))
        #expect(names.0 == names.1)
    }

    @Test(arguments: [
        (SubjectSource.run(.init(name: "habits")), "friend_share", 0.9...1.0),
        (
            .comparison(.init(machines: ["perceptron", "transformer"], task: "word-order")),
            "transformer.held_out_accuracy", 1...1
        ),
        (
            .comparison(.init(machines: ["perceptron", "transformer"], task: "word-order")),
            "perceptron.held_out_accuracy", 0...0.99
        ),
        (.preset("gpt-3"), "parameters", 174.5e9...175.3e9), (.preset("gpt-2"), "layers", 12...12),
        (.workers(.init(texts: ["the cat sat on the mat"])), "agree", 1...1),
    ])
    func itsNumbersHavePaths(_ source: SubjectSource, _ path: String, _ range: ClosedRange<Double>) throws {
        #expect(range.contains(try Shelf.shared.subject(source).numbers.number(path)))
    }

    @Test func whatItLacksIsNamed() throws {
        let preset = try Shelf.shared.subject(.preset("gpt-3"))
        var look = Look()
        look.figures = ["scores"]
        #expect(throws: Failure.self) { try preset.pictures(look, Self.style) }
        #expect(throws: Failure.self) { try preset.numbers.number("layer") }
        #expect(throws: Failure.self) { try preset.trace }
        #expect(throws: Failure.self) { try Shelf.shared.subject(.preset("gpt-5")) }
        #expect(throws: Failure.self) { try Shelf.shared.subject(.run(.init(name: "no-recipe"))) }
        #expect(throws: Failure.self) { try Shelf.shared.subject(.run(.init(name: "next-word", step: 7))) }
        #expect(throws: Failure.self) { try Shelf.shared.subject(.run(.init(name: "film", step: 3))) }
        #expect(throws: Failure.self) { try Shelf.shared.subject(.run(.init(name: "habits", step: 1_000_000))) }
    }

    /// A changed run is a subject like any other, and says what was changed.
    @Test func aChangedRunIsASubject() throws {
        var source = TextSource(text: "中华人民")
        let own = try Shelf.shared.subject(.text(source)).trace
        source.changes = ChangeWords(off: ["L0H2"])
        let changed = try Shelf.shared.subject(.text(source)).trace
        let cells = (0..<own.tokens.count).map { [0, $0, 0] }
        #expect(
            cells.contains { own[StepName(.logits)]?.tensor.cell($0) != changed[StepName(.logits)]?.tensor.cell($0) })
    }
}
