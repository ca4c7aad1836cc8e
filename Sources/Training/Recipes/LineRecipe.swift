import Models
import Tensors
import Tracing
import Wording

/// A straight line through the prices of houses, found by gradient descent and held against least squares.
public struct LineRecipe: Recipe, Hashable {
    public static let kind = "line"
    public static let keys: Set<String> = ["data", "training"]

    public var head: RecipeHead
    public var houses: Int
    /// The smallest and the largest area, in square metres.
    public var area: ClosedRange<Double>
    /// The stated rule: price = slope · area + intercept, in ten thousand yuan, plus normal noise.
    public var slope: Double
    public var intercept: Double
    public var noise: Double
    public var steps: Int
    public var rate: Double
    public var seed: UInt64

    public init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        let data = try root.section("data", allowing: ["houses", "smallest", "largest", "slope", "intercept", "noise"])
        houses = try data.integer("houses", in: 3...1_000_000)
        let smallest = try data.number("smallest", in: 1...100_000)
        area = smallest...(try data.number("largest", in: (smallest + 1)...1_000_000))
        slope = try data.number("slope", in: -1_000_000...1_000_000)
        intercept = try data.number("intercept", in: -1_000_000...1_000_000)
        noise = try data.number("noise", in: 0...1_000_000)
        let training = try root.section("training", allowing: ["steps", "learning_rate", "seed"])
        steps = try training.integer("steps", in: 1...1_000_000)
        rate = try training.number("learning_rate", above: 0, to: 2)
        seed = try training.seed()
    }

    /// One house: its area in square metres and its price in ten thousand yuan.
    public struct House: Sendable, Hashable {
        public let area: Double
        public let price: Double
    }

    public func draw() -> [House] {
        var random = RandomSource(seed: seed)
        return (0..<houses).map { _ in
            let size = area.lowerBound + random.uniform() * (area.upperBound - area.lowerBound)
            return House(area: size, price: slope * size + intercept + noise * random.normal())
        }
    }

    /// The line after each step of gradient descent, the first before any. Descent works on standardised areas and
    /// prices, where the bowl is round; lines are given in square metres and money.
    public func descent(_ houses: [House]) throws -> [(line: LinearRegression, loss: Double, norm: Double)] {
        func spread(_ values: [Double]) -> (mean: Double, deviation: Double) {
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            return (mean, max(variance.squareRoot(), .leastNormalMagnitude))
        }
        let (x, y) = (spread(houses.map(\.area)), spread(houses.map(\.price)))
        let inputs = houses.map { [($0.area - x.mean) / x.deviation] }
        let targets = houses.map { ($0.price - y.mean) / y.deviation }
        var model = LinearRegression(slopes: [0], intercept: 0)
        var optimizer = OptimizerSettings(.sgd).make(for: model.parameters)
        var path: [(line: LinearRegression, loss: Double, norm: Double)] = []
        for _ in 0...steps {
            let recorder = Recorder()
            let loss = try model.loss(inputs, targets: targets, on: recorder)
            var gradients = try recorder.trace().gradients(of: StepName(.loss), for: model.parameters)
            let norm = ClipRule.none.apply(to: &gradients)
            let steepness = model.slopes[0] * y.deviation / x.deviation
            path.append(
                (
                    LinearRegression(
                        slopes: [steepness],
                        intercept: y.mean + model.intercept * y.deviation - steepness * x.mean),
                    Double(loss.tensor[flat: 0]) * y.deviation * y.deviation, norm
                ))
            optimizer.update(&model.parameters, gradients: gradients, rate: rate)
        }
        return path
    }

    public func run(into folder: String, steps limit: Int?, report: (TrainingEvent) throws -> Void) throws {
        var recipe = self
        recipe.steps = min(limit ?? .max, steps)
        try RunFolder.create(folder)
        let houses = draw()
        try report(.note(Phrase(en: "\(houses.count) houses", zh: "\(houses.count) 套房子")))
        let path = try recipe.descent(houses)
        if let step = path.firstIndex(where: { !$0.loss.isFinite }) {
            // The data are finite and of one scale: nothing but the rate makes descent swing ever wider.
            throw TrainingError.diverged(
                step: step,
                cause: Phrase(
                    en: "the squared error grew beyond every number: the learning rate of \(rate) oversteps",
                    zh: "误差的平方大到无法表示：学习率 \(rate) 使每一步都迈过了头"))
        }
        let records = path.enumerated().dropFirst().map { step, point in
            TrainingRecord(
                step: step, loss: point.loss, learningRate: rate, gradientNorm: point.norm,
                measures: ["slope": point.line.slopes[0], "intercept": point.line.intercept])
        }
        guard let last = path.last else { return }
        for record in records { try report(.update(record, of: recipe.steps)) }
        let measures = try measures(last.line, houses)
        let output = try RunFolder.open(folder)
        try FeatureFolder.write(
            last.line.parameters, family: "glassformer-line", features: ["area"], to: output.unfinished)
        let quality = RunQuality(
            self, parameters: last.line.parameters.count, steps: recipe.steps, finalLoss: last.loss, measures: measures)
        try RunFolder.finish(
            output, quality: quality, records: Array(records), model: ["config.json", "model.safetensors"],
            report: report)
    }

    /// Each beside what least squares says.
    private func measures(_ line: LinearRegression, _ houses: [House]) throws -> [Measure] {
        let best = try LinearRegression.leastSquares(houses.map { [$0.area] }, targets: houses.map(\.price))
        func error(_ line: LinearRegression) -> Double {
            houses.reduce(0) { sum, house in
                let error = line.prediction([house.area]) - house.price
                return sum + error * error
            } / Double(houses.count)
        }
        return [
            Measure("train_loss", error(line), baseline: error(best)),
            Measure("slope", line.slopes[0], baseline: best.slopes[0]),
            Measure("intercept", line.intercept, baseline: best.intercept),
        ]
    }

    public func measure(folder: String) throws -> [Measure] { try measures(LineFolder.read(folder), draw()) }
}

/// A line as it lies in a folder.
public enum LineFolder {
    /// - Throws: `SafeTensorsError`; ``TrainingError/checkpoint(path:problem:)`` where the shapes are not a line's.
    public static func read(_ folder: String) throws -> LinearRegression {
        let path = folder + "/model.safetensors"
        let file = try SafeTensors(path: path)
        let (slopes, intercept) = (try file.tensor("slopes"), try file.tensor("intercept"))
        guard slopes.shape == [1, 1], intercept.shape == [1] else {
            throw TrainingError.checkpoint(
                path: path,
                problem: Phrase(en: "slopes \(slopes.shape) are no line's", zh: "形状为 \(slopes.shape) 的斜率不是一条直线的"))
        }
        return LinearRegression(slopes: slopes.scalars.map(Double.init), intercept: Double(intercept[flat: 0]))
    }
}
