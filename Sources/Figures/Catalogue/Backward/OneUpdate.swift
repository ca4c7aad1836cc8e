import Drawing
import Tensors
import Tracing
import Wording

/// A weight matrix in one training step: before, its gradient, the step that the optimiser made of it, and after.
package enum OneUpdate: TraceFigure {
    package static let id = "one-update"
    package static let title = Phrase(en: "One step of learning", zh: "一步更新")
    package static let scope = FigureScope.perLayer
    package static let shows: [Label] = candidates.map { Label(rawValue: $0.rawValue + ".updated") } + candidates

    /// Which of a layer's matrices is shown: the first that was updated.
    private static let candidates: [Label] = [.queryWeight, .hiddenWeight, .outputWeight]

    package static func isPossible(_ request: FigureRequest) -> Bool { parameter(request) != nil }

    private static func parameter(_ request: FigureRequest) -> (before: Step, gradient: Step, after: Step)? {
        for label in candidates {
            let name = request.name(label)
            if let before = request.trace[name], let after = request.trace[request.name(after(label))],
                let gradient = request.trace[name.gradient], before.shape.rank >= 2, before.shape == after.shape,
                before.shape == gradient.shape, before.tensor.count > 0
            {
                return (before, gradient, after)
            }
        }
        return nil
    }

    private static func after(_ label: Label) -> Label { Label(rawValue: label.rawValue + ".updated") }

    /// The cells of one head, or of the whole matrix: `[row][column]`.
    private struct View {
        let shape: Shape
        let head: Int

        var rows: Int { shape[0] }
        var columns: Int { shape[-1] }

        func index(_ row: Int, _ column: Int) -> [Int] { shape.rank == 3 ? [row, head, column] : [row, column] }

        func cells(_ step: Step) -> [Float] {
            (0..<rows * columns).map { step.tensor.cell(index($0 / columns, $0 % columns)) ?? .nan }
        }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let (before, gradient, after) = parameter(request) else { throw request.missing(.queryWeight) }
        let view = View(
            shape: before.shape, head: min(request.head, max(0, before.shape.rank == 3 ? before.shape[1] - 1 : 0)))
        let (old, new, slopes) = (view.cells(before), view.cells(after), view.cells(gradient))
        let steps = zip(new, old).map { $0 - $1 }
        // The cell that the loss complains of most.
        let strongest = slopes.strongestPlace ?? 0
        guard view.columns > 0, old.indices.contains(strongest) else { throw request.unfit(before) }
        let focus = (row: strongest / view.columns, column: strongest % view.columns)
        let symbol = StepSymbol.of(before.name)
        let weights = ValueScale.fitting(old + new)
        let (slopeScale, stepScale) = (ValueScale.fitting(slopes), ValueScale.fitting(steps))
        // As many as show what the step changed.
        let decimals = Self.decimals(Double(steps[strongest]))
        let width = Double(decimals) * 9 + 34
        func matrix(
            _ values: [Float], _ name: String, _ role: Role, _ words: Phrase, _ scale: ValueScale, _ step: Step?,
            isWeight: Bool = false
        ) -> Matrix {
            // Numbers too small for two decimals are shown in a power of ten, which the name says.
            let power = isWeight ? (factor: 1.0, name: "") : Self.power(values)
            let decimals = isWeight ? decimals : 2
            let factor = Float(power.factor)
            let shown = Matrix(
                power.factor == 1 ? values : values.map { $0 * factor }, rows: view.rows, columns: view.columns
            )
            .digits(.decimals(decimals)).named(name, role, power.factor == 1 ? words : words.appending(power.name))
            .highlighting(cell: focus.row, focus.column)
            guard power.factor == 1 else { return shown.scaled(.fitting(values.map { $0 * factor })) }
            let plain = shown.scaled(scale)
            return step.map { plain.tagged($0.name.description) { [view] in view.index($0, $1) } } ?? plain
        }
        let marks = (
            before: matrix(
                old, symbol.notation, symbol.role, Phrase(en: "before", zh: "更新前"), weights, before, isWeight: true),
            gradient: matrix(
                slopes, #"\partial \#(symbol.notation)"#, .gradient, Phrase(en: "its gradient", zh: "它的梯度"), slopeScale,
                gradient),
            step: matrix(
                steps, #"\Delta \#(symbol.notation)"#, .gradient, Phrase(en: "the step", zh: "改变量"), stepScale, nil),
            after: matrix(
                new, symbol.notation, symbol.role, Phrase(en: "after", zh: "更新后"), weights, after, isWeight: true)
        )
        let takeaway = takeaway(
            focus, rate(request), old[strongest], slopes[strongest], steps[strongest], new[strongest])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The gradient says which way the loss grows; each weight goes a small step the other way.",
                zh: "梯度指出损失往哪边增大，每个权重就往反方向走一小步。"),
            here: MiniMap(symbol.stage, layer: request.layer, head: before.shape.rank == 3 ? view.head : nil),
            formula: formula(request, before.name, symbol), takeaway: takeaway,
            legend: [
                ColorScale(weights, Phrase(en: "weights", zh: "权重")).any,
                ColorScale(slopeScale, Phrase(en: "gradient", zh: "梯度")).any,
                ColorScale(stepScale, Phrase(en: "step", zh: "改变量")).any,
            ]
        ) { density in
            let cell = Size(width, max(24, min(38, density.cell.height)))
            let rows = TokenWindow(count: view.rows, named: [focus.row])
            let columns = TokenWindow(count: view.columns, named: [focus.column])
            return ThatFits {
                for (most, wide) in [(8, 4), (7, 3), (6, 3), (5, 3), (4, 2), (3, 2), (3, 1), (2, 1)] {
                    let places = (rows: rows.edges(most), columns: columns.edges(wide))
                    let gradient = marks.gradient.cell(cell).showing(rows: places.rows, columns: places.columns)
                    let step = marks.step.cell(cell).showing(rows: places.rows, columns: places.columns)
                    let before = marks.before.cell(cell).showing(rows: places.rows, columns: places.columns)
                    let after = marks.after.cell(cell).showing(rows: places.rows, columns: places.columns)
                    HStack(spacing: density.gap * 0.7) {
                        gradient
                        Arrow(.right, length: 60)
                        step
                        Symbol("+")
                        before
                        Symbol("=")
                        after
                    }
                    VStack(spacing: density.gap * 0.7) {
                        HStack(spacing: density.gap * 0.8) {
                            gradient
                            Arrow(.right, length: 70)
                            step
                        }
                        HStack(spacing: density.gap * 0.8) {
                            before
                            Arrow(.right, length: 70)
                            after
                        }
                    }
                }
            }.any
        }
    }

    /// Which power of ten makes the largest number one digit before the point, where it is too small to be read.
    private static func power(_ values: [Float]) -> (factor: Double, name: String) {
        var largest = Double(values.filter { $0.isFinite }.map { abs($0) }.max() ?? 0)
        guard largest > 0, largest < 0.05 else { return (1, "") }
        var (factor, exponent) = (1.0, 0)
        while largest < 1, exponent < 30 {
            largest *= 10
            factor *= 10
            exponent += 1
        }
        return (factor, "× " + Numbers.powerOfTen(-exponent))
    }

    /// The rule that the optimiser really used, read from the recorded step.
    private static func formula(_ request: FigureRequest, _ name: StepName, _ symbol: StepSymbol) -> Formula {
        let weight = #"\role{\#(symbol.role.rawValue)}{\#(symbol.notation)}"#
        let adam = #"\frac{\role{gradient}{\hat{m}}}{\sqrt{\role{gradient}{\hat{v}}} + \epsilon}"#
        let shrunk = #"(1 - \eta\lambda)\,\#(weight)"#
        var after = name
        after.label = self.after(name.label)
        let update = request.trace[after]
        switch update?.operation {
        case let step as AdamStep:
            return Formula(#"\#(weight) \gets \#(step.decay == 0 ? weight : shrunk) - \eta\,\#(adam)"#)
        case is TrustedStep:
            let direction = #"\role{gradient}{d}"#
            return Formula(
                #"\#(weight) \gets \#(weight) - \eta\,\frac{\lVert\#(weight)\rVert}{\lVert\#(direction)\rVert}\,\#(direction), \quad \#(direction) = \#(adam) + \lambda\,\#(weight)"#
            )
        case let step as DescentStep:
            let direction = direction(of: update, in: request, gradient: symbol.notation)
            return Formula(#"\#(weight) \gets \#(step.decay == 0 ? weight : shrunk) - \eta\,\#(direction)"#)
        default:
            return Formula(#"\#(weight) \gets \#(weight) - \eta\, \role{gradient}{\partial \#(symbol.notation)}"#)
        }
    }

    /// What descent goes along: the gradient, or what momentum made of it.
    private static func direction(of update: Step?, in request: FigureRequest, gradient: String) -> String {
        let along = update.flatMap { $0.inputs.count > 1 ? request.trace.steps[$0.inputs[1]].operation : nil }
        return along is MovingAverage ? #"\role{gradient}{m}"# : #"\role{gradient}{\partial \#(gradient)}"#
    }

    /// The learning rate that the step was made with.
    private static func rate(_ request: FigureRequest) -> Double? {
        request.trace[StepName(Label(rawValue: "learning_rate"))].flatMap {
            $0.tensor.count == 1 ? Double($0.tensor[flat: 0]) : nil
        }
    }

    /// Enough decimals for two digits of what a number changed by.
    private static func decimals(_ change: Double) -> Int {
        guard change != 0, change.isFinite else { return 2 }
        var (size, decimals) = (abs(change), 1)
        while size < 1, decimals < 7 {
            size *= 10
            decimals += 1
        }
        return max(2, decimals)
    }

    /// `−0.2422 + 0.0010 = −0.2412`: all with the same decimals, and ≈ where these do not add up.
    private static func takeaway(
        _ cell: (row: Int, column: Int), _ rate: Double?, _ old: Float, _ slope: Float, _ step: Float, _ new: Float
    ) -> Phrase {
        let decimals = decimals(Double(step))
        func text(_ value: Float) -> String { Numbers.fixed(Double(value), decimals: decimals) }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        func whole(_ value: Float) -> Double { (Double(value) * scale).rounded() }
        let sign = whole(old) + whole(step) == whole(new) ? "=" : "≈"
        let sum = "\(text(old)) \(step < 0 ? "−" : "+") \(text(abs(step))) \(sign) \(text(new))"
        let start = Phrase(
            en: "Row {row}, column {column}: the gradient is {slope}", zh: "第 {row} 行第 {column} 列：梯度是 {slope}"
        ).filled([
            "row": Phrase(String(cell.row)), "column": Phrase(String(cell.column)),
            "slope": Phrase(Numbers.significant(Double(slope))),
        ])
        guard let rate else { return Phrase(en: "\(start.english); \(sum).", zh: "\(start.chinese)；\(sum)。") }
        let eta = "η = \(Numbers.significant(rate))"
        return Phrase(en: "\(start.english), \(eta): \(sum).", zh: "\(start.chinese)，\(eta)：\(sum)。")
    }
}

extension Phrase {
    fileprivate func appending(_ text: String) -> Phrase { Phrase(en: english + " " + text, zh: chinese + " " + text) }
}
