import Drawing
import Tracing
import Wording

/// An explanation as formulas: in letters, in numbers, and as the few numbers that are left at the end.
struct Arithmetic {
    let explanation: Explanation
    private let values: [Key: Double]

    private struct Key: Hashable {
        var input: Int
        var index: [Int]
    }

    /// Sums and rows of more terms than this are elided in the middle.
    static let mostTerms = 4

    init(_ explanation: Explanation) {
        self.explanation = explanation
        var values: [Key: Double] = [:]
        if !explanation.terms.isEmpty {
            for (cell, term) in zip(explanation.expression.cells, explanation.terms) {
                values[Key(input: cell.input, index: cell.index)] = term.value
            }
        }
        self.values = values
    }

    func value(_ expression: Expression) -> Double {
        expression.value { input, index in values[Key(input: input, index: index)] ?? .nan }
    }

    /// The first cell that an expression reads.
    func cell(_ expression: Expression) -> Cell? {
        guard let cell = expression.cells.first, explanation.inputs.indices.contains(cell.input),
            let value = values[Key(input: cell.input, index: cell.index)]
        else { return nil }
        return Cell(step: explanation.inputs[cell.input], index: cell.index, value: value)
    }

    var inLetters: MathNode { node(explanation.expression, isNumeric: false) }
    var inNumbers: MathNode { node(explanation.expression, isNumeric: true) }

    /// What the expression's own parts come to, where that says more than the result: `2.29 / 4.9`.
    var simplified: MathNode? {
        switch explanation.expression {
        case .quotient(let left, let right):
            guard !left.isLeaf || !right.isLeaf else { return nil }
            let digits = digits(value(left), value(right)) { $0 / $1 }
            return .fraction(
                Arithmetic.number(value(left), digits: digits), Arithmetic.number(value(right), digits: digits))
        case .sum(let parts):
            guard parts.count > 1, parts.count <= 3, parts.contains(where: { !$0.isLeaf }) else { return nil }
            let numbers = parts.enumerated().map { place, part in
                place == 0 ? Arithmetic.number(value(part)) : Arithmetic.factor(value(part))
            }
            return joined(numbers, isSum: true)
        case .difference(let left, let right):
            guard !left.isLeaf || !right.isLeaf else { return nil }
            let digits = digits(value(left), value(right)) { $0 - $1 }
            return .row([
                Arithmetic.number(value(left), digits: digits), .sign("−", .binary),
                Arithmetic.factor(value(right), digits: digits),
            ])
        case .function(let function, let parts):
            guard let first = parts.first, !first.isLeaf, parts.count == 1 else { return nil }
            return call(function, [Arithmetic.number(value(first))])
        default: return nil
        }
    }

    /// How many digits of two numbers bear out those of the result.
    private func digits(_ left: Double, _ right: Double, _ joined: (Double, Double) -> Double) -> Int {
        let written = Arithmetic.result(explanation.value)
        return (3...7).first {
            Arithmetic.result(joined(Arithmetic.rounded(left, to: $0), Arithmetic.rounded(right, to: $0))) == written
        } ?? 3
    }

    // MARK: Numbers

    /// A number as it is written with so many significant digits.
    private static func rounded(_ value: Double, to digits: Int) -> Double {
        guard value.isFinite, value != 0 else { return value }
        var unit = 1.0
        while abs(value) / unit >= 10 { unit *= 10 }
        while abs(value) / unit < 1 { unit /= 10 }
        for _ in 1..<digits { unit /= 10 }
        return (value / unit).rounded() * unit
    }

    /// In a sentence: `−1.41`, `1.4×10⁻⁵`.
    static func words(_ value: Double, digits: Int = 3) -> String { Numbers.significant(value, digits: digits) }

    /// How many decimals a result is written with.
    static func decimals(_ value: Double) -> Int {
        let size = abs(value)
        return size > 0 && size < 0.001 ? 6 : size < 0.1 ? 4 : size < 100 ? 3 : 1
    }

