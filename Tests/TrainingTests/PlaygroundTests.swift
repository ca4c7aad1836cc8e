import Foundation
import Models
import TestSupport
import Testing
import Tracing

@testable import Tensors
@testable import Training

/// The playground: its data, its network in two forms, and what its recipes reach.
@Suite struct PlaygroundTests {
    private static let networks: [PlaygroundSettings] = SmallNetwork.Activation.allCases.flatMap { activation in
        [
            PlaygroundSettings(data: .circle, hidden: [8, 8], activation: activation),
            PlaygroundSettings(
                data: .bumps, batch: 7, features: [.x, .sinY, .product], hidden: [3], activation: activation,
                regularization: .l2, regularizationRate: 0.1, learningRate: 0.001),
            PlaygroundSettings(
                data: .xor, batch: 12, features: PlaneFeature.allCases, hidden: [8, 7, 6, 5, 4, 3],
                activation: activation
            ),
            PlaygroundSettings(data: .plane, batch: 30, hidden: [], activation: activation),
            PlaygroundSettings(
                data: .circle, hidden: [8], activation: activation, regularization: .l1, regularizationRate: 0.3),
        ]
    }

    /// What learns fast and what is written down are one arithmetic: every number of three recorded updates is that
    /// of the run without a recorder, to the bit, and each recorded step gives its own numbers again.
    @Test(arguments: networks) func theFastUpdateIsTheRecordedOne(_ settings: PlaygroundSettings) throws {
        var (fast, recorded) = (Playground(settings), Playground(settings))
        for _ in 0..<3 {
            fast.runEpoch()
            let trace = try recorded.tracedUpdate()
            for step in trace.steps where !step.inputs.isEmpty {
                let again = try step.operation.evaluate(step.inputs.map { trace.steps[$0].tensor })
                #expect(again == step.tensor, "\(step.name)")
            }
            for parameter in fast.network.model.parameters.all {
                let updated = try trace.step(parameter.name.about("updated"))
                #expect(updated.tensor == parameter.tensor, "\(parameter.name)")
            }
        }
    }

    @Test(arguments: SmallNetwork.Regularization.allCases)
    func regularizationPullsWeights(_ kind: SmallNetwork.Regularization) {
        var plain = SmallNetwork(widths: [2, 4, 1], activation: .tanh, output: .tanh, seed: 3)
        var pulled = plain
        let before = pulled
        plain.learn([1, -2], [1], batches: [0..<1], by: .init(rate: 0.1))
        pulled.learn(
            [1, -2], [1], batches: [0..<1], by: .init(rate: 0.1, regularization: kind, regularizationRate: 0.1))
        for input in 0..<2 {
            for neuron in 0..<4 {
                let weight = before.weight(layer: 0, from: input, to: neuron)
                let pull: Float =
                    switch kind {
                    case .none: 0
                    case .l1: weight > 0 ? 1 : -1
                    case .l2: weight
                    }
                let free = plain.weight(layer: 0, from: input, to: neuron)
                let expected = free - 0.01 * pull
                let found = pulled.weight(layer: 0, from: input, to: neuron)
                #expect(kind == .l1 && free * expected < 0 ? found == 0 : abs(found - expected) < 1e-6)
            }
        }
        #expect(pulled.bias(layer: 0, neuron: 0) == plain.bias(layer: 0, neuron: 0))
    }

