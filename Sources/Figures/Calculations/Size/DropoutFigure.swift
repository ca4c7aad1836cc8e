import Drawing
import Tensors
import Tracing
import Wording

/// A seeded mask of zeros over numbers, and what is left made larger.
package enum DropoutFigure: CalculationFigure {
    package static let id = "dropout"
    package static let title = Phrase(en: "Dropout: a different part switched off each time", zh: "Dropout：每次随机关掉一部分")
    package static let example =
        "dropout([[1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5], [1, 1, 2, 2, 3, 3], [4, 4, 2, 2, 1, 1]], 0.5, 1)"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let usual: [[Double]] = [[1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5], [1, 1, 2, 2, 3, 3], [4, 4, 2, 2, 1, 1]]
        let numbers = try given.matrix(0, usual, rows: 1...8, columns: 1...10)
        let rate = try given.number(1, 0.5, in: 0...0.9)
        let seed = try given.count(2, 1, in: 0...1_000_000)
        let columns = numbers[0].count
        let operation = Dropout(rate: rate, seed: UInt64(max(0, seed)))
        let tensor = try Tensor([numbers.count, columns], numbers.joined().map { Float($0) })
        let after = try operation.evaluate([tensor]).scalars
        let factors = (0..<tensor.count).map { operation.factor(at: $0) }
        let zeros = factors.count { $0 == 0 }
        let (sum, left) = (numbers.joined().reduce(0, +), after.reduce(0) { $0 + Double($1) })
        let takeaway = Phrase(
            en:
                "{zeros} of {all} {all|number|numbers} are dropped ({share}; {rate} expected); the others become {factor} times as large. Their sum: {sum} before, {left} after.",
            zh: "{all} 个数里丢掉了 {zeros} 个（{share}，期望 {rate}），其余乘以 {factor}。总和：之前 {sum}，之后 {left}。"
        ).filled([
            "zeros": Phrase("\(zeros)"), "all": Phrase("\(factors.count)"), "rate": Phrase(Numbers.percent(rate)),
            "share": Phrase(Numbers.percent(Double(zeros) / Double(max(1, factors.count)))),
            "factor": Phrase(Numbers.significant(1 / (1 - rate))), "sum": Phrase(Numbers.significant(sum)),
            "left": Phrase(Numbers.significant(left)),
        ])
        let result = stride(from: 0, to: after.count, by: columns).map { Array(after[$0..<$0 + columns]) }
        let mask = stride(from: 0, to: after.count, by: columns).map { Array(factors[$0..<$0 + columns]) }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Only in training: no neuron can rely on another always being there.",
                zh: "只在训练时使用：哪个神经元都不能指望别的神经元总在。"),
            formula: Formula(#"y = \frac{m \odot x}{1 - p}, \quad m_i \in \{0, 1\}"#), takeaway: takeaway,
            altText: Phrase(
                en:
                    "A table of {shape} {shape|number|numbers}, its mask of seed {seed}, and the product: dropped numbers are 0. {takeaway}",
                zh: "{shape} 的数表、种子 {seed} 的掩码，以及两者之积：丢掉的为 0。{takeaway}"
            ).filled([
                "shape": Phrase(Numbers.shape([numbers.count, columns])), "seed": Phrase("\(seed)"),
                "takeaway": takeaway,
            ])
        ) { _ in
            Adaptive { space in
                let parts: [AnyMark] = [
                    Matrix(numbers: numbers).named("x", .residual).withoutShape().any,
                    Symbol("⊙").any,
                    Matrix(numbers: mask.map { $0.map { Double($0) } }).named("m ÷ (1 − p)").withoutShape()
                        .state { mask[$0][$1] == 0 ? .masked : .plain }.any,
                    Symbol("=").any,
                    Matrix(numbers: result.map { $0.map { Double($0) } }).named("y", .residual).withoutShape()
                        .state { mask[$0][$1] == 0 ? .masked : .plain }.any,
                ]
                let row = HStack(.axis, spacing: 18, parts)
                if row.size(in: space).width <= space.width, space.density.cell.width >= 46 { return row.any }
                return VStack(.center) {
                    HStack(.axis, spacing: 18, Array(parts.prefix(3)))
                    HStack(.axis, spacing: 18, Array(parts.dropFirst(3)))
                }.any
            }
        }
    }
}
