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

    /// Whether it was given (a parameter, token ids) rather than computed.
    public var isSource: Bool { operation is Source }
    public var isParameter: Bool { (operation as? Source)?.kind == .parameter }
    /// Whether its numbers are whole: token ids.
    public var isInteger: Bool { (operation as? Source)?.kind == .tokens }
}

/// The least, mean and greatest of a tensor's finite numbers.
public struct Statistics: Sendable, Hashable {
    public let minimum: Double
    public let mean: Double
    public let maximum: Double
    /// How many numbers are infinite or not a number: masked scores.
    public let notFinite: Int

    public init(_ tensor: Tensor) {
        var low = Double.infinity
        var high = -Double.infinity
        var sum = 0.0
        var finite = 0
        tensor.withUnsafeBuffer { buffer in
            for value in buffer where value.isFinite {
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
    }
}
