import Tracing

/// Writes a cell's arithmetic as a spreadsheet writes it.
///
/// Terms of a sum that are alike and read neighbouring cells become one function of ranges: `Σ aᵢ · bᵢ` is
/// `SUMPRODUCT(B5:BM5,C5:BN5)`, not sixty-four products.
struct ExpressionFormula {
    /// Where each input stands.
    let inputs: [Grid]

    func text(_ expression: Expression) -> String { write(expression).text }

    /// A text, and how strongly it holds together: 0 a sum, 1 a product, 2 what needs no brackets.
    private struct Part {
        var text: String
        var strength: Int

        func within(_ least: Int) -> String { strength < least ? "(" + text + ")" : text }
    }

    // MARK: Single cells

    private func write(_ expression: Expression) -> Part {
        switch expression {
        case .cell(let input, let index): return Part(text: line(input, index)?.text ?? "#N/A", strength: 2)
        case .constant(let number): return Part(text: Self.number(number), strength: number < 0 ? 0 : 2)
        case .sum(let parts): return sum(parts)
        case .product(let factors):
            return Part(text: factors.map { write($0).within(1) }.joined(separator: "*"), strength: 1)
        case .difference(let left, let right):
            return Part(text: write(left).text + "-" + write(right).within(1), strength: 0)
        case .quotient(let left, let right):
            return Part(text: write(left).within(1) + "/" + write(right).within(2), strength: 1)
        case .function(let function, let operands): return apply(function, operands)
        }
    }

    private func line(_ input: Int, _ index: [Int]) -> Line? {
        guard inputs.indices.contains(input) else { return nil }
        let start = inputs[input].place(index)
        return Line(sheet: inputs[input].sheet, start: start, count: 1, isRow: true)
    }

    /// A number as formulas write it.
    static func number(_ value: Double) -> String {
        if value == -.infinity { return "-1E+300" }
        if let whole = Int(exactly: value), abs(whole) < 1 << 53 { return String(whole) }
        return "\(value)".uppercased()
    }

    // MARK: Sums

    private func sum(_ parts: [Expression]) -> Part {
        if parts.isEmpty { return Part(text: "0", strength: 2) }
        var texts: [String] = []
        var (start, isFunction) = (0, false)
        while start < parts.count {
            let end = end(of: parts, from: start)
            if end - start > 1, let text = runText(parts[start], steps(parts[start], parts[start + 1]), end - start) {
                texts.append(text)
                (start, isFunction) = (end, true)
            } else {
                texts.append(write(parts[start]).text)
                start += 1
            }
        }
        return Part(text: texts.joined(separator: "+"), strength: texts.count == 1 && isFunction ? 1 : 0)
    }

    /// Behind the last of the terms that go on as the first two do.
    private func end(of parts: [Expression], from start: Int) -> Int {
        guard start + 1 < parts.count, let steps = steps(parts[start], parts[start + 1]),
            steps.contains(where: { $0 != .none }),
            !(steps.contains(.down) && steps.contains(.across) && !isPlain(parts[start]))
        else { return start + 1 }
        var end = start + 2
        while end < parts.count, self.steps(parts[end - 1], parts[end]) == steps { end += 1 }
        return end
    }

    /// How a cell of one term lies to the same cell of the term before.
    private enum Move { case none, across, down }

    /// Whether it is a product of cells and numbers alone.
    private func isPlain(_ part: Expression) -> Bool {
        guard case .product(let factors) = part else { return false }
        return factors.allSatisfy { if case .cell = $0 { true } else if case .constant = $0 { true } else { false } }
    }

