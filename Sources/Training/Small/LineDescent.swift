import Models
import Tensors
import Tracing
import Wording

/// One house: its area in square metres and its price in ten thousand yuan.
package struct House: Sendable, Hashable {
    package let area: Double
    package let price: Double
}

/// Houses whose prices follow a stated rule, and how a line is led towards them.
package struct LineSettings: Sendable, Hashable {
    package var houses: Int
    /// The smallest and the largest area, in square metres.
    package var area: ClosedRange<Double>
    /// The stated rule: price = slope · area + intercept, in ten thousand yuan, plus normal noise.
    package var slope: Double
    package var intercept: Double
    package var noise: Double
    package var rate: Double
    package var seed: UInt64

    package init(
        houses: Int, area: ClosedRange<Double>, slope: Double, intercept: Double, noise: Double, rate: Double,
        seed: UInt64
    ) {
        (self.houses, self.area, self.slope, self.intercept) = (houses, area, slope, intercept)
        (self.noise, self.rate, self.seed) = (noise, rate, seed)
    }

    package func draw() -> [House] {
        var random = RandomSource(seed: seed)
        return (0..<houses).map { _ in
            let size = area.lowerBound + random.uniform() * (area.upperBound - area.lowerBound)
            return House(area: size, price: slope * size + intercept + noise * random.normal())
        }
    }
}

/// A line in the middle of its descent: straight through the prices of houses, one step of gradient descent at a time.
///
/// Descent works on standardised areas and prices, where the bowl is round; ``line`` is given in square metres and money.
package struct LineDescent: TrainingSession {
    package let settings: LineSettings
    package let steps: Int
    package let houses: [House]
    package private(set) var step = 0
    package private(set) var records: [TrainingRecord] = []
    /// The mean squared error, in money.
    package private(set) var loss = 0.0
    private let areas: Scale
    private let prices: Scale
    /// On the standardised numbers.
    private var standard = LinearRegression(slopes: [0], intercept: 0)
    /// The pass that the next step goes back through, and what it hands each parameter.
    private var pass: Trace
    private var gradients: [Tensor?] = []

    /// Where values lie, and how far apart.
    private struct Scale: Sendable {
        let mean: Double
        let deviation: Double

        init(_ values: [Double]) {
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            self.mean = mean
            deviation = max(variance.squareRoot(), .leastNormalMagnitude)
        }

        func standard(_ value: Double) -> Double { (value - mean) / deviation }
    }

    package init(_ settings: LineSettings, steps: Int) throws(Failure) {
        self.settings = settings
        self.steps = steps
        houses = settings.draw()
        (areas, prices) = (Scale(houses.map { $0.area }), Scale(houses.map { $0.price }))
        pass = try Trace(steps: [])
        try look()
    }

    package var notes: [Phrase] { [Phrase(en: "\(houses.count) houses", zh: "\(houses.count) 套房子")] }
    package var model: LiveModel { .line(line) }

    /// The line as it is now.
    package var line: LinearRegression {
        let steepness = standard.slopes[0] * prices.deviation / areas.deviation
        return LinearRegression(
            slopes: [steepness], intercept: prices.mean + standard.intercept * prices.deviation - steepness * areas.mean
        )
    }

    package mutating func update() throws(Failure) {
        let (gradients, rate) = (gradients, Float(settings.rate))
        standard.parameters.update { place, tensor in
            if let gradient = gradients[place] { descentStep(&tensor, along: gradient, rate: rate) }
        }
        step += 1
        try look()
        records.append(
            TrainingRecord(
                step: step, loss: loss, learningRate: settings.rate,
                gradientNorm: self.gradients.reduce(0.0) { $0 + ($1?.sumOfSquares() ?? 0) }.squareRoot(),
                measures: ["slope": line.slopes[0], "intercept": line.intercept]))
    }

    package mutating func tracedUpdate() throws(Failure) -> Trace {
        var trace = try pass.withGradients(of: StepName(.loss))
        let before = standard.parameters
        try update()
        try trace.descend(from: before, to: standard.parameters, rate: settings.rate)
        return trace
    }

    /// How wrong the line is now, and where down is.
    private mutating func look() throws(Failure) {
        let recorder = Recorder()
        let loss = try standard.loss(
            houses.map { [areas.standard($0.area)] }, targets: houses.map { prices.standard($0.price) }, on: recorder)
        pass = recorder.trace()
        let found = try pass.gradients(of: StepName(.loss))
        gradients = standard.parameters.all.map { parameter in pass.place(of: parameter.name).flatMap { found[$0] } }
        self.loss = Double(loss.tensor[flat: 0]) * prices.deviation * prices.deviation
        guard self.loss.isFinite else {
            // The data are finite and of one scale: nothing but the rate makes descent swing ever wider.
            throw Failure(
                TrainingError.diverged(
                    step: step,
                    cause: Phrase(
                        en:
                            "the squared error grew beyond every number: the learning rate of \(settings.rate) oversteps",
                        zh: "误差的平方大到无法表示：学习率 \(settings.rate) 使每一步都迈过了头")))
        }
    }
}
