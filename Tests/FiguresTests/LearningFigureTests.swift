import Drawing
import Figures
import Foundation
import Rendering
import TestSupport
import Testing
import Training
import Wording

/// The figures that small training runs leave.
@Suite struct LearningFigureTests {
    /// A shipped recipe's run, shortened, in a folder of its own.
    private static func slides(_ name: String, steps: Int? = nil, with change: (inout any Recipe) -> Void = { _ in })
        throws -> [Slide]
    {
        var recipe = try Recipes.read(path: Places.root + "/fixtures/recipes/\(name).yaml")
        change(&recipe)
        let folder = FileManager.default.temporaryDirectory.path + "/glassformer-figures-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try recipe.run(into: folder, steps: steps) { _ in }
        return try RunGallery.slides(recipe: recipe, folder: folder)
    }

    /// Nothing overlaps, everything has words, no glyph is missing: at every size, in both languages.
    private func check(_ slides: [Slide]) throws {
        for slide in slides {
            #expect(slide.formula?.problem == nil, "\(slide.id)")
            #expect(slide.frames.allSatisfy { $0.formula?.problem == nil }, "\(slide.id)")
            for size in [Size.slide, .wide, .square, Size(900, 600)] {
                for language in Language.allCases {
                    try check(slide, SlideStyle(size: size, language: language, measurer: PangoMeasurer()))
                }
            }
        }
    }

