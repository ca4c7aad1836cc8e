import Drawing
import Foundation
import Rendering
import TestSupport
import Testing
import Training
import Wording

@testable import Figures

/// What the figures of a run say of its numbers.
@Suite("Runs: figures") struct RunFigureTests {
    private static func history(rate: Double) throws -> LineHistory {
        let recipe = try Recipes.read(path: Places.root + "/fixtures/recipes/house-prices.yaml")
        var line = try #require(recipe as? LineRecipe)
        line.line.rate = rate
        return try LineHistory(line, steps: 40)
    }

    @Test("descent is drawn in the bowl in which it is", arguments: [0.1, 0.5, 0.9, 1.2])
    func bowl(_ rate: Double) throws {
        let history = try Self.history(rate: rate)
        let bottom = history.place(history.best)
        for moment in history.path {
            let place = history.place(moment)
            let away = hypot(place.slope - bottom.slope, place.intercept - bottom.intercept)
            #expect(abs(history.loss(distance: away) - moment.loss) < 1e-4 * moment.loss)
        }
        // Each step goes straight down this bowl: the distance shrinks, or grows, by 1 − 2η.
        let distances = history.path.map { history.place($0).slope - bottom.slope }
        for (from, to) in zip(distances, distances.dropFirst()).prefix(6) {
            #expect(abs(to - (1 - 2 * rate) * from) < 1e-4 * abs(from) + 1e-5)
        }
        let ways: [Double: LineHistory.Way] = [0.1: .slides, 0.5: .slides, 0.9: .leaps, 1.2: .climbs]
        #expect(history.way == ways[rate])
        #expect(history.reach < 4 * abs(distances[0]))
    }

    @Test func aBurstingRunKeepsItsAxes() throws {
        let slide = LineFigures.slide(try Self.history(rate: 1.2))
        let figure = try slide.figure(SlideStyle(language: .english, measurer: FixedMeasurer()))
        #expect(figure.faults.isEmpty)
        for frame in figure.frames {
            let axes = Figure.texts(frame.items).map(\.string).compactMap(Double.init)
            #expect(axes.count > 8 && axes.allSatisfy { abs($0) < 1e6 })
        }
    }

    @Test func aSmoothedLossHasItsFloorAndFormula() throws {
        let smoothing = try #require(LabelSmoothing(share: 0.1, vocabulary: 655))
        let targets = [0.9 + 0.1 / 655] + Array(repeating: 0.1 / 655, count: 654)
        #expect(abs(smoothing.floor - targets.reduce(0) { $0 - $1 * log($1) }) < 1e-12)
        let records =
            (1...50).map { TrainingRecord(step: $0, loss: 1 + 5 / Double($0), learningRate: 0.1) }
            + stride(from: 60, through: 500, by: 10).map { TrainingRecord(step: $0, loss: 1, learningRate: 0.1) }
        let slide = LossCurve.slide(records: records, kind: "translation", smoothing: smoothing)
        let figure = try slide.figure(SlideStyle(language: .english, measurer: FixedMeasurer()))
        let texts = figure.texts.map(\.string)
        #expect(texts.contains { $0.contains("0.972") } && texts.contains("smoothed loss (nats a token)"))
        #expect(slide.formula?.plainText.contains("q") == true)
        #expect(!texts.contains("each update") && !texts.contains("gradient norm") && texts.contains("0"))
        #expect(LabelSmoothing(share: 0, vocabulary: 655) == nil)
    }

    @Test("what is kept unevenly is smoothed by where it lies") func smoothing() {
        let steps = (0..<50).map(Double.init) + stride(from: 59.0, through: 499, by: 10)
        let smooth = LossCurve.smoothed(steps.map { $0 * 2 }, at: steps)
        for (step, value) in zip(steps, smooth) { #expect(abs(value - 2 * step) < 12) }
        #expect(smooth.first == 0 && smooth.last == 998)
    }
}
