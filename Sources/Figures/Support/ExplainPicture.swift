import Drawing
import Tracing
import Wording

/// The operands of one number as cells, and under them the arithmetic with the result.
struct ExplainPicture: Mark {
    var trace: Trace
    var arithmetic: Arithmetic
    private var scales: [StepName: ValueScale] = [:]

    private var explanation: Explanation { arithmetic.explanation }

    init(_ trace: Trace, _ arithmetic: Arithmetic) {
        self.trace = trace
        self.arithmetic = arithmetic
        for name in arithmetic.explanation.inputs + [arithmetic.explanation.step] {
            let values = arithmetic.explanation.terms.filter { $0.step == name }.map { Float($0.value) }
            let own = name == arithmetic.explanation.step ? [Float(arithmetic.explanation.value)] : []
            let isShare = name.label == .pattern || name.label == .probabilities
            let isWhole = trace[name]?.isInteger == true
            scales[name] = isWhole ? ValueScale.none : isShare ? .probability : .fitting(values + own)
        }
    }

    func extent(in space: Space) -> Extent { build(space).extent(in: space) }
    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        build(space).place(in: rect, space, onto: &canvas)
    }

    private func build(_ space: Space) -> any Mark {
        ThatFits {
            for columns in [12, 10, 8, 7, 6, 5, 4, 3] {
                for size in [30.0, 25, 21, 18] { picture(columns, size, space) }
            }
        }
    }

    private func picture(_ columns: Int, _ size: Double, _ space: Space) -> any Mark {
        VStack(spacing: space.density.gap) {
            if !explanation.terms.isEmpty {
                if let (pairs, rest) = explanation.expression.products {
                    products(pairs, rest, columns, space)
                } else {
                    operands(columns, space)
                }
            }
            numbers(size, space)
        }
    }

    // MARK: Arithmetic

    /// `= 0.12 · 0.5 + ⋯ = −0.31`, the result in the colour of its step.
    private func numbers(_ size: Double, _ space: Space) -> any Mark {
        let symbol = StepSymbol.of(explanation.step)
        let letter = Formula(Arithmetic.letter(explanation.step, explanation.index)).size(size)
        let isGiven = explanation.terms.isEmpty
        var lines: [any Mark] = [letter]
        if !isGiven, arithmetic.inNumbers != Arithmetic.number(explanation.value) {
            lines.append(Symbol("="))
            lines.append(Formula(arithmetic.inNumbers).size(size))
        }
        if let simplified = arithmetic.simplified {
            lines.append(Symbol("="))
            lines.append(Formula(simplified).size(size))
        }
        lines.append(Symbol("="))
        let result = Matrix([[Float(explanation.value)]]).named(nil, symbol.role).withoutShape()
            .scaled(scales[explanation.step] ?? .none).digits(digits(explanation.value, explanation.step))
            .cell(Size(max(96, size * 3.6), size * 1.9)).highlighting(cell: 0, 0)
            .tagged(explanation.step.description) { [index = explanation.index] _, _ in index }
        lines.append(result)
        return Flow(spacing: Size(14, 14), alignment: .center) { lines }
    }

    private func digits(_ value: Double, _ name: StepName) -> Matrix.Digits {
        trace[name]?.isInteger == true ? .decimals(0) : .decimals(abs(value) < 0.1 ? 4 : abs(value) < 100 ? 3 : 1)
    }

    // MARK: Sums of products

    /// Two rows of factors, the row of their products under them; what is added besides stands at the right.
    private func products(
        _ pairs: [(left: Expression, right: Expression)], _ rest: [Expression], _ columns: Int, _ space: Space
    ) -> any Mark {
        let left = pairs.compactMap { arithmetic.cell($0.left) }
        let right = pairs.compactMap { arithmetic.cell($0.right) }
        let results = pairs.map { Float(arithmetic.value(.product([$0.left, $0.right]))) }
        let symbol = StepSymbol.of(explanation.step)
        let label = { (index: Int) in TokenLabel(String(index)) }
        let varying = Cell.varyingAxis(left)
        let heads = varying.map { axis in left.map { label($0.index[axis]) } } ?? left.indices.map(label)
        let sum = Float(results.reduce(0) { $0 + Double($1) })
        return HStack(.axis, spacing: space.density.gap * 0.8) {
            Grid(columns: 2, spacing: Size(12, 10)) {
                Blank(1, 1)
                row(left, columns).columns(heads)
                Symbol("×")
                row(right, columns)
                Symbol("=")
                cells(results, columns).named(words: Phrase(en: "products", zh: "乘积"), symbol.role)
                    .scaled(.fitting(results))
            }
            VStack(.leading, spacing: 14) {
                total(Phrase(en: "sum of the products", zh: "乘积之和"), Double(sum), nil, space)
                rest.compactMap { arithmetic.cell($0) }.map { cell -> any Mark in
                    total(Phrase("+ \(cell.step)"), cell.value, cell, space)
                }
            }
        }
    }

    private func total(_ words: Phrase, _ value: Double, _ cell: Cell?, _ space: Space) -> any Mark {
        let role = cell.map { StepSymbol.of($0.step).role } ?? StepSymbol.of(explanation.step).role
        let text = Text(Arithmetic.words(value)).font(.mono(.heading)).color(role)
        return VStack(.leading, spacing: 2) {
            Text(words).font(.small).color(.muted)
            cell.map { text.tagged(Tag(step: $0.step.description, index: $0.index)) } ?? text
        }
    }

    // MARK: Other operations

    /// One row of cells for each step that was read.
    private func operands(_ columns: Int, _ space: Space) -> any Mark {
        var groups: [(name: StepName, cells: [Cell], repeated: Set<Int>)] = []
        var seen: [Cell: Int] = [:]
        for term in explanation.terms {
            let cell = Cell(step: term.step, index: term.index, value: term.value)
            let group = groups.firstIndex { $0.name == term.step } ?? groups.count
            if group == groups.count { groups.append((term.step, [], [])) }
            if let place = seen[cell] {
                groups[group].repeated.insert(place)
            } else {
                seen[cell] = groups[group].cells.count
                groups[group].cells.append(cell)
            }
        }
        for group in groups.indices where groups[group].cells.count > 1 {
            // In the order of the row, the number in question lit.
            let lit = groups[group].repeated.map { groups[group].cells[$0] }
            groups[group].cells.sort { $0.index.lexicographicallyPrecedes($1.index) }
            groups[group].repeated = Set(lit.compactMap { groups[group].cells.firstIndex(of: $0) })
        }
        let marks = groups.map { group -> any Mark in
            var matrix = row(group.cells, columns)
            if let axis = Cell.varyingAxis(group.cells) {
                matrix = matrix.columns(group.cells.map { TokenLabel(String($0.index[axis])) })
            }
            for place in group.repeated { matrix = matrix.highlighting(cell: 0, place) }
            return matrix
        }
        return Flow(spacing: Size(space.density.gap * 1.4, space.density.gap * 0.6), alignment: .center) { marks }
    }

    // MARK: Rows

    private func row(_ cells: [Cell], _ columns: Int) -> Matrix {
        guard let first = cells.first else { return self.cells([], columns) }
        let symbol = StepSymbol.of(first.step)
        let isWhole = trace[first.step]?.isInteger == true
        return self.cells(cells.map { Float($0.value) }, columns)
            .named(symbol.notation, symbol.role, Phrase(Cell.pattern(cells)))
            .scaled(scales[first.step] ?? .none).digits(isWhole ? .decimals(0) : .automatic)
            .tagged(first.step.description) { cells[$1].index }
    }

    private func cells(_ values: [Float], _ columns: Int) -> Matrix {
        Matrix([values]).withoutShape().elided(columns: columns)
    }
}

/// One operand: where it stands in the trace, and its value.
struct Cell: Sendable, Hashable {
    var step: StepName
    var index: [Int]
    var value: Double

    /// The one axis along which cells differ; nil where it is none or several.
    static func varyingAxis(_ cells: [Cell]) -> Int? {
        guard let first = cells.first, cells.count > 1 else { return nil }
        let axes = first.index.indices.filter { axis in
            cells.contains { $0.index.count != first.index.count || $0.index[axis] != first.index[axis] }
        }
        return axes.count == 1 ? axes[0] : nil
    }

    /// `attn.q[0, 2, 0, ·]`: the cells' common name and indices, a dot where they differ.
    static func pattern(_ cells: [Cell]) -> String {
        guard let first = cells.first else { return "" }
        let parts = first.index.indices.map { axis in
            cells.allSatisfy { $0.index.count == first.index.count && $0.index[axis] == first.index[axis] }
                ? String(first.index[axis]) : "·"
        }
        return "\(first.step) [\(parts.joined(separator: ", "))]"
    }
}
