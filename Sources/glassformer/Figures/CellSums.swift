import Drawing
import Figures
import Pages
import Tracing

/// What an index says of the places of its figures: their values, and each number's arithmetic in a line.
///
/// Of many figures it would be too much for a page: it then keeps to the values, and at last to the pictures alone.
struct CellSums: Sendable {
    private let trace: Trace?
    private let hasSums: Bool
    private let hasValues: Bool

    static let mostWithSums = 400
    private static let mostWithValues = 2000
    /// Longer sums would take long, and nobody would read them.
    private static let mostTerms = 256

    /// - Parameter count: how many figures there are.
    init(_ trace: Trace?, of count: Int) {
        self.trace = trace
        hasSums = count <= Self.mostWithSums
        hasValues = count <= Self.mostWithValues
    }

    func values(of figure: Figure) -> String {
        guard hasValues, figure.frames.contains(where: { !$0.hotSpots.isEmpty }) else { return "" }
        return IndexFigure.values(of: figure.frames, size: figure.size) { hasSums ? sum($0) : nil }
    }

    /// `0.12 × 0.5 + … (61) + 0.3 × 0.2 ≈ 0.65`; nil for what was given, or is not one number.
    private func sum(_ tag: Drawing.Tag) -> String? {
        guard let trace, let step = trace[StepName(tag.step)], tag.index.count == step.shape.rank,
            step.inputs.count > 0, isShort(step, in: trace),
            let explanation = try? trace.explain(step.name, at: tag.index),
            !explanation.terms.isEmpty
        else { return nil }
        let text = ExpressionText(
            cell: { input, index in
                let name = explanation.inputs.indices.contains(input) ? explanation.inputs[input] : step.name
                return Self.operand(trace[name]?.tensor.cell(index).map(Double.init) ?? .nan)
            }, constant: Self.operand, most: 4)
        return text.spell(explanation.expression) + " ≈ " + Numbers.significant(explanation.value, digits: 4)
    }

    /// Asked before the sum is made: a sum runs along an axis of what it reads.
    private func isShort(_ step: Step, in trace: Trace) -> Bool {
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
