import Platform
import Tensors
import Wording

/// A tensor on its way through a model, with its place in the trace if the run is recorded.
public struct Value: Sendable {
    public let tensor: Tensor
    let step: Int?
    /// The format that its numbers are in.
    var format = FloatFormat.float32

    /// A value that no trace knows, such as a constant of a run that is not recorded.
    public init(_ tensor: Tensor) {
        self.tensor = tensor
        step = nil
    }

    init(_ tensor: Tensor, step: Int?) {
        self.tensor = tensor
        self.step = step
    }

    public var shape: Shape { tensor.shape }
}

/// Carries out a model's operations, and writes each on the trace if asked to.
///
/// Recording retains tensors, it never copies one; with recording off the same code keeps nothing.
public final class Recorder {
    public let isRecording: Bool
    /// In training: how often a number is dropped, and which. Nothing is dropped without it.
    public var dropout: DropoutPlan?
    /// What matrix products compute in; float32 unless a training asks for less.
    public var precision = FloatFormat.float32
    /// What has been rounded already, by the step that it was made from.
    private var casts: [Int: Value] = [:]
    /// Put before the names of the steps that follow: which generated token, which part of a batch, which stack.
    public var pass = 0
    public var part = 0
    public var stack = Stack.single
    private(set) var steps: [Step] = []
    private var places: [StepName: Int] = [:]

    public init(recording: Bool = true) {
        isRecording = recording
        guard recording else { return }
        // A small model's run: growing from nothing would be a noticeable part of it.
        steps.reserveCapacity(128)
        places.reserveCapacity(128)
    }

    /// Computes one operation.
    /// - Throws: `TensorError` where shapes do not fit; ``TracingError/duplicateStep(_:)``;
    ///   ``TracingError/notRecorded`` for an input that this recorder has not written down.
    public func apply(
        _ operation: any Operation, _ inputs: Value..., as label: Label, block: Int? = nil, axes: [Axis]
    ) throws(Failure) -> Value {
        if Abandonment.isAsked { throw Failure(TracingError.abandoned) }
        guard precision == .float32 else {
            return try applyInHalf(operation, inputs, as: label, block: block, axes: axes)
        }
        return try compute(operation, inputs, as: label, block: block, axes: axes)
    }

    private func compute(
        _ operation: any Operation, _ inputs: [Value], as label: Label, block: Int?, axes: [Axis]
    ) throws(Failure) -> Value {
        guard isRecording else { return Value(try operation.evaluate(inputs.map { $0.tensor })) }
        let start = monotonicNanoseconds()
        let tensor = try operation.evaluate(inputs.map { $0.tensor })
        let elapsed = monotonicNanoseconds() - start
        let places = try inputs.map(place(of:))
        return try record(
            Step(
                name: name(label, block), operation: operation, inputs: places, tensor: tensor, axes: axes,
                nanoseconds: Int(clamping: elapsed)))
    }

    /// The same with operands and results in half precision where the operation's policy says so. Roundings are steps
    /// of their own: `….half` of an operand, `….float32` for a result before it is rounded.
    private func applyInHalf(
        _ operation: any Operation, _ inputs: [Value], as label: Label, block: Int?, axes: [Axis]
    ) throws(Failure) -> Value {
        let areHalf = !inputs.isEmpty && inputs.allSatisfy { $0.format == precision }
        switch operation.precision {
        case .full: return try compute(operation, inputs, as: label, block: block, axes: axes)
        case .moves:
            var value = try compute(operation, inputs, as: label, block: block, axes: axes)
            // Only the numbers count: what selects them (ids, masks) has no format.
            value.format = inputs.first?.format ?? .float32
            return value
        case .follows where !areHalf: return try compute(operation, inputs, as: label, block: block, axes: axes)
        case .half, .follows:
            let rounded = try inputs.map { (each) throws(Failure) in try cast(each) }
            let wide = try compute(
                operation, rounded, as: Label(rawValue: label.rawValue + ".float32"), block: block, axes: axes)
            var value = try compute(Cast(to: precision), [wide], as: label, block: block, axes: axes)
            value.format = precision
            return value
        }
    }

    /// A value in half precision; made once, however often it is read.
    private func cast(_ value: Value) throws(Failure) -> Value {
        guard value.format != precision else { return value }
        guard isRecording, let place = value.step else {
            var result = Value(value.tensor.rounded(to: precision))
            result.format = precision
            return result
        }
        if let known = casts[place] { return known }
        let step = steps[place]
        var name = step.name
        name.label = Label(rawValue: name.label.rawValue + ".half")
        var result = try record(
            Step(
                name: name, operation: Cast(to: precision), inputs: [place],
                tensor: value.tensor.rounded(to: precision), axes: step.axes))
        result.format = precision
        casts[place] = result
        return result
    }

    /// Drops some of a value's numbers where the run is a training with dropout; elsewhere the value itself, and no
    /// step.
    public func dropout(_ value: Value, as label: Label, block: Int? = nil, axes: [Axis]) throws(Failure) -> Value {
        guard let operation = dropout?.next() else { return value }
        return try apply(operation, value, as: Label(rawValue: label.rawValue + ".dropout"), block: block, axes: axes)
    }

    /// Something given from outside. A parameter is recorded once, however often it is used.
    public func source(
        _ tensor: Tensor, _ kind: Source.Kind, as label: Label, block: Int? = nil, axes: [Axis]
    ) throws(Failure) -> Value {
        guard isRecording else { return Value(tensor) }
        var name = name(label, block)
        guard kind == .parameter else {
            return try record(Step(name: name, operation: Source(kind), tensor: tensor, axes: axes))
        }
        name.pass = 0
        name.part = 0
        let next = steps.count
        let place = Self.place(in: &places[name, default: next])
        if place == next {
            steps.append(Step(name: name, operation: Source(kind), tensor: tensor, axes: axes))
        } else if !steps[place].tensor.isSame(as: tensor) {
            throw .duplicateStep(name.description)
        }
        return Value(tensor, step: place)
    }

    /// Makes a default an entry, so that a name is looked up once.
    private static func place(in entry: inout Int) -> Int { entry }

    /// Gives a value a second name; the tensor is the same one, not a copy.
    public func alias(_ value: Value, as label: Label, block: Int? = nil, axes: [Axis]) throws(Failure) -> Value {
        guard isRecording else { return value }
        var result = try record(
            Step(
                name: name(label, block), operation: Same(), inputs: [try place(of: value)], tensor: value.tensor,
                axes: axes))
        result.format = value.format
        return result
    }

    /// What a step is called that is recorded now.
    private func name(_ label: Label, _ block: Int?) -> StepName {
        StepName(label, block: block, stack: stack, pass: pass, part: part)
    }

    /// A value that another recorder wrote down has a place there, not here.
    private func place(of value: Value) throws(Failure) -> Int {
        guard let place = value.step, place < steps.count, steps[place].tensor.isSame(as: value.tensor) else {
            throw Failure(TracingError.notRecorded)
        }
        return place
    }

    private func record(_ step: consuming Step) throws(Failure) -> Value {
        let place = steps.count
        guard places.updateValue(place, forKey: step.name) == nil else {
            throw .duplicateStep(step.name.description)
        }
        let value = Value(step.tensor, step: place)
        steps.append(step)
        return value
    }

    /// What has been recorded so far.
    public func trace(model: ModelCard = ModelCard(), tokens: [TraceToken] = []) -> Trace {
        Trace(steps: steps, places: places, model: model, tokens: tokens)
    }
}
