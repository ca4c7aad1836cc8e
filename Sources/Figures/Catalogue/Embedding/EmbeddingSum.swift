import Drawing
import Tensors
import Tracing
import Wording

/// What enters the first layer: each token's embedding plus the vector of its position, number by number.
package enum EmbeddingSum: TraceFigure {
    package static let id = "embedding-sum"
    package static let title = Phrase(en: "Meaning plus place", zh: "词义加位置")
    package static let scope = FigureScope.once
    package static let isOfEachStack = true
    package static let shows: [Label] = [.embed, .positionEmbed, .residualPre]

    package static func isPossible(_ request: FigureRequest) -> Bool { terms(request) != nil }

    /// What is added, and at the end what comes out; nil where the trace holds no such sum.
    ///
    /// Some models normalise the sum before the first layer, or add more than a trace from elsewhere holds: the sum
    /// that is shown is one that its numbers bear out.
    private static func terms(_ request: FigureRequest) -> [Term]? {
        func term(_ label: Label, _ symbol: Symbols, block: Int? = nil) -> Term? {
            Term(request, StepName(label, block: block, stack: request.stack), symbol)
        }
        guard let words = term(.embed, .embedding), let places = term(.positionEmbed, .position) else {
            return nil
        }
        let summands = [words, places] + [term(.segmentEmbed, .segment)].compactMap { $0 }
        let results = [
            term(.residualPre, .stream, block: 0), term(.fullEmbed, .stream), term(.embedSum, .stream),
        ]
        return results.compactMap { $0 }.first { Term.isSum($0, of: summands) }.map { summands + [$0] }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let terms = terms(request) else {
            throw .unknownStep(StepName(.embedSum, stack: request.stack).description, nearest: [])
        }
        let hasKinds = terms.count > 3
        let scale = ValueScale.visible(
            terms.map { $0.rows }, rows: 16, columns: request.plan == nil ? 12 : .max)
        let row = request.focus
        let picture = Picture(
            terms: terms, labels: request.labels, row: row, scale: scale, plan: request.plan,
            isNarrow: request.style.canvas.width < request.style.canvas.height * 1.4)
        let takeaway = takeaway(request, terms, picture.column)
        return Slide(
            id: id, title: title,
            subtitle: hasKinds
                ? Phrase(
                    en: "What a token is, where it stands, and in which text: three vectors, added number by number.",
                    zh: "这个词元是什么、排在第几位、属于哪一句段：三个向量，逐个数相加。")
                : Phrase(
                    en: "What a token is, and where it stands: two vectors of the same width, added number by number.",
                    zh: "这个词元是什么、排在第几位：两个一样宽的向量，逐个数相加。"),
            here: MiniMap(.position, of: request),
            formula: Formula(
                "\(Symbols.stream.at("i")) = "
                    + terms.dropLast().map { $0.symbol.at("i") }.joined(separator: " + ")),
            takeaway: takeaway, legend: [ColorScale(scale).any],
            altText: request.altText(
                hasKinds
                    ? Phrase(
                        en: "Four matrices: embeddings plus positions plus segments give their sum.",
                        zh: "四个矩阵：词嵌入加位置加句段，得到它们的和。")
                    : Phrase(
                        en: "Three matrices: embeddings plus positions give what enters the first layer.",
                        zh: "三个矩阵：词嵌入加位置，得到进入第一层的向量。"), takeaway)
        ) { _ in picture }
    }

    private static func takeaway(_ request: FigureRequest, _ terms: [Term], _ column: Int) -> Phrase {
        let row = request.focus
        let others = terms.dropFirst().dropLast().map { $0.signed(row, column) }.joined(separator: " ")
        return Phrase(
            en: "{token} at position {row}, column {column}: {x} {p} {sign} {h}.",
            zh: "位置 {row} 的{token}，第 {column} 列：{x} {p} {sign} {h}。"
        ).filled([
            "token": request.label(at: row).spoken, "sign": Phrase(Term.sign(terms, row, column)),
            "row": Phrase(String(row)), "column": Phrase(String(column)),
            "x": Phrase(terms.first?.number(row, column) ?? ""), "p": Phrase(others),
            "h": Phrase(terms.last?.number(row, column) ?? ""),
        ])
    }
}

