import Tensors
import Wording

extension Trace {
    /// The steps that were changed, in the order of the run.
    public var changedSteps: [Step] { steps.filter { self[$0.name.unchanged] != nil } }

    /// The same run without its changes: every changed step is what it was, and what depends on it is computed anew;
    /// nil where nothing was changed.
    /// - Throws: ``TracingError/notReplayed(step:)`` and what an operation throws.
    public func undoingChanges() throws(Failure) -> Trace? {
        var tensors = steps.map { $0.tensor }
        var isTouched = [Bool](repeating: false, count: steps.count)
        var hasChange = false
        for (place, step) in steps.enumerated() {
            if let before = self.place(of: step.name.unchanged) {
                (tensors[place], isTouched[place], hasChange) = (tensors[before], true, true)
            } else if step.inputs.contains(where: { isTouched[$0] }) {
                tensors[place] = try step.operation.evaluate(step.inputs.map { tensors[$0] })
                isTouched[place] = true
            }
        }
        guard hasChange else { return nil }
        var undone: [Step] = []
        for (place, step) in steps.enumerated() {
            undone.append(
                Step(
                    name: step.name, operation: step.operation, inputs: step.inputs, tensor: tensors[place],
                    axes: step.axes))
        }
        return try holding(undone)
    }
}

extension StepName {
    /// This step as it was before a change.
    fileprivate var unchanged: StepName {
        var name = self
        name.label = label.unchanged
        return name
    }
}
