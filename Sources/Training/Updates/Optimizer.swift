import Models
import Tensors

/// Turns gradients into new parameters, and remembers what it needs for the next time.
///
/// A new optimiser is one new file plus one case of ``OptimizerSettings/Kind``.
package protocol Optimizer: Sendable {
    /// How many updates have been made.
    var steps: Int { get }

    /// What it remembers, each list in the parameters' order: momenta, variances.
    var memory: [(name: String, tensors: [Tensor])] { get }

    /// Goes on from what a run has saved; lists that it does not know are left alone.
    mutating func resume(steps: Int, memory: [String: [Tensor]])

    /// One update; `gradients` in the parameters' order, nil where a parameter was not used.
    mutating func update(_ parameters: inout ParameterSet, gradients: [Tensor?], rate: Double)

    /// Writes down how the update that was just made came to one parameter.
    func record(_ part: UpdatePart, in record: inout UpdateRecord) throws
}

/// Which optimiser, with its numbers.
package struct OptimizerSettings: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable { case sgd, adam, adamw, lamb }

    package var kind: Kind
    /// SGD's: how much of the last step is made again.
    package var momentum: Double
    /// SGD's: look ahead before correcting (Nesterov 1983).
    package var nesterov: Bool
    package var beta1: Double
    package var beta2: Double
    package var epsilon: Double
    package var weightDecay: Double
    /// Whether gains and biases decay too; usually only matrices do.
    package var decaysVectors: Bool

    package init(
        _ kind: Kind = .adamw, momentum: Double = 0, nesterov: Bool = false, beta1: Double = 0.9,
        beta2: Double = 0.999, epsilon: Double? = nil, weightDecay: Double = 0, decaysVectors: Bool = false
    ) {
        self.kind = kind
        self.momentum = momentum
        self.nesterov = nesterov
        self.beta1 = beta1
        self.beta2 = beta2
        // The papers' own: 1e-8 (Adam), 1e-6 (LAMB).
        self.epsilon = epsilon ?? (kind == .lamb ? 1e-6 : 1e-8)
        self.weightDecay = weightDecay
        self.decaysVectors = decaysVectors
    }

    package func make(for parameters: ParameterSet) -> any Optimizer {
        switch kind {
        case .sgd: SGD(for: parameters, settings: self)
        case .adam, .adamw: Adam(for: parameters, settings: self)
        case .lamb: LAMB(for: parameters, settings: self)
        }
    }

    /// The decay of a parameter of this shape.
    func decay(of shape: Shape) -> Double { decaysVectors || shape.rank > 1 ? weightDecay : 0 }
}

extension ParameterSet {
    /// As many zeros as there are parameters.
    var zeros: [Tensor] { all.map { Tensor($0.tensor.shape, repeating: 0) } }
}

extension Tensor {
    /// A gradient with weight decay added to it (L2).
    func decayed(by decay: Float, of weights: Tensor) -> Tensor {
        guard decay != 0 else { return self }
        var gradient = self
        gradient.accumulate(weights, times: decay)
        return gradient
    }
}
