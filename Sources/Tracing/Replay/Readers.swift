import Tensors
import Wording

extension Trace {
    /// One cell that reads another: how one number goes on.
    public struct Reader: Sendable, Hashable {
        public let step: StepName
        public let index: [Int]
        public let value: Double
    }

    /// Which cells read a cell, in the trace's order: the way forward to the probabilities.
    ///
    /// - Parameter limit: how many are listed; `total` counts the rest too.
    /// - Throws: ``TracingError/unknownStep(_:nearest:)``, ``TracingError/index(step:index:shape:)``.
    public func readers(
        of name: StepName, at index: [Int], limit: Int = 64
    ) throws(Failure) -> (readers: [Reader], total: Int) {
        _ = try cell(name, at: index)
        guard let place = place(of: name) else { return ([], 0) }
        var found: [Reader] = []
        var total = 0
        for step in steps[(place + 1)...] where !step.isSource && step.inputs.contains(place) {
            let inputs = step.inputs.map { steps[$0].tensor }
            guard step.fits(inputs) else { continue }
            for cell in 0..<step.tensor.count {
                let at = step.shape.index(at: cell)
                let expression = step.operation.expression(at: at, inputs: inputs, output: step.tensor)
                guard expression.cells.contains(where: { step.inputs[$0.input] == place && $0.index == index }) else {
                    continue
                }
                total += 1
                guard found.count < limit else { continue }
                found.append(.init(step: step.name, index: at, value: Double(step.tensor[flat: cell])))
            }
        }
        return (found, total)
    }
}
