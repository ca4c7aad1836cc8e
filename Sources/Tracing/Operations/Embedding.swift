import Tensors
import Wording

/// Looks up rows of a table `[row, width]` by ids `[…]` → `[…, width]`.
public protocol LookUpOperation: CheckedOperation {
    /// The id of the table's first row.
    var start: Int { get }

    /// Each id's row, or nil where the table need not have it.
    func rows(_ ids: Tensor, of table: Tensor) throws(Failure) -> [Int?]
}

extension LookUpOperation {
    public func hasGradient(ofInput input: Int) -> Bool { input == 0 }

    /// The shape of the rows that are looked up.
    func found(_ inputs: [Shape], _ expected: String) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 2 else { throw mismatch(expected, inputs) }
        return Shape(inputs[1].dimensions + [inputs[0][1]])
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        let table = inputs[0]
        let rows = try rows(inputs[1], of: table)
        let width = table.shape[1]
        return Tensor(shape) { target in
            guard let y = target.baseAddress else { return }
            for (place, row) in rows.enumerated() {
                if let row {
                    (y + place * width).update(from: table.pointer + row * width, count: width)
                } else {
                    (y + place * width).update(repeating: 0, count: width)
                }
            }
        }
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let table = pass.inputs[0]
        let width = table.shape[1]
        let rows = try rows(pass.inputs[1], of: table)
        var gradient = Tensor(table.shape, repeating: 0)
        gradient.mutate { target in
            pass.upstream.withUnsafeBuffer { upstream in
                for case (let place, let row?) in rows.enumerated() {
                    for column in 0..<width { target[row * width + column] += upstream[place * width + column] }
                }
            }
        }
        return [gradient, nil]
    }

    /// One cell of a row, found by means of the id at a place.
    func cell(_ row: Int, _ column: Int, at place: [Int]) -> Expression {
        .function(.lookUp, [.cell(input: 0, [row, column]), .cell(input: 1, place)])
    }

    /// The gradients of all places that looked this row up.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let ids = pass.inputs[1]
        return pass.total(
            (0..<ids.count).compactMap { flat in
                guard ids[flat: flat] == Float(index[0] + start) else { return nil }
                let place = ids.shape.index(at: flat)
                return .function(.lookUp, [pass.upstream(place + [index[1]]), .cell(input: 1, place)])
            })
    }
}

/// Looks up each token's row: table `[vocabulary, width]`, ids `[batch, position]` → `[batch, position, width]`.
public final class Embedding: LookUpOperation, PlainOperation {
    public static let name = "embedding"
    public var precision: PrecisionPolicy { .moves }
    public var start: Int { 0 }
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try found(inputs, "[vocabulary, width] and ids [batch, position]")
    }

    /// - Throws: `TensorError.row(_:rows:operation:)` where the table lacks an id.
    public func rows(_ ids: Tensor, of table: Tensor) throws(Failure) -> [Int?] {
        let count = table.shape[0]
        return try ids.scalars.map { (id) throws(Failure) in
            guard let row = Int(exactly: id), row >= 0, row < count else {
                throw .row(Int(exactly: id) ?? -1, rows: count, operation: Self.name)
            }
            return row
        }
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let place = Array(index.dropLast())
        return cell(inputs[1].id(at: place) ?? 0, index[index.count - 1], at: place)
    }
}

/// Looks up the rows of a table of which only `start` onward are here: table `[rows, width]`, ids `[batch, position]`
/// → `[batch, position, width]`; a token whose row another worker holds gives zeros.
public final class EmbeddingShard: LookUpOperation {
    public static let name = "embedding_shard"
    public let start: Int

    public init(start: Int) { self.start = start }

    public init(attributes: Attributes) throws(Failure) { start = try attributes.integer("start", of: Self.name) }

    public var attributes: Attributes { Attributes(["start": .number(Double(start))]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try found(inputs, "[rows, width] and ids [batch, position]")
    }

    /// Whether an id's row is here.
    private func holds(_ id: Int, _ table: Tensor) -> Bool { id >= start && id < start + table.shape[0] }

    public func rows(_ ids: Tensor, of table: Tensor) -> [Int?] {
        ids.scalars.map { id in
            guard let id = Int(exactly: id), holds(id, table) else { return nil }
            return id - start
        }
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let place = Array(index.dropLast())
        guard let id = inputs[1].id(at: place), holds(id, inputs[0]) else { return .constant(0) }
        return cell(id - start, index[index.count - 1], at: place)
    }
}
