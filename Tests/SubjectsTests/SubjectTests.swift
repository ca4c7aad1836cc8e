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
        varied("playground-circle", "activation", ["tanh", "relu"], step: 10),
        varied("house-prices", "learning_rate", ["0.1", "1.5"]), asked("playground-circle", [1.5, -2], step: 10),
        asked("film", [1, 1, 0]), asked("house-prices", [80]),
        .run(.init(name: "next-word")), .run(.init(name: Places.root + "/fixtures/models/translator")),
        .comparison(.init(machines: ["perceptron", "transformer"], task: "word-order")),
        .workers(.init(texts: ["the cat sat on the mat"])),
        .workers(.init(texts: ["the cat sat"], how: .tensor)),
        .preset("gpt-3"), .calculation(["p = softmax([90, 80, 70, 60, 50])"]),
    ]

    private static func varied(_ name: String, _ key: String, _ values: [String], step: Int? = nil) -> SubjectSource {
        var run = SubjectSource.RunSource(name: name, step: step)
        run.variation = .init(key: key, values: values)
        return .run(run)
    }

    private static func asked(_ name: String, _ input: [Double], step: Int? = nil) -> SubjectSource {
        var run = SubjectSource.RunSource(name: name, step: step)
        run.input = input
        return .run(run)
    }

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
        // Chance and few points are learned by heart; L1 makes weights nought, L2 does not.
        (
            .run(
                .init(
                    name: "playground-circle",
                    changes: ["noise=0.5", "hidden=8,8", "learning_rate=0.1", "training_share=0.1", "epochs=600"])),
            "test_loss", 0.3...1
        ),
        (varied("playground-circle", "regularization", ["l1", "l2"], step: 20), "l2.weights.zero", 0...0),
        (.run(.init(name: "next-word")), "steps.1310.clipped_norm", 1...1),
        (.run(.init(name: "next-word")), "settings.warm_up", 200...200),
        (.calculation(["polynomial-fit([1, 9], 10, 0.3)"]), "degree.9.training", 0...1e-20),
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
        for (name, change) in [
            ("playground-circle", "nois=0.1"), ("playground-circle", "noise=0.9"), ("film", "rate=1"),
            ("habits", "weather=3"), ("next-word", "learning_rate=0.1"),
        ] {
            #expect(throws: (any Error).self, "\(change)") {
                try Shelf.shared.subject(.run(.init(name: name, changes: [change])))
            }
        }
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
