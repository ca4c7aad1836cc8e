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
                data: .bumps, batch: 7, features: [.x, .sinY, .product], hidden: [3], activation: activation),
            PlaygroundSettings(
                data: .xor, batch: 12, features: PlaneFeature.allCases, hidden: [8, 7, 6, 5, 4, 3],
                activation: activation
            ),
            PlaygroundSettings(data: .plane, batch: 30, hidden: [], activation: activation),
        ]
    }

    /// What learns fast and what explains itself are one network: the same outputs, and the same step.
    @Test(arguments: networks) func theFastUpdateIsTheRecordedOne(_ settings: PlaygroundSettings) throws {
        var fast = Playground(settings).network
        let points = Array(Playground(settings).training.prefix(settings.batch))
        let rows = Playground.rows(points, settings.features)
        let lanes = SmallNetwork.lanes
        let inputs = try Tensor(
            [points.count, settings.features.count],
            points.indices.flatMap { Array(rows[$0 * lanes..<$0 * lanes + settings.features.count]) })
        let targets = try Tensor([points.count, 1], points.map { Float($0.label) })
        for _ in 0..<3 {
            let model = try fast.recorded()
            let recorder = Recorder()
            _ = try model.loss(inputs, targets: targets, on: recorder)
            let trace = recorder.trace()
            let outputs = try trace.step(.block(model.layers - 1, .neurons)).tensor
            #expect(relativeDifference(try Tensor([points.count, 1], fast.outputs(rows)), outputs) <= 1e-5)
            let gradients = try trace.gradients(of: StepName(.loss))
            fast.accumulate(rows, points.map { Float($0.label) }, count: points.count)
            fast.update(rate: 0.03)
            let updated = try fast.recorded()
            for (before, after) in zip(model.parameters.all, updated.parameters.all) {
                let place = try #require(trace.place(of: before.name))
                var expected = before.tensor
                expected.accumulate(try #require(gradients[place]), times: -0.03)
                #expect(relativeDifference(after.tensor, expected) <= 1e-5, "\(before.name)")
            }
        }
    }

    @Test(arguments: SmallNetwork.Regularization.allCases)
    func regularizationPullsWeights(_ kind: SmallNetwork.Regularization) {
        var plain = SmallNetwork(widths: [2, 4, 1], activation: .tanh, output: .tanh, seed: 3)
        var pulled = plain
        let rows = Playground.rows([PlanePoint(x: 1, y: -2, label: 1)], [.x, .y])
        plain.accumulate(rows, [1], count: 1)
        pulled.accumulate(rows, [1], count: 1)
        let before = pulled
        plain.update(rate: 0.1)
        pulled.update(rate: 0.1, regularization: kind, regularizationRate: 0.1)
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
        let dead = playground.network.alive.indices.filter { playground.network.alive[$0] == 0 }
        #expect(!dead.isEmpty)
        for _ in 0..<20 { playground.runEpoch() }
        for place in dead { #expect(playground.network.weights[place] == 0) }
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
    @Test func whatIsLeftOverWaits() {
        var playground = Playground(PlaygroundSettings(data: .circle, trainingShare: 0.5, batch: 30))
        #expect(playground.training.count == 250)
        playground.runEpoch()
        let first = playground.network
        var whole = first
        whole.update(rate: 0.03)
        // Ten gradients were waiting.
        #expect(whole.weights != first.weights)
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
