import Drawing
import Tensors
import Tracing

/// Each number's arithmetic in a line, as a page says it of the cell that is pressed.
package struct CellSums: Sendable {
    private let trace: Trace

    /// Longer sums would take long, and nobody would read them.
    private static let mostTerms = 256

    package init(_ trace: Trace) { self.trace = trace }

    /// `0.12 × 0.5 + … (61) + 0.3 × 0.2 ≈ 0.65`; nil for what was given, or is not one number.
    package func text(_ tag: Drawing.Tag) -> String? {
        guard let step = trace[StepName(tag.step)], tag.index.count == step.shape.rank, step.inputs.count > 0,
            isShort(step), let explanation = try? trace.explain(step.name, at: tag.index), !explanation.terms.isEmpty
        else { return nil }
        let text = ExpressionText(
            cell: { input, index in
                let name = explanation.inputs.indices.contains(input) ? explanation.inputs[input] : step.name
                return Self.operand(trace[name]?.tensor.cell(index).map(Double.init) ?? .nan)
            }, constant: Self.operand, most: 4)
        return text.spell(explanation.expression) + " ≈ " + Numbers.significant(explanation.value, digits: 4)
    }

    /// Asked before the sum is made: a sum runs along an axis of what it reads.
    private func isShort(_ step: Step) -> Bool {
        step.inputs.allSatisfy { input in
            trace.steps.indices.contains(input)
                && (trace.steps[input].shape.dimensions.suffix(1).first ?? 0) <= Self.mostTerms
        }
    }

    private static func operand(_ value: Double) -> String {
        let text = Numbers.significant(value, digits: 3)
        return value < 0 ? "(" + text + ")" : text
    }
}
