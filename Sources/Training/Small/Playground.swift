import Models
import Tensors
import Tracing
import Wording

/// Everything that TensorFlow Playground's page lets one choose.
package struct PlaygroundSettings: Sendable, Hashable {
    package var data: PlaygroundData
    /// 0 … 0.5
    package var noise = 0.0
    /// Which part of the points is learned from; the rest tests.
    package var trainingShare = 0.5
    package var batch = 10
    package var features: [PlaneFeature] = [.x, .y]
    /// Neurons of each hidden layer: at most six layers of at most eight.
    package var hidden = [4, 2]
    package var activation = SmallNetwork.Activation.tanh
    package var regularization = SmallNetwork.Regularization.none
    package var regularizationRate = 0.0
    package var learningRate = 0.03
    package var seed: UInt64 = 1

    package init(
        data: PlaygroundData, noise: Double = 0, trainingShare: Double = 0.5, batch: Int = 10,
        features: [PlaneFeature] = [.x, .y], hidden: [Int] = [4, 2], activation: SmallNetwork.Activation = .tanh,
        regularization: SmallNetwork.Regularization = .none, regularizationRate: Double = 0,
        learningRate: Double = 0.03, seed: UInt64 = 1
    ) {
        (self.data, self.noise, self.trainingShare, self.batch) = (data, noise, trainingShare, batch)
        (self.features, self.hidden, self.activation) = (features, hidden, activation)
        (self.regularization, self.regularizationRate) = (regularization, regularizationRate)
        (self.learningRate, self.seed) = (learningRate, seed)
    }
}

