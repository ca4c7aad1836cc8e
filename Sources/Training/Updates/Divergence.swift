import Foundation
import Models
import Tensors
import Tracing
import Wording

/// Why a training cannot go on: which of its numbers is no longer finite, and what made it so.
struct Divergence {
    let settings: TrainingSettings
    /// How many updates have been made.
    let updates: Int
    /// What the loss was multiplied by.
    var scale = 1.0

    /// - Parameters:
    ///   - trace: the pass, recorded, of one part of the batch.
    ///   - start: the number that gradients start from.
    /// - Returns: nil where all numbers of the pass are finite.
    func cause(in trace: Trace, from start: StepName, parameters: ParameterSet) throws -> Phrase? {
        if let found = trace.origin(of: start) ?? trace.origin(of: StepName(.loss, part: start.part)) {
            return words(found, parameters: parameters)
        }
        let whole = try trace.withGradients(of: start)
        for parameter in parameters.all {
            var name = parameter.name.gradient
            name.part = start.part
            if let found = whole.origin(of: name) { return words(found, parameters: parameters) }
        }
        return nil
    }

    /// - Throws: ``TrainingError/diverged(step:cause:)`` where a training would begin with what is no number.
    static func check(_ parameters: ParameterSet) throws {
        for parameter in parameters.all {
            if let found = NotFinite(parameter: parameter.name, parameter.tensor) {
                throw TrainingError.diverged(step: 1, cause: given(found))
            }
        }
    }

    private static func given(_ number: NotFinite) -> Phrase {
        Phrase(
            en: number.phrase.english + ", before any update was made",
            zh: number.phrase.chinese + "，而此时一次更新也没有做过")
    }

    private func words(_ number: NotFinite, parameters: ParameterSet) -> Phrase {
        let whole = number.phrase
        guard number.origin == .computed || number.origin == .masked else {
            return updates == 0 && number.origin == .parameter ? Self.given(number) : whole
        }
        if settings.precision != .float32, number.operation == Cast.name || number.step.isGradient {
            let most = Self.text(settings.precision.largest)
            let scaled =
                scale > 1
                ? Phrase(
                    en: ", and the loss is multiplied by \(Self.text(scale)): a smaller loss_scale",
                    zh: "，而损失又乘以了 \(Self.text(scale))：请调小 loss_scale")
                : Phrase(en: ": float32, or smaller numbers", zh: "：请改用 float32，或让数值小一些")
            return Phrase(
                en: whole.english + "; \(settings.precision.rawValue) holds numbers up to \(most)" + scaled.english,
                zh: whole.chinese + "；\(settings.precision.rawValue) 最大只能表示 \(most)" + scaled.chinese)
        }
        let most = parameters.all.reduce(Float(0)) { most, parameter in
            parameter.tensor.withUnsafeBuffer { $0.reduce(most) { max($0, abs($1)) } }
        }
        guard updates > 0, most > 100 else { return whole }
        return Phrase(
            en: whole.english + "; the weights have grown to \(Self.text(Double(most))): lower the learning rate",
            zh: whole.chinese + "；权重已经长到 \(Self.text(Double(most)))：请调低学习率")
    }

    private static func text(_ number: Double) -> String { String(format: "%.5g", number) }

    /// What an update made of finite numbers; nil where all parameters still are finite.
    func cause(ofUpdate parameters: ParameterSet) -> Phrase? {
        for parameter in parameters.all {
            guard let found = NotFinite(parameter: parameter.name, parameter.tensor) else { continue }
            let cell = found.step.cell(found.index)
            let keys =
                settings.optimizer.kind == .sgd ? "learning_rate, momentum" : "learning_rate, beta1, beta2, epsilon"
            return Phrase(
                en:
                    "the update by \(settings.optimizer.kind.rawValue) made \(cell) \(found.text), from a finite "
                    + "gradient: see \(keys)",
                zh: "梯度是有限的，但 \(settings.optimizer.kind.rawValue) 的更新使 \(cell) 成了 \(found.text)：请检查 \(keys)")
        }
        return nil
    }
}
