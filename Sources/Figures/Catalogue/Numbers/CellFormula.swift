import Drawing
import Tracing

/// What figures know of a cell's letters, for the page that explains it beside them.
package enum CellFormula {
    /// The arithmetic in letters, long sums elided: `s = q₁k₁ + … + q₆k₆`.
    package static func letters(_ explanation: Explanation) -> Formula {
        Formula(
            .row([
                Arithmetic.letter(explanation.step, explanation.index), .sign("=", .relation),
                Arithmetic(explanation).inLetters,
            ]))
    }

    /// The role whose colour a step takes.
    package static func role(_ name: StepName) -> Role { StepSymbol.of(name).role }
}