    /// The moves of all cells, in reading order; nil where the terms are not alike.
    private func steps(_ a: Expression, _ b: Expression) -> [Move]? {
        switch (a, b) {
        case (.cell(let first, let from), .cell(let second, let to)):
            guard first == second, inputs.indices.contains(first) else { return nil }
            let (from, to) = (inputs[first].place(from), inputs[first].place(to))
            switch (to.row - from.row, to.column - from.column) {
            case (0, 0): return [.none]
            case (0, 1): return [.across]
            case (1, 0): return [.down]
            default: return nil
            }
        case (.constant(let first), .constant(let second)): return first == second ? [] : nil
        case (.sum(let first), .sum(let second)), (.product(let first), .product(let second)):
            return steps(first, second)
        case (.difference(let a, let b), .difference(let c, let d)), (.quotient(let a, let b), .quotient(let c, let d)):
            return steps([a, b], [c, d])
        case (.function(let first, let a), .function(let second, let b)):
            // What a function makes of a whole range is one number, the same in every term or none of this.
            return first == second ? steps(a, b) : nil
        default: return nil
        }
    }

    private func steps(_ a: [Expression], _ b: [Expression]) -> [Move]? {
        guard a.count == b.count else { return nil }
        var all: [Move] = []
        for (a, b) in zip(a, b) {
            guard let steps = steps(a, b) else { return nil }
            all += steps
        }
        return all
    }

    /// The sum of so many terms that begin with this one.
    private func runText(_ first: Expression, _ moves: [Move]?, _ count: Int) -> String? {
        guard let moves else { return nil }
        if case .cell(let input, let index) = first {
            return ranged(input, index, moves[0], count).map { "SUM(\($0.text))" }
        }
        if case .product(let factors) = first, isPlain(first) {
            var (lines, single): ([Line], [String]) = ([], [])
            var place = 0
            for factor in factors {
                if case .cell(let input, let index) = factor {
                    guard let line = ranged(input, index, moves[place], count) else { return nil }
                    if moves[place] == .none { single.append(line.text) } else { lines.append(line) }
                    place += 1
                } else {
                    single.append(write(factor).within(1))
                }
            }
            if lines.count == 1 { return (single + ["SUM(\(lines[0].text))"]).joined(separator: "*") }
            if lines.count == 2 { return (single + [lines[0].dot(lines[1])]).joined(separator: "*") }
            guard Set(lines.map(\.isRow)).count == 1 else { return nil }
            return (single + ["SUMPRODUCT(\(lines.map(\.text).joined(separator: ",")))"]).joined(separator: "*")
        }
        guard !moves.contains(.down) || !moves.contains(.across) else { return nil }
        var rest = moves[...]
        return ranges(first, &rest, count).map { "SUMPRODUCT(\($0.text))" }
    }

    private func ranged(_ input: Int, _ index: [Int], _ move: Move, _ count: Int) -> Line? {
        guard var line = line(input, index) else { return nil }
        if move != .none { (line.count, line.isRow) = (count, move == .across) }
        return line
    }

    /// A term with ranges in place of its moving cells; nil where a function takes no ranges.
    private func ranges(_ part: Expression, _ moves: inout ArraySlice<Move>, _ count: Int) -> Part? {
        func all(_ parts: [Expression]) -> [Part]? {
            var texts: [Part] = []
            for part in parts {
                guard let text = ranges(part, &moves, count) else { return nil }
                texts.append(text)
            }
            return texts
        }
        switch part {
        case .cell(let input, let index):
            guard let move = moves.popFirst(), let line = ranged(input, index, move, count) else { return nil }
            return Part(text: line.text, strength: 2)
        case .constant: return write(part)
        case .sum(let parts):
            // Within a term a sum that is one number of ranges of its own is left to itself.
            return all(parts).map { Part(text: $0.map(\.text).joined(separator: "+"), strength: 0) }
        case .product(let factors):
            return all(factors).map { Part(text: $0.map { $0.within(1) }.joined(separator: "*"), strength: 1) }
        case .difference(let left, let right):
            return all([left, right]).map { Part(text: $0[0].text + "-" + $0[1].within(1), strength: 0) }
        case .quotient(let left, let right):
            return all([left, right]).map { Part(text: $0[0].within(1) + "/" + $0[1].within(2), strength: 1) }
        case .function(.mean, let operands), .function(.variance, let operands):
            // The same for every term, or not of ranges at all.
            let own = moves.prefix(operands.reduce(0) { $0 + $1.cells.count })
            guard own.allSatisfy({ $0 == .none }) else { return nil }
            moves = moves.dropFirst(own.count)
            return write(part)
        case .function(let function, let operands):
            return all(operands).flatMap { Self.call(function, $0.map(\.text), isRange: true) }
                .map { Part(text: $0, strength: 1) }
        }
    }

