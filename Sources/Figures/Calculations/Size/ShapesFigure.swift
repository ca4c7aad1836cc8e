import Drawing
import Wording

/// What becomes of a shape through attention, the error that a wrong one gives, and both ways to mend it.
package enum ShapesFigure: CalculationFigure {
    package static let id = "shapes"
    package static let title = Phrase(en: "Shapes through attention", zh: "形状在注意力里怎么变")
    package static let example = "shapes(2, 10, 512, 8)"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let batch = try given.count(0, 2, in: 1...65_536)
        let length = try given.count(1, 10, in: 1...65_536)
        let width = try given.count(2, 512, in: 1...65_536)
        let heads = try given.count(3, 8, in: 1...1024)
        try CalculationArguments.require(
            width % heads == 0,
            Phrase(
                en: "\(width) numbers cannot be shared evenly among \(heads) heads", zh: "\(width) 维不能平均分给 \(heads) 个头")
        )
        let own = width / heads
        let takeaway =
            heads > 1
            ? Phrase(
                en:
                    "A head has {own} of the {width} {width|column|columns}. Its output times a matrix of {square} does not go ({own} ≠ {width}): join the heads first, or use a matrix of {low} × {width}.",
                zh: "每个头分到 {width} 列里的 {own} 列。单头输出直接乘 {square} 的矩阵不行（{own} ≠ {width}）：要么先拼接各头，要么用 {low} × {width} 的矩阵。"
            )
            : Phrase(
                en: "With one head nothing is split: {own} = {width}, and every product fits.",
                zh: "只有一个头就不用拆分：{own} = {width}，每次乘法都对得上。")
        let said = takeaway.filled([
            "own": Phrase("\(own)"), "width": Phrase("\(width)"), "square": Phrase(Numbers.shape([width, width])),
            "low": Phrase("\(own)"),
        ])
        let rows = rows(batch, length, width, heads)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "{batch} {batch|sentence|sentences} of {length} {length|token|tokens}, {width} {width|number|numbers} each, {heads} {heads|head|heads}.",
                zh: "{batch} 句话，每句 {length} 个词元，每个词元 {width} 个数，{heads} 个头。"
            ).filled([
                "batch": Phrase("\(batch)"), "length": Phrase("\(length)"), "width": Phrase("\(width)"),
                "heads": Phrase("\(heads)"),
            ]),
            formula: Formula(#"(a \times \role{value}{b}) (\role{value}{b} \times c) \to (a \times c)"#),
            takeaway: said,
            altText: Phrase(
                en: "A ladder of shapes: {shapes}. {takeaway}", zh: "形状依次为：{shapes}。{takeaway}"
            ).filled([
                "shapes": Phrase(
                    rows.map { "(" + $0.shape.map { "\($0)" }.joined(separator: ", ") + ")" }.joined(separator: " → ")),
                "takeaway": said,
            ])
        ) { density in
            Adaptive { space in
                let font = density.label
                // Further apart where the page is wide.
                let gap = font.size * 1.6 * density.spread.width
                let tracks = [Table.Track(), Table.Track(alignment: 0, gap: gap), Table.Track(alignment: 0, gap: gap)]
                return Table(rows.count, tracks, pitch: font.size * 1.8...font.size * 2.1, fewest: rows.count) {
                    place, _ in
                    let row = rows[place]
                    return Table.Row(
                        [
                            Text(row.name).font(row.isWrong || row.isRepair ? font.semibold : font)
                                .color(row.isWrong ? .role(.gradient) : row.isRepair ? .role(.value) : .ink).any,
                            Text("(" + row.shape.map { "\($0)" }.joined(separator: ", ") + ")").font(.mono(font))
                                .color(row.isWrong ? .role(.gradient) : .ink).any,
                            Text(row.sum).font(.mono(.small)).color(.muted).any,
                        ])
                }.any
            }
        }
    }

    private struct Row: Sendable {
        var name: Phrase
        var shape: [Int]
        var sum = ""
        var isWrong = false
        var isRepair = false
    }

    private static func rows(_ batch: Int, _ length: Int, _ width: Int, _ heads: Int) -> [Row] {
        let own = width / heads
        var rows = [
            Row(name: Phrase(en: "input", zh: "输入"), shape: [batch, length, width]),
            Row(
                name: Phrase(en: "Q, K, V", zh: "Q、K、V"), shape: [batch, length, width],
                sum: "× \(Numbers.shape([width, width]))"),
            Row(
                name: Phrase(en: "split into heads", zh: "拆成多头"), shape: [batch, heads, length, own],
                sum: "\(width) = \(heads) × \(own)"),
            Row(
                name: Phrase(en: "scores Q Kᵀ", zh: "得分 Q Kᵀ"), shape: [batch, heads, length, length],
                sum: "(\(length) × \(own)) (\(own) × \(length))"),
            Row(
                name: Phrase(en: "a head's output", zh: "各头输出"), shape: [batch, heads, length, own],
                sum: "(\(length) × \(length)) (\(length) × \(own))"),
        ]
        if heads > 1 {
            rows.append(
                Row(
                    name: Phrase(en: "wrong: one head × W", zh: "错误：单头 × W"), shape: [batch, length, own],
                    sum: "× \(Numbers.shape([width, width])): \(own) ≠ \(width)", isWrong: true))
            rows.append(
                Row(
                    name: Phrase(en: "mended: join the heads", zh: "改法一：先拼接"), shape: [batch, length, width],
                    sum: "\(heads) × \(own) = \(width), × \(Numbers.shape([width, width]))", isRepair: true))
            rows.append(
                Row(
                    name: Phrase(en: "or a narrower matrix", zh: "改法二：换窄矩阵"), shape: [batch, length, width],
                    sum: "(\(length) × \(own)) (\(own) × \(width))", isRepair: true))
        } else {
            rows.append(
                Row(
                    name: Phrase(en: "output", zh: "输出"), shape: [batch, length, width],
                    sum: "× \(Numbers.shape([width, width]))"))
        }
        return rows
    }
}
