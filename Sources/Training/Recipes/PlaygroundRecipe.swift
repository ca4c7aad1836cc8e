import Models
import Tensors
import Wording

/// TensorFlow Playground's network on one of its data sets, epoch by epoch.
package struct PlaygroundRecipe: CarriedRecipe, Hashable {
    package static let kind = "playground"
    package static let keys: Set<String> = ["data", "network", "training"]
    package static let places: [String: Set<String>] = [
        "data": ["set", "noise", "training_share"], "network": ["features", "hidden", "activation"],
        "training": [
            "epochs", "batch", "learning_rate", "regularization", "regularization_rate", "seed",
        ],
    ]

    package var head: RecipeHead
    package var settings: PlaygroundSettings
    package var epochs: Int
    package var steps: Int { epochs }

    package var seed: UInt64 {
        get { settings.seed }
        set { settings.seed = newValue }
    }

    package init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        let data = try root.section("data", allowing: Self.places["data"] ?? [])
        let set: PlaygroundData = try data.choice("set", default: .circle)
        let network = try root.section("network", allowing: Self.places["network"] ?? [])
        let features = try network.texts("features").map { name in
            guard let feature = PlaneFeature(rawValue: name) else {
                throw network.wrong(
                    "features", expected: YAMLReader.one(of: PlaneFeature.allCases.map(\.rawValue)))
            }
            return feature
        }
        guard !features.isEmpty, Set(features).count == features.count else {
            throw network.wrong("features", expected: Phrase(en: "at least one feature, each once", zh: "至少一个特征，各写一次"))
        }
        let most = SmallNetwork.mostNeurons
        let hidden = try network.texts("hidden").map { text in
            guard let count = Int(text), (1...most).contains(count) else {
                throw network.wrong(
                    "hidden", expected: Phrase(en: "numbers of neurons from 1 to \(most)", zh: "1 到 \(most) 之间的神经元个数"))
            }
            return count
        }
        guard hidden.count < SmallNetwork.mostLayers else {
            throw network.wrong(
                "hidden",
                expected: Phrase(
                    en: "at most \(SmallNetwork.mostLayers - 1) layers", zh: "最多 \(SmallNetwork.mostLayers - 1) 层"))
        }
        let training = try root.section("training", allowing: Self.places["training"] ?? [])
        settings = PlaygroundSettings(
            data: set, noise: try data.number("noise", in: 0...0.5, default: 0),
            trainingShare: try data.number("training_share", in: 0.1...0.9, default: 0.5),
            batch: try training.integer("batch", in: 1...30, default: 10), features: features, hidden: hidden,
            activation: try network.choice("activation", default: .tanh),
            regularization: try training.choice("regularization", default: .none),
            regularizationRate: try training.number("regularization_rate", in: 0...10, default: 0),
            learningRate: try training.number("learning_rate", in: 0.00001...10, default: 0.03),
            seed: try training.seed())
        epochs = try training.integer("epochs", in: 1...1_000_000)
    }

    package func begin(steps limit: Int?) -> Playground { Playground(settings, epochs: min(limit ?? .max, epochs)) }

    /// A run takes seconds, so that one that was killed simply begins again: the same seed, the same bytes.
    package func conclude(
        _ playground: Playground, in folder: String, writingTo output: String
    ) throws -> Quality<NoFindings> {
        let network = playground.network
        try FeatureFolder(
            family: "glassformer-network", features: settings.features.map(\.rawValue), widths: network.widths,
            activation: network.activation, output: network.output
        ).write(network.model.parameters, to: output)
        return Quality(
            RunFacts(
                self, parameters: network.parameterCount, steps: playground.epoch,
                finalLoss: playground.trainingLoss,
                measures: Self.measures(playground, before: Playground(settings).testLoss)), NoFindings())
    }

    private static func measures(_ playground: Playground, before: Double?) -> [Measure] {
        var measures = [
            Measure("test_loss", playground.testLoss, baseline: before),
            Measure("train_loss", playground.trainingLoss),
        ]
        if !playground.settings.data.isRegression { measures.append(Measure("accuracy", playground.testAccuracy)) }
        return measures
    }

    /// The recipe's points under the network that a run left in its folder.
    private func trained(in folder: String) throws -> Playground {
        var network = Playground(settings).network
        network.load(try FeatureFolder.read(folder, like: network.model.parameters))
        return Playground(settings, network: network)
    }

    package func model(in folder: String) throws -> LiveModel { .playground(try trained(in: folder)) }
    package func measure(folder: String) throws -> [Measure] { Self.measures(try trained(in: folder), before: nil) }
}

extension Playground: RunSession {}
