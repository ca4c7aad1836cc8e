import Tensors
import Wording

/// Asks in each row of logits `[…, vocabulary]` about one token, by its id `[…]`; where that is negative, about none.
public protocol TargetOperation: Operation {}

extension TargetOperation {
    public func hasGradient(ofInput input: Int) -> Bool { input == 0 }

    /// Whether there is an id for each row.
    func hasTargets(_ inputs: [Shape]) -> Bool {
        inputs.count == 2 && inputs[0].rank > 0 && inputs[0][-1] > 0 && inputs[0].lead == inputs[1]
    }

    /// The ids, −1 for none.
    /// - Throws: `TensorError` where the shapes do not fit, or an id is not in the vocabulary.
    func targets(_ inputs: [Tensor]) throws(Failure) -> [Int32] {
        _ = try outputShape(inputs.map { $0.shape })
        let vocabulary = inputs[0].shape[-1]
        return try inputs[1].scalars.map { (target) throws(Failure) in
            guard let id = Int(exactly: target), id < vocabulary else {
                throw .row(Int(exactly: target) ?? -1, rows: vocabulary, operation: Self.name)
            }
            return Int32(max(id, -1))
        }
    }
}

/// The mean over positions of −log softmax(logits)[target], in nats.
///
/// With smoothing ε the target is (1 − ε) of itself and ε of every token alike, as PyTorch defines it.
/// `logits` `[batch, position, vocabulary]`, `targets` `[batch, position]`; a negative target is left out.
public final class CrossEntropy: TargetOperation {
    public static let name = "cross_entropy"
    public var precision: PrecisionPolicy { .full }
    /// ε: this much of each target is spread evenly over the vocabulary (Szegedy et al. 2016, section 7).
    public let smoothing: Double

    public init(smoothing: Double = 0) { self.smoothing = smoothing }

    public init(attributes: Attributes) throws(Failure) {
        smoothing = try attributes.number("smoothing", of: Self.name)
        guard smoothing >= 0, smoothing <= 1 else {
            throw .attribute(operation: Self.name, key: "smoothing")
        }
    }

    public var attributes: Attributes { Attributes(["smoothing": .number(smoothing)]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard hasTargets(inputs) else { throw mismatch("logits […, vocabulary] and targets […]", inputs) }
        return []
    }

    public func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor {
        let targets = try targets(inputs)
        let counted = targets.count { $0 >= 0 }
        let losses = smoothing == 0 ? inputs[0].crossEntropies(targets: targets) : smoothed(inputs[0], targets)
        return Tensor(scalar: Float(losses.reduce(0.0) { $0 + Double($1) } / Double(max(counted, 1))))
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let targets = try targets(pass.inputs)
        let counted = targets.count { $0 >= 0 }
        let factor = pass.upstream[flat: 0] / Float(max(counted, 1))
        var gradient = pass.inputs[0].crossEntropyGradient(targets: targets, factor: factor)
        if smoothing > 0 { smooth(&gradient, targets, factor: factor) }
        return [gradient, nil]
    }

    /// log Σ exp(x) − (1 − ε) x[target] − ε · mean(x), row by row: the plain losses, less what smoothing shifts.
    private func smoothed(_ logits: Tensor, _ targets: [Int32]) -> [Float] {
        let losses = logits.crossEntropies(targets: targets)
        let columns = logits.shape[-1]
        return logits.withUnsafeBuffer { x in
            targets.indices.map { row in
                guard targets[row] >= 0 else { return 0 }
                let cells = x[row * columns..<(row + 1) * columns]
                let mean = cells.reduce(0.0) { $0 + Double($1) } / Double(columns)
                let own = Double(x[row * columns + Int(targets[row])])
                return Float(Double(losses[row]) + smoothing * (own - mean))
            }
        }
    }

    /// The gradient of the smoothed loss differs by ε at the target and by −ε / V everywhere.
    private func smooth(_ gradient: inout Tensor, _ targets: [Int32], factor: Float) {
        let columns = gradient.shape[-1]
        let (own, each) = (factor * Float(smoothing), factor * Float(smoothing) / Float(columns))
        gradient.mutate { cells in
            for (row, target) in targets.enumerated() where target >= 0 {
                for column in 0..<columns { cells[row * columns + column] -= each }
                cells[row * columns + Int(target)] += own
            }
        }
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let terms: [Expression] = inputs[1].shape.indices.compactMap { place in
            guard let target = inputs[1].id(at: place), target >= 0 else { return nil }
            let row = rowCells(0, place + [0], inputs[0].shape)
            let own = Expression.function(.lookUp, [.cell(input: 0, place + [target]), .cell(input: 1, place)])
            let expected =
                smoothing == 0
                ? own
                : .sum([
                    .product([.constant(1 - smoothing), own]), .product([.constant(smoothing), .function(.mean, row)]),
                ])
            return .difference(.function(.log, [.sum(row.map { .function(.exp, [$0]) })]), expected)
        }
        return .quotient(.sum(terms), .constant(Double(max(terms.count, 1))))
    }

    /// `dxᵢ = (softmax(x)ᵢ − (1 − ε) [i is the target] − ε / V) / n · dloss`, n targets, smoothing ε.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let (logits, targets) = (pass.inputs[0], pass.inputs[1])
        let place = Array(index.dropLast())
        guard input == 0, let target = targets.id(at: place), target >= 0 else {
            return .constant(0)
        }
        let counted = targets.scalars.count { $0 >= 0 }
        let row = rowCells(0, index, logits.shape)
        let share = Expression.quotient(
            .function(.exp, [.cell(input: 0, index)]), .sum(row.map { .function(.exp, [$0]) }))
        var wanted: [Expression] = []
        if index[index.count - 1] == target {
            wanted.append(.function(.lookUp, [.constant(1 - smoothing), .cell(input: 1, place)]))
        }
        if smoothing > 0 { wanted.append(.constant(smoothing / Double(row.count))) }
        let error =
            wanted.isEmpty ? share : Expression.difference(share, wanted.count == 1 ? wanted[0] : .sum(wanted))
        return .product([.quotient(error, .constant(Double(counted))), pass.upstream([])])
    }
}
