import Drawing
import Tensors
import Tracing
import Wording

/// The neurons of one layer's feed-forward network, as the token in focus finds them.
struct HiddenRow {
    var position: Int
    /// After the non-linearity.
    var values: [Float]
    /// How the figures write the non-linearity.
    var functionName: String
    var function: ActivationFunction?

    init(_ request: FigureRequest, _ post: Step) {
        position = post.shape.rank == 3 ? max(0, min(request.focus, post.shape[1] - 1)) : 0
        values = post.row(0, position)
        // A gated network activates the gate, and multiplies afterwards.
        let activated = request.trace[request.name(.gate)] ?? post
        function = (activated.operation as? Activation)?.function
        functionName = function.map(Self.name) ?? "f"
    }

    static func name(_ function: ActivationFunction) -> String {
        switch function {
        case .relu: "ReLU"
        case .gelu, .geluTanh: "GELU"
        case .silu: "SiLU"
        case .tanh: "tanh"
        case .sigmoid: "sigmoid"
        }
    }

    /// Neurons whose output is above zero.
    var active: Int { values.count { $0 > 0 } }

    var strongest: Int? { values.greatestPlace }

    /// Neurons from the strongest down, by magnitude.
    var ranked: [Int] { values.rankedByStrength }

    /// The token in focus, numbered where the trace has no tokens.
    func token(_ request: FigureRequest) -> Phrase {
        request.labels.name(position)
    }

    func takeaway(_ request: FigureRequest) -> Phrase {
        let strongest = strongest ?? 0
        return Phrase(
            en: "{token} switches on {active} of {all} {all|neuron|neurons}; neuron {number} answers most ({value}).",
            zh: "{token}激活了 {all} 个神经元中的 {active} 个，{number} 号反应最强（{value}）。"
        ).filled([
            "token": token(request), "active": Phrase(Numbers.count(active)),
            "all": Phrase(Numbers.count(values.count)),
            "number": Phrase(String(strongest)),
            "value": Phrase(Numbers.fixed(values.indices.contains(strongest) ? Double(values[strongest]) : .nan)),
        ])
    }
}

extension Label {
    /// Gated feed-forward: the second of two linear maps, in TransformerLens' words.
    static let hiddenGated = Label(rawValue: "mlp.pre_linear")
}