    /// As many decimals as a result has; in powers of ten where they would all be zero.
    static func result(_ value: Double) -> String {
        value != 0 && abs(value) < 0.001 ? words(value) : Numbers.fixed(value, decimals: decimals(value))
    }

    static func number(_ value: Double, digits: Int = 3) -> MathNode {
        guard value < 0 else {
            guard Numbers.hasPower(value) else { return .number(words(value, digits: digits)) }
            let (mantissa, exponent) = Numbers.mantissaAndPower(value)
            let power = MathNode.scripts(
                .number("10"), sub: nil, sup: .number(Numbers.fixed(Double(exponent), decimals: 0)))
            return .row([.number(mantissa), .sign("×", .binary), power])
        }
        return .row([.sign("−", .ordinary), number(-value, digits: digits)])
    }

    /// A negative number in brackets, as a factor or after a minus sign.
    static func factor(_ value: Double, digits: Int = 3) -> MathNode {
        let number = number(value, digits: digits)
        return value < 0 ? .row([.sign("(", .opening), number, .sign(")", .closing)]) : number
    }

    // MARK: Letters

    /// A cell's letter with its indices, the batch left out.
    static func letter(_ name: StepName, _ index: [Int]) -> MathNode {
        if name.isGradient {
            var own = name
            own.isGradient = false
            return .colored(.gradient, .row([.identifier("∂"), letter(own, index).uncolored]))
        }
        let symbol = StepSymbol.of(name)
        let base = Formula(symbol.notation).node
        let hasBatch = StepSymbol.isOfModel(name) && !isParameter(name)
        let shown = index.count > 1 && index.first == 0 && hasBatch ? Array(index.dropFirst()) : index
        guard !shown.isEmpty else { return .colored(symbol.role, base) }
        let indices = MathNode.text(shown.map { String($0) }.joined(separator: ","))
        // A letter with a subscript of its own keeps it: the indices stand in brackets behind.
        if case .scripts(_, let sub, _) = base, sub != nil {
            return .colored(symbol.role, .row([base, .sign("[", .opening), indices, .sign("]", .closing)]))
        }
        if case .scripts(let inner, nil, let sup) = base {
            return .colored(symbol.role, .scripts(inner, sub: indices, sup: sup))
        }
        return .colored(symbol.role, .scripts(base, sub: indices, sup: nil))
    }

    private static func isParameter(_ name: StepName) -> Bool {
        let text = name.label.rawValue
        return text.contains("W_") || text.contains("b_") || text.hasSuffix(".w") || text.hasSuffix(".b")
            || name.label == .positionTable
    }

    // MARK: Nodes

    private func node(_ expression: Expression, isNumeric: Bool) -> MathNode {
        switch expression {
        case .cell(let input, let index):
            if isNumeric { return Arithmetic.number(value(expression)) }
            guard explanation.inputs.indices.contains(input) else { return Arithmetic.letter(explanation.step, index) }
            return Arithmetic.letter(explanation.inputs[input], index)
        case .constant(let constant): return Arithmetic.number(constant)
        case .sum(let parts): return joined(elided(parts, isNumeric), isSum: true)
        case .product(let parts):
            return joined(
                parts.map { part in
                    if isNumeric, part.isLeaf { return Arithmetic.factor(value(part)) }
                    return part.isSum ? bracketed(node(part, isNumeric: isNumeric)) : node(part, isNumeric: isNumeric)
                }, isSum: false, isTight: !isNumeric)
        case .difference(let left, let right):
            let second =
                isNumeric && right.isLeaf
                ? Arithmetic.factor(value(right))
                : right.isSum
                    ? bracketed(node(right, isNumeric: isNumeric)) : node(right, isNumeric: isNumeric)
            return .row([node(left, isNumeric: isNumeric), .sign("−", .binary), second])
        case .quotient(let left, let right):
            return .fraction(node(left, isNumeric: isNumeric), node(right, isNumeric: isNumeric))
        case .function(.lookUp, let parts):
            return parts.first.map { node($0, isNumeric: isNumeric) } ?? .row([])
        case .function(.power, let parts) where parts.count == 2:
            return .scripts(
                node(parts[0], isNumeric: isNumeric), sub: nil, sup: node(parts[1], isNumeric: isNumeric))
        case .function(let function, let parts):
            return call(function, elided(parts, isNumeric))
        }
    }

