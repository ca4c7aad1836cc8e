import Figures
import Models
import Reading
import Tensors
import Training
import Wording

/// A playground in a page.
struct PlaygroundRoom {
    private(set) var playground: Playground
    /// The least of a page's seconds that a question may take: so many epochs at once.
    static let mostEpochs = 2000
    private static let sides = 2...128
    private static let mostGrids = 4
    private var grids: [Int: Grid] = [:]

    /// - Throws: ``PlayError/option(_:)`` where an option has no such value; numbers out of range are brought into it.
    init(_ question: PageQuestion) throws(Failure) {
        func number(_ name: String, _ usual: Double, in range: ClosedRange<Double>) -> Double {
            min(max(question.number(name) ?? usual, range.lowerBound), range.upperBound)
        }
        guard let data = PlaygroundData(rawValue: question.text("data") ?? "circle") else {
            throw Failure(PlayError.option("data"))
        }
        guard let activation = SmallNetwork.Activation(rawValue: question.text("activation") ?? "tanh") else {
            throw Failure(PlayError.option("activation"))
        }
        guard let regularization = SmallNetwork.Regularization(rawValue: question.text("regularization") ?? "none")
        else { throw Failure(PlayError.option("regularization")) }
        let names = question.texts("features") ?? ["x", "y"]
        let features = PlaneFeature.allCases.filter { names.contains($0.rawValue) }
        guard !features.isEmpty, features.count == names.count else { throw Failure(PlayError.option("features")) }
        let hidden = question.wholes("hidden") ?? [4, 2]
        guard hidden.count < SmallNetwork.mostLayers, hidden.allSatisfy({ (1...SmallNetwork.mostNeurons).contains($0) })
        else { throw Failure(PlayError.option("hidden")) }
        playground = Playground(
            PlaygroundSettings(
                data: data, noise: number("noise", 0, in: 0...0.5),
                trainingShare: number("training_share", 0.5, in: 0.1...0.9),
                batch: min(max(question.whole("batch") ?? 10, 1), 30), features: features, hidden: hidden,
                activation: activation, regularization: regularization,
                regularizationRate: number("regularization_rate", 0, in: 0...10),
                learningRate: number("learning_rate", 0.03, in: 0.00001...10),
                seed: UInt64(max(question.whole("seed") ?? 1, 0))))
    }

    private var isRegression: Bool { playground.settings.data.isRegression }
    private var accuracy: Double? { isRegression ? nil : playground.testAccuracy }

    // MARK: Learning

    /// - Throws: `TrainingError.diverged(step:cause:)`.
    mutating func run(epochs: Int) throws(Failure) {
        for _ in 0..<max(epochs, 0) { try playground.update() }
    }

    mutating func advance(_ question: PageQuestion) throws(Failure) {
        if let updates = question.whole("updates") {
            for _ in 0..<min(max(updates, 0), Self.mostEpochs) { try playground.runUpdate() }
        } else {
            try run(epochs: min(question.whole("epochs") ?? 1, Self.mostEpochs))
        }
    }

    /// A weight (`layer`, `index` [input, neuron]), a bias (`index` [neuron]), or the `learning_rate`.
    mutating func set(_ question: PageQuestion) throws(Failure) {
        if let rate = question.number("learning_rate") {
            playground.turn(learningRate: min(max(rate, 0.00001), 10))
            return
        }
        guard let layer = question.whole("layer"), let value = question.number("value"), abs(value) <= 1000 else {
            throw Failure(PageError.missing("layer, value"))
        }
        let index = try question.neededWholes("index")
        guard playground.set(Float(value), layer: layer, at: index) else { throw Failure(PlayError.option("index")) }
    }

    // MARK: Answers

