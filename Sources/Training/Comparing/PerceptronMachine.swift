import Models
import Tensors
import Tracing
import Wording

/// A perceptron for a yes-or-no task, or one for each answer, of which the greatest margin wins.
///
/// It reads features: how often each word is there, not where. What differs only in its order is the same to it.
package struct PerceptronMachine: DecisionMachine {
    package static let name = "perceptron"
    package static let reads = DecisionCase.Form.features
    package static let title = Phrase(en: "perceptron", zh: "感知机")

    /// One for each answer; a single one where there are two answers, which then says whether it is the second.
    package private(set) var perceptron: Perceptron

    package var parameters: Int { perceptron.parameters.count }

    private static let mostRounds = 100

    package static func taught(_ task: DecisionTask, seed: UInt64) throws -> PerceptronMachine {
        let count = task.answers.count > 2 ? task.answers.count : 1
        let nothing = [Double](repeating: 0, count: task.featureNames.count)
        var machine = PerceptronMachine(
            perceptron: Perceptron(
                units: [[Double]](repeating: nothing, count: count), thresholds: [Double](repeating: 0, count: count)))
        var random = RandomSource(seed: seed)
        var best = machine
        var fewest = Int.max
        // Where no weights can be right about everything the rule never rests: the best round is kept (Gallant's
        // pocket algorithm, 1990).
        for _ in 0..<mostRounds {
            var order = task.training
            order.shuffle(using: &random)
            var wrong = 0
            for one in order {
                for place in 0..<count {
                    let answer = count == 1 ? one.answer == 1 : one.answer == place
                    if machine.perceptron.learn(one.features, answer: answer, rate: 1, unit: place) { wrong += 1 }
                }
            }
            let mistakes = task.training.count { machine.answer($0.features) != $0.answer }
            if mistakes < fewest { (fewest, best) = (mistakes, machine) }
            if wrong == 0 || fewest == 0 { break }
        }
        return best
    }

    private func answer(_ features: [Double]) -> Int {
        if perceptron.unitCount == 1 { return perceptron.fires(features) ? 1 : 0 }
        let margins = (0..<perceptron.unitCount).map { perceptron.sum(features, of: $0) - perceptron.threshold(of: $0) }
        return margins.indices.max { margins[$0] < margins[$1] } ?? 0
    }

    package func decide(_ one: DecisionCase) throws -> Decision {
        let recorder = Recorder()
        _ = try perceptron.decisions([one.features], on: recorder)
        return Decision(
            answer: answer(one.features), probabilities: nil,
            trace: recorder.trace(
                model: ModelCard(name: Self.name, family: "perceptron", numbers: ["parameters": Double(parameters)])))
    }
}
