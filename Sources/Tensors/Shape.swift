/// The lengths of a tensor's axes, outermost first, in row-major order.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
    public let dimensions: [Int]
    /// How many numbers a tensor of this shape holds; 1 for a scalar (no axes), `Int.max` where it would be more.
    public let count: Int

    public init(_ dimensions: [Int]) {
        self.dimensions = dimensions
        count = Self.count(dimensions[...])
    }

    /// How many numbers axes of these lengths hold together.
    package static func count(_ lengths: ArraySlice<Int>) -> Int {
        // Lengths come from files too: a product too large for a number must not stop the program.
        lengths.contains(0) ? 0 : lengths.reduce(1, product)
    }

    /// The shape that has other axes in place of its last ones.
    package func replacingLast(_ replaced: Int = 1, by lengths: ArraySlice<Int>) -> Shape {
        Shape(Array(dimensions[..<max(rank - replaced, 0)] + lengths))
    }

    public init(arrayLiteral elements: Int...) { self.init(elements) }

    public var rank: Int { dimensions.count }

    /// The length of an axis; a negative one counts from the end.
    public subscript(_ axis: Int) -> Int { dimensions[axis < 0 ? axis + rank : axis] }

    /// How far apart neighbours along each axis lie in memory.
    public var strides: [Int] {
        var strides = [Int](repeating: 1, count: rank)
        for axis in stride(from: rank - 2, through: 0, by: -1) {
            strides[axis] = Self.product(strides[axis + 1], dimensions[axis + 1])
        }
        return strides
    }

    /// The product, or `Int.max` where it is larger.
    package static func product(_ left: Int, _ right: Int) -> Int {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? .max : product
    }

    /// The place of a cell in memory, or nil if the index does not fit the shape.
    public func offset(of index: [Int]) -> Int? {
        guard index.count == rank else { return nil }
        var offset = 0
        for (position, length) in zip(index, dimensions) {
            guard position >= 0, position < length else { return nil }
            offset = offset * length + position
        }
        return offset
    }

    /// The cell at a place in memory: the inverse of ``offset(of:)``.
    public func index(at offset: Int) -> [Int] {
        var rest = offset
        var index = [Int](repeating: 0, count: rank)
        for axis in stride(from: rank - 1, through: 0, by: -1) where dimensions[axis] > 0 {
            index[axis] = rest % dimensions[axis]
            rest /= dimensions[axis]
        }
        return index
    }

    /// `4 × 64`.
    public var description: String {
        rank == 0 ? "scalar" : dimensions.map(String.init).joined(separator: " × ")
    }
}
