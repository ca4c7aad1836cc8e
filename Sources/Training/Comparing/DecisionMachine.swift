import Models
import Tensors
import Tracing
import Wording

/// Something that can be taught a task and then asked.
///
/// A new machine is one new file plus one line in ``DecisionMachines/all``.
package protocol DecisionMachine: Sendable {
    /// As the command line names it.
    static var name: String { get }
    static var title: Phrase { get }

    /// Which of a case's two forms it reads.
    static var reads: DecisionCase.Form { get }

    /// Taught on the task's training cases; the same seed gives the same machine.
    static func taught(_ task: DecisionTask, seed: UInt64) throws -> Self

    /// What this one is called; the kind's own name unless it has another.
    var label: (name: String, title: Phrase) { get }

    /// How many numbers it has learned.
    var parameters: Int { get }

    func decide(_ one: DecisionCase) throws -> Decision
}

extension DecisionMachine {
    package var label: (name: String, title: Phrase) { (Self.name, Self.title) }
}

/// What a machine says to one case, with every number on the way.
package struct Decision: Sendable {
    /// By its place among the task's answers.
    package let answer: Int
    /// How sure it is of each answer, 0 … 1, where it says so.
    package let probabilities: [Double]?
    package let trace: Trace
}

/// A machine that has been taught a task, and what came of it.
package struct Contestant: Sendable {
    package let name: String
    package let title: Phrase
    package let reads: DecisionCase.Form
    package let parameters: Int
    /// Of one decision.
    package let arithmetic: ArithmeticCount
    /// One for each of the task's examples.
    package let examples: [Decision]
    package let trainingAccuracy: Double
    package let heldOutAccuracy: Double

    package init(_ machine: some DecisionMachine, on task: DecisionTask) throws {
        func accuracy(_ cases: [DecisionCase]) throws -> Double {
            let right = try cases.count { try machine.decide($0).answer == $0.answer }
            return Double(right) / Double(max(cases.count, 1))
        }
        (name, title) = machine.label
        reads = type(of: machine).reads
        parameters = machine.parameters
        examples = try task.examples.map { try machine.decide($0) }
        arithmetic = examples.first?.trace.arithmetic() ?? ArithmeticCount()
        trainingAccuracy = try accuracy(task.training)
        heldOutAccuracy = try accuracy(task.heldOut)
    }
}

/// The machines that can be compared.
package enum DecisionMachines {
    package static let all: [any DecisionMachine.Type] = [
        PerceptronMachine.self, NetworkMachine.self, TransformerMachine.self,
    ]

    package static func named(_ name: String) -> (any DecisionMachine.Type)? { all.first { $0.name == name } }
}
