import Drawing
import Tensors
import Tracing
import Wording

/// A neuron as a row of gates: values forward above the wires, gradients backward below them.
package enum OneNeuronBackward: CalculationFigure {
    package static let id = "one-neuron-backward"
    package static let title = Phrase(en: "One neuron, gate by gate, there and back", zh: "一个神经元，逐门前向与反向")
    package static let example = "one-neuron-backward([2, −3], [−1, −2], −3)"

    /// A gate or an input: where it stands, what it gives, what comes back to it.
    struct Gate: Sendable {
        var sign: String
        var name: String?
        var inputs: [Int] = []
        var value = 0.0
        var gradient = 0.0
        var column = 0.0
        var row = 0.0
    }

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let weights = try given.vector(0, [2, -3], count: 1...3)
        let inputs = try given.vector(1, [-1, -2], count: 1...3)
        let bias = try given.number(2, -3, in: -1000...1000)
        try CalculationArguments.require(
            weights.count == inputs.count,
            Phrase(en: "expected as many inputs as weights", zh: "输入和权重的个数应相同"))
        let gates = try gates(weights, inputs, bias)
        let out = gates.last?.value ?? 0
        let slope = out * (1 - out)
        let words = [
            Phrase(
                en: "Forward: products, their sum, the bias, and sigmoid makes {out} of it.",
                zh: "前向：相乘、相加、加偏置，sigmoid 得到 {out}。"),
            Phrase(
                en:
                    "Backward from 1: sigmoid multiplies by {out} × (1 − {out}) ≈ {slope}; + hands on what it gets; × swaps: a weight's gradient is its input times that.",
                zh: "反向从 1 开始：sigmoid 乘上 {out} × (1 − {out}) ≈ {slope}；加法原样传回；乘法交叉：权重的梯度等于它的输入乘以传回的数。"),
        ].map {
            $0.filled([
                "out": Phrase(Numbers.fixed(out, decimals: 3)), "slope": Phrase(Numbers.fixed(slope, decimals: 3)),
            ])
        }
        let told = Phrase.list(
            gates.filter { $0.name != nil }.map { "\($0.name ?? "") = \(Numbers.plain($0.value))" })
        let back = Phrase.list(
            gates.filter { $0.name != nil }.map { "∂/∂\($0.name ?? "") ≈ \(Numbers.fixed($0.gradient, decimals: 3))" })
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "No gate knows the whole: each multiplies what comes back by its own slope.",
                zh: "每个门都不必知道全局：只把传回来的数乘上自己的导数。"),
            formula: Formula(#"y = \sigma(w_0 x_0 + w_1 x_1 + \dots + b), \quad \sigma' = y (1 - y)"#),
            legend: [
                LegendKey(.line(.ink, dashed: false), Phrase(en: "above: the value", zh: "线上：前向的值")).any,
                LegendKey(.line(.role(.gradient), dashed: false), Phrase(en: "below: its gradient", zh: "线下：它的梯度")).any,
            ],
            frames: words.indices.map { frame in
                Slide.Frame(
                    caption: words[frame],
                    altText: Phrase(
                        en: "Gates from left to right: products, sums, sigmoid. {values}. {words}",
                        zh: "从左到右的门：乘、加、sigmoid。{values}。{words}"
                    ).filled([
                        "values": frame == 0
                            ? told
                            : Phrase(
                                en: told.english + "; " + back.english, zh: told.chinese + "；" + back.chinese),
                        "words": words[frame],
                    ]), takeaway: words[frame]
                ) { _ in GatePicture(gates: gates, showsGradients: frame > 0) }
            })
    }

    /// Recorded as any run, and read backward as any run.
    private static func gates(_ weights: [Double], _ inputs: [Double], _ bias: Double) throws(Failure) -> [Gate] {
        let recorder = Recorder()
        var gates: [Gate] = []
        var values: [Value] = []
        func add(_ gate: Gate, _ value: Value) -> Int {
            gates.append(gate)
            values.append(value)
            return gates.count - 1
        }
        func label() -> Label { Label(rawValue: "gate.\(gates.count)") }
        func source(_ number: Double, _ name: String, row: Double) throws(Failure) -> Int {
            let value = try recorder.source(
                Tensor([1], repeating: Float(number)), .constant, as: label(), axes: [.width])
            return add(Gate(sign: "", name: name, row: row), value)
        }
        func gate(_ sign: String, _ operation: any Operation, _ from: [Int], column: Double, row: Double)
            throws(Failure) -> Int
        {
            let value =
                from.count == 1
                ? try recorder.apply(operation, values[from[0]], as: label(), axes: [.width])
                : try recorder.apply(operation, values[from[0]], values[from[1]], as: label(), axes: [.width])
            return add(Gate(sign: sign, inputs: from, column: column, row: row), value)
        }
        let digits = Array("₀₁₂")
        var sum: Int?
        for place in weights.indices {
            let row = Double(place) * 2
            let weight = try source(weights[place], "w\(digits[place])", row: row)
            let input = try source(inputs[place], "x\(digits[place])", row: row + 1)
            let product = try gate("×", Multiply(), [weight, input], column: 1, row: row + 0.5)
            guard let before = sum else {
                sum = product
                continue
            }
            sum = try gate("+", Add(), [before, product], column: Double(place) + 1, row: row - 0.5)
        }
        let columns = Double(weights.count)
        let shift = try source(bias, "b", row: 2 * columns)
        guard let products = sum else { return [] }
        let middle = gates[products].row + 0.7
        let total = try gate("+", Add(), [products, shift], column: columns + 1, row: middle)
        let last = label()
        _ = try gate("σ", Activation(.sigmoid), [total], column: columns + 2, row: middle)
        let trace = recorder.trace()
        let gradients = try trace.gradients(of: StepName(last))
        for place in gates.indices {
            gates[place].value = Double(values[place].tensor[flat: 0])
            let step = trace.place(of: StepName(Label(rawValue: "gate.\(place)")))
            gates[place].gradient = step.flatMap { gradients[$0] }.map { Double($0[flat: 0]) } ?? 0
        }
        return gates
    }
}

