import Tensors
import Wording

/// The parts of a batch put together: `Σ share · x`, a part's share being how many of the targets it has.
public final class BatchMean: UpdateOperation {
    public static let name = "batch_mean"
    public let shares: [Double]

    public init(shares: [Double]) { self.shares = shares }

    public init(attributes: Attributes) throws(Failure) {
        let count = try attributes.integer("parts", of: Self.name)
        guard count > 0, count <= attributes.values.count else {
            throw .attribute(operation: Self.name, key: "parts")
        }
        shares = try (0..<count).map { (each) throws(Failure) in try attributes.number("share.\(each)", of: Self.name) }
    }

    public var attributes: Attributes {
        var values: [String: Attributes.Value] = ["parts": .number(Double(shares.count))]
        for (place, share) in shares.enumerated() { values["share.\(place)"] = .number(share) }
        return Attributes(values)
    }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try common(shares.count, of: inputs, "\(shares.count) tensors of one shape")
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        var sum = inputs[0].scaled(by: Float(shares[0]))
        for (input, share) in zip(inputs, shares).dropFirst() { sum.accumulate(input, times: Float(share)) }
        return sum
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .sum(shares.enumerated().map { .product([.constant($1), .cell(input: $0, index)]) })
    }
}
