import Drawing
import Training
import Wording

/// A playground after some epochs, with everything that is drawn of it.
struct PlaygroundMoment: Sendable {
    var epoch: Int
    var trainingLoss: Double
    var testLoss: Double
    /// Which part of the test points is on the right side; nil where there are no sides.
    var accuracy: Double?
    var network: SmallNetwork
    /// `[feature][row × column]`
    var features: [[Float]]
    /// `[layer][neuron][row × column]`, the output's last.
    var neurons: [[[Float]]]
    /// The output once more, finely: `[row × column]`.
    var output: [Float]

    init(_ playground: Playground, epoch: Int) {
        self.epoch = epoch
        trainingLoss = playground.trainingLoss
        testLoss = playground.testLoss
        accuracy = playground.settings.data.isRegression ? nil : playground.testAccuracy
        network = playground.network
        (features, neurons) = playground.pictures(resolution: 28)
        output = playground.pictures(resolution: 112).neurons.last?.first ?? []
    }
}

/// What a playground's run leaves behind: its points, some of its moments, and its losses.
struct PlaygroundHistory: Sendable {
    var settings: PlaygroundSettings
    var training: [PlanePoint]
    var test: [PlanePoint]
    var moments: [PlaygroundMoment]
    /// After each epoch; the first is the one before any.
    var epochs: [Double]
    var trainingLosses: [Double]
    var testLosses: [Double]

    /// The epochs after which a picture is made, between the beginning and the end.
    static let between = [1, 10, 100]

    /// The beginning is run again, which gives the same network; the end is read from the folder.
    init(_ recipe: PlaygroundRecipe, records: [TrainingRecord], folder: String) throws {
        settings = recipe.settings
        let last = records.last?.step ?? 0
        var playground = Playground(recipe.settings)
        (training, test) = (playground.training, playground.test)
        moments = [PlaygroundMoment(playground, epoch: 0)]
        for epoch in Self.between where epoch < last {
            try playground.advance(to: epoch)
            moments.append(PlaygroundMoment(playground, epoch: epoch))
        }
        if last > 0, case .playground(let trained) = try recipe.model(in: folder) {
            moments.append(PlaygroundMoment(trained, epoch: last))
        }
        epochs = [0] + records.map { Double($0.step) }
        trainingLosses = moments.prefix(1).map({ $0.trainingLoss }) + records.map({ $0.loss })
        testLosses = moments.prefix(1).map({ $0.testLoss }) + records.map { $0.measures?["test_loss"] ?? .nan }
    }

    /// A run that was not written down, at its last moment.
    init(_ playground: Playground) {
        settings = playground.settings
        (training, test) = (playground.training, playground.test)
        moments = [PlaygroundMoment(playground, epoch: playground.epoch)]
        let before = Playground(settings)
        epochs = [0] + playground.records.map { Double($0.step) }
        trainingLosses = [before.trainingLoss] + playground.records.map { $0.loss }
        testLosses = [before.testLoss] + playground.records.map { $0.measures?["test_loss"] ?? .nan }
    }

    /// The largest magnitude of all weights at all moments, so that links can be compared.
    var weightLimit: Double {
        var limit: Float = 0
        for moment in moments {
            for layer in 0..<moment.network.layers {
                for input in 0..<moment.network.widths[layer] {
                    for neuron in 0..<moment.network.widths[layer + 1] {
                        let weight = abs(moment.network.weight(layer: layer, from: input, to: neuron))
                        if weight.isFinite { limit = max(limit, weight) }
                    }
                }
            }
        }
        return Double(limit)
    }

    /// `4–8–8–1`
    var shape: String { moments.last.map { $0.network.widths.map(String.init).joined(separator: "–") } ?? "" }

    /// What has become of it after so many epochs.
    func words(_ moment: PlaygroundMoment) -> Phrase {
        PlaygroundWords.sentence(
            epoch: moment.epoch, trainingLoss: moment.trainingLoss, testLoss: moment.testLoss,
            accuracy: moment.accuracy)
    }
}