    // MARK: Functions

    private func apply(_ function: Expression.Function, _ operands: [Expression]) -> Part {
        switch function {
        case .lookUp: return operands.first.map { write($0) } ?? Part(text: "#N/A", strength: 2)
        case .mean, .variance:
            let name = function == .mean ? "AVERAGE" : "VARP"
            if let first = operands.first, case .cell(let input, let index) = first {
                let end = end(of: operands, from: 0)
                if operands.count == 1 { return function == .mean ? write(first) : Part(text: "0", strength: 2) }
                if end == operands.count, let move = steps(first, operands[1])?.first,
                    let line = ranged(input, index, move, operands.count)
                {
                    return Part(text: "\(name)(\(line.text))", strength: 2)
                }
            }
            guard function == .mean else {
                return Part(text: "VARP(\(operands.map { write($0).text }.joined(separator: ",")))", strength: 2)
            }
            return Part(text: sum(operands).within(1) + "/\(operands.count)", strength: 1)
        default:
            let texts = operands.map { write($0).text }
            return Part(text: Self.call(function, texts, isRange: false) ?? "#N/A", strength: 2)
        }
    }

    /// - Parameter isRange: whether operands may be ranges, which MAX and IF would take as a whole.
    private static func call(_ function: Expression.Function, _ operands: [String], isRange: Bool) -> String? {
        let x = operands.first.map { "(" + $0 + ")" } ?? "(0)"
        let bare = operands.first ?? "0"
        let inner = "SQRT(2/PI())*(\(x)+0.044715*\(x)*\(x)*\(x))"
        switch function {
        case .exp: return "EXP(\(bare))"
        case .log: return "LN(\(bare))"
        case .sqrt: return "SQRT(\(bare))"
        case .sin: return "SIN(\(bare))"
        case .cos: return "COS(\(bare))"
        case .tanh: return "TANH(\(bare))"
        case .erf: return isRange ? nil : "ERF(\(bare))"
        case .relu: return isRange ? "(\(bare)>0)*\(x)" : "MAX(\(bare),0)"
        case .sigmoid: return "(1/(1+EXP(0-\(x))))"
        case .silu: return "(\(x)/(1+EXP(0-\(x))))"
        case .power: return operands.count > 1 ? "(\(x)^(\(operands[1])))" : nil
        case .gelu: return isRange ? nil : "(\(x)*0.5*(1+ERF(\(x)/SQRT(2))))"
        case .geluTanh: return "(0.5*\(x)*(1+TANH(\(inner))))"
        case .reluSlope: return isRange ? "(\(bare)>0)*1" : "IF(\(bare)>0,1,0)"
        case .siluSlope: return "(1/(1+EXP(0-\(x)))*(1+\(x)*(1-1/(1+EXP(0-\(x))))))"
        case .geluSlope:
            return isRange
                ? nil : "(0.5*(1+ERF(\(x)/SQRT(2)))+\(x)*EXP(0-\(x)*\(x)/2)/SQRT(2*PI()))"
        case .geluTanhSlope:
            return "(0.5*(1+TANH(\(inner)))+0.5*\(x)*(1-TANH(\(inner))^2)*SQRT(2/PI())*(1+0.134145*\(x)*\(x)))"
        case .float16, .bfloat16, .mean, .variance, .lookUp: return nil
        }
    }
}