    func write(isNew: Bool, _ language: Language, to json: inout JSONWriter) {
        let (training, test) = (playground.trainingLoss, playground.testLoss)
        json.object { json in
            json.member("room", "playground")
            json.member("epoch", playground.epoch)
            json.member("update", playground.made)
            json.member("updates", playground.updatesPerEpoch)
            json.member("training_loss", training)
            json.member("test_loss", test)
            if let accuracy { json.member("accuracy", accuracy) }
            let sentence = PlaygroundWords.sentence(
                epoch: playground.epoch, trainingLoss: training, testLoss: test, accuracy: accuracy)
            json.member("sentence", sentence[language])
            json.member("widths", playground.network.widths)
            json.member("symbols", playground.settings.features.map { $0.symbol })
            guard isNew else { return }
            json.member("title", playground.settings.data.title[language])
            json.member("note", playground.notes.map { $0[language] }.joined())
            json.member("regression", isRegression)
            json.member("training", Self.numbers(playground.training))
            json.member("test", Self.numbers(playground.test))
        }
    }

    /// x, y and label of each point, one after the other, to a hundredth.
    private static func numbers(_ points: some Sequence<PlanePoint>) -> [Double] {
        points.flatMap { point in
            [point.x, point.y, point.label].map { ($0 * 100).rounded() / 100 }
        }
    }

    /// A data set's points as its small picture shows them: as many as the eye needs.
    static func writeSets(_ question: PageQuestion, _ language: Language, to json: inout JSONWriter) {
        let noise = min(max(question.number("noise") ?? 0, 0), 0.5)
        json.object { json in
            json.array("sets") { json in
                for data in PlaygroundData.allCases {
                    var random = RandomSource(seed: UInt64(max(question.whole("seed") ?? 1, 0)))
                    json.object { json in
                        json.member("data", data.rawValue)
                        json.member("title", data.title[language])
                        json.member("regression", data.isRegression)
                        json.member(
                            "points", numbers(data.points(data.isRegression ? 400 : 160, noise: noise, using: &random)))
                    }
                }
            }
            json.array("features") { json in
                for feature in PlaneFeature.allCases {
                    json.object { json in
                        json.member("name", feature.rawValue)
                        json.member("symbol", feature.symbol)
                    }
                }
            }
        }
    }

    // MARK: What is painted

    /// How it stands, as plain numbers, one after the other:
    /// - 8 numbers: epoch, update within it, training loss, test loss, accuracy (−1 for a regression), three of 0;
    /// - of each layer its weights, `[input, neuron]`, then its biases;
    /// - the values of every feature that there is, chosen or not, over the plane from −6 to 6, top row first,
    ///   `side` × `side` each;
    /// - likewise every neuron's, layer by layer, the output's last;
    /// - the output once more, `output` × `output`.
    mutating func frame(side: Int, output: Int) -> [Float] {
        let network = playground.network
        var frame: [Float] = [
            Float(playground.epoch), Float(playground.made), Float(playground.trainingLoss),
            Float(playground.testLoss), Float(accuracy ?? -1), 0, 0, 0,
        ]
        for parameter in network.model.parameters.all { frame += parameter.tensor.scalars }
        func fields(_ rows: [Float], _ width: Int) {
            guard width > 0 else { return }
            for column in 0..<width {
                for place in stride(from: column, to: rows.count, by: width) { frame.append(rows[place]) }
            }
        }
        let (small, large) = (grid(side), grid(output))
        fields(small.all, PlaneFeature.allCases.count)
        for (layer, values) in network.neurons(small.chosen).enumerated() { fields(values, network.widths[layer + 1]) }
        return frame + network.outputs(large.chosen)
    }

    /// The features of the plane's points, row by row from the top: all there are, and those that the network reads.
    private struct Grid {
        var all: [Float]
        var chosen: [Float]
    }

    /// Made once for each side: a page paints the same ones many times a second.
    private mutating func grid(_ side: Int) -> Grid {
        let side = min(max(side, Self.sides.lowerBound), Self.sides.upperBound)
        if let known = grids[side] { return known }
        let points = (0..<side * side).map { place in
            PlanePoint(
                x: -6 + 12 * (Double(place % side) + 0.5) / Double(side),
                y: 6 - 12 * (Double(place / side) + 0.5) / Double(side), label: 0)
        }
        let made = Grid(
            all: Playground.rows(points, PlaneFeature.allCases),
            chosen: Playground.rows(points, playground.settings.features))
        if grids.count >= Self.mostGrids { grids = [:] }
        grids[side] = made
        return made
    }
}
