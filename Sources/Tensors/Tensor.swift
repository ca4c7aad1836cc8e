import CVectorMath
import Wording

/// A row-major block of 32-bit floats with a shape: a value, copied only when a shared one is changed.
public struct Tensor: Sendable {
    public let shape: Shape
    private(set) var storage: Storage
    private(set) var offset: Int

    /// Makes a tensor whose memory `fill` writes whole; what it leaves unwritten is undefined.
    public init<Failure: Error>(
        _ shape: Shape, filling fill: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Void
    ) throws(Failure) {
        self.shape = shape
        storage = Storage(count: shape.count)
        offset = 0
        try fill(UnsafeMutableBufferPointer(start: storage.pointer, count: shape.count))
    }

    public init(_ shape: Shape, repeating value: Float) {
        self.init(shape) { $0.update(repeating: value) }
    }

    /// - Throws: ``TensorError/count(expected:found:shape:)`` where the numbers do not fill the shape.
    public init(_ shape: Shape, _ scalars: [Float]) throws(Failure) {
        guard scalars.count == shape.count else {
            throw .count(expected: shape.count, found: scalars.count, shape: shape)
        }
        self.init(shape) { buffer in _ = buffer.initialize(from: scalars) }
    }

    public init(scalar: Float) { self.init([], repeating: scalar) }

    /// A view of memory that `owner` keeps alive, such as a mapped file; never written.
    public init(borrowing pointer: UnsafePointer<Float>, shape: Shape, owner: AnyObject) {
        self.shape = shape
        storage = Storage(borrowing: pointer, count: shape.count, owner: owner)
        offset = 0
    }

    private init(shape: Shape, storage: Storage, offset: Int) {
        self.shape = shape
        self.storage = storage
        self.offset = offset
    }

    public var count: Int { shape.count }

    /// Where the numbers lie; valid as long as the tensor is.
    package var pointer: UnsafePointer<Float> { UnsafePointer(storage.pointer + offset) }

    public func withUnsafeBuffer<Result, E: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(E) -> Result
    ) throws(E) -> Result {
        try withExtendedLifetime(storage) { () throws(E) in
            try body(UnsafeBufferPointer(start: storage.pointer + offset, count: count))
        }
    }

    /// Changes the numbers in place, or in a copy where the memory is shared: a recorded tensor never changes.
    public mutating func mutate<Result, Failure: Error>(
        _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if storage.isBorrowed || !isKnownUniquelyReferenced(&storage) {
            let copy = Storage(count: count)
            copy.pointer.update(from: storage.pointer + offset, count: count)
            storage = copy
            offset = 0
        }
        return try body(UnsafeMutableBufferPointer(start: storage.pointer + offset, count: count))
    }

    /// Whether both are one tensor: the same memory under the same shape.
    package func isSame(as other: Tensor) -> Bool { shape == other.shape && pointer == other.pointer }

    /// Every number, in memory order.
    public var scalars: [Float] { withUnsafeBuffer(Array.init) }

    /// One cell, or nil if the index does not fit the shape.
    public func cell(_ index: [Int]) -> Float? {
        guard let place = shape.offset(of: index) else { return nil }
        return self[flat: place]
    }

    /// One cell by its place in memory.
    public subscript(flat place: Int) -> Float { withUnsafeBuffer { $0[place] } }

    /// The same numbers under another shape; nothing is copied.
    /// - Throws: ``TensorError/count(expected:found:shape:)`` where the counts differ.
    public func reshaped(_ shape: Shape) throws(Failure) -> Tensor {
        guard shape.count == count else { throw .count(expected: shape.count, found: count, shape: shape) }
        return Tensor(shape: shape, storage: storage, offset: offset)
    }

    /// One entry of the outermost axis, without copying: `[batch, …]` becomes `[…]`.
    public func entry(_ position: Int) throws(Failure) -> Tensor {
        guard shape.rank > 0, position >= 0, position < shape[0] else {
            throw .index([position], shape: shape)
        }
        let inner = Shape(Array(shape.dimensions.dropFirst()))
        return Tensor(shape: inner, storage: storage, offset: offset + position * inner.count)
    }

    /// Neighbouring entries of the outermost axis, without copying.
    public func entries(_ range: Range<Int>) throws(Failure) -> Tensor {
        guard shape.rank > 0, range.lowerBound >= 0, range.upperBound <= shape[0] else {
            throw .index([range.lowerBound, range.upperBound], shape: shape)
        }
        let inner = count / max(shape[0], 1)
        let sliced = Shape([range.count] + shape.dimensions.dropFirst())
        return Tensor(shape: sliced, storage: storage, offset: offset + range.lowerBound * inner)
    }

    /// These numbers and behind them those of `other`, as one tensor of `shape`.
    ///
    /// Where this tensor's memory has room behind it that nobody sees, only `other` is copied, and the rest is shared:
    /// what grows row by row, as a cache of keys does, is not copied for every row.
    ///
    /// - Throws: ``TensorError/count(expected:found:shape:)`` where both together do not fill the shape.
    package func followed(by other: Tensor, as shape: Shape) throws(Failure) -> Tensor {
        guard shape.count == count + other.count else {
            throw .count(expected: shape.count, found: count + other.count, shape: shape)
        }
        let hasRoom = storage.claim(other.count, from: offset + count)
        let whole = hasRoom ? storage : Storage(count: shape.count)
        let start = hasRoom ? offset : 0
        if !hasRoom { whole.pointer.update(from: storage.pointer + offset, count: count) }
        (whole.pointer + start + count).update(from: other.storage.pointer + other.offset, count: other.count)
        return Tensor(shape: shape, storage: whole, offset: start)
    }

    /// A matrix with rows and columns exchanged, copied.
    private func transposed() -> Tensor {
        let (rows, columns) = (shape[0], shape[1])
        return Tensor([columns, rows], parts: rows, work: count, step: 16) { part, y in
            vm_transpose(pointer, y, part.lowerBound, part.upperBound, rows, columns)
        }
    }

    /// The axes in another order, copied.
    public func permuted(_ order: [Int]) throws(Failure) -> Tensor {
        guard order.sorted() == Array(0..<shape.rank) else { throw .index(order, shape: shape) }
        if order == [1, 0] { return transposed() }
        let strides = shape.strides
        let lengths = order.map { shape[$0] }
        let steps = order.map { strides[$0] }
        return Tensor(Shape(lengths)) { target in
            withUnsafeBuffer { source in
                var index = [Int](repeating: 0, count: lengths.count)
                var from = 0
                for place in target.indices {
                    target[place] = source[from]
                    var axis = lengths.count - 1
                    while axis >= 0 {
                        index[axis] += 1
                        from += steps[axis]
                        if index[axis] < lengths[axis] { break }
                        from -= steps[axis] * lengths[axis]
                        index[axis] = 0
                        axis -= 1
                    }
                }
            }
        }
    }
}

extension Tensor: Equatable {
    /// Same shape, same numbers (`NaN` differs from itself).
    public static func == (left: Tensor, right: Tensor) -> Bool {
        guard left.shape == right.shape else { return false }
        return left.withUnsafeBuffer { a in right.withUnsafeBuffer { b in a.elementsEqual(b) } }
    }
}
