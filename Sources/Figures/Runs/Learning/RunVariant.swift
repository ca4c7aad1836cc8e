import Drawing
import Training
import Wording

/// A run that was made here with one option set to one of several values.
package struct RunVariant: Sendable {
    /// The value as it was written: `0.03`.
    let value: Phrase
    /// The recipe's kind, which says what the loss is.
    let kind: String
    package let records: [TrainingRecord]
    package let model: LiveModel
    /// Whether its numbers stopped being finite before it had made all its steps.
    let hasBurst: Bool

    /// - Parameter steps: fewer than the recipe's.
    /// - Throws: what the recipe's files and steps throw; that numbers are no longer finite ends the run.
    package init(_ recipe: any Recipe, key: String, value: String, steps: Int?) throws {
        self.value = RecipeOption.value(value, of: key)
        kind = type(of: recipe).kind
        var session = try recipe.session(steps: steps)
        var hasBurst = false
        do {
            try session.advance(to: .max)
        } catch let failure as Failure {
            guard case .diverged? = failure.cause(as: TrainingError.self) else { throw failure }
            hasBurst = true
        }
        self.hasBurst = hasBurst
        records = try RunGallery.beginning(recipe) + session.records
        model = session.model
    }

    var losses: [Double] { records.map { $0.loss } }
    /// NaN where none was measured.
    var testLosses: [Double] { records.map { $0.measures?["test_loss"] ?? .nan } }
    var hasTest: Bool { testLosses.contains { $0.isFinite } }

    /// Where the test loss was least, if it has risen by a twentieth since.
    var turn: (step: Int, loss: Double)? {
        let finite = records.compactMap { record in
            (record.measures?["test_loss"]).map { (step: record.step, loss: $0) }
        }
        guard let least = finite.min(by: { $0.loss < $1.loss }), let last = finite.last,
            last.loss > least.loss * 1.05
        else { return nil }
        return least
    }

    /// `training loss 0.01, test loss 0.2`, or the loss alone.
    func end(_ words: RunWords) -> Phrase {
        guard let last = records.last else { return Phrase("–") }
        if hasBurst {
            return Phrase(en: "no finite number after {n}", zh: "{n}之后已不是有限数").filled(["n": words.count(last.step)])
        }
        guard let test = last.measures?["test_loss"] else {
            return Phrase(en: "loss {loss}", zh: "损失 {loss}").filled(["loss": Phrase(words.number(last.loss))])
        }
        return Phrase(en: "training loss {training}, test loss {test}", zh: "训练损失 {training}，测试损失 {test}").filled([
            "training": Phrase(Numbers.significant(last.loss)), "test": Phrase(Numbers.significant(test)),
        ])
    }
}
