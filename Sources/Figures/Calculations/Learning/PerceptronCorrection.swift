import Drawing
import Models
import Wording

/// One mistake of a perceptron and what its rule makes of it, number by number. Inputs may be named in a sixth argument:
/// `"weather, price, friend"`.
package enum PerceptronCorrection: CalculationFigure {
    package static let id = "perceptron-correction"
    package static let title = Phrase(en: "One mistake corrects a perceptron", zh: "感知机的一次修正")
    package static let example = "perceptron-correction([0.3, 0.5, 0.2], 0.6, [1, 0, 1], 1, 0.1)"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let weights = try given.vector(0, [0.3, 0.5, 0.2], count: 1...5)
        let threshold = try given.number(1, 0.6, in: -1000...1000)
        let inputs = try given.vector(2, [1, 0, 1], count: 1...5)
        let answer = try given.count(3, 1, in: 0...1)
        let rate = try given.number(4, 0.1, in: 0...100)
        try CalculationArguments.require(
            weights.count == inputs.count, Phrase(en: "expected as many inputs as weights", zh: "输入和权重的个数应相同"))
        let before = Perceptron(weights: weights, threshold: threshold)
        var after = before
        let names = try given.text(5, "").split { ",，、".contains($0) }.map {
            Phrase(String($0.drop { $0 == " " }))
        }
        try CalculationArguments.require(
            names.isEmpty || names.count == inputs.count,
            Phrase(en: "expected as many names as inputs", zh: "名称和输入的个数应相同"))
        let isWrong = after.learn(inputs, answer: answer == 1, rate: rate)
        let fires = before.fires(inputs)
        let values: KeyValuePairs<String, Phrase> = [
            "sum": Phrase(Numbers.plain(before.sum(inputs))), "threshold": Phrase(Numbers.plain(threshold)),
            "new": Phrase(Numbers.plain(after.sum(inputs))), "limit": Phrase(Numbers.plain(after.threshold())),
            "sign": Phrase(fires ? ">" : "≤"), "other": Phrase(after.fires(inputs) ? ">" : "≤"),
        ]
        let takeaway: Phrase =
            !isWrong
            ? Phrase(
                en: "{sum} {sign} {threshold}: the answer is right, and nothing changes.",
                zh: "{sum} {sign} {threshold}：答对了，什么都不改。")
            : after.fires(inputs) == (answer == 1)
                ? Phrase(
                    en: "{sum} {sign} {threshold} was wrong. After one correction {new} {other} {limit}: right.",
                    zh: "{sum} {sign} {threshold}，答错了。修正一次之后 {new} {other} {limit}：对了。")
                : Phrase(
                    en:
                        "{sum} {sign} {threshold} was wrong. After one correction {new} {other} {limit}: nearer, but still wrong.",
                    zh: "{sum} {sign} {threshold}，答错了。修正一次之后 {new} {other} {limit}：近了，但还不对。")
        let said = takeaway.filled(values)
        let rows = rows(before, after, inputs, names, error: isWrong ? (answer == 1 ? 1.0 : -1) : 0, rate: rate)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Only weights whose input was not 0 had a part in the mistake; only they are moved.",
                zh: "只有输入不为 0 的权重参与了这次错误，也只改它们。"),
            formula: Formula(
                #"w_i \gets w_i + \eta\, (y - \hat{y})\, x_i, \qquad \theta \gets \theta - \eta\, (y - \hat{y})"#),
            takeaway: said,
            altText: Phrase(
                en:
                    "A table of inputs {inputs}, weights {weights} and threshold, each with its correction and new value. {takeaway}",
                zh: "一张表：输入 {inputs}、权重 {weights} 和阈值，各有修正量和新值。{takeaway}"
            ).filled([
                "inputs": Phrase(Numbers.vector(inputs)), "weights": Phrase(Numbers.vector(weights)), "takeaway": said,
            ])
        ) { density in table(rows, density) }
    }

    /// Texts and whether they changed.
    private struct Row: Sendable {
        var name: Phrase
        var cells: [String]
        var changed = false
    }

    private static func rows(
        _ before: Perceptron, _ after: Perceptron, _ inputs: [Double], _ names: [Phrase], error: Double, rate: Double
    ) -> [Row] {
        let (old, new) = (before.weights(), after.weights())
        func plain(_ number: Double) -> String { Numbers.plain((number * 1e6).rounded() / 1e6) }
        let signed = { (number: Double) in number > 0 ? "+" + plain(number) : plain(number) }
        var rows = old.indices.map { place in
            Row(
                name: names.indices.contains(place)
                    ? names[place] : Phrase(en: "input \(place)", zh: "输入 \(place)"),
                cells: [
                    plain(inputs[place]), plain(old[place]), plain(inputs[place] * old[place]),
                    signed(rate * error * inputs[place]), plain(new[place]), plain(inputs[place] * new[place]),
                ], changed: error * inputs[place] != 0)
        }
        rows.append(
            Row(
                name: Phrase(en: "sum", zh: "合计"),
                cells: ["", "", plain(before.sum(inputs)), "", "", plain(after.sum(inputs))]))
        rows.append(
            Row(
                name: Phrase(en: "threshold", zh: "阈值"),
                cells: ["", plain(before.threshold()), "", signed(-rate * error), plain(after.threshold()), ""],
                changed: error != 0))
        return rows
    }

    private static func table(_ rows: [Row], _ density: Density) -> some Mark {
        let heads: [Phrase] = [
            Phrase(en: "reads x", zh: "输入 x"), Phrase(en: "weight w", zh: "权重 w"), Phrase("w × x"),
            Phrase(en: "correction", zh: "修正量"), Phrase(en: "new w", zh: "新的 w"),
            Phrase(en: "new w × x", zh: "新的 w × x"),
        ]
        let font = density.label
        let tracks =
            [Table.Track(gap: 0)]
            + heads.enumerated().map { place, head in
                Table.Track(
                    alignment: 1, gap: font.size * (place == 3 ? 3 : 1.8), head: Text(head).font(font.semibold).any)
            }
        return Table(
            rows.count, tracks, pitch: font.size * 2...font.size * 3.6, header: font.size * 2.4, fewest: rows.count
        ) { place, _ in
            let row = rows[place]
            return Table.Row(
                [Text(row.name).font(font).color(.muted).any]
                    + row.cells.enumerated().map { column, text in
                        guard !text.isEmpty else { return nil }
                        let tint: Tint =
                            column == 3 ? .role(.gradient) : row.changed && column > 3 ? .role(.value) : .ink
                        return Text(text).font(.mono(column > 3 && row.changed ? font.semibold : font)).color(tint).any
                    })
        }
    }
}
