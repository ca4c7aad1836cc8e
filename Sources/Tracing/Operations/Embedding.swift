import Tensors
import Wording

/// Looks up each token's row: table `[vocabulary, width]`, ids `[batch, position]` → `[batch, position, width]`.
public final class Embedding: CheckedOperation, PlainOperation {
    public static let name = "embedding"
    public var precision: PrecisionPolicy { .moves }
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 2 else {
            throw mismatch("[vocabulary, width] and ids [batch, position]", inputs)
        }
        return Shape(inputs[1].dimensions + [inputs[0][1]])
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        let (table, ids) = (inputs[0], inputs[1])
        let rows = try Self.rows(ids, of: table)
        let width = table.shape[1]
        return Tensor(shape) { target in
            table.withUnsafeBuffer { source in
                guard let y = target.baseAddress, let x = source.baseAddress else { return }
                for (place, row) in rows.enumerated() {
                    (y + place * width).update(from: x + row * width, count: width)
                }
            }
        }
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let table = pass.inputs[0]
        let width = table.shape[1]
        let rows = try Self.rows(pass.inputs[1], of: table)
        var gradient = Tensor(table.shape, repeating: 0)
        gradient.mutate { target in
            pass.upstream.withUnsafeBuffer { upstream in
                for (place, row) in rows.enumerated() {
                    for column in 0..<width { target[row * width + column] += upstream[place * width + column] }
                }
            }
        }
        return [gradient, nil]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let place = Array(index.dropLast())
        let row = inputs[1].cell(place).flatMap { Int(exactly: $0) } ?? 0
        return .function(.lookUp, [.cell(input: 0, [row, index[index.count - 1]]), .cell(input: 1, place)])
    }

    private static func rows(_ ids: Tensor, of table: Tensor) throws(Failure) -> [Int] {
        let count = table.shape[0]
        return try ids.scalars.map { (id) throws(Failure) in
            guard let row = Int(exactly: id), row >= 0, row < count else {
                throw .row(Int(exactly: id) ?? -1, rows: count, operation: name)
            }
            return row
        }
    }
}
