import Tensors

/// One tensor of a run, and how it came to be.
public struct Step: Sendable {
    public let name: StepName
    public let operation: any Operation
    /// The steps it read, by their places in the trace.
    public let inputs: [Int]
    public let tensor: Tensor
    /// What each axis of the tensor stands for, outermost first.
    public let axes: [Axis]
    /// How long it took, in nanoseconds; 0 where it was not measured.
    public let nanoseconds: Int

    public init(
        name: StepName, operation: any Operation, inputs: [Int] = [], tensor: Tensor, axes: [Axis],
        nanoseconds: Int = 0
    ) {
        self.name = name
        self.operation = operation
        self.inputs = inputs
        self.tensor = tensor
        self.axes = axes
        self.nanoseconds = nanoseconds
    }

    public var shape: Shape { tensor.shape }

    /// The same step in another trace.
    /// - Parameter inputs: the places there of what it read; nil where they are not there, so that nothing is explained
    ///   by them.
    func moved(reading inputs: [Int]?, as name: StepName? = nil, tensor: Tensor? = nil, nanoseconds: Int? = nil) -> Step
    {
        Step(
            name: name ?? self.name, operation: inputs == nil ? Source(.unexplained) : operation, inputs: inputs ?? [],
            tensor: tensor ?? self.tensor, axes: axes, nanoseconds: nanoseconds ?? self.nanoseconds)
    }

    /// Whether it was given (a parameter, token ids) rather than computed.
    public var isSource: Bool { operation is Source }
    public var isParameter: Bool { (operation as? Source)?.kind == .parameter }
    /// Whether its numbers are whole: token ids.
    public var isInteger: Bool { (operation as? Source)?.kind == .tokens }
}

/// The least, mean and greatest of a tensor's finite numbers, and how many are none.
public struct Statistics: Sendable, Hashable {
    public let minimum: Double
    public let mean: Double
    public let maximum: Double
    /// How many numbers are infinite or not a number, masked scores included.
    public let notFinite: Int
    /// How many of them a mask hides.
    public let masked: Int
    /// How many are not a number, and how many of those that no mask hides are infinite.
    public let nan: Int
    public let infinite: Int
    /// Whether no number is finite.
    public let isEmpty: Bool
    /// Whether any number is not finite that no mask hides.
    public var isOdd: Bool { nan + infinite > 0 }

    /// - Parameter hidden: ones where a mask hides a number, in the same shape.
    public init(_ tensor: Tensor, hidden: Tensor? = nil) {
        var low = Double.infinity
        var high = -Double.infinity
        var sum = 0.0
        var (finite, nan, masked) = (0, 0, 0)
        let hidden = hidden?.shape == tensor.shape ? hidden : nil
        tensor.withUnsafeBuffer { buffer in
            for (place, value) in buffer.enumerated() {
                guard value.isFinite else {
                    if value.isNaN { nan += 1 } else if hidden?[flat: place] == 1, value < 0 { masked += 1 }
                    continue
                }
                low = min(low, Double(value))
                high = max(high, Double(value))
                sum += Double(value)
                finite += 1
            }
        }
        minimum = low
        maximum = high
        mean = sum / Double(finite)
        notFinite = tensor.count - finite
        isEmpty = finite == 0
        (self.masked, self.nan, infinite) = (masked, nan, tensor.count - finite - nan - masked)
    }
}
