/// A model whose parameters can be trained: one forward pass, and the numbers that it is made of.
public protocol ParametricModel: Sendable {
    var parameters: ParameterSet { get set }
}

extension Decoder: ParametricModel {}
