import Drawing
import Tensors
import Tracing
import Wording

/// What enters the first layer: each token's embedding plus the vector of its position, number by number.
public enum EmbeddingSum: TraceFigure {
    public static let id = "embedding-sum"
    public static let title = Phrase(en: "Meaning plus place", zh: "词义加位置")
    public static let scope = FigureScope.once
    public static let shows: [Label] = [.embed, .positionEmbed, .residualPre]

    public static func isPossible(_ request: FigureRequest) -> Bool {
        let names = [StepName(.embed), StepName(.positionEmbed), StepName.block(0, .residualPre)]
        return names.allSatisfy { request.trace[$0] != nil }
    }

    public static func slide(_ request: FigureRequest) throws -> Slide {
        let terms = try [
            Term(request, StepName(.embed), "X", .embedding), Term(request, StepName(.positionEmbed), "P", .position),
            Term(request, .block(0, .residualPre), "H", .residual),
        ]
        let scale = ValueScale.fitting(terms.flatMap { $0.rows.joined() })
        let row = request.focus
        let picture = Picture(terms: terms, labels: request.labels, row: row, scale: scale)
        let takeaway = takeaway(request, terms, picture.column)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "What a token is, and where it stands: two vectors of the same width, added number by number.",
                zh: "这个词元是什么、站在第几位：两个一样宽的向量，逐个数相加。"),
            here: MiniMap(.position),
            formula: Formula(#"\role{residual}{h_i} = \role{embedding}{x_i} + \role{position}{p_i}"#),
            takeaway: takeaway, legend: [ColorScale(scale)],
            altText: request.altText(
                Phrase(
                    en: "Three matrices: embeddings plus positions give what enters the first layer.",
                    zh: "三个矩阵：嵌入加位置，得到进入第一层的向量。"), takeaway)
        ) { _ in picture }
    }

    private static func takeaway(_ request: FigureRequest, _ terms: [Term], _ column: Int) -> Phrase {
        let row = request.focus
        let numbers = terms.map { Phrase($0.number(row, column)) }
        return Phrase(
            en: "“{token}” at position {row}, column {column}: {x} {p} = {h}.",
            zh: "位置 {row} 的“{token}”，第 {column} 列：{x} {p} = {h}。"
        ).filled([
            "token": Phrase(request.labels.indices.contains(row) ? request.labels[row].display : ""),
            "row": Phrase(String(row)), "column": Phrase(String(column)), "x": numbers[0],
            "p": Phrase(terms[1].signed(row, column)), "h": numbers[2],
        ])
    }
}

/// One of the three matrices of the sum.
private struct Term: Sendable {
    var rows: [[Float]]
    var letter: String
    var role: Role
    var name: String

    init(_ request: FigureRequest, _ name: StepName, _ letter: String, _ role: Role) throws {
        rows = try request.step(name).rowsByPosition
        self.letter = letter
        self.role = role
        self.name = name.description
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

/// The three matrices, aligned, with one row lit and one cell written out under each.
private struct Picture: Mark {
    var terms: [Term]
    var labels: [TokenLabel]
    var row: Int
    var scale: ValueScale
    /// The column that is written out.
    var column: Int

    init(terms: [Term], labels: [TokenLabel], row: Int, scale: ValueScale) {
        self.terms = terms
        self.labels = labels
        self.row = row
        self.scale = scale
        column = Self.telling(terms, row)
    }

    /// Of the first and the last column, which are always drawn, one whose rounded numbers add up, and where both
    /// terms weigh.
    private static func telling(_ terms: [Term], _ row: Int) -> Int {
        let width = terms[0].width
        let shown = Array(Set([0, width - 1].filter { $0 >= 0 && $0 < width })).sorted()
        let hundredths = { (value: Double) in (value * 100).rounded() }
        let exact = shown.filter { column in
            let values = terms.map { hundredths($0.value(row, column)) }
            return values[0] + values[1] == values[2]
        }
        let weight = { (column: Int) in min(abs(terms[0].value(row, column)), abs(terms[1].value(row, column))) }
        return (exact.isEmpty ? shown : exact).max { weight($0) < weight($1) } ?? 0
    }

    func extent(in space: Space) -> Extent { build(space).extent(in: space) }
    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        build(space).place(in: rect, space, onto: &canvas)
    }

    /// Side by side with as many columns as fit, or under each other where the page is narrow.
    private func build(_ space: Space) -> any Mark {
        let wide = space.density.cell.width
        let counts = wide >= 60 ? [12, 10, 8, 6, 5] : wide >= 46 ? [12, 10, 8, 6, 5, 4, 3] : [24, 16, 12, 8, 4]
        let side = counts.map { sideBySide(columns: $0) as any Mark }
        guard space.width < space.height * 1.4 else { return ThatFits { side } }
        let stacked = [16, 12, 10, 8, 6].map { stack(columns: $0) as any Mark }
        return ThatFits { wide > 46 ? stacked : stacked + side }
    }

    private func sideBySide(columns: Int) -> Grid {
        Grid(columns: 5, spacing: Size(18, 22)) {
            matrix(0, columns)
            Symbol("+")
            matrix(1, columns)
            Symbol("=")
            matrix(2, columns)
            cell(0)
            Symbol("+")
            cell(1)
            Symbol("=")
            cell(2)
        }
    }

    private func stack(columns: Int) -> Grid {
        Grid(columns: 3, spacing: Size(20, 14), alignment: .trailing) {
            Blank()
            matrix(0, columns)
            cell(0)
            Symbol("+")
            matrix(1, columns)
            cell(1)
            Symbol("=")
            matrix(2, columns)
            cell(2)
        }
    }

    private func matrix(_ index: Int, _ columns: Int) -> Matrix {
        let term = terms[index]
        return Matrix(term.rows).named(term.letter, term.role, Phrase(term.name))
            .rows(index == 1 ? labels.indices.map { TokenLabel(String($0)) } : labels)
            .axes(
                rows: index == 1 ? AxisWords.position.phrase : AxisWords.token.phrase,
                columns: AxisWords.width.phrase
            )
            .scaled(scale).elided(rows: terms[0].rows.count > 16 ? 10 : 16, columns: columns)
            .highlighting(row: row).highlighting(cell: row, column)
            .tagged(term.name) { [0, $0, $1] }
    }

    private func cell(_ index: Int) -> any Mark {
        let term = terms[index]
        return VStack(spacing: 4) {
            Text(term.number(row, column)).font(.mono(.heading)).color(term.role)
            Formula("\(term.letter)_{\(row),\(column)}").size(20).color(.role(term.role))
        }
    }
}