    /// A link that L1 has pulled through zero never comes back.
    @Test func deadLinksStayDead() {
        var playground = Playground(
            PlaygroundSettings(data: .gauss, hidden: [8, 8], regularization: .l1, regularizationRate: 0.1))
        for _ in 0..<20 { playground.runEpoch() }
        let alive = playground.network.alive
        #expect(alive.joined().contains(0))
        for _ in 0..<20 { playground.runEpoch() }
        let network = playground.network
        for layer in alive.indices {
            let weights = network.model.parameters.all[2 * layer].tensor.scalars
            for (weight, life) in zip(weights, alive[layer]) where life == 0 { #expect(weight == 0) }
        }
    }

    @Test(arguments: PlaygroundData.allCases) func pointsFollowTheirRule(_ data: PlaygroundData) {
        var random = RandomSource(seed: 5)
        let points = data.points(data.usualCount, noise: 0, using: &random)
        #expect(points.count == data.usualCount)
        for point in points {
            switch data {
            case .circle: #expect((point.x * point.x + point.y * point.y < 6.25) == (point.label == 1))
            case .xor: #expect((point.x * point.y >= 0) == (point.label == 1))
            case .gauss, .spiral: #expect(abs(point.label) == 1)
            case .plane: #expect(abs(point.label - (point.x + point.y) / 10) < 1e-12)
            case .bumps: #expect(abs(point.label) <= 1)
            }
        }
        if !data.isRegression { #expect(abs(points.reduce(0) { $0 + $1.label }) < 60) }
    }

    /// A batch that does not divide the points leaves a rest, which waits for the next epoch.
    @Test func whatIsLeftOverWaits() throws {
        var playground = Playground(PlaygroundSettings(data: .circle, trainingShare: 0.5, batch: 30))
        #expect(playground.training.count == 250)
        playground.runEpoch()
        let trace = try playground.tracedUpdate()
        // Of the second epoch, the eighth batch is as long as any; its first holds the ten points that waited.
        #expect(try trace.step(.init(.inputs)).shape == [30, 2])
        var one = Playground(PlaygroundSettings(data: .circle, trainingShare: 0.1, batch: 30))
        #expect(one.training.count == 50)
        #expect(try one.tracedUpdate().step(.init(.inputs)).shape == [30, 2])
        #expect(try one.tracedUpdate().step(.init(.inputs)).shape == [50, 2])
    }

    private static let recipes = ["circle", "xor", "gauss", "spiral", "plane", "bumps"]

    /// Every data set is solved, and not by one lucky seed alone.
    @Test(arguments: recipes, [2, 3, 4] as [UInt64]) func everyDataSetIsSolved(_ name: String, _ seed: UInt64) throws {
        let path = Places.root + "/fixtures/recipes/playground-\(name).yaml"
        var recipe = try #require(try Recipes.read(path: path) as? PlaygroundRecipe)
        recipe.seed = seed
        let folder = try Places.temporaryFolder()
        try recipe.run(into: folder, steps: nil) { _ in }
        let loss = try #require(try recipe.measure(folder: folder).first { $0.name == "test_loss" })
        #expect(loss.value < (name == "spiral" ? 0.05 : 0.02))
        let records = try TrainingRecord.read(path: folder + "/training.json")
        #expect(records.last?.measures?["test_loss"] == loss.value)
    }

    @Test(arguments: [
        ("hidden: [4, 2]", "hidden: [4, 9]", "network.hidden"),
        ("hidden: [4, 2]", "hidden: [1, 1, 1, 1, 1, 1, 1]", "network.hidden"),
        ("features: [x, y]", "features: [x, z]", "network.features"),
        ("features: [x, y]", "features: []", "network.features"),
        ("set: circle", "set: square", "data.set"), ("noise: 0", "noise: 0.6", "data.noise"),
        ("batch: 10", "batch: 31", "training.batch"), ("kind: playground", "kind: playpen", "kind"),
    ]) func aMistakeIsNamed(_ right: String, _ wrong: String, _ key: String) throws {
        let text = try String(contentsOfFile: Places.root + "/fixtures/recipes/playground-circle.yaml", encoding: .utf8)
        let path = try Places.temporaryFolder() + "/recipe.yaml"
        try text.replacing(right, with: wrong).write(toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: (any Error).self) { _ = try Recipes.read(path: path) }
        #expect("\(try #require(error))".contains("“\(key)”"))
    }
}
