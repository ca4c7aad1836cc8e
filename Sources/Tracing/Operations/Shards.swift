import Tensors
import Wording

/// What workers that share a layer add up: their partial results, `[…]` each, and the bias, if there is one,
/// once (Shoeybi et al. 2019, section 3: the all-reduce after a matrix that is split by rows).
public final class SumShards: CheckedOperation {
    public static let name = "sum_shards"
    public let shards: Int

    public init(_ shards: Int) { self.shards = shards }

    public init(attributes: Attributes) throws(Failure) {
        shards = try attributes.integer("shards", of: Self.name)
        guard shards > 0 else { throw .attribute(operation: Self.name, key: "shards") }
    }

    public var attributes: Attributes { Attributes(["shards": .number(Double(shards))]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        let expected = "\(shards) partial results of one shape, and perhaps a bias of their last axis"
        guard inputs.count == shards || inputs.count == shards + 1,
            inputs.prefix(shards).allSatisfy({ $0 == inputs[0] })
        else { throw mismatch(expected, inputs) }
        if inputs.count > shards {
            guard inputs[0].rank > 0, inputs[shards] == [inputs[0][-1]] else { throw mismatch(expected, inputs) }
        }
        return inputs[0]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        var sum = inputs[0]
        for input in inputs[1..<shards] { sum = sum.adding(input) }
        return inputs.count > shards ? sum.addingToRows(inputs[shards]) : sum
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        pass.inputs.enumerated().map { place, input in
            place < shards ? pass.upstream : pass.upstream.summedRows(into: input.shape)
        }
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .sum(inputs.indices.map { .cell(input: $0, $0 < shards ? index : [index[index.count - 1]]) })
    }

    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        guard input >= shards else { return pass.upstream(index) }
        return pass.total(pass.output.shape.lead.indices.map { pass.upstream($0 + index) })
    }
}

extension Tensor {
    /// `[…, columns]` with a row `[columns]` added to each of its rows.
    package func addingToRows(_ row: Tensor) -> Tensor {
        let columns = max(row.count, 1)
        return Tensor(shape) { target in
            withUnsafeBuffer { source in
                row.withUnsafeBuffer { row in
                    for place in target.indices { target[place] = source[place] + row[place % columns] }
                }
            }
        }
    }
}
