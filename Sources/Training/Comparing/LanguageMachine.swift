import Models
import Platform
import Tensors
import Tracing
import Wording

/// A decoder that comes with its own words: it is taught nothing, only asked which answer it finds the likeliest to
/// follow the question.
package struct LanguageMachine: DecisionMachine {
    package static let name = "language model"
    package static let title = Phrase(en: "language model", zh: "语言模型")
    package static let reads = DecisionCase.Form.words

    package let model: LanguageModel
    private let task: DecisionTask

    /// - Throws: `ModelError.otherKind(model:expected:found:)` for a model that does not go on from a text.
    package init(_ model: LanguageModel, asked task: DecisionTask) throws {
        _ = try model.decoder
        self.model = model
        self.task = task
    }

    /// - Throws: always; a language model is loaded, not taught on the spot.
    package static func taught(_ task: DecisionTask, seed: UInt64) throws -> LanguageMachine {
        throw Failure(ModelError.unknownModel(name, shipped: DecisionMachines.all.map { $0.name }))
    }

    package var label: (name: String, title: Phrase) { (model.name, Phrase(model.name)) }
    package var parameters: Int { model.network.parameters.count }

    package func decide(_ one: DecisionCase) throws -> Decision {
        let decoder = try model.decoder
        let question = try model.encode(one.text.chinese + "，")
        let nats = try task.answers.map { answer in
            let ids = try model.encode(task.name(of: answer).chinese)
            let text = question + ids
            return try Evaluation.surprises(of: decoder, ids: text, boundary: nil).suffix(ids.count)
                .reduce(0) { $0 + $1.nats }
        }
        let least = nats.min() ?? 0
        let weights = nats.map { exp(least - $0) }
        let whole = weights.reduce(0, +)
        return Decision(
            answer: nats.firstIndex(of: least) ?? 0, probabilities: weights.map { $0 / whole },
            trace: try model.trace(question))
    }
}
