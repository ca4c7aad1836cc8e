import Foundation
import Models
import TestSupport
import Testing
import Tracing
import Training

/// The perceptron and the line: the film, the habits, the houses.
@Suite struct ClassicalTests {
    private func recipe<Kind: Recipe>(_ name: String, as kind: Kind.Type) throws -> Kind {
        try #require(try Recipes.read(path: Places.root + "/fixtures/recipes/\(name).yaml") as? Kind)
    }

    private static let film: [(inputs: [Double], sum: Double, goes: Bool)] = [
        ([0, 0, 0], 0, false), ([0, 0, 1], 4, false), ([0, 1, 0], 4, false), ([0, 1, 1], 8, false),
        ([1, 0, 0], 8, false), ([1, 0, 1], 12, true), ([1, 1, 0], 12, true), ([1, 1, 1], 16, true),
    ]

    /// 8 alone stays home: it is not greater than 8.
    @Test(arguments: film) func theFilmIsDecided(_ inputs: [Double], _ sum: Double, _ goes: Bool) throws {
        let perceptron = Perceptron(weights: [8, 4, 4], threshold: 8)
        #expect(perceptron.sum(inputs) == sum)
        #expect(perceptron.fires(inputs) == goes)
        let recorder = Recorder()
        _ = try perceptron.decisions([inputs], on: recorder)
        let trace = recorder.trace()
        #expect(try trace.explain(StepName("fires"), at: [0, 0]).value == (goes ? 1 : 0))
        #expect(try trace.explain(StepName("sum"), at: [0, 0]).value == sum)
    }

    @Test func theFilmsRecipeIsRightAboutEverything() throws {
        let recipe = try recipe("film", as: PerceptronRecipe.self)
        let folder = try Places.temporaryFolder()
        try recipe.run(into: folder, steps: nil) { _ in }
        #expect(try recipe.measure(folder: folder).first { $0.name == "accuracy" }?.value == 1)
        #expect(try perceptron(recipe, folder)?.weights() == [8, 4, 4])
    }

    /// Whatever the seed, the friend's share ends where the rule says.
    @Test func habitsTeachThatTheFriendCounts() throws {
        var recipe = try recipe("habits", as: PerceptronRecipe.self)
        for seed in 1...50 {
            recipe.seed = UInt64(seed)
            let people = recipe.settings.drawHabits()
            #expect(people.count == 10_000)
            let learned = try #require(recipe.session(at: nil) as? PerceptronLessons).perceptron
            let share = PerceptronLessons.friendShare(learned)
            #expect(share >= 0.96 && share <= 0.99, "seed \(seed): \(share)")
            let right = people.count { learned.fires($0.inputs) == $0.went }
            #expect(Double(right) > 0.97 * 10_000)
        }
    }

    @Test func theRuleMovesOnlyWhatWasWrong() {
        var perceptron = Perceptron(weights: [1, 1], threshold: 1)
        var changed = perceptron.learn([1, 1], answer: true, rate: 0.5)
        #expect(!changed)
        changed = perceptron.learn([1, 0], answer: true, rate: 0.5)
        #expect(changed)
        #expect(perceptron.weights() == [1.5, 1])
        #expect(perceptron.threshold() == 0.5)
        changed = perceptron.learn([0, 1], answer: false, rate: 1)
        #expect(changed)
        #expect(perceptron.weights() == [1.5, 0])
        #expect(perceptron.threshold() == 1.5)
    }

    /// numpy.linalg.lstsq's numbers: see `fixtures/reference/least_squares.py`.
    @Test func leastSquaresAgrees() throws {
        let path = Places.root + "/fixtures/reference/least_squares.json"
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let cases = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
        for it in cases {
            let inputs = try #require(it["inputs"] as? [[Double]])
            let targets = try #require(it["targets"] as? [Double])
            let expected = try #require(it["slopes"] as? [Double])
            let intercept = try #require(it["intercept"] as? Double)
            let line = try LinearRegression.leastSquares(inputs, targets: targets)
            for (found, slope) in zip(line.slopes, expected) { #expect(abs(found - slope) <= 1e-5 * abs(slope)) }
            #expect(abs(line.intercept - intercept) <= 1e-5 * max(abs(intercept), 1))
        }
    }

    @Test(arguments: [[[1.0], [1]], [[1, 2], [2, 4], [3, 6], [4, 8]], [], [[1]]])
    func whatDeterminesNoLineIsAnError(_ inputs: [[Double]]) {
        expectFailure(ModelError.self) {
            try LinearRegression.leastSquares(inputs, targets: inputs.map { $0[0] })
        }
    }

    @Test(arguments: [8, 9, 10] as [UInt64]) func descentFindsTheLineOfLeastSquares(_ seed: UInt64) throws {
        var recipe = try recipe("house-prices", as: LineRecipe.self)
        recipe.seed = seed
        let found = try #require(recipe.session(at: nil) as? LineDescent)
        let (houses, path) = (found.houses, found.records)
        let best = try LinearRegression.leastSquares(houses.map { [$0.area] }, targets: houses.map(\.price))
        #expect(abs(found.line.slopes[0] - best.slopes[0]) < 1e-3 * abs(best.slopes[0]))
        #expect(abs(found.line.intercept - best.intercept) < 0.01 * abs(best.intercept))
        for (before, after) in zip(path, path.dropFirst()) { #expect(after.loss <= before.loss * 1.000001) }
        let folder = try Places.temporaryFolder()
        try recipe.run(into: folder, steps: nil) { _ in }
        #expect(abs(try #require(try line(recipe, folder)).slopes[0] - found.line.slopes[0]) < 1e-6)
    }

    private func perceptron(_ recipe: some Recipe, _ folder: String) throws -> Perceptron? {
        if case .perceptron(let trained) = try recipe.model(in: folder) { trained } else { nil }
    }

    private func line(_ recipe: some Recipe, _ folder: String) throws -> LinearRegression? {
        if case .line(let trained) = try recipe.model(in: folder) { trained } else { nil }
    }
}