    /// One way to draw it.
    private func check(_ slide: Slide, _ style: SlideStyle) throws {
        let figure = try slide.figure(style)
        let name = "\(slide.id) \(style.language.rawValue) \(style.size)"
        #expect(figure.faults.isEmpty, "\(name): \(figure.faults.prefix(3))")
        if style.size == .slide { #expect(try figure.whatDataLoses() == []) }
        let canvas = Rect(origin: .zero, size: style.size).outset(by: 0.5)
        for frame in figure.frames {
            #expect(!frame.altText.contains("{") && frame.altText.contains { $0.isNumber }, "\(name)")
            #expect(frame.hotSpots.allSatisfy { canvas.contains($0.rect) && !$0.words.isEmpty }, "\(name)")
        }
        let pango = PangoMeasurer()
        for text in Set(figure.texts.map(\.string)) {
            #expect(pango.unknownGlyphs(in: text) == 0, "\(name): \(text)")
        }
    }

    private func texts(_ slide: Slide, frame: Int) throws -> [String] {
        let figure = try slide.figure(SlideStyle(language: .english, measurer: FixedMeasurer()))
        return Figure.texts(figure.frames[frame].items).map(\.string)
    }

    @Test(arguments: ["circle", "plane", "spiral", "bumps"]) func playground(_ name: String) throws {
        let slides = try Self.slides("playground-" + name, steps: 12)
        #expect(slides.map(\.id) == ["loss-curve", "playground-network", "decision-boundary"])
        #expect(slides.dropFirst().allSatisfy { $0.frames.count == 4 })
        try check(slides)
    }

    @Test("The largest network of the page, and the smallest, at one epoch") func extremes() throws {
        let widths: [[Int]] = [[8, 8, 8, 8, 8, 8], [1]]
        for hidden in widths {
            try check(
                Self.slides("playground-circle", steps: 1) { recipe in
                    guard var playground = recipe as? PlaygroundRecipe else { return }
                    playground.settings.hidden = hidden
                    if hidden.count > 1 { playground.settings.features = PlaneFeature.allCases }
                    playground.settings.activation = .relu
                    recipe = playground
                })
        }
    }

    @Test("The last frame shows the network that was kept, with its losses") func losses() throws {
        let recipe = try Recipes.read(path: Places.root + "/fixtures/recipes/playground-xor.yaml")
        let playground = try #require(recipe as? PlaygroundRecipe)
        var again = Playground(playground.settings)
        for _ in 0..<30 { again.runEpoch() }
        let slide = try Self.slides("playground-xor", steps: 30)[1]
        #expect(slide.frames.map { $0.caption.english.prefix(13) }.last == "After 30 epoc")
        let last = try #require(slide.frames.last?.altText.english)
        for loss in [again.trainingLoss, again.testLoss] { #expect(last.contains(Numbers.significant(loss))) }
    }

    @Test("8 alone stays home, step by step and in the table") func film() throws {
        let slides = try Self.slides("film")
        // Nothing is learned, so there is no curve.
        #expect(slides.map(\.id) == ["perceptron", "perceptron-cases"])
        try check(slides)
        let decision = slides[0]
        #expect(decision.frames.count == 4)
        #expect(decision.frames[3].caption.english == "8 is not greater than the threshold 8: it stays home.")
        let decided = try texts(decision, frame: 3)
        #expect(decided.contains("8 > 8 ?") && decided.contains("stays home"))
        let before = try texts(decision, frame: 2)
        #expect(!before.contains("8 > 8 ?") && !before.contains("stays home"))
        let table = try texts(slides[1], frame: 0)
        #expect(table.count { $0 == "goes" } == 3 && table.count { $0 == "stays home" } == 5)
        #expect(table.count { $0 == "8 ≤ 8" } == 2 && table.contains("16 > 8"))
    }

    @Test(arguments: [nil, 250]) func habits(_ people: Int?) throws {
        let slides = try Self.slides("habits", steps: people)
        #expect(slides.map(\.id) == ["loss-curve", "perceptron", "perceptron-cases", "perceptron-learning"])
        try check(slides)
        let words = try #require(slides.last?.frames.first?.altText.english)
        #expect(words.hasPrefix("After \(Numbers.count(people ?? 10_000)) people"))
    }

    @Test("Weights of any sign have their place") func signs() throws {
        try check(
            Self.slides("film") { recipe in
                guard var perceptron = recipe as? PerceptronRecipe else { return }
                (
                    perceptron.settings.start.weather, perceptron.settings.start.price,
                    perceptron.settings.start.threshold
                ) = (-12345.678, 0, -3)
                recipe = perceptron
            })
    }

    @Test(arguments: [nil, 1, 7]) func line(_ steps: Int?) throws {
        let slides = try Self.slides("house-prices", steps: steps)
        #expect(slides.map(\.id) == ["loss-curve", "line-fit"])
        try check(slides)
        let recipe = try Recipes.read(path: Places.root + "/fixtures/recipes/house-prices.yaml")
        let last = try #require(recipe.session(at: steps) as? LineDescent)
        let words = try #require(slides[1].frames.last?.caption.english)
        #expect(words.contains("price = \(Numbers.significant(last.line.slopes[0])) × area"))
        #expect(words.contains("error \(Numbers.significant(last.loss))"))
    }

    @Test("On a low canvas panels give way, not the loss") func lowCurve() throws {
        let records = (1...50).map {
            TrainingRecord(
                step: $0, loss: 1 / Double($0), learningRate: 0.1 / Double($0), gradientNorm: 2,
                measures: ["reward": Double($0), "kl": 0.1])
        }
        let slide = LossCurve.slide(records: records, kind: "answers")
        let style = SlideStyle(size: Size(1200, 360), language: .english, measurer: FixedMeasurer())
        let texts = try slide.figure(style).texts.map(\.string)
        #expect(texts.contains("mean reward") && !texts.contains("learning rate"))
        #expect(texts.contains { $0.hasPrefix("not drawn:") && $0.contains("learning rate") })
        // At least two round numbers beside zero are on the loss's own scale.
        #expect(texts.contains("0.5") || texts.contains("0.4"))
    }

    @Test("A curve has panels for what was measured, and for nothing else") func panels() throws {
        let records = (1...50).map { step in
            TrainingRecord(
                step: step, loss: 1 / Double(step), learningRate: 0.03,
                measures: ["test_loss": 2 / Double(step), "reward": Double(step) - 25])
        }
        let texts = try texts(LossCurve.slide(records: records, kind: "playground"), frame: 0)
        #expect(texts.contains("mean reward") && texts.contains("test loss 0.04"))
        #expect(!texts.contains("gradient norm") && !texts.contains("learning rate"))
        #expect(!texts.contains { $0.contains("nats") })
        let plain = (1...50).map {
            TrainingRecord(step: $0, loss: 1, learningRate: 0.1 / Double($0), gradientNorm: 2)
        }
        let usual = try self.texts(LossCurve.slide(records: plain), frame: 0)
        #expect(usual.contains("gradient norm") && usual.contains("learning rate"))
        #expect(usual.contains("loss (nats a token)"))
        for kind in ["next-word", "line", "perceptron", "something"] {
            try check([
                LossCurve.slide(records: records, kind: kind), LossCurve.slide(records: plain, kind: kind),
                LossCurve.slide(records: Array(records.prefix(1)), kind: kind),
            ])
        }
    }
}
