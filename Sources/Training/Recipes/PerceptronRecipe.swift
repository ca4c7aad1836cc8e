import Models
import Tensors
import Wording

/// A perceptron that decides about the film, with given weights or weights learned from people's habits.
package struct PerceptronRecipe: CarriedRecipe, Hashable {
    package static let kind = "perceptron"
    package static let keys: Set<String> = ["start", "habits", "training"]
    package static let places: [String: Set<String>] = [
        "start": PerceptronWeights.keys, "habits": PerceptronWeights.keys,
        "training": ["people", "rate", "halving", "seed"],
    ]

    package var head: RecipeHead
    package var settings: PerceptronSettings

    package var steps: Int { settings.people }

    package var seed: UInt64 {
        get { settings.seed }
        set { settings.seed = newValue }
    }

    package init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        settings = PerceptronSettings(
            start: try PerceptronWeights(root.section("start")), habits: nil, people: 0, rate: 1, halving: 1, seed: 0)
        guard root.has("habits") else {
            // Given weights learn from nobody: a training would be without effect.
            try root.allow(RecipeHead.keys.union(["start"]))
            return
        }
        settings.habits = try PerceptronWeights(root.section("habits"))
        let training = try root.section("training", allowing: Self.places["training"] ?? [])
        settings.people = try training.integer("people", in: 1...10_000_000)
        settings.rate = try training.number("rate", above: 0, to: 1000, default: 1)
        settings.halving = try training.integer("halving", in: 1...10_000_000, default: 10_000_000)
        settings.seed = try training.seed()
    }

    package func begin(steps limit: Int?) -> PerceptronLessons { PerceptronLessons(settings, people: limit) }

    package func conclude(
        _ lessons: PerceptronLessons, in folder: String, writingTo output: String
    ) throws -> Quality<NoFindings> {
        let perceptron = lessons.perceptron
        try FeatureFolder(family: "glassformer-perceptron", features: ["weather", "price", "friend"])
            .write(perceptron.parameters, to: output)
        return Quality(
            RunFacts(
                self, parameters: perceptron.parameters.count, steps: lessons.step,
                finalLoss: lessons.records.last?.loss ?? 0, measures: measures(perceptron)), NoFindings())
    }

    private func measures(_ perceptron: Perceptron) -> [Measure] {
        let truth = (settings.habits ?? settings.start).perceptron
        let asked = settings.habits == nil ? PerceptronLessons.cases : settings.drawHabits().map(\.inputs)
        let right = asked.count { perceptron.fires($0) == truth.fires($0) }
        return [
            Measure("accuracy", Double(right) / Double(max(asked.count, 1))),
            Measure(
                "friend_share", PerceptronLessons.friendShare(perceptron),
                baseline: PerceptronLessons.friendShare(settings.start.perceptron)),
        ]
    }

    private func trained(in folder: String) throws -> Perceptron {
        var trained = settings.start.perceptron
        trained.parameters = try FeatureFolder.read(folder, like: trained.parameters)
        return trained
    }

    package func model(in folder: String) throws -> LiveModel { .perceptron(try trained(in: folder)) }
    package func measure(folder: String) throws -> [Measure] { measures(try trained(in: folder)) }
}

extension PerceptronLessons: RunSession {}

extension PerceptronWeights {
    static let keys: Set<String> = ["weather", "price", "friend", "threshold"]

    init(_ section: YAMLReader) throws {
        try section.allow(Self.keys)
        func number(_ key: String) throws -> Double { try section.number(key, in: -1_000_000.0...1_000_000) }
        self.init(
            weather: try number("weather"), price: try number("price"), friend: try number("friend"),
            threshold: try number("threshold"))
    }
}
