import Drawing
import Tracing

/// How an expression is spelt: for a person, or for a program.
package struct ExpressionText {
    /// What stands for a cell of an input.
    package var cell: (_ input: Int, _ index: [Int]) -> String
    package var constant: (Double) -> String
    package var times = " × "
    package var minus = " − "
    /// Longer lists are cut in the middle; nil keeps every operand.
    package var most: Int?
    /// What a list that is cut keeps wherever it stands: of a softmax the number above the line.
    package var kept: Expression?

    package init(
        cell: @escaping (_ input: Int, _ index: [Int]) -> String, constant: @escaping (Double) -> String,
        times: String = " × ", minus: String = " − ", most: Int? = nil
    ) {
        self.cell = cell
        self.constant = constant
        self.times = times
        self.minus = minus
        self.most = most
    }

    private enum Precedence: Int { case sum, product, operand }

    package func spell(_ expression: Expression) -> String { spell(expression, within: .sum) }

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
        let last = parts.suffix(1).map(spell)
        let first = max(1, most - 2)
        if let kept, let place = parts.firstIndex(of: kept), place >= most - 1, place < parts.count - 1 {
            let dots = { (count: Int) in count > 0 ? ["… (\(count))"] : [] }
            return
                (parts.prefix(first).map(spell) + dots(place - first) + [spell(kept)]
                + dots(parts.count - 2 - place) + last).joined(separator: separator)
        }
        let head = parts.prefix(most - 1).map(spell)
        return (head + ["… (\(parts.count - most))"] + last).joined(separator: separator)
    }
}
