import Drawing
import Tensors
import Tracing
import Wording

/// The operands of one number as cells, and under them the arithmetic with the result.
struct ExplainPicture: ComposedMark {
    var trace: Trace
    var arithmetic: Arithmetic
    private var scales: [StepName: ValueScale] = [:]

    private var explanation: Explanation { arithmetic.explanation }

    init(_ trace: Trace, _ arithmetic: Arithmetic) {
        self.trace = trace
        self.arithmetic = arithmetic
        for name in arithmetic.explanation.inputs + [arithmetic.explanation.step] {
            let isShare = name.label == .pattern || name.label == .probabilities
            let isWhole = trace[name]?.isInteger == true
            scales[name] = isWhole ? ValueScale.none : isShare ? .probability : Self.scale(trace[name], arithmetic)
        }
    }

    /// The step's own range, so that a lone cell has the colour that it has in its matrix.
    private static func scale(_ step: Step?, _ arithmetic: Arithmetic) -> ValueScale {
        guard let step, step.tensor.count <= 1 << 20 else {
            return .fitting(arithmetic.explanation.terms.map { Float($0.value) })
        }
        return step.tensor.withUnsafeBuffer { ValueScale.fitting($0) }
    }

    /// Whether cells are wide enough for a third decimal.
    private var hasThird = true

    func build(_ space: Space) -> AnyMark {
        var picture = self
        picture.hasThird = space.density.cell.width >= 60
        return picture.pictures(space)
    }

    private func pictures(_ space: Space) -> AnyMark {
        ThatFits {
            for columns in [12, 10, 8, 7, 6, 5, 4, 3] {
                for size in [30.0, 25, 21, 18] { picture(columns, size, isShort: false, space) }
            }
            // On a low page the arithmetic stands in letters only, under the picture.
            if space.density.cell.width <= 46 {
                for columns in [12, 10, 8, 6, 5, 4, 3] { picture(columns, 21, isShort: true, space) }
            }
        }.any
    }

    private func picture(_ columns: Int, _ size: Double, isShort: Bool, _ space: Space) -> AnyMark {
        let isGiven = explanation.terms.isEmpty
        let numbers = numbers(size, isShort: isShort && !isGiven, space)
        if let (pairs, rest) = explanation.expression.products, !isGiven {
            let sum = Products(pairs, rest, arithmetic)
            if isShort { return shortProducts(sum, columns, numbers, space) }
            let table = products(sum, columns, space)
            return Fullest {
                VStack(spacing: space.density.gap) { [table, numbers] }
                HStack(.middle, spacing: space.density.gap * 1.4) { [table, numbers] }
            }.any
        }
        return VStack(spacing: space.density.gap) {
            if !isGiven { operands(columns, space) }
            numbers
        }.any
    }

    // MARK: Arithmetic

    /// `= 0.12 · 0.5 + ⋯ = −0.31`, the result in the colour of its step.
    private func numbers(_ size: Double, isShort: Bool, _ space: Space) -> AnyMark {
        let symbol = StepSymbol.of(explanation.step)
        let letter = Formula(Arithmetic.letter(explanation.step, explanation.index)).size(size)
        let isGiven = explanation.terms.isEmpty
        var lines: [AnyMark] = [letter.any]
        if !isGiven, !isShort, arithmetic.inNumbers != Arithmetic.number(explanation.value) {
            lines.append(Symbol("=").any)
            lines.append(Formula(arithmetic.inNumbers).size(size).any)
        }
        if let simplified = arithmetic.simplified {
            lines.append(Symbol("=").any)
            lines.append(Formula(simplified).size(size).any)
        }
        lines.append(Symbol("=").any)
        lines.append(result(symbol.role, size))
        return Flow(spacing: Size(14, 14), centred: true, lines).any
    }

