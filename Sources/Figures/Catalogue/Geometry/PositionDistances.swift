import Drawing
import Tensors
import Tracing
import Wording

/// How alike the vectors of two positions are: the cosine of every pair, and its mean by how far they lie apart.
package enum PositionDistances: TraceFigure {
    package static let id = "position-distances"
    package static let title = Phrase(en: "How alike are two positions?", zh: "两个位置有多像？")
    package static let scope = FigureScope.once
    package static let isOfEachStack = true
    package static let shows: [Label] = [.positionEmbed]

    /// So many positions are compared where the text is shorter and the model's table has them.
    private static let usual = 16
    private static let most = 64

    package static func isPossible(_ request: FigureRequest) -> Bool { (rows(request)?.cells.count ?? 0) > 1 }

    /// The table that positions are read from, as far as the text goes and a little farther; else the text's own.
    private static func rows(_ request: FigureRequest) -> (cells: [[Float]], step: Step, isTable: Bool)? {
        guard let own = request.trace[StepName(.positionEmbed, stack: request.stack)], own.rows > 0 else { return nil }
        let cells = own.rowsByPosition
        for label in [Label.positions, .positionTable] {
            for stack in [request.stack, .single] {
                guard let table = request.trace[StepName(label, stack: stack)], table.shape.rank == 2,
                    table.shape[0] >= cells.count, table.shape[1] == cells[0].count, table.row(0) == cells[0]
                else { continue }
                let count = min(table.shape[0], most, max(cells.count, usual))
                return ((0..<count).map { table.row($0) }, table, true)
            }
        }
        return (Array(cells.prefix(most)), own, false)
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let (cells, step, _) = rows(request), cells.count > 1 else {
            throw request.missing(.positionEmbed, block: .some(nil))
        }
        let cosines = cells.map { left in cells.map { Float(left.cosine($0)) } }
        let means = (0..<cells.count).map { apart -> Double in
            let pairs = (0..<cells.count - apart).map { Double(cosines[$0][$0 + apart]) }.filter { $0.isFinite }
            return pairs.isEmpty ? .nan : pairs.reduce(0, +) / Double(pairs.count)
        }
        let takeaway = takeaway(means)
        let labels = cells.indices.map { TokenLabel(String($0)) }
        let scale = ValueScale.diverging(limit: 1)
        let name = step.name.description
        let window = TokenWindow(count: cells.count, named: [0])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The cosine of the vectors of every two of positions 0 to {last}: 1 where they point the same way.",
                zh: "位置 0 到 {last} 两两向量之间的余弦：方向相同时为 1。"
            ).filled(["last": Phrase(String(cells.count - 1))]),
            here: MiniMap(.position, of: request),
            formula: Formula(
                #"\cos(\#(Symbols.position.at("i")), \#(Symbols.position.at("j"))) = \frac{\#(Symbols.position.at("i"))\cdot\#(Symbols.position.at("j"))}{|\#(Symbols.position.at("i"))|\,|\#(Symbols.position.at("j"))|}"#
            ),
            takeaway: takeaway, legend: [ColorScale(scale, Phrase(en: "cosine", zh: "余弦")).any],
            altText: request.altText(
                Phrase(
                    en:
                        "A square of {count} by {count} {count|cell|cells}, dark blue on the diagonal, and a curve of the mean cosine from distance 0 to {last}.",
                    zh: "{count} 乘 {count} 的方格表，对角线为深蓝；旁边是平均余弦随距离 0 到 {last} 变化的曲线。"
                ).filled(["count": Phrase(String(cells.count)), "last": Phrase(String(cells.count - 1))]), takeaway),
            densities: Density.fine
        ) { density in
            Adaptive { space in
                let square = { (shown: [Int]) in
                    Matrix(cosines).rows(labels).columns(labels).showing(rows: shown, columns: shown).scaled(scale)
                        .axes(rows: AxisWords.position.phrase, columns: AxisWords.position.phrase).withoutShape()
                        .explained { "cos(\(name)[\($0)], \(name)[\($1)])" }
                }
                let all = square(Array(cells.indices))
                let some = square(window.shown(24))
                let curve = DistanceCurve(means: means)
                let isWide = space.width > space.height * 1.2
                return ThatFits {
                    for matrix in density.cell.width > 20 ? [all] : [all, some] {
                        if isWide {
                            HStack(.middle, spacing: 40) {
                                matrix
                                curve
                            }
                        } else {
                            VStack(spacing: 30) {
                                matrix
                                curve
                            }
                        }
                    }
                    if density.cell == Density.fine.last?.cell { some }
                }.any
            }.steady()
        }
    }

    private static func takeaway(_ means: [Double]) -> Phrase {
        let far = means.count - 1
        let text = { (value: Double) in Phrase(Numbers.fixed(value)) }
        guard far > 1 else {
            return Phrase(
                en: "The vectors of positions 0 and 1 have a cosine of {near}.", zh: "位置 0 与位置 1 的向量余弦为 {near}。"
            )
            .filled(["near": text(means[far])])
        }
        let middle = max(2, far / 2)
        // Falling all the way, or whatever it is: the numbers say it.
        let falls = zip(means.dropFirst(), means.dropFirst(2)).allSatisfy { $0 >= $1 - 0.005 }
        let phrase =
            falls
            ? Phrase(
                en:
                    "The farther apart, the less alike: neighbours {near} on average, {middle} apart {there}, {far} apart {end}.",
                zh: "离得越远越不像：相邻平均 {near}，相距 {middle} 为 {there}，相距 {far} 为 {end}。")
            : Phrase(
                en:
                    "Neighbours have a cosine of {near} on average, positions {middle} apart {there}, {far} apart {end}.",
                zh: "相邻位置的余弦平均 {near}，相距 {middle} 为 {there}，相距 {far} 为 {end}。")
        return phrase.filled([
            "near": text(means[1]), "middle": Phrase(String(middle)), "there": text(means[middle]),
            "far": Phrase(String(far)), "end": text(means[far]),
        ])
    }
}

/// The mean cosine by distance.
private struct DistanceCurve: Mark {
    var means: [Double]

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent { Extent(330, 210) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let low = min(0, means.filter { $0.isFinite }.min() ?? 0)
        let steps = means.indices.map { Double($0) }
        let room = Rect(rect.minX, rect.minY, rect.width, max(60, rect.height - 44))
        let chart = Chart(
            in: room, Phrase(en: "mean cosine", zh: "平均余弦"), x: AxisScale(steps: steps),
            y: AxisScale(min(low, -0.0001)...1), right: 20, space)
        chart.values(&canvas)
        let curve = Chart.Curve(steps, means, theme.accent(.position), width: 3.5)
        chart.draw(curve, &canvas)
        if means.count <= 24 {
            for (step, mean) in means.enumerated() where mean.isFinite {
                let point = chart.point(Double(step), mean)
                canvas.fill(.circle(point, radius: 5), theme.accent(.position))
                canvas.hotSpot(
                    Rect(point.x - 6, point.y - 6, 12, 12),
                    space.text(Phrase(en: "\(step) apart", zh: "相距 \(step)")), value: "\(mean)")
            }
        }
        chart.steps(under: chart.area.maxY, name: Phrase(en: "distance", zh: "距离"), &canvas)
    }
}