/// One of the matrices of the sum.
private struct Term: Sendable {
    var rows: [[Float]]
    var symbol: Symbols
    var name: String
    var role: Role { symbol.role ?? .residual }

    init?(_ request: FigureRequest, _ name: StepName, _ symbol: Symbols) {
        guard let step = request.trace[name], step.shape.rank == 3 else { return nil }
        rows = step.rowsByPosition
        self.symbol = symbol
        self.name = name.description
    }

    static func isSum(_ sum: Term, of terms: [Term]) -> Bool {
        guard terms.allSatisfy({ $0.rows.count == sum.rows.count && $0.width == sum.width }) else { return false }
        let largest = sum.rows.map { $0.greatestMagnitude }.max() ?? 0
        return sum.rows.indices.allSatisfy { row in
            (0..<sum.width).allSatisfy { column in
                let found = terms.reduce(0) { $0 + $1.value(row, column) }
                return abs(found - sum.value(row, column)) <= 1e-3 * max(largest, 1e-9)
            }
        }
    }

    /// Whether the numbers of one column add up as they are written.
    static func sign(_ terms: [Term], _ row: Int, _ column: Int) -> String {
        let values = terms.map { $0.value(row, column) }
        return ShownArithmetic.sign(sum: values.dropLast(), values.last ?? .nan)
    }

    var width: Int { rows.first?.count ?? 0 }

    func value(_ row: Int, _ column: Int) -> Double {
        guard rows.indices.contains(row), rows[row].indices.contains(column) else { return .nan }
        return Double(rows[row][column])
    }

    func number(_ row: Int, _ column: Int) -> String { Numbers.fixed(value(row, column)) }

    /// With its sign as an operator: `+ 0.03`, `− 0.03`.
    func signed(_ row: Int, _ column: Int) -> String {
        let number = value(row, column)
        return (number < 0 ? "− " : "+ ") + Numbers.fixed(abs(number))
    }
}

/// The matrices, aligned, with one row lit and one cell written out under each.
private struct Picture: ComposedMark {
    var terms: [Term]
    var labels: [TokenLabel]
    var row: Int
    var scale: ValueScale
    /// Of the page, not of the room that is left: it must not change between measuring and placing.
    var isNarrow: Bool
    /// What the page's story draws.
    var plan: StoryPlan?
    /// The column that is written out.
    var column: Int

    init(
        terms: [Term], labels: [TokenLabel], row: Int, scale: ValueScale, plan: StoryPlan?, isNarrow: Bool
    ) {
        self.plan = plan?.count == labels.count ? plan : nil
        self.isNarrow = isNarrow
        self.terms = terms
        self.labels = labels
        self.row = row
        self.scale = scale
        column = Self.telling(terms, row)
    }

    /// Of the first and the last column, which are always drawn, one whose rounded numbers add up, and where both
    /// terms weigh.
    private static func telling(_ terms: [Term], _ row: Int) -> Int {
        let width = terms.first?.width ?? 0
        let shown = Array(Set([0, width - 1].filter { $0 >= 0 && $0 < width })).sorted()
        let exact = shown.filter { Term.sign(terms, row, $0) == "=" }
        let weight = { (column: Int) in terms.dropLast().map { abs($0.value(row, column)) }.min() ?? 0 }
        return (exact.isEmpty ? shown : exact).max { weight($0) < weight($1) } ?? 0
    }

