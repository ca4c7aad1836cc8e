import Tensors
import Wording

/// How one number came to be: its operation, with the real operands.
public struct Explanation: Sendable {
    public struct Term: Sendable, Hashable {
        public let step: StepName
        public let index: [Int]
        public let value: Double
    }

    public let step: StepName
    public let index: [Int]
    public let value: Double
    public let operation: String
    /// The arithmetic; `cell(input:_)` refers to ``inputs``.
    public let expression: Expression
    public let inputs: [StepName]
    /// Every operand in reading order.
    public let terms: [Term]
}

extension Trace {
    /// A step, and the number in one of its cells.
    /// - Throws: ``TracingError/unknownStep(_:nearest:)``, ``TracingError/index(step:index:shape:)``.
    package func cell(_ name: StepName, at index: [Int]) throws(Failure) -> (step: Step, value: Double) {
        let step = try step(name)
        guard let value = step.tensor.cell(index) else {
            throw Failure(TracingError.index(step: name.description, index: index, shape: step.shape.description))
        }
        return (step, Double(value))
    }

    /// Asks a cell how it came to be. A cell that was given (a weight, a token id) has no terms.
    /// - Throws: ``TracingError/unknownStep(_:nearest:)``, ``TracingError/index(step:index:shape:)``, or
    ///   ``TracingError/notExplained(step:operation:)`` where the trace was made without operations.
    public func explain(_ name: StepName, at index: [Int]) throws(Failure) -> Explanation {
        let (step, value) = try cell(name, at: index)
        let inputs = step.inputs.map { steps[$0] }
        if case .unexplained = (step.operation as? Source)?.kind {
            throw Failure(TracingError.notExplained(step: name.description, operation: step.operation.name))
        }
        // Recorded alone, by an engine that keeps no operations; the loss's own gradient is 1 and needs none.
        if let gradient = step.operation as? Gradient, gradient.parts.isEmpty, !isStart(step) {
            throw Failure(TracingError.notExplained(step: name.description, operation: step.operation.name))
        }
        let tensors = inputs.map { $0.tensor }
        guard step.fits(tensors) else {
            throw .shapes(
                operation: step.operation.name, expected: step.shape.description, found: tensors.map { $0.shape })
        }
        let expression = step.operation.expression(at: index, inputs: tensors, output: step.tensor)
        let terms =
            step.isSource
            ? []
            : expression.cells.map { cell in
                Explanation.Term(
                    step: inputs[cell.input].name, index: cell.index,
                    value: Double(inputs[cell.input].tensor.cell(cell.index) ?? .nan))
            }
        return Explanation(
            step: name, index: index, value: value, operation: step.operation.name, expression: expression,
            inputs: inputs.map { $0.name }, terms: terms)
    }

    /// Whether it is the gradient of one number by itself.
    private func isStart(_ step: Step) -> Bool { step.tensor.count == 1 && step.tensor[flat: 0] == 1 }
}

extension Step {
    /// Whether its operation gives its shape from these inputs: only then is a cell's arithmetic written in cells that
    /// are there. Of a trace that was read it always does; one put together by hand may say anything.
    package func fits(_ inputs: [Tensor]) -> Bool {
        if isSource || inputs.isEmpty && operation is Gradient { return true }
        return (try? operation.outputShape(inputs.map { $0.shape })) == shape
    }
}
