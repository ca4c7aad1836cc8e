import Tensors

extension ActivationFunction {
    /// By the names that files of the Hub use.
    static let named: [String: ActivationFunction] = [
        "gelu_new": .geluTanh, "gelu_pytorch_tanh": .geluTanh, "gelu_fast": .geluTanh, "gelu_accurate": .geluTanh,
        "gelu_python_tanh": .geluTanh, "gelu": .gelu, "gelu_python": .gelu, "relu": .relu,
        "silu": .silu, "swish": .silu, "tanh": .tanh, "sigmoid": .sigmoid,
    ]

    /// As we write it.
    var fileName: String { self == .geluTanh ? "gelu_new" : rawValue }
}