/// A playground in the middle of its run: the points, the network, and how far it is; a step is an epoch.
package struct Playground: TrainingSession {
    package private(set) var settings: PlaygroundSettings
    /// How many epochs the run has.
    package let steps: Int
    package let training: [PlanePoint]
    package let test: [PlanePoint]
    package private(set) var network: SmallNetwork
    package internal(set) var epoch = 0
    /// How many updates of the epoch that is going on are made.
    package private(set) var made = 0
    package private(set) var records: [TrainingRecord] = []
    /// `[example, feature]`: first the points that an epoch leaves over, then all.
    private let inputs: [Float]
    private let targets: [Float]
    private let testInputs: [Float]

    package init(_ settings: PlaygroundSettings, epochs: Int = .max) {
        self.settings = settings
        steps = epochs
        var random = RandomSource(seed: settings.seed)
        var points = settings.data.points(settings.data.usualCount, noise: settings.noise, using: &random)
        Self.shuffle(&points, using: &random)
        let split = min(max(Int(Double(points.count) * settings.trainingShare), 1), points.count)
        training = Array(points[..<split])
        test = Array(points[split...])
        let examples = training.suffix(training.count % max(settings.batch, 1)) + training
        inputs = Self.rows(examples, settings.features)
        targets = examples.map { Float($0.label) }
        testInputs = Self.rows(test, settings.features)
        network = SmallNetwork(
            widths: [settings.features.count] + settings.hidden + [1], activation: settings.activation,
            output: settings.data.isRegression ? .linear : .tanh, seed: random.next())
    }

    /// As the standard library shuffles where `Int` has 64 bits: in a page it has 32, and would draw other numbers.
    private static func shuffle(_ points: inout [PlanePoint], using random: inout RandomSource) {
        for place in points.indices.dropLast() {
            let chosen = random.next(upperBound: UInt64(points.count - place))
            points.swapAt(place, place + Int(truncatingIfNeeded: chosen))
        }
    }

    /// The same points under a network that has been trained before.
    package init(_ settings: PlaygroundSettings, network: SmallNetwork) {
        self.init(settings)
        self.network = network
    }

    /// Each point's features in a row.
    package static func rows(_ points: some Sequence<PlanePoint>, _ features: [PlaneFeature]) -> [Float] {
        points.flatMap { point in features.map { Float($0.value(x: point.x, y: point.y)) } }
    }

    package var step: Int { epoch }
    package var model: LiveModel { .playground(self) }

    package var notes: [Phrase] {
        [
            Phrase(
                en:
                    "{data}: {training} {training|point|points} to learn from, {test} to test; a network of {count} {count|parameter|parameters}",
                zh: "{data}：{training} 个点用来学习，{test} 个点用来测试；网络有 {count} 个参数"
            ).filled([
                "data": settings.data.title, "training": Phrase("\(training.count)"),
                "test": Phrase("\(test.count)"), "count": Phrase("\(network.parameterCount)"),
            ])
        ]
    }

    /// Every training point once, in the same order each time; an update after each full batch. What is left over
    /// waits for the next epoch's first, as on the page.
    package mutating func runEpoch() {
        learn(batches.dropFirst(made))
        endEpoch()
    }

    private mutating func endEpoch() {
        epoch += 1
        made = 0
    }

    /// How many updates an epoch has.
    package var updatesPerEpoch: Int { batches.count }

    /// One update alone; the last of its epoch ends it.
    package mutating func runUpdate() throws(Failure) {
        let batches = batches
        learn(batches.dropFirst(made).prefix(1))
        made += 1
        guard made >= batches.count else { return }
        endEpoch()
        try measure()
    }

    /// The batches of the epoch that comes, as places among the examples.
    private var batches: [Range<Int>] {
        let batch = max(settings.batch, 1)
        let left = training.count % batch
        return (0..<training.count / batch).map { number in
            let start = left + number * batch
            return (number == 0 && epoch > 0 ? 0 : start)..<start + batch
        }
    }

    private mutating func learn(_ batches: some Sequence<Range<Int>>) {
        network.learn(
            inputs, targets, batches: Array(batches),
            by: .init(
                rate: settings.learningRate, regularization: settings.regularization,
                regularizationRate: settings.regularizationRate))
    }

    /// An epoch whose last update is written down.
    package mutating func tracedUpdate() throws(Failure) -> Trace {
        let count = batches.count
        if made < count - 1 {
            learn(batches[made..<count - 1])
            made = count - 1
        }
        let before = self
        runEpoch()
        try measure()
        return try before.nextUpdate()
    }

    /// What the next update will do with the numbers of now, written down; nothing changes.
    package func nextUpdate() throws(Failure) -> Trace {
        let last = batches.dropFirst(made).prefix(1)
        var after = self
        after.learn(last)
        let (before, alive) = (network.model, network.alive)
        let recorder = Recorder()
        let range = last.first ?? 0..<0
        let width = settings.features.count
        _ = try before.loss(
            Tensor([range.count, width], Array(inputs[range.lowerBound * width..<range.upperBound * width])),
            targets: Tensor([range.count, 1], Array(targets[range])), on: recorder)
        var trace = try recorder.trace().withGradients(of: StepName(.loss))
        try trace.descend(
            from: before.parameters, to: after.network.model.parameters, rate: settings.learningRate,
            decay: settings.regularization == .l2 ? settings.regularizationRate : 0,
            pull: settings.regularization == .l1 ? (settings.regularizationRate, alive) : nil)
        return trace
    }

    // MARK: By hand

    /// Another learning rate from now on, as the page's can be turned while it runs.
    package mutating func turn(learningRate: Double) { settings.learningRate = learningRate }

    /// Sets one weight, of a link `[input, neuron]`, or one bias, `[neuron]`, of a layer.
    /// - Returns: whether there is such a number.
    package mutating func set(_ value: Float, layer: Int, at index: [Int]) -> Bool {
        network.set(value, layer: layer, at: index)
    }

    package mutating func update() throws(Failure) {
        runEpoch()
        try measure()
    }

    /// Takes down how wrong the network is after the epoch.
    mutating func measure() throws(Failure) {
        let (training, test) = (trainingLoss, testLoss)
        guard training.isFinite, test.isFinite else {
            // The points are finite, and the first weights small.
            let isShrunk = settings.regularization != .none && settings.regularizationRate > 0
            throw Failure(
                TrainingError.diverged(
                    step: epoch,
                    cause: Phrase(
                        en: "the weights grew until the loss was no finite number: lower learning_rate"
                            + (isShrunk ? " or regularization_rate" : ""),
                        zh: "权重越来越大，损失已不是有限数：请调低 learning_rate"
                            + (isShrunk ? " 或 regularization_rate" : ""))))
        }
        records.append(
            TrainingRecord(
                step: epoch, loss: training, learningRate: settings.learningRate,
                measures: ["test_loss": test]))
    }

    package var trainingLoss: Double { Self.loss(network.outputs(inputs).suffix(training.count), training) }
    package var testLoss: Double { Self.loss(network.outputs(testInputs), test) }

    private static func loss(_ outputs: some Sequence<Float>, _ points: [PlanePoint]) -> Double {
        let sum = zip(outputs, points).reduce(0.0) { sum, pair in
            let error = Double(pair.0) - pair.1.label
            return sum + 0.5 * error * error
        }
        return sum / Double(max(points.count, 1))
    }

    /// Which part of the test points is on the right side.
    package var testAccuracy: Double {
        let right = zip(network.outputs(testInputs), test).count { (Double($0) >= 0) == ($1.label >= 0) }
        return Double(right) / Double(max(test.count, 1))
    }

    /// The neurons' values over the plane, from −6 to 6, top row first: what the page's little pictures show.
    /// - Returns: `[layer][neuron][row × column]`, and before them the features', as `[feature][row × column]`.
    package func pictures(resolution: Int) -> (features: [[Float]], neurons: [[[Float]]]) {
        let side = max(resolution, 1)
        let points = (0..<side * side).map { place in
            PlanePoint(
                x: -6 + 12 * (Double(place % side) + 0.5) / Double(side),
                y: 6 - 12 * (Double(place / side) + 0.5) / Double(side), label: 0)
        }
        let rows = Self.rows(points, settings.features)
        let values = network.neurons(rows)
        let count = settings.features.count
        return (
            settings.features.indices.map { feature in points.indices.map { rows[$0 * count + feature] } },
            (0..<network.layers).map { layer in
                let width = network.widths[layer + 1]
                return (0..<width).map { neuron in points.indices.map { values[layer][$0 * width + neuron] } }
            }
        )
    }
}
