import Tensors
import Wording

/// One change of a run: what is done to a step's numbers before anything else reads them.
public struct Change: Sendable {
    public let step: StepName
    /// Reads the step as it was, then ``given``.
    let operation: any Operation
    let given: [Tensor]

    /// One place along an axis times a factor; 0 switches a head or a neuron off.
    public static func scale(_ step: StepName, axis: Int, place: Int, by factor: Double) -> Change {
        Change(step: step, operation: ScalePart(axis: axis, place: place, by: factor), given: [])
    }

    /// Every number times a factor.
    public static func magnify(_ step: StepName, by factor: Double) -> Change {
        Change(step: step, operation: Magnify(by: factor), given: [])
    }

    /// Other numbers in the step's own shape.
    public static func replace(_ step: StepName, by tensor: Tensor) -> Change {
        Change(step: step, operation: Replace(), given: [tensor])
    }

    /// Other numbers at one place along an axis, out of a tensor of the step's own shape.
    public static func replace(_ step: StepName, axis: Int, place: Int, by tensor: Tensor) -> Change {
        Change(step: step, operation: ReplacePart(axis: axis, place: place), given: [tensor])
    }
}

extension Label {
    /// A step as it was before a change.
    var unchanged: Label { Label(rawValue: rawValue + ".unchanged") }
    /// The numbers put in its place.
    var given: Label { Label(rawValue: rawValue + ".given") }
    /// Between two changes of one step.
    func changed(_ count: Int) -> Label { Label(rawValue: rawValue + ".changed.\(count)") }
}

extension Trace {
    /// The same run with other numbers in place of some steps', computed anew wherever it depends on them.
    /// - Throws: as for a list of changes.
    public func replaying(_ tensors: [StepName: Tensor]) throws(Failure) -> Trace {
        var changes: [Change] = []
        for step in steps {
            if let tensor = tensors[step.name] { changes.append(.replace(step.name, by: tensor)) }
        }
        // What no step is called is an error there.
        for name in tensors.keys where self[name] == nil { _ = try step(name) }
        return try replaying(changes)
    }

    /// The same run, changed. What does not depend on a change keeps its tensor; the rest is computed by the same
    /// operations in the same order, so that a change that changes nothing gives the same bits.
    ///
    /// A changed step keeps its name and reads itself as it was, `….unchanged`, and what was given, `….given`: it
    /// explains itself. Tokens that a generation chose stay as they were.
    /// - Throws: ``TracingError/unknownStep(_:nearest:)``; ``TracingError/notReplayed(step:)`` where a step behind the
    ///   change was recorded without its arithmetic, and what an operation throws where a change does not fit.
    public func replaying(_ changes: [Change]) throws(Failure) -> Trace {
        var changesOf: [Int: [Change]] = [:]
        for change in changes {
            _ = try step(change.step)
            if let place = place(of: change.step) { changesOf[place, default: []].append(change) }
        }
        guard let first = changesOf.keys.min() else { return self }
        if let odd = steps[first...].first(where: { !$0.isReplayable }) {
            throw Failure(TracingError.notReplayed(step: odd.name.description))
        }
        var replayed = Replayed()
        for (place, step) in steps.enumerated() {
            try replayed.add(step, at: place, changes: changesOf[place] ?? [])
        }
        return try holding(replayed.steps)
    }
}

extension Step {
    /// Whether its numbers are given or follow from others; a gradient recorded alone does not.
    fileprivate var isReplayable: Bool {
        if case .unexplained = (operation as? Source)?.kind { return false }
        return !(operation is Gradient) || !inputs.isEmpty
    }
}

/// A run while it is computed again.
private struct Replayed {
    var steps: [Step] = []
    /// Where each step of the first run stands now.
    private var places: [Int] = []
    /// Whether its numbers may be others now.
    private var isTouched: [Bool] = []

    mutating func add(_ step: Step, at place: Int, changes: [Change]) throws(Failure) {
        var (tensor, nanoseconds) = (step.tensor, step.nanoseconds)
        let inputs = step.inputs.map { places[$0] }
        var touched = false
        for input in step.inputs where isTouched[input] { touched = true }
        if touched {
            let tensors = inputs.map { steps[$0].tensor }
            guard step.fits(tensors) else { throw Failure(TracingError.notReplayed(step: step.name.description)) }
            tensor = try step.operation.evaluate(tensors)
            nanoseconds = 0
        }
        guard !changes.isEmpty else {
            places.append(steps.count)
            isTouched.append(touched)
            steps.append(step.moved(reading: inputs, tensor: tensor, nanoseconds: nanoseconds))
            return
        }
        let before = step.name.labelled(step.name.label.unchanged)
        steps.append(step.moved(reading: inputs, as: before, tensor: tensor, nanoseconds: nanoseconds))
        for (count, change) in changes.enumerated() { try apply(change, count, of: changes.count, to: step) }
        places.append(steps.count - 1)
        isTouched.append(true)
    }

    /// Puts a change behind the step that stands last.
    private mutating func apply(_ change: Change, _ count: Int, of all: Int, to step: Step) throws(Failure) {
        var inputs = [steps.count - 1]
        let label = step.name.label
        for tensor in change.given {
            let name = count == 0 ? label.given : label.changed(count).given
            inputs.append(steps.count)
            steps.append(
                Step(name: step.name.labelled(name), operation: Source(.constant), tensor: tensor, axes: step.axes))
        }
        let tensor = try change.operation.evaluate(inputs.map { steps[$0].tensor })
        let isLast = count == all - 1
        steps.append(
            Step(
                name: step.name.labelled(isLast ? label : label.changed(count + 1)), operation: change.operation,
                inputs: inputs, tensor: tensor, axes: step.axes))
    }
}

extension StepName {
    fileprivate func labelled(_ label: Label) -> StepName {
        var name = self
        name.label = label
        return name
    }
}