    private func result(_ role: Role, _ size: Double) -> AnyMark {
        let value = explanation.value
        let tag = Tag(step: explanation.step.description, index: explanation.index)
        // A cell's decimals would all be zero.
        if value != 0, abs(value) < 0.001, value.isFinite, trace[explanation.step]?.isInteger != true {
            return Text(Arithmetic.words(value)).font(.mono(Font(size: size))).tagged(tag)
                .padding(Insets(horizontal: 16, vertical: 8))
                .panel(fill: .paper, frame: .role(role), lineWidth: 2).any
        }
        return Matrix([[Float(value)]]).named(nil, role).withoutShape()
            .scaled(scales[explanation.step] ?? .none).digits(digits(value, explanation.step))
            .cell(Size(max(96, size * 3.6), size * 1.9))
            .tagged(explanation.step.description) { [index = explanation.index] _, _ in index }.any
    }

    /// Small numbers with a third decimal, so that they are not all 0.00.
    private func digits(_ values: [Float]) -> Matrix.Digits {
        guard hasThird else { return .automatic }
        let finite = values.filter { $0.isFinite }.map { abs($0) }
        let small = finite.count { $0 > 0 && $0 < 0.1 }
        return (finite.max() ?? 0) < 10 && small * 2 >= finite.count && small > 0 ? .decimals(3) : .automatic
    }

    private func digits(_ value: Double, _ name: StepName) -> Matrix.Digits {
        trace[name]?.isInteger == true ? .decimals(0) : .decimals(Arithmetic.decimals(value))
    }

    // MARK: Sums of products

    /// Two rows of factors, the row of their products under them; what is added besides stands at the right.
    private func products(_ sum: Products, _ columns: Int, _ space: Space) -> AnyMark {
        let role = StepSymbol.of(explanation.step).role
        return HStack(.axis, spacing: space.density.gap * 0.8) {
            // Cells stand under the cells they are multiplied by, however long the rows' names are.
            Grid(columns: 2, spacing: Size(12, 10), alignment: .leading) {
                Blank(1, 1)
                row(sum.left, columns).columns(sum.heads)
                Symbol("×")
                row(sum.right, columns)
                Symbol("=")
                cells(sum.results, columns).named(words: Products.name, role).scaled(.fitting(sum.results))
                    .digits(digits(sum.results))
            }
            totals(sum, space)
        }.any
    }

    /// The same on a low page: the names beside the rows, the result beside the sums.
    private func shortProducts(_ sum: Products, _ columns: Int, _ result: AnyMark, _ space: Space) -> AnyMark {
        let role = StepSymbol.of(explanation.step).role
        let name = { (cells: [Cell]) in Text(Cell.pattern(cells)).font(.small).color(.muted) }
        return HStack(.axis, spacing: space.density.gap) {
            Grid(columns: 3, spacing: Size(12, 6), alignment: .trailing) {
                name(sum.left)
                Blank(1, 1)
                row(sum.left, columns, isNamed: false).columns(sum.heads)
                name(sum.right)
                Symbol("×")
                row(sum.right, columns, isNamed: false)
                Text(Products.name).font(.small).color(.muted)
                Symbol("=")
                cells(sum.results, columns).named(nil, role).scaled(.fitting(sum.results))
                    .digits(digits(sum.results))
            }
            VStack(.leading, spacing: 10) {
                totals(sum, space)
                result
            }
        }.any
    }

    private func totals(_ sum: Products, _ space: Space) -> VStack {
        VStack(.leading, spacing: 10) {
            total(Phrase(en: "sum of the products", zh: "乘积之和"), sum.total, nil, space)
            sum.rest.map { cell -> AnyMark in total(Phrase("+ \(cell.step)"), cell.value, cell, space) }
        }
    }

    private func total(_ words: Phrase, _ value: Double, _ cell: Cell?, _ space: Space) -> AnyMark {
        let role = cell.map { StepSymbol.of($0.step).role } ?? StepSymbol.of(explanation.step).role
        let text = Text(Arithmetic.words(value)).font(.mono(.heading)).color(role)
        return VStack(.leading, spacing: 2) {
            Text(words).font(.small).color(.muted)
            cell.map { text.tagged(Tag(step: $0.step.description, index: $0.index)) } ?? text
        }.any
    }

