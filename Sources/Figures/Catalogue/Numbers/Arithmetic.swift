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
            return .fraction(Arithmetic.number(value(left)), Arithmetic.number(value(right)))
        case .sum(let parts):
            guard parts.count > 1, parts.count <= 3, parts.contains(where: { !$0.isLeaf }) else { return nil }
            let numbers = parts.enumerated().map { place, part in
                place == 0 ? Arithmetic.number(value(part)) : Arithmetic.factor(value(part))
            }
            return joined(numbers, isSum: true)
        case .difference(let left, let right):
            guard !left.isLeaf || !right.isLeaf else { return nil }
            return .row([
                Arithmetic.number(value(left)), .sign("−", .binary), Arithmetic.factor(value(right)),
            ])
        case .function(let function, let parts):
            guard let first = parts.first, !first.isLeaf, parts.count == 1 else { return nil }
            return call(function, [Arithmetic.number(value(first))])
        default: return nil
        }
    }

    // MARK: Numbers

    /// In a sentence: `−1.41`, `1.4×10⁻⁵`.
    static func words(_ value: Double) -> String { Numbers.significant(value) }

    /// How many decimals a result is written with.
    static func decimals(_ value: Double) -> Int {
        let size = abs(value)
        return size > 0 && size < 0.001 ? 6 : size < 0.1 ? 4 : size < 100 ? 3 : 1
    }

    /// As many decimals as a result has; in powers of ten where they would all be zero.
    static func result(_ value: Double) -> String {
        value != 0 && abs(value) < 0.001 ? words(value) : Numbers.fixed(value, decimals: decimals(value))
    }

    static func number(_ value: Double) -> MathNode {
        guard value < 0 else {
            guard Numbers.hasPower(value) else { return .number(words(value)) }
            let (mantissa, exponent) = Numbers.mantissaAndPower(value)
            let power = MathNode.scripts(
                .number("10"), sub: nil, sup: .number(Numbers.fixed(Double(exponent), decimals: 0)))
            return .row([.number(mantissa), .sign("×", .binary), power])
        }
        return .row([.sign("−", .ordinary), number(-value)])
    }

    /// A negative number in brackets, as a factor or after a minus sign.
    static func factor(_ value: Double) -> MathNode {
        value < 0 ? .row([.sign("(", .opening), number(value), .sign(")", .closing)]) : number(value)
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
        return nodes(parts.prefix(shown)) + [.sign("⋯", .ordinary)] + nodes(parts.suffix(shown))
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

extension Expression {
    private var parts: [Expression] {
        switch self {
        case .cell, .constant: []
        case .sum(let parts), .product(let parts), .function(_, let parts): parts
        case .difference(let left, let right), .quotient(let left, let right): [left, right]
        }
    }

    /// Whether somewhere in it more numbers are listed than a line shows.
    fileprivate var hasList: Bool {
        parts.count > Arithmetic.mostTerms || parts.contains { !$0.isLeaf && $0.hasList }
    }

    /// Whether somewhere in it several such lists are added up.
    fileprivate var hasLists: Bool {
        let few = parts.prefix(8)
        if case .sum = self, few.count(where: { $0.hasList }) > 1 { return true }
        return few.contains { !$0.isLeaf && $0.hasLists }
    }

    var isLeaf: Bool {
        switch self {
        case .cell, .constant: true
        case .function(.lookUp, _): true
        default: false
        }
    }

    var isSum: Bool {
        switch self {
        case .sum, .difference: true
        default: false
        }
    }

    /// The two factors of each product, where it is a sum of products of two cells; and what is added besides.
    var products: (pairs: [(left: Expression, right: Expression)], rest: [Expression])? {
        guard case .sum(let parts) = self else { return nil }
        var pairs: [(left: Expression, right: Expression)] = []
        var rest: [Expression] = []
        for part in parts {
            if case .product(let factors) = part, factors.count == 2, factors.allSatisfy({ $0.isLeaf }) {
                pairs.append((factors[0], factors[1]))
            } else {
                rest.append(part)
            }
        }
        guard pairs.count > 1, rest.allSatisfy({ $0.isLeaf }) else { return nil }
        return (pairs, rest)
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
