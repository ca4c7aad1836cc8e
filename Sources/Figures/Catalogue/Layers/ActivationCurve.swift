import Drawing
import Tensors
import Tracing
import Wording

/// A layer's non-linearity as a curve, with every neuron of the token in focus as a dot on it.
package enum ActivationCurve: TraceFigure {
    package static let id = "activation-function"
    package static let title = Phrase(en: "The curve that switches neurons", zh: "激活函数：神经元的开关")
    package static let scope = FigureScope.perLayer
    package static let isOfEachStack = true
    package static let shows: [Label] = [.hiddenPre, .hiddenPost]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        guard let pre = request.trace[request.name(.hiddenPre)], let post = request.trace[request.name(.hiddenPost)]
        else { return false }
        // With a gate the output is not a function of this input alone.
        return pre.shape == post.shape && pre.shape.rank == 3 && request.trace[request.name(.hiddenGated)] == nil
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let pre = try request.step(.hiddenPre)
        let post = try request.step(.hiddenPost)
        guard pre.shape.rank == 3 else { throw request.unfit(pre) }
        let row = HiddenRow(request, post)
        let inputs = pre.row(0, row.position)
        let all = pre.tensor.withUnsafeBuffer { Array($0.prefix(pre.shape[1] * pre.shape[2])) }
        let plot = CurvePlot(
            curve: row.function.map(curve), inputs: inputs, outputs: row.values, all: all, strongest: row.strongest,
            step: post.name.description, position: row.position, functionName: row.functionName)
        let takeaway = takeaway(row, inputs, request)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Without it, two matrices in a row would be one matrix.",
                zh: "没有它，前后两个矩阵相乘就等于一个矩阵。"),
            here: MiniMap(.feedForward, of: request), formula: formula(row.function),
            takeaway: takeaway,
            legend: [
                LegendKey(
                    .dot(.ink),
                    Phrase(en: "one neuron at {token}", zh: "{token}处的一个神经元").filled(["token": row.token(request)])
                ).any,
                LegendKey(
                    .fill(.hairline),
                    Phrase(en: "how many neurons, over all {count} {count|token|tokens}", zh: "全部 {count} 个词元上的神经元个数")
                        .filled([
                            "count": Phrase(String(pre.shape[1]))
                        ])
                ).any,
                LegendKey(.line(.muted, dashed: true), Phrase(en: "unchanged: a = u", zh: "不变：a = u")).any,
            ],
            altText: request.altText(
                Phrase(
                    en:
                        "The curve from the number before, across, to the number after, upward, with a dot for each neuron; under it how often each input occurs.",
                    zh: "一条曲线，横轴是激活前的数，纵轴是激活后的数，每个点是一个神经元；下方是各输入出现的次数。"), takeaway)
        ) { _ in plot }
    }

    /// The engine's own arithmetic for one number.
    static func curve(_ function: ActivationFunction) -> @Sendable (Double) -> Double {
        { x in
            let cell = (try? Tensor([1], [Float(x)])) ?? Tensor(scalar: Float(x))
            return Activation(function).expression(at: [0], inputs: [cell], output: cell).value { _, _ in x }
        }
    }

    /// How many neurons fall below zero, and how much of them the curve leaves.
    private static func takeaway(_ row: HiddenRow, _ inputs: [Float], _ request: FigureRequest) -> Phrase {
        let below = inputs.indices.filter { inputs[$0] < 0 }
        let left = below.reduce(Float(0)) { most, place in
            let value = row.values.indices.contains(place) ? abs(row.values[place]) : 0
            return value.isFinite ? max(most, value) : most
        }
        let words =
            below.isEmpty || row.function == .tanh || row.function == .sigmoid || row.function == nil
            ? Phrase(
                en: "For {token}, {below} of {all} {all|neuron|neurons} lie below 0 before the curve.",
                zh: "对{token}来说，{all} 个神经元中有 {below} 个在激活前小于 0。")
            : left == 0
                ? Phrase(
                    en: "For {token}, {below} of {all} {all|neuron|neurons} fall below 0 and pass nothing.",
                    zh: "对{token}来说，{all} 个神经元中有 {below} 个小于 0，什么也不通过。")
                : Phrase(
                    en:
                        "For {token}, {below} of {all} {all|neuron|neurons} fall below 0; of none is more than {left} left.",
                    zh: "对{token}来说，{all} 个神经元中有 {below} 个小于 0，激活后大小都不超过 {left}。")
        return words.filled([
            "token": row.token(request), "below": Phrase(Numbers.count(below.count)),
            "all": Phrase(Numbers.count(inputs.count)), "left": Phrase(upward(Double(left))),
        ])
    }

    /// Rounded up to two decimals, so that nothing is larger.
    private static func upward(_ value: Double) -> String { Numbers.fixed((value * 100).rounded(.up) / 100) }

    private static func formula(_ function: ActivationFunction?) -> Formula? {
        let left = Symbols.activation.math + " = "
        return switch function {
        case .relu: Formula(left + #"\ReLU(u) = \max(0, u)"#)
        case .gelu: Formula(left + #"\GELU(u) = u \cdot \Phi(u)"#)
        case .geluTanh:
            Formula(
                left
                    + #"\GELU(u) \approx \frac{u}{2}\left(1 + \tanh\left(\sqrt{\frac{2}{\pi}}\,(u + 0.044715\,u^3)\right)\right)"#
            )
        case .silu: Formula(left + #"\mathrm{SiLU}(u) = \frac{u}{1 + e^{-u}}"#)
        case .tanh: Formula(left + #"\tanh(u) = \frac{e^u - e^{-u}}{e^u + e^{-u}}"#)
        case .sigmoid: Formula(left + #"\mathrm{sigmoid}(u) = \frac{1}{1 + e^{-u}}"#)
        case nil: nil
        }
    }
}
