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
                    for measurer in [PangoMeasurer() as any TextMeasurer, FixedMeasurer()] {
                        try check(slide, SlideStyle(size: size, language: language, measurer: measurer))
                    }
                }
            }
        }
    }

    private func check(_ slide: Slide, _ style: SlideStyle) throws {
        let figure = try slide.figure(style)
        let name = "\(slide.id) \(style.language.rawValue) \(style.size)"
        #expect(figure.faults.isEmpty, "\(name): \(figure.faults.prefix(3))")
        let canvas = Rect(origin: .zero, size: style.size).outset(by: 0.5)
        for frame in figure.frames {
            #expect(!frame.altText.contains("{") && frame.altText.contains { $0.isNumber }, "\(name)")
            #expect(frame.hotSpots.allSatisfy { canvas.contains($0.rect) && !$0.words.isEmpty }, "\(name)")
        }
        guard let pango = style.measurer as? PangoMeasurer else { return }
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

    @Test("A curve has panels for what was measured, and for nothing else") func panels() throws {
        let records = (1...50).map { step in
            TrainingRecord(
                step: step, loss: 1 / Double(step), learningRate: 0.03, gradientNorm: 0,
                measures: ["test_loss": 2 / Double(step), "reward": Double(step) - 25])
        }
        let texts = try texts(LossCurve.slide(records: records, kind: "playground"), frame: 0)
        #expect(texts.contains("mean reward") && texts.contains("test 0.04"))
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
