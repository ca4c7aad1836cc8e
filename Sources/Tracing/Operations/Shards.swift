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

/// Shards laid end to end along one axis: the whole that workers gather from one another.
public final class JoinShards: CheckedOperation {
    public static let name = "join_shards"
    public let shards: Int
    public let axis: Int

    public init(_ shards: Int, axis: Int) {
        self.shards = shards
        self.axis = axis
    }

    public init(attributes: Attributes) throws(Failure) {
        shards = try attributes.integer("shards", of: Self.name)
        axis = try attributes.integer("axis", of: Self.name)
    }

    public var attributes: Attributes {
        Attributes(["shards": .number(Double(shards)), "axis": .number(Double(axis))])
    }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        let expected = "\(shards) shapes that differ along axis \(axis) only"
        guard inputs.count == shards, let first = inputs.first, axis >= 0, axis < first.rank else {
            throw mismatch(expected, inputs)
        }
        var lengths = first.dimensions
        lengths[axis] = 0
        for input in inputs {
            guard input.rank == first.rank else { throw mismatch(expected, inputs) }
            var other = input.dimensions
            other[axis] = lengths[axis]
            guard other == lengths else { throw mismatch(expected, inputs) }
            lengths[axis] += input[axis]
        }
        return Shape(lengths)
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        let (inner, outer) = (shape.after(axis), shape.before(axis))
        let row = shape[axis] * inner
        return Tensor(shape) { target in
            guard let y = target.baseAddress else { return }
            var start = 0
            for input in inputs {
                let length = input.shape[axis] * inner
                for place in 0..<outer {
                    (y + place * row + start).update(from: input.pointer + place * length, count: length)
                }
                start += length
            }
        }
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        var start = 0
        return try pass.inputs.map { (input) throws(Failure) in
            defer { start += input.shape[axis] }
            return try pass.upstream.shard(start..<start + input.shape[axis], along: axis)
        }
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        var rest = index
        for (place, input) in inputs.enumerated() {
            if rest[axis] < input.shape[axis] { return .cell(input: place, rest) }
            rest[axis] -= input.shape[axis]
        }
        return .constant(.nan)
    }
}

extension Shape {
    /// How many cells lie behind one place of an axis.
    fileprivate func after(_ axis: Int) -> Int { dimensions[(axis + 1)...].reduce(1, *) }

    /// How many places the axes before it have together.
    fileprivate func before(_ axis: Int) -> Int { dimensions[..<axis].reduce(1, *) }
}

extension Tensor {
    /// The places of a range along one axis, copied: what one worker holds of a matrix.
    /// - Throws: `TensorError.index(_:shape:)` where the range lies outside.
    public func shard(_ range: Range<Int>, along axis: Int) throws(Failure) -> Tensor {
        guard axis >= 0, axis < shape.rank, range.lowerBound >= 0, range.upperBound <= shape[axis] else {
            throw .index([axis, range.lowerBound, range.upperBound], shape: shape)
        }
        var lengths = shape.dimensions
        lengths[axis] = range.count
        let (inner, outer) = (shape.after(axis), shape.before(axis))
        let (row, length) = (shape[axis] * inner, range.count * inner)
        return Tensor(Shape(lengths)) { target in
            guard let y = target.baseAddress else { return }
            for place in 0..<outer {
                (y + place * length).update(from: pointer + place * row + range.lowerBound * inner, count: length)
            }
        }
    }
}

/// Looks up the rows of a table of which only `start` onward are here: table `[rows, width]`, ids `[batch, position]`
/// → `[batch, position, width]`; a token whose row another worker holds gives zeros.
public final class EmbeddingShard: CheckedOperation {
    public static let name = "embedding_shard"
    public let start: Int

    public init(start: Int) { self.start = start }

    public init(attributes: Attributes) throws(Failure) { start = try attributes.integer("start", of: Self.name) }

    public var attributes: Attributes { Attributes(["start": .number(Double(start))]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 2 else {
            throw mismatch("[rows, width] and ids [batch, position]", inputs)
        }
        return Shape(inputs[1].dimensions + [inputs[0][1]])
    }

    /// Each token's row here, or nil.
    private func rows(_ inputs: [Tensor]) -> [Int?] {
        let count = inputs[0].shape[0]
        return inputs[1].scalars.map { id in
            guard let id = Int(exactly: id), id >= start, id < start + count else { return nil }
            return id - start
        }
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        let width = inputs[0].shape[1]
        return Tensor(shape) { target in
            guard let y = target.baseAddress else { return }
            for (place, row) in rows(inputs).enumerated() {
                if let row {
                    (y + place * width).update(from: inputs[0].pointer + row * width, count: width)
                } else {
                    (y + place * width).update(repeating: 0, count: width)
                }
            }
        }
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        let width = pass.inputs[0].shape[1]
        var gradient = Tensor(pass.inputs[0].shape, repeating: 0)
        gradient.mutate { target in
            pass.upstream.withUnsafeBuffer { upstream in
                for case (let place, let row?) in rows(pass.inputs).enumerated() {
                    for column in 0..<width { target[row * width + column] += upstream[place * width + column] }
                }
            }
        }
        return [gradient, nil]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let place = Array(index.dropLast())
        guard let id = inputs[1].cell(place).flatMap({ Int(exactly: $0) }), id >= start,
            id < start + inputs[0].shape[0]
        else { return .constant(0) }
        return .function(.lookUp, [.cell(input: 0, [id - start, index[index.count - 1]]), .cell(input: 1, place)])
    }
}
