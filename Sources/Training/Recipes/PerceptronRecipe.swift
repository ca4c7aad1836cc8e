import Models
import Tensors
import Wording

/// A perceptron that decides about the film, with given weights or weights learned from people's habits.
public struct PerceptronRecipe: Recipe, Hashable {
    public static let kind = "perceptron"
    public static let keys: Set<String> = ["start", "habits", "training"]

    /// Three weights, of weather, price and friend, and the threshold.
    public struct Weights: Sendable, Hashable {
        public var weather: Double
        public var price: Double
        public var friend: Double
        public var threshold: Double

        public var all: [Double] { [weather, price, friend] }

        init(_ section: YAMLReader) throws {
            try section.allow(["weather", "price", "friend", "threshold"])
            let range = -1_000_000.0...1_000_000.0
            weather = try section.number("weather", in: range)
            price = try section.number("price", in: range)
            friend = try section.number("friend", in: range)
            threshold = try section.number("threshold", in: range)
        }
    }

    public var head: RecipeHead
    /// The first guess.
    public var start: Weights
    /// The stated rule behind the habits; nil where nothing is learned.
    public var habits: Weights?
    public var people: Int
    /// The perceptron rule's rate at the first person, and after how many people it has halved.
    public var rate: Double
    public var halving: Int
    public var seed: UInt64

    public init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        start = try Weights(root.section("start"))
        (habits, people, rate, halving, seed) = (nil, 0, 1, 1, 0)
        guard root.has("habits") else { return }
        habits = try Weights(root.section("habits"))
        let training = try root.section("training", allowing: ["people", "rate", "halving", "seed"])
        people = try training.integer("people", in: 1...10_000_000)
        rate = try training.number("rate", above: 0, to: 1000, default: 1)
        halving = try training.integer("halving", in: 1...10_000_000, default: 10_000_000)
        seed = try training.seed()
    }

    /// One person's habit: how good the weather was, how cheap the ticket, how much a friend wanted to come along, each
    /// from 0 to 1, and whether the person went.
    public struct Habit: Sendable, Hashable {
        public let inputs: [Double]
        public let went: Bool
    }

    /// People drawn at random who all follow the stated rule.
    public func drawHabits() -> [Habit] {
        guard let habits else { return [] }
        var random = RandomSource(seed: seed)
        let rule = Perceptron(weights: habits.all, threshold: habits.threshold)
        return (0..<people).map { _ in
            let inputs = (0..<3).map { _ in random.uniform() }
            return Habit(inputs: inputs, went: rule.fires(inputs))
        }
    }

    /// How much of the weights' sum of magnitudes is the friend's.
    public static func friendShare(_ perceptron: Perceptron) -> Double {
        let weights = perceptron.weights().map(abs)
        return weights[2] / max(weights.reduce(0, +), .leastNormalMagnitude)
    }

    /// The perceptron rule, person by person: the weights after each hundred are told to `report`.
    public func learned(
        from people: [Habit],
        report: (_ person: Int, _ mistakes: Int, Perceptron, Double) throws -> Void
    ) rethrows -> Perceptron {
        var perceptron = Perceptron(weights: start.all, threshold: start.threshold)
        var mistakes = 0
        for (place, person) in people.enumerated() {
            let step = rate / (1 + Double(place) / Double(halving))
            if perceptron.learn(person.inputs, answer: person.went, rate: step) { mistakes += 1 }
            if (place + 1) % 100 == 0 || place + 1 == people.count {
                try report(place + 1, mistakes, perceptron, step)
                mistakes = 0
            }
        }
        return perceptron
    }

    /// The eight cases of the film, and whether the first guess's rule goes: `Σ > threshold`.
    public static let cases: [[Double]] = (0..<8).map { number in (0..<3).map { Double(number >> (2 - $0) & 1) } }

    public func run(into folder: String, steps limit: Int?, report: (TrainingEvent) throws -> Void) throws {
        try RunFolder.create(folder)
        let habits = drawHabits().prefix(limit ?? .max)
        try report(.note(note))
        var records: [TrainingRecord] = []
        let perceptron = try learned(from: Array(habits)) { person, mistakes, perceptron, step in
            let record = TrainingRecord(
                step: person, loss: Double(mistakes) / 100, learningRate: step, gradientNorm: 0,
                measures: ["friend_share": Self.friendShare(perceptron)])
            records.append(record)
            try report(.update(record, of: habits.count))
        }
        let measures = self.measures(perceptron)
        let output = try RunFolder.open(folder)
        try FeatureFolder.write(
            perceptron.parameters, family: "glassformer-perceptron", features: ["weather", "price", "friend"],
            to: output.unfinished)
        let quality = RunQuality(
            self, parameters: perceptron.parameters.count, steps: habits.count, finalLoss: records.last?.loss ?? 0,
            measures: measures)
        try RunFolder.finish(
            output, quality: quality, records: records, model: ["config.json", "model.safetensors"], report: report)
    }

    private var note: Phrase {
        guard habits != nil else {
            return Phrase(en: "eight cases, weights as given", zh: "八种情况，权重直接给定")
        }
        return Phrase(en: "\(people) people's habits", zh: "\(people) 个人的习惯")
    }

    private func measures(_ perceptron: Perceptron) -> [Measure] {
        let rule = habits ?? start
        let truth = Perceptron(weights: rule.all, threshold: rule.threshold)
        let asked = habits == nil ? Self.cases : drawHabits().map(\.inputs)
        let right = asked.count { perceptron.fires($0) == truth.fires($0) }
        return [
            Measure("accuracy", Double(right) / Double(max(asked.count, 1))),
            Measure(
                "friend_share", Self.friendShare(perceptron),
                baseline: Self.friendShare(Perceptron(weights: start.all, threshold: start.threshold))),
        ]
    }

    public func measure(folder: String) throws -> [Measure] { measures(try PerceptronFolder.read(folder)) }
}

/// A perceptron as it lies in a folder.
public enum PerceptronFolder {
    /// - Throws: `SafeTensorsError`; ``TrainingError/checkpoint(path:problem:)`` where the shapes are not a perceptron's.
    public static func read(_ folder: String) throws -> Perceptron {
        let path = folder + "/model.safetensors"
        let file = try SafeTensors(path: path)
        let (weights, threshold) = (try file.tensor("weights"), try file.tensor("threshold"))
        guard weights.shape.rank == 2, weights.shape[1] == 1, threshold.shape == [1] else {
            throw TrainingError.checkpoint(
                path: path,
                problem: Phrase(
                    en: "weights \(weights.shape) and threshold \(threshold.shape) are no perceptron",
                    zh: "权重 \(weights.shape) 和阈值 \(threshold.shape) 构不成感知机"))
        }
        return Perceptron(weights: weights.scalars.map(Double.init), threshold: Double(threshold[flat: 0]))
    }
}
