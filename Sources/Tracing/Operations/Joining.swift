import Tensors
import Wording

/// Lays tensors end to end along one axis.
public protocol JoiningOperation: CheckedOperation {
    var axis: Int { get }
}

extension JoiningOperation {
    /// The shape of the whole, where `count` parts differ along the axis only.
    func joined(_ count: Int, of inputs: [Shape], _ expected: String) throws(Failure) -> Shape {
        guard inputs.count == count, let first = inputs.first, axis >= 0, axis < first.rank else {
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

    /// The parts copied, each to its place in the whole.
    func copied(_ inputs: [Tensor], as shape: Shape) -> Tensor {
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

    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        var place = index
        place[axis] += pass.inputs[..<input].reduce(0) { $0 + $1.shape[axis] }
        return pass.upstream(place)
    }
}

/// Two tensors one after the other along an axis: the key–value cache and what a new token adds to it.
public final class Concatenate: JoiningOperation {
    public static let name = "concatenate"
    public var precision: PrecisionPolicy { .moves }
    public let axis: Int

    public init(axis: Int) { self.axis = axis }

    public init(attributes: Attributes) throws(Failure) { axis = try attributes.integer("axis", of: Self.name) }

    public var attributes: Attributes { Attributes(["axis": .number(Double(axis))]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try joined(2, of: inputs, "shapes that differ along axis \(axis) only")
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        shape.before(axis) == 1 ? try inputs[0].followed(by: inputs[1], as: shape) : copied(inputs, as: shape)
    }
}

/// Shards laid end to end along one axis: the whole that workers gather from one another.
public final class JoinShards: JoiningOperation {
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
        try joined(shards, of: inputs, "\(shards) shapes that differ along axis \(axis) only")
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { copied(inputs, as: shape) }
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