    /// The first two and the last two of a long list, with dots between.
    private func elided(_ parts: [Expression], _ isNumeric: Bool) -> [MathNode] {
        let nodes = { (parts: ArraySlice<Expression>) in
            parts.map { part -> MathNode in
                // After a plus sign a negative number stands in brackets.
                isNumeric && part.isLeaf && part != parts.first
                    ? Arithmetic.factor(value(part)) : node(part, isNumeric: isNumeric)
            }
        }
        // Of long lists in one line each keeps its ends, and so does the list of them.
        let isListOfLists = parts.count > 2 && parts.count { $0.hasList } > 1
        guard parts.count > Self.mostTerms || isListOfLists else { return nodes(parts[...]) }
        // A gradient may hold two or three long lists in one line.
        let shown = explanation.step.isGradient || explanation.expression.hasLists || isListOfLists ? 1 : 2
        let dots = [MathNode.sign("⋯", .ordinary)]
        // The number above the line is one of those under it, and stands among them.
        if case .quotient(let above, _) = explanation.expression, !isListOfLists,
            let own = parts.firstIndex(of: above), own >= shown, own < parts.count - shown
        {
            return nodes(parts.prefix(1)) + (own > 1 ? dots : []) + nodes(parts[own...own])
                + (own < parts.count - 2 ? dots : []) + nodes(parts.suffix(1))
        }
        return nodes(parts.prefix(shown)) + dots + nodes(parts.suffix(shown))
    }

    private func joined(_ nodes: [MathNode], isSum: Bool, isTight: Bool = false) -> MathNode {
        var row: [MathNode] = []
        for (place, node) in nodes.enumerated() {
            if place > 0 { row.append(isSum ? .sign("+", .binary) : isTight ? .space(0.17) : .sign("·", .binary)) }
            row.append(node)
        }
        return .row(row)
    }

    private func bracketed(_ node: MathNode) -> MathNode { .fenced("(", node, ")") }

    private func call(_ function: Expression.Function, _ parts: [MathNode]) -> MathNode {
        var row: [MathNode] = []
        for (place, part) in parts.enumerated() {
            if place > 0 { row.append(.sign(",", .punctuation)) }
            row.append(part)
        }
        let inner = MathNode.row(row)
        if function == .sqrt { return .root(inner, degree: nil) }
        let name = MathNode.function(Arithmetic.name(function))
        let isSlope = Arithmetic.isSlope(function)
        return .row([
            isSlope ? .scripts(name, sub: nil, sup: .sign("′", .ordinary)) : name, .fenced("(", inner, ")"),
        ])
    }

    private static func name(_ function: Expression.Function) -> String {
        switch function {
        case .gelu, .geluTanh, .geluSlope, .geluTanhSlope: "GELU"
        case .relu, .reluSlope: "ReLU"
        case .silu, .siluSlope: "SiLU"
        case .variance: "var"
        default: function.rawValue
        }
    }

    private static func isSlope(_ function: Expression.Function) -> Bool {
        switch function {
        case .reluSlope, .siluSlope, .geluSlope, .geluTanhSlope: true
        default: false
        }
    }
}

extension MathNode {
    /// Without the colour around it.
    fileprivate var uncolored: MathNode {
        if case .colored(_, let inner) = self { return inner }
        return self
    }
}

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