    /// Side by side with as many columns as fit, or under each other where the page is narrow.
    func build(_ space: Space) -> AnyMark {
        if let plan {
            let window = TokenWindow(count: plan.count, named: [row], plan: plan)
            return ThatFits {
                for budget in window.budgets(at: space.density) {
                    let shown = window.shown(budget)
                    Fullest {
                        sideBySide(columns: StoryPlan.columns[0], showing: shown)
                        VStack(.trailing, spacing: 6) {
                            for index in terms.indices {
                                HStack(spacing: 10) {
                                    if index > 0 { sign(index) }
                                    matrix(index, StoryPlan.columns[0], isStacked: true, showing: shown)
                                }
                            }
                        }
                    }
                }
            }.any
        }
        let wide = space.density.cell.width
        let widest = terms.count > 3 ? 7 : 12
        let all = wide >= 60 ? [12, 10, 8, 6, 5] : wide >= 46 ? [12, 10, 8, 6, 5, 4, 3] : [24, 16, 12, 8, 4]
        let counts = all.filter { wide < 46 || $0 <= widest } + (wide == 46 ? [2] : [])
        // Rows are left out where cells would lose their numbers, and where a page would be refused.
        let count = labels.count
        let few = [10, 8, 6, 5, 4].filter { $0 < min(count, 16) }
        let most = [count > 16 ? 10 : 16] + (space.density.isLast || isNarrow && wide == 46 ? few : [])
        let rows = most.map { Elision(count, most: $0, keeping: row).shown }
        let side = rows.flatMap { shown in counts.map { sideBySide(columns: $0, showing: shown).any } }
        guard isNarrow || count == 1 else { return ThatFits { side }.any }
        let stacked = rows.flatMap { shown in [16, 12, 10, 8, 6, 4].map { stack(columns: $0, showing: shown).any } }
        // Single rows leave a wide page empty side by side.
        guard isNarrow else {
            return Fullest {
                ThatFits { stacked }
                ThatFits { side }
            }.any
        }
        return ThatFits { wide > 46 ? stacked : stacked + side }.any
    }

    /// `+` before every term but the first, `=` before the last.
    private func sign(_ index: Int, _ equals: String = "=") -> Symbol {
        Symbol(index == terms.count - 1 ? equals : "+")
    }

    private func sideBySide(columns: Int, showing shown: [Int]? = nil) -> Grid {
        let equals = Term.sign(terms, row, column)
        let lines: [((Int) -> AnyMark, String)] = [
            ({ matrix($0, columns, showing: shown).any }, "="), ({ cell($0) }, equals),
        ]
        return Grid(columns: 2 * terms.count - 1, spacing: Size(18, 22)) {
            lines.flatMap { line, equals in
                terms.indices.flatMap { index -> [AnyMark] in
                    index > 0 ? [sign(index, equals).any, line(index)] : [line(index)]
                }
            }
        }
    }

    private func stack(columns: Int, showing shown: [Int]) -> Grid {
        Grid(columns: 3, spacing: Size(20, 14), alignment: .trailing) {
            terms.indices.flatMap { index -> [AnyMark] in
                [
                    index > 0 ? sign(index).any : Blank().any,
                    matrix(index, columns, isStacked: true, showing: shown).any,
                    cell(index),
                ]
            }
        }
    }

    private func matrix(
        _ index: Int, _ columns: Int, isStacked: Bool = false, showing shown: [Int]? = nil
    ) -> Matrix {
        let term = terms[index]
        return Matrix(term.rows).named(term.symbol.matrix, term.role, Phrase(term.name))
            .rows(index == 1 ? labels.indices.map { TokenLabel(String($0)) } : labels)
            .axes(
                rows: plan != nil ? nil : index == 1 ? AxisWords.position.phrase : AxisWords.token.phrase,
                // Under each other the columns are the same: named once.
                columns: isStacked && index < terms.count - 1 ? nil : AxisWords.width.phrase
            )
            .scaled(scale).elided(columns: columns).showing(rows: shown)
            .vectors(.horizontal)
            .highlighting(row: row).highlighting(cell: row, column)
            .tagged(term.name) { [0, $0, $1] }
    }

    private func cell(_ index: Int) -> AnyMark {
        let term = terms[index]
        return VStack(spacing: 4) {
            Text(term.number(row, column)).font(.mono(.heading)).color(term.role)
                .tagged(Tag(step: term.name, index: [0, row, column]))
            Formula(term.symbol.at("\(row),\(column)")).size(20)
        }.any
    }
}
