import Drawing
import Subjects
import Tracing
import Wording

/// One number's arithmetic with the real operands, as a page of the terminal.
struct ExplanationPage {
    let trace: Trace
    let explanation: Explanation
    let style: Style

    /// Sums of more terms are cut in the middle.
    private static let mostRows = 16

    func text() -> String {
        var text = heading() + "\n"
        if explanation.terms.isEmpty, trace[explanation.step]?.isSource == true {
            return text + "\n  " + ExplainText.given.text + "\n"
        }
        let value = style.number(Numbers.significant(explanation.value, digits: 4))
        if case .sum(let parts) = explanation.expression, parts.count > 1, parts.allSatisfy(\.isTerm) {
            text += "\n" + sum(parts) + "  = " + value + "\n"
        } else {
            text += "\n  = " + numbers(most: 6).spell(explanation.expression) + "\n  = " + value + "\n"
            text += operands()
        }
        return text
    }

    /// `blocks.0.attn.z[0, 2, 0, 1] = 0.0123`, and in words which cell that is.
    private func heading() -> String {
        let name = explanation.step.cell(explanation.index)
        let value = Numbers.significant(explanation.value, digits: 4)
        return style.strong(style.name(name) + " = " + value) + "\n"
            + style.dim(
                "  " + explanation.operation + " · "
                    + CellName(trace: trace).words(explanation.step, explanation.index).joined(separator: " · "))
    }

    /// A line a term: the numbers, then where they were read.
    private func sum(_ parts: [Expression]) -> String {
        var table = TextTable([.left, .right, .left, .right, .left])
        let places: [Int?] =
            parts.count > Self.mostRows
            ? Array(0..<10) + [nil] + Array(parts.count - 4..<parts.count) : Array(parts.indices)
        let (numbers, names) = (numbers(most: 6), names(most: 2))
        for place in places {
            guard let place else {
                let hidden = parts[10..<parts.count - 4]
                let sum = hidden.reduce(0) { $0 + $1.value(value) }
                table.add(
                    "  +", "…", "", "",
                    ExplainText.more.text([
                        "count": "\(hidden.count)", "sum": Phrase(Numbers.significant(sum, digits: 4)),
                    ]))
                continue
            }
            var factors = [numbers.spell(parts[place])]
            if case .product(let pair) = parts[place], pair.count == 2 { factors = pair.map(numbers.spell) }
            table.add(
                place == 0 ? "" : "  +", factors[0], factors.count > 1 ? "×" : "", factors.count > 1 ? factors[1] : "",
                style.dim(names.spell(parts[place])))
        }
        return table.text(style: style)
    }

    /// What the letters of a single line stand for.
    private func operands() -> String {
        var seen = Set<Explanation.Term>()
        let terms = explanation.terms.filter { seen.insert($0).inserted }
        guard !terms.isEmpty else { return "" }
        var table = TextTable([.left, .left])
        for (place, term) in terms.enumerated() {
            if terms.count > Self.mostRows, place >= 10, place < terms.count - 4 {
                if place == 10 { table.add("  …", "(\(terms.count - 14))") }
                continue
            }
            table.add(
                "  " + Numbers.significant(term.value, digits: 4),
                style.dim(term.step.cell(term.index)))
        }
        return "\n" + table.text(style: style)
    }

    private func value(_ input: Int, _ index: [Int]) -> Double {
        Double(trace[explanation.inputs[input]]?.tensor.cell(index) ?? .nan)
    }

    private func numbers(most: Int) -> ExpressionText {
        var text = ExpressionText(
            cell: { Numbers.significant(value($0, $1), digits: 4) },
            constant: { Numbers.significant($0, digits: 4) }, most: most)
        if case .quotient(let above, _) = explanation.expression { text.kept = above }
        return text
    }

    private func names(most: Int) -> ExpressionText {
        ExpressionText(
            cell: { explanation.inputs[$0].cell($1) },
            constant: { Numbers.significant($0, digits: 4) },
            most: most)
    }
}

extension Expression {
    /// Whether it fits a line of a sum: a number, or a product of numbers.
    fileprivate var isTerm: Bool {
        switch self {
        case .cell, .constant: true
        case .product(let parts): parts.allSatisfy { if case .product = $0 { false } else { $0.isTerm } }
        default: false
        }
    }
}

/// A cell in words.
struct CellName {
    let trace: Trace

    /// `query 2 “人民”`, `head 0` …; the batch, of which there is one, goes without saying.
    func words(_ name: StepName, _ index: [Int]) -> [String] {
        guard let step = trace[name] else { return [] }
        return zip(step.axes, index).compactMap { axis, place in
            guard axis != .batch, axis != .single else { return nil }
            let text = axis.text(["place": "\(place)"])
            guard let token = token(axis, place, pass: name.pass) else { return text }
            return text + " “\(token)”"
        }
    }

    private func token(_ axis: Axis, _ place: Int, pass: Int) -> String? {
        switch axis {
        case .vocabulary: return trace.vocabulary[place]
        case .position, .query, .key:
            // A pass that reads one generated token counts its own positions from zero; its keys are all of them.
            let prompt = trace.tokens.count { !$0.isGenerated }
            let start = pass > 0 && axis != .key ? prompt + pass - 1 : 0
            return trace.tokens.indices.contains(start + place) ? trace.tokens[start + place].display : nil
        default: return nil
        }
    }
}
