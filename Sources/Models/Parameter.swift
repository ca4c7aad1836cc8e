import Platform
import Tensors
import Tracing
import Wording

/// One trained tensor of a model, under its name in the trace.
public struct Parameter: Sendable {
    public let name: StepName
    public var tensor: Tensor
    public let axes: [Axis]

    public init(name: StepName, tensor: Tensor, axes: [Axis]) {
        self.name = name
        self.tensor = tensor
        self.axes = axes
    }
}

/// A model's parameters in a fixed order, found by name.
public struct ParameterSet: Sendable {
    public private(set) var all: [Parameter]
    private let places: [StepName: Int]

    public init(_ parameters: [Parameter]) {
        all = parameters
        var places: [StepName: Int] = [:]
        for (place, parameter) in parameters.enumerated() where places[parameter.name] == nil {
            places[parameter.name] = place
        }
        self.places = places
    }

    public subscript(_ name: StepName) -> Parameter? { places[name].map { all[$0] } }

    /// How many numbers there are in all.
    public var count: Int { all.reduce(0) { $0 + $1.tensor.count } }

    /// Changes the tensors in place, each with its place in ``all``.
    public mutating func update<E: Error>(_ change: (Int, inout Tensor) throws(E) -> Void) throws(E) {
        for place in all.indices { try change(place, &all[place].tensor) }
    }

    /// Changes the tensors in place on all cores; `change` must touch nothing that another place's call touches.
    public mutating func updateSideBySide(_ change: @Sendable (Int, inout Tensor) -> Void) {
        all.withUnsafeMutableBufferPointer { parameters in
            let places = UncheckedParameters(parameters)
            sideBySide(places.parameters.count) { change($0, &places.parameters[$0].tensor) }
        }
    }

    /// The parameter as a value of the run that `recorder` writes down.
    /// - Throws: ``ModelError/missingParameter(_:)``.
    func value(_ label: Label, block: Int? = nil, on recorder: Recorder) throws(Failure) -> Value {
        guard let value = try valueIfThere(label, block: block, on: recorder) else {
            throw Failure(ModelError.missingParameter(StepName(label, block: block, stack: recorder.stack).description))
        }
        return value
    }

    /// The same; nil where the model does not have it.
    func valueIfThere(_ label: Label, block: Int? = nil, on recorder: Recorder) throws(Failure) -> Value? {
        guard let place = places[StepName(label, block: block, stack: recorder.stack)] else { return nil }
        let parameter = all[place]
        return try recorder.source(parameter.tensor, .parameter, as: label, block: block, axes: parameter.axes)
    }
}

/// Parameters that several threads change, each its own place.
private struct UncheckedParameters: @unchecked Sendable {
    let parameters: UnsafeMutableBufferPointer<Parameter>
    init(_ parameters: UnsafeMutableBufferPointer<Parameter>) { self.parameters = parameters }
}