    // MARK: Other operations

    /// One row of cells for each step that was read.
    private func operands(_ columns: Int, _ space: Space) -> AnyMark {
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
        let marks = groups.map { group -> AnyMark in
            var matrix = row(group.cells, columns)
            if let axis = Cell.varyingAxis(group.cells) {
                matrix = matrix.columns(
                    group.cells.map { TokenLabel($0.index.indices.contains(axis) ? String($0.index[axis]) : "") })
            }
            for place in group.repeated { matrix = matrix.highlighting(cell: 0, place) }
            return matrix.any
        }
        // Rows stand under each other, lone numbers side by side.
        let rows = zip(groups, marks).filter { $0.0.cells.count > 1 }.map { $0.1 }
        var lone = zip(groups, marks).filter { $0.0.cells.count == 1 }.map { $0.1 }
        // A norm of all gradients reads a number of every parameter.
        if lone.count > 12 {
            lone = Array(lone.prefix(5)) + [ElisionMark(count: lone.count - 8).any] + Array(lone.suffix(3))
        }
        let gap = space.density.gap
        return VStack(spacing: gap * 0.6) {
            rows
            if !lone.isEmpty { Flow(spacing: Size(gap * 1.4, gap * 0.6), centred: true, lone) }
        }.any
    }

    // MARK: Rows

    private func row(_ cells: [Cell], _ columns: Int, isNamed: Bool = true) -> Matrix {
        guard let first = cells.first else { return self.cells([], columns) }
        let symbol = StepSymbol.of(first.step)
        let isWhole = trace[first.step]?.isInteger == true
        // A lone small number, such as a gradient, is shown with its own digits.
        let isSmall = cells.count == 1 && first.value != 0 && abs(first.value) < 0.1
        let digits: Matrix.Digits =
            isWhole
            ? .decimals(0)
            : isSmall ? .decimals(Arithmetic.decimals(first.value)) : digits(cells.map { Float($0.value) })
        let values = cells.map { Float($0.value) }
        let isMasked = trace.place(of: first.step).flatMap { trace.hiddenCells(of: $0) } != nil
        let plain = self.cells(values, columns).hiding(isMasked ? [values] : [])
        return (isSmall ? plain.cellScaled(2, 1) : plain)
            .named(isNamed ? symbol.notation : nil, symbol.role, isNamed ? Phrase(Cell.pattern(cells)) : nil)
            .scaled(scales[first.step] ?? .none).digits(digits)
            .tagged(first.step.description) { $1 < cells.count ? cells[$1].index : [] }
    }

    private func cells(_ values: [Float], _ columns: Int) -> Matrix {
        Matrix([values]).withoutShape().elided(columns: columns)
    }
}

/// A sum of products as three rows of cells: the factors, and what each pair comes to.
private struct Products {
    var left: [Cell]
    var right: [Cell]
    var results: [Float]
    /// What is added besides: a bias.
    var rest: [Cell]
    /// The index along which the sum runs.
    var heads: [TokenLabel]

    static let name = Phrase(en: "products", zh: "乘积")

    init(_ pairs: [(left: Expression, right: Expression)], _ rest: [Expression], _ arithmetic: Arithmetic) {
        left = pairs.compactMap { arithmetic.cell($0.left) }
        right = pairs.compactMap { arithmetic.cell($0.right) }
        results = pairs.map { Float(arithmetic.value(.product([$0.left, $0.right]))) }
        self.rest = rest.compactMap { arithmetic.cell($0) }
        let axis = Cell.varyingAxis(left)
        heads = left.enumerated().map { place, cell in
            TokenLabel(String(axis.flatMap { cell.index.indices.contains($0) ? cell.index[$0] : nil } ?? place))
        }
    }

    var total: Double { results.reduce(0) { $0 + Double($1) } }
}
