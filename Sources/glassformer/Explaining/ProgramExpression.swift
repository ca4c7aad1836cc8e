import Subjects
import Tracing

extension ExpressionText {
    /// Arithmetic that Python evaluates: every number in full; `exp`, `mean`, `variance`, `look_up` … are functions.
    static func program(_ explanation: Explanation) -> String {
        var terms = explanation.terms[...]
        func number(_ value: Double) -> String {
            value.isFinite ? "\(value)" : value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
        }
        // Terms are listed in the expression's reading order, so spelling consumes them one by one.
        let text = ExpressionText(
            cell: { _, _ in number(terms.popFirst()?.value ?? .nan) }, constant: number, times: " * ", minus: " - ")
        return text.spell(explanation.expression)
    }
}
