import Drawing
import Tracing

/// How an expression is spelt: for a person, or for a program.
struct ExpressionText {
    /// What stands for a cell of an input.
    var cell: (_ input: Int, _ index: [Int]) -> String
    var constant: (Double) -> String
    var times = " × "
    var minus = " − "
    /// Longer lists are cut in the middle; nil keeps every operand.
    var most: Int?

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

    private enum Precedence: Int { case sum, product, operand }

    func spell(_ expression: Expression) -> String { spell(expression, within: .sum) }

    private func spell(_ expression: Expression, within outer: Precedence) -> String {
        switch expression {
        case .cell(let input, let index): return cell(input, index)
        case .constant(let value): return constant(value)
        case .sum(let parts):
            if parts.count == 1 { return spell(parts[0], within: outer) }
            return enclosed(list(parts, " + ") { spell($0, within: .product) }, .sum, outer)
        case .difference(let left, let right):
            return enclosed(spell(left, within: .sum) + minus + spell(right, within: .product), .sum, outer)
        case .product(let parts):
            if parts.count == 1 { return spell(parts[0], within: outer) }
            return enclosed(list(parts, times) { spell($0, within: .operand) }, .product, outer)
        case .quotient(let left, let right):
            return enclosed(spell(left, within: .product) + " / " + spell(right, within: .operand), .product, outer)
        case .function(let function, let parts):
            return function.rawValue + "(" + list(parts, ", ") { spell($0, within: .sum) } + ")"
        }
    }

    private func enclosed(_ text: String, _ inner: Precedence, _ outer: Precedence) -> String {
        inner.rawValue < outer.rawValue ? "(" + text + ")" : text
    }

    private func list(_ parts: [Expression], _ separator: String, _ spell: (Expression) -> String) -> String {
        guard let most, parts.count > most else { return parts.map(spell).joined(separator: separator) }
        let head = parts.prefix(most - 1).map(spell)
        let last = parts.suffix(1).map(spell)
        return (head + ["… (\(parts.count - most))"] + last).joined(separator: separator)
    }
}
