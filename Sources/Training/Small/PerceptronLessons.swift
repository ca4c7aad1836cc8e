import Models
import Tensors
import Tracing
import Wording

/// Three weights, of weather, price and friend, and the threshold.
package struct PerceptronWeights: Sendable, Hashable {
    package var weather: Double
    package var price: Double
    package var friend: Double
    package var threshold: Double

    package var all: [Double] { [weather, price, friend] }
    package var perceptron: Perceptron { Perceptron(weights: all, threshold: threshold) }
}

/// One person's habit: how good the weather was, how cheap the ticket, how much a friend wanted to come along, each
/// from 0 to 1, and whether the person went.
package struct Habit: Sendable, Hashable {
    package let inputs: [Double]
    package let went: Bool
}

/// What a perceptron begins with, and whom it learns from.
package struct PerceptronSettings: Sendable, Hashable {
    /// The first guess.
    package var start: PerceptronWeights
    /// The stated rule behind the habits; nil where nothing is learned.
    package var habits: PerceptronWeights?
    package var people: Int
    /// The perceptron rule's rate at the first person, and after how many people it has halved.
    package var rate: Double
    package var halving: Int
    package var seed: UInt64

    /// People drawn at random who all follow the stated rule.
    package func drawHabits() -> [Habit] {
        guard let habits else { return [] }
        var random = RandomSource(seed: seed)
        return (0..<people).map { _ in Self.habit(habits.perceptron, &random) }
    }

    static func habit(_ rule: Perceptron, _ random: inout RandomSource) -> Habit {
        let inputs = (0..<3).map { _ in random.uniform() }
        return Habit(inputs: inputs, went: rule.fires(inputs))
    }
}

/// A perceptron that learns from people's habits by its rule, person by person.
package struct PerceptronLessons: TrainingSession {
    package let settings: PerceptronSettings
    package let steps: Int
    package private(set) var perceptron: Perceptron
    package private(set) var step = 0
    /// After each hundred people, and the last.
    package private(set) var records: [TrainingRecord] = []
    private let rule: Perceptron?
    private var random: RandomSource
    /// Since the last record.
    private var mistakes = 0

    package init(_ settings: PerceptronSettings, people limit: Int? = nil) {
        self.settings = settings
        rule = settings.habits?.perceptron
        steps = rule == nil ? 0 : min(limit ?? .max, settings.people)
        perceptron = settings.start.perceptron
        random = RandomSource(seed: settings.seed)
    }

    /// How much of the weights' sum of magnitudes is the friend's.
    package static func friendShare(_ perceptron: Perceptron) -> Double {
        let weights = perceptron.weights().map { abs($0) }
        return weights[2] / max(weights.reduce(0, +), .leastNormalMagnitude)
    }

    /// The eight cases of the film.
    package static let cases: [[Double]] = (0..<8).map { number in (0..<3).map { Double(number >> (2 - $0) & 1) } }

    package var model: LiveModel { .perceptron(perceptron) }

    package var notes: [Phrase] {
        rule == nil
            ? [Phrase(en: "eight cases, weights as given", zh: "八种情况，权重直接给定")]
            : [Phrase(en: "\(settings.people) people's habits", zh: "\(settings.people) 个人的习惯")]
    }

    private var rate: Double { settings.rate / (1 + Double(step) / Double(settings.halving)) }

    package mutating func update() throws(Failure) { _ = next() }

    /// Asks the next person.
    private mutating func next() -> Habit? {
        guard let rule else { return nil }
        let person = PerceptronSettings.habit(rule, &random)
        let rate = rate
        if perceptron.learn(person.inputs, answer: person.went, rate: rate) { mistakes += 1 }
        step += 1
        guard step % 100 == 0 || step == steps else { return person }
        records.append(
            TrainingRecord(
                step: step, loss: Double(mistakes) / 100, learningRate: rate,
                measures: ["friend_share": Self.friendShare(perceptron)]))
        mistakes = 0
        return person
    }

    /// What the perceptron decides about the next person, how it errs, and what its rule makes of the weights.
    package mutating func tracedUpdate() throws(Failure) -> Trace {
        let (before, rate) = (perceptron, rate)
        let person = next()
        let recorder = Recorder()
        _ = try before.decisions([person?.inputs ?? []], on: recorder)
        var trace = recorder.trace()
        let answer = try trace.add(
            StepName(.targets), Source(.constant), tensor: Tensor([1, 1], [person?.went == true ? 1 : 0]),
            axes: [.batch, .hidden])
        let pace = try trace.add(
            StepName(.learningRate), Source(.constant), tensor: Tensor(scalar: Float(rate)), axes: [])
        guard let read = trace.place(of: StepName(.inputs)), let fires = trace.place(of: StepName(.fires)) else {
            return trace
        }
        for (parameter, updated) in zip(before.parameters.all, perceptron.parameters.all) {
            guard let place = trace.place(of: parameter.name) else { continue }
            let isThreshold = parameter.tensor.shape.rank == 1
            _ = try trace.add(
                parameter.name.about("updated"), PerceptronRule(),
                [place, fires, answer, pace] + (isThreshold ? [] : [read]), tensor: updated.tensor,
                axes: parameter.axes)
        }
        return trace
    }
}
