import Tensors

/// `exp(xᵢ) / Σ exp(xⱼ)` over the last axis; a score of minus infinity gets exactly zero.
public struct Softmax: Operation {
    public static let name = "softmax"
    public var attributes: Attributes { Attributes() }
    public init() {}
    public init(attributes: Attributes) {}

    public func outputShape(_ inputs: [Shape]) throws(TensorError) -> Shape {
        guard inputs.count == 1, inputs[0].rank > 0 else { throw mismatch("one tensor with a last axis", inputs) }
        return inputs[0]
    }

    public func evaluate(_ inputs: [Tensor]) throws -> Tensor {
        _ = try outputShape(inputs.map(\.shape))
        return inputs[0].softmax()
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [pass.output.softmaxGradient(upstream: pass.upstream)] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        // Operands that are masked add an exact zero: leaving them out keeps the arithmetic readable.
        let row = rowCells(0, index, inputs[0].shape).filter { cell in
            guard case .cell(_, let place) = cell else { return true }
            return place == index || inputs[0].cell(place) != -.infinity
        }
        return .quotient(
            .function(.exp, [.cell(input: 0, index)]), .sum(row.map { .function(.exp, [$0]) }))
    }
}

/// The mean over positions of −log softmax(logits)[target], in nats.
///
/// `logits` `[batch, position, vocabulary]`, `targets` `[batch, position]`; a negative target is left out.
public struct CrossEntropy: Operation {
    public static let name = "cross_entropy"
    public var attributes: Attributes { Attributes() }
    public init() {}
    public init(attributes: Attributes) {}

    public func outputShape(_ inputs: [Shape]) throws(TensorError) -> Shape {
        guard inputs.count == 2, inputs[0].rank > 0, inputs[0][-1] > 0,
            Array(inputs[0].dimensions.dropLast()) == inputs[1].dimensions
        else { throw mismatch("logits […, vocabulary] and targets […]", inputs) }
        return []
    }

    private func targets(_ inputs: [Tensor]) throws -> [Int32] {
        _ = try outputShape(inputs.map(\.shape))
        let (logits, targets) = (inputs[0], inputs[1])
        let vocabulary = logits.shape[-1]
        return try targets.scalars.map { target in
            guard let id = Int(exactly: target), id < vocabulary else {
                throw TensorError.row(Int(exactly: target) ?? -1, rows: vocabulary, operation: Self.name)
            }
            return Int32(max(id, -1))
        }
    }

    public func evaluate(_ inputs: [Tensor]) throws -> Tensor {
        let targets = try targets(inputs)
        let losses = inputs[0].crossEntropies(targets: targets)
        let counted = targets.count { $0 >= 0 }
        return Tensor(scalar: Float(losses.reduce(0.0) { $0 + Double($1) } / Double(max(counted, 1))))
    }

    public func gradients(_ pass: BackwardPass) throws -> [Tensor?] {
        let targets = try targets(pass.inputs)
        let counted = targets.count { $0 >= 0 }
        let factor = pass.upstream[flat: 0] / Float(max(counted, 1))
        return [pass.inputs[0].crossEntropyGradient(targets: targets, factor: factor), nil]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let places = inputs[1].shape
        let terms: [Expression] = (0..<places.count).compactMap { flat in
            let place = places.index(at: flat)
            guard let target = inputs[1].cell(place).flatMap({ Int(exactly: $0) }), target >= 0 else { return nil }
            let row = rowCells(0, place + [0], inputs[0].shape)
            return .difference(
                .function(.log, [.sum(row.map { .function(.exp, [$0]) })]),
                .function(.lookUp, [.cell(input: 0, place + [target]), .cell(input: 1, place)]))
        }
        return .quotient(.sum(terms), .constant(Double(max(terms.count, 1))))
    }
}
