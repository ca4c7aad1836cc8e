import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// The vector of each place in the text, and, where they are sines and cosines, the waves they are read from.
package enum PositionMatrix: TraceFigure {
    package static let id = "position-matrix"
    package static let title = Phrase(en: "Every position has a vector too", zh: "每个位置也有一个向量")
    package static let scope = FigureScope.once
    package static let isOfEachStack = true
    package static let shows: [Label] = [.positionEmbed]

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let step = try request.step(StepName(.positionEmbed, stack: request.stack))
        let rows = step.rowsByPosition
        let waves = request.trace[StepName(.positionTable, stack: request.stack)].flatMap { table in
            table.shape.rank == 2 && table.shape.count > 0 ? Waves(table, positions: rows.count) : nil
        }
        let strongest = VectorView.strongest(rows)
        var view = VectorView(
            rows: rows, labels: rows.indices.map { TokenLabel(String($0)) }, name: Symbols.position.matrix,
            words: Phrase(step.name.description), role: .position, rowAxis: AxisWords.position.phrase,
            step: step.name.description, lit: strongest.map { ($0.row, $0.column) })
        view.hasLens = waves == nil
        view.marked = waves?.columns ?? []
        let takeaway = takeaway(rows, strongest, waves)
        return Slide(
            id: id, title: title, subtitle: subtitle(isWave: waves != nil), here: MiniMap(.position, of: request),
            formula: formula(isWave: waves != nil),
            takeaway: takeaway, note: view.note, legend: [ColorScale(view.scale).any],
            altText: request.altText(
                Phrase(
                    en: "A matrix of {shape} {shape|number|numbers} as coloured cells, a row for each position.",
                    zh: "一个 {shape} 的矩阵，一行一个位置，数值用颜色表示。"
                ).filled(["shape": Phrase(Numbers.shape([rows.count, rows.first?.count ?? 0]))]), takeaway)
        ) { [view] density in
            guard let waves else { return view.any }
            return ThatFits {
                for most in density.isLast ? [VectorView.mostRows, 16, 10, 6, 4] : [VectorView.mostRows] {
                    VStack(.leading, spacing: density.gap) {
                        view.showing(most)
                        waves
                    }
                }
                if density.isLast { view.showing(8) }
            }.any
        }
    }

    private static func subtitle(isWave: Bool) -> Phrase {
        isWave
            ? Phrase(
                en: "Each column is a wave along the text, slower from left to right; together they name the place.",
                zh: "每一列都是沿着文字起伏的一条波，越往右越慢；合起来就标出了位置。")
            : Phrase(
                en: "Attention alone cannot see order; these learned numbers, one row a position, tell it.",
                zh: "注意力本身分不出先后；这些可学习的数，一行一个位置，把先后告诉它。")
    }

    private static func formula(isWave: Bool) -> Formula {
        isWave
            ? Formula(
                [("2j", "sin"), ("2j+1", "cos")].map { column, wave in
                    let angle = #"\frac{i}{10000^{2j/\#(Symbols.modelWidth.notation)}}"#
                    return "\(Symbols.position.at("i," + column)) = \\\(wave)\(angle)"
                }.joined(separator: #", \quad "#))
            : Formula("\(Symbols.position.at("i")) = \(Symbols.positionMatrix.row("i"))")
    }

    private static func takeaway(
        _ rows: [[Float]], _ strongest: (row: Int, column: Int, value: Float)?, _ waves: Waves?
    ) -> Phrase {
        guard let strongest else { return title }
        let values: KeyValuePairs<String, Phrase> = [
            "rows": Phrase(String(rows.count)), "width": Phrase(String(rows.first?.count ?? 0)),
            "row": Phrase(String(strongest.row)), "column": Phrase(String(strongest.column)),
            "value": Phrase(Numbers.fixed(Double(strongest.value))),
        ]
        if waves != nil, Set(rows).count == rows.count, rows.count > 1 {
            return Phrase(
                en:
                    "No two of these {rows} {rows|position|positions} have the same row, and nothing had to be learned.",
                zh: "这 {rows} 个位置没有两行是一样的，而这些数一个也不用学。"
            ).filled(values)
        }
        return Phrase(
            en: "Whatever the token: position {row} adds {value} in column {column}.",
            zh: "不管是什么词元，只要在位置 {row}，第 {column} 列就加上 {value}。"
        ).filled(values)
    }
}

/// A few columns of the position table as waves over the text's positions and beyond.
struct Waves: Mark {
    /// The columns that are drawn, fast ones first.
    var columns: [Int]
    /// How many positions the text has.
    var positions: Int
    /// `[column of columns][position]`
    var curves: [[Float]]
    var step: String

    /// No more positions than this, so that the fastest wave stays a wave.
    static let mostPositions = 64

    init(_ table: Step, positions: Int) {
        let width = table.shape[-1]
        let shown = min(table.shape[0], max(Self.mostPositions, positions))
        self.positions = positions
        step = table.name.description
        // Even columns are sines; each is this much slower than the one before.
        let chosen = [0, width / 8, width / 4, width / 2].map { $0 / 2 * 2 }
        columns = chosen.reduce(into: []) { if !$0.contains($1), $1 < width { $0.append($1) } }
        curves = columns.map { column in (0..<shown).map { table.tensor.cell([$0, column]) ?? .nan } }
    }

    private static func height(_ space: Space) -> Double { max(44, space.density.drawnCell.height * 1.25) }

    func extent(in space: Space) -> Extent {
        Extent(min(space.width, 1400), Double(columns.count) * Self.height(space) + 26)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let count = curves.first?.count ?? 0
        let names = columns.map { name($0, space) }
        let left = rect.minX + (names.map { space.width(of: $0, .small) }.max() ?? 0) + 52
        let x = { (position: Int) in
            left + (rect.maxX - 12 - left) * Double(position) / Double(max(1, count - 1))
        }
        let height = Self.height(space)
        for (index, curve) in curves.enumerated() {
            let middle = rect.minY + (Double(index) + 0.5) * height
            let y = { (value: Float) in middle - Double(value) * height * 0.36 }
            canvas.line(Point(left, middle), Point(rect.maxX - 12, middle), Stroke(theme.hairline, width: 1))
            canvas.text(
                names[index], at: Point(rect.minX, middle), .small, theme.accent(.position), .leading, in: space)
            for (value, words) in [(Float(1), "1"), (-1, "−1")] {
                canvas.text(
                    words, at: Point(left - 10, y(value)), .mono(.small), theme.muted, .trailing, in: space)
            }
            // A wave of the table lies between −1 and 1; what does not is left out of the line.
            let points = curve.indices.map { Point(x($0), y(max(-1.3, min(1.3, curve[$0])))) }
            let line = curve.indices.filter { curve[$0].isFinite }.map { points[$0] }
            canvas.stroke(.polyline(line), Stroke(theme.accent(.position), width: 2))
            for place in curve.indices where place < positions {
                if let odd = OddNumber(curve[place]) {
                    let box = Rect(points[place].x - 7, middle - 7, 14, 14)
                    canvas.odd(odd, in: box, tag: Tag(step: step, index: [place, columns[index]]), in: space)
                    continue
                }
                canvas.fill(
                    .circle(points[place], radius: 5), theme.highlight, stroke: Stroke(theme.paper, width: 1.5),
                    tag: Tag(step: step, index: [place, columns[index]]))
                canvas.hotSpot(
                    Rect(points[place].x - 8, points[place].y - 8, 16, 16), name(columns[index], space) + " · \(place)",
                    value: "\(curve[place])", tag: Tag(step: step, index: [place, columns[index]]))
            }
        }
        let base = rect.minY + Double(columns.count) * height + 14
        let every = max(1, Int(clamping: (Double(count) / 8).rounded(.up)))
        for place in stride(from: 0, to: count, by: every) {
            canvas.text(String(place), at: Point(x(place), base), .mono(.small), theme.muted, in: space)
        }
        canvas.text(
            space.text(AxisWords.position.phrase), at: Point(rect.minX, base), .small, theme.muted, .leading, in: space)
    }

    private func name(_ column: Int, _ space: Space) -> String {
        space.text(Phrase(en: "column \(column)", zh: "第 \(column) 列"))
    }
}
