import Models
import Tensors
import Wording

/// A straight line through the prices of houses, found by gradient descent and held against least squares.
package struct LineRecipe: CarriedRecipe, Hashable {
    package static let kind = "line"
    package static let keys: Set<String> = ["data", "training"]
    package static let places: [String: Set<String>] = [
        "data": ["houses", "smallest", "largest", "slope", "intercept", "noise"],
        "training": ["steps", "learning_rate", "seed"],
    ]

    package var head: RecipeHead
    package var line: LineSettings
    package var steps: Int

    package var seed: UInt64 {
        get { line.seed }
        set { line.seed = newValue }
    }

    package init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        let data = try root.section("data", allowing: Self.places["data"] ?? [])
        let houses = try data.integer("houses", in: 3...1_000_000)
        let smallest = try data.number("smallest", in: 1...100_000)
        let area = smallest...(try data.number("largest", in: (smallest + 1)...1_000_000))
        let slope = try data.number("slope", in: -1_000_000...1_000_000)
        let intercept = try data.number("intercept", in: -1_000_000...1_000_000)
        let noise = try data.number("noise", in: 0...1_000_000)
        let training = try root.section("training", allowing: Self.places["training"] ?? [])
        steps = try training.integer("steps", in: 1...1_000_000)
        line = LineSettings(
            houses: houses, area: area, slope: slope, intercept: intercept, noise: noise,
            rate: try training.number("learning_rate", above: 0, to: 2), seed: try training.seed())
    }

    package func begin(steps limit: Int?) throws -> LineDescent {
        try LineDescent(line, steps: min(limit ?? .max, steps))
    }

    package func conclude(
        _ descent: LineDescent, in folder: String, writingTo output: String
    ) throws -> Quality<NoFindings> {
        try FeatureFolder(family: "glassformer-line", features: ["area"]).write(descent.line.parameters, to: output)
        return Quality(
            RunFacts(
                self, parameters: descent.line.parameters.count, steps: descent.step, finalLoss: descent.loss,
                measures: try measures(descent.line, descent.houses)), NoFindings())
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

    private func trained(in folder: String) throws -> LinearRegression {
        var trained = LinearRegression(slopes: [0], intercept: 0)
        trained.parameters = try FeatureFolder.read(folder, like: trained.parameters)
        return trained
    }

    package func model(in folder: String) throws -> LiveModel { .line(try trained(in: folder)) }
    package func measure(folder: String) throws -> [Measure] { try measures(trained(in: folder), line.draw()) }
}

extension LineDescent: RunSession {}