/// Gates and wires; each wire lies level where its numbers stand.
private struct GatePicture: Mark {
    var gates: [OneNeuronBackward.Gate]
    var showsGradients: Bool

    private var columns: Double { (gates.map { $0.column }.max() ?? 0) + 1 }
    private var rows: Double { (gates.map { $0.row }.max() ?? 0) + 1 }
    var stretch: Stretch { .both }

    private func words(_ number: Double) -> String {
        Numbers.fixed(number, decimals: number == number.rounded() ? 0 : 3)
    }

    private func numbers(_ space: Space) -> Double {
        gates.flatMap { [words($0.value), words($0.gradient)] }.map { space.width(of: $0, .mono(space.density.label)) }
            .max() ?? 0
    }

    func extent(in space: Space) -> Extent {
        let font = space.density.label
        return Extent((columns) * (numbers(space) + font.size * 4.2) + font.size * 2, rows * font.size * 3)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let (theme, font) = (space.theme, space.density.label)
        let (step, pitch) = ((rect.width - font.size * 2) / columns, rect.height / rows)
        let radius = min(pitch * 0.34, font.size * 1.3)
        func center(_ gate: OneNeuronBackward.Gate) -> Point {
            Point(rect.minX + font.size * 2 + gate.column * step, rect.minY + (gate.row + 0.5) * pitch)
        }
        func start(_ gate: OneNeuronBackward.Gate) -> Point { center(gate) + Point(gate.sign.isEmpty ? 4 : radius, 0) }
        let level = numbers(space) + font.size * 1.2
        for gate in gates {
            for place in gate.inputs {
                let (from, to) = (start(gates[place]), center(gate))
                let bend = from + Point(level, 0)
                let end = to - (to - bend).unit * (radius + 3)
                canvas.stroke(.polyline([from, bend, end]), Stroke(theme.muted, width: 2.5))
            }
        }
        for (place, gate) in gates.enumerated() {
            let middle = center(gate)
            if gate.sign.isEmpty {
                canvas.text(
                    gate.name ?? "", at: Point(middle.x - 6, middle.y), font.semibold, theme.ink, .trailing, in: space)
            } else {
                canvas.fill(.circle(middle, radius: radius), theme.panel, stroke: Stroke(theme.ink, width: 2))
                canvas.text(gate.sign, at: middle, font.bold, theme.ink, in: space)
            }
            let from = start(gate)
            if place == gates.count - 1 {
                canvas.arrow(from, from + Point(level, 0), Stroke(theme.muted, width: 2.5), head: 12)
            }
            let x = from.x + level / 2
            canvas.text(words(gate.value), at: Point(x, from.y - font.size * 0.72), .mono(font), theme.ink, in: space)
            if showsGradients {
                canvas.text(
                    words(gate.gradient), at: Point(x, from.y + font.size * 0.78), .mono(font), theme.accent(.gradient),
                    in: space)
            }
        }
    }
}
