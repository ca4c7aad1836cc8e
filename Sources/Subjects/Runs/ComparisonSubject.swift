import Figures
import Models
import Tracing
import Training
import Wording

extension SubjectShelf {
    /// Machines that are taught a task here, or language models that are only asked.
    /// - Throws: ``SubjectError/outside(option:expected:found:)`` for an unknown task, `ModelError.unknownModel`.
    package func comparison(_ source: SubjectSource.ComparisonSource) throws -> Comparison {
        try comparisons.value(source) {
            guard let task = DecisionTask.named(source.task, seed: source.seed) else {
                throw Failure(
                    SubjectError.outside(
                        option: "--task", expected: DecisionTask.names.joined(separator: ", "), found: source.task))
            }
            return Comparison(
                task: task, contestants: try source.machines.map { try contestant($0, task, source.seed) })
        }
    }

    private func contestant(_ name: String, _ task: DecisionTask, _ seed: UInt64) throws -> Contestant {
        if let machine = DecisionMachines.named(name) {
            return try Contestant(machine.taught(task, seed: seed), on: task)
        }
        do {
            return try Contestant(LanguageMachine(model(name), asked: task), on: task)
        } catch let failure as Failure {
            guard case .unknownModel(_, let shipped)? = failure.cause(as: ModelError.self) else { throw failure }
            throw Failure(ModelError.unknownModel(name, shipped: DecisionMachines.all.map { $0.name } + shipped))
        }
    }
}

extension Subject {
    /// Its numbers go by the machine's name: `transformer.held_out_accuracy`, `transformer.examples.0.right`.
    init(_ comparison: Comparison) {
        var numbers = ["contradictions": Double(comparison.task.contradictions.count)]
        for one in comparison.contestants {
            numbers[one.name + ".parameters"] = Double(one.parameters)
            numbers[one.name + ".operations"] = Double(one.arithmetic.total)
            numbers[one.name + ".training_accuracy"] = one.trainingAccuracy
            numbers[one.name + ".held_out_accuracy"] = one.heldOutAccuracy
            for (place, decision) in one.examples.enumerated() where comparison.task.examples.indices.contains(place) {
                let isRight = decision.answer == comparison.task.examples[place].answer
                numbers[one.name + ".examples.\(place).right"] = isRight ? 1 : 0
                for (answer, probability) in (decision.probabilities ?? []).enumerated() {
                    numbers[one.name + ".examples.\(place).probabilities.\(answer)"] = probability
                }
            }
        }
        self.init(
            title: comparison.contestants.map { $0.name }.joined(separator: " ") + " " + comparison.task.name,
            slides: ComparisonSlides.slides(comparison), numbers: numbers)
    }
}
