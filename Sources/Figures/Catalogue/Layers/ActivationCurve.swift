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
        let below = inputs.count { $0 < 0 }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Without it, two matrices in a row would be one matrix.",
                zh: "没有它，前后两个矩阵相乘就等于一个矩阵。"),
            here: MiniMap(.feedForward, of: request), formula: formula(row.function),
            takeaway: takeaway(row.function).filled([
                "token": row.token(request), "below": Phrase(Numbers.count(below)),
                "all": Phrase(Numbers.count(inputs.count)),
            ]),
            legend: [
                LegendKey(
                    .dot(.ink),
                    Phrase(en: "one neuron at “{token}”", zh: "“{token}”处的一个神经元").filled(["token": row.token(request)])
                ).any,
                LegendKey(
                    .fill(.hairline),
                    Phrase(en: "how many neurons, over all {count} tokens", zh: "全部 {count} 个词元上的神经元个数").filled([
                        "count": Phrase(String(pre.shape[1]))
                    ])
                ).any,
                LegendKey(.line(.muted, dashed: true), Phrase(en: "unchanged: a = u", zh: "不变：a = u")).any,
            ]
        ) { _ in plot }
    }

    /// The engine's own arithmetic for one number.
    static func curve(_ function: ActivationFunction) -> @Sendable (Double) -> Double {
        { x in
            let cell = (try? Tensor([1], [Float(x)])) ?? Tensor(scalar: Float(x))
            return Activation(function).expression(at: [0], inputs: [cell], output: cell).value { _, _ in x }
        }
    }

    private static func takeaway(_ function: ActivationFunction?) -> Phrase {
        switch function {
        case .relu:
            Phrase(
                en: "For “{token}”, {below} of {all} neurons fall below 0 and pass nothing.",
                zh: "对“{token}”来说，{all} 个神经元中有 {below} 个小于 0，什么也不通过。")
        case .gelu, .geluTanh, .silu:
            Phrase(
                en: "For “{token}”, {below} of {all} neurons fall below 0 and pass almost nothing.",
                zh: "对“{token}”来说，{all} 个神经元中有 {below} 个小于 0，几乎不通过。")
        case .tanh, .sigmoid, nil:
            Phrase(
                en: "For “{token}”, {below} of {all} neurons lie below 0 before the curve.",
                zh: "对“{token}”来说，{all} 个神经元中有 {below} 个在激活前小于 0。")
        }
    }

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
