import Tensors

/// Everything that TensorFlow Playground's page lets one choose.
public struct PlaygroundSettings: Sendable, Hashable {
    public var data: PlaygroundData
    /// 0 … 0.5
    public var noise: Double
    /// Which part of the points is learned from; the rest tests.
    public var trainingShare: Double
    public var batch: Int
    public var features: [PlaneFeature]
    /// Neurons of each hidden layer: at most six layers of at most eight.
    public var hidden: [Int]
    public var activation: SmallNetwork.Activation
    public var regularization: SmallNetwork.Regularization
    public var regularizationRate: Double
    public var learningRate: Double
    public var seed: UInt64

    public init(
        data: PlaygroundData, noise: Double = 0, trainingShare: Double = 0.5, batch: Int = 10,
        features: [PlaneFeature] = [.x, .y], hidden: [Int] = [4, 2], activation: SmallNetwork.Activation = .tanh,
        regularization: SmallNetwork.Regularization = .none, regularizationRate: Double = 0,
        learningRate: Double = 0.03, seed: UInt64 = 1
    ) {
        self.data = data
        self.noise = noise
        self.trainingShare = trainingShare
        self.batch = batch
        self.features = features
        self.hidden = hidden
        self.activation = activation
        self.regularization = regularization
        self.regularizationRate = regularizationRate
        self.learningRate = learningRate
        self.seed = seed
    }
}

/// A playground in the middle of its run: the points, the network, and how far it is.
public struct Playground: Sendable {
    public let settings: PlaygroundSettings
    public let training: [PlanePoint]
    public let test: [PlanePoint]
    public private(set) var network: SmallNetwork
    public private(set) var epoch = 0
    private let inputs: [Float]
    private let targets: [Float]
    private let testInputs: [Float]

    public init(_ settings: PlaygroundSettings) {
        self.settings = settings
        var random = RandomSource(seed: settings.seed)
        var points = settings.data.points(settings.data.usualCount, noise: settings.noise, using: &random)
        points.shuffle(using: &random)
        let split = min(max(Int(Double(points.count) * settings.trainingShare), 1), points.count)
        training = Array(points[..<split])
        test = Array(points[split...])
        inputs = Self.rows(training, settings.features)
        targets = training.map { Float($0.label) }
        testInputs = Self.rows(test, settings.features)
        network = SmallNetwork(
            widths: [settings.features.count] + settings.hidden + [1], activation: settings.activation,
            output: settings.data.isRegression ? .linear : .tanh, seed: random.next())
    }

    /// The same points under a network that has been trained before.
    public init(_ settings: PlaygroundSettings, network: SmallNetwork) {
        self.init(settings)
        self.network = network
    }

    /// Each point's features in a row of eight.
    public static func rows(_ points: [PlanePoint], _ features: [PlaneFeature]) -> [Float] {
        points.flatMap { point in
            let values = features.prefix(SmallNetwork.lanes).map { Float($0.value(x: point.x, y: point.y)) }
            return values + [Float](repeating: 0, count: SmallNetwork.lanes - values.count)
        }
    }

    /// Every training point once, in the same order each time; an update after each full batch. What is left over
    /// waits for the next epoch's first, as on the page.
    public mutating func runEpoch() {
        let batch = max(settings.batch, 1)
        inputs.withUnsafeBufferPointer { inputs in
            targets.withUnsafeBufferPointer { targets in
                guard let x = inputs.baseAddress, let y = targets.baseAddress else { return }
                for start in stride(from: 0, to: training.count, by: batch) {
                    let count = min(batch, training.count - start)
                    network.accumulate(x + start * SmallNetwork.lanes, y + start, count: count)
                    guard count == batch else { continue }
                    network.update(
                        rate: settings.learningRate, regularization: settings.regularization,
                        regularizationRate: settings.regularizationRate)
                }
            }
        }
        epoch += 1
    }

    public var trainingLoss: Double { Self.loss(network.outputs(inputs), training) }
    public var testLoss: Double { Self.loss(network.outputs(testInputs), test) }

    private static func loss(_ outputs: [Float], _ points: [PlanePoint]) -> Double {
        let sum = zip(outputs, points).reduce(0.0) { sum, pair in
            let error = Double(pair.0) - pair.1.label
            return sum + 0.5 * error * error
        }
        return sum / Double(max(points.count, 1))
    }

    /// Which part of the test points is on the right side.
    public var testAccuracy: Double {
        let right = zip(network.outputs(testInputs), test).count { (Double($0) >= 0) == ($1.label >= 0) }
        return Double(right) / Double(max(test.count, 1))
    }

    /// The neurons' values over the plane, from −6 to 6, top row first: what the page's little pictures show.
    /// - Returns: `[layer][neuron][row × column]`, and before them the features', as `[feature][row × column]`.
    public func pictures(resolution: Int) -> (features: [[Float]], neurons: [[[Float]]]) {
        let side = max(resolution, 1)
        let points = (0..<side * side).map { place in
            PlanePoint(
                x: -6 + 12 * (Double(place % side) + 0.5) / Double(side),
                y: 6 - 12 * (Double(place / side) + 0.5) / Double(side), label: 0)
        }
        let rows = Self.rows(points, settings.features)
        let values = network.neurons(rows)
        let lanes = SmallNetwork.lanes
        return (
            settings.features.indices.map { feature in points.indices.map { rows[$0 * lanes + feature] } },
            (0..<network.layers).map { layer in
                (0..<network.widths[layer + 1]).map { neuron in
                    points.indices.map { values[($0 * network.layers + layer) * lanes + neuron] }
                }
            }
        )
    }
}
