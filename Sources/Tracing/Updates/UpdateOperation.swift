import Tensors
import Wording

/// The arithmetic of an optimiser: what follows the gradients. Nobody goes back through it.
public protocol UpdateOperation: CheckedOperation {}

extension UpdateOperation {
    public func hasGradient(ofInput input: Int) -> Bool { false }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] { pass.inputs.map { _ in nil } }

    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        .constant(0)
    }

    /// Computes every cell by its own arithmetic, where no kernel does it in one.
    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        computeByExpression(inputs, as: shape)
    }

    func computeByExpression(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        Tensor(shape) { target in
            for place in target.indices {
                let cell = expression(at: shape.index(at: place), inputs: inputs, output: Tensor(scalar: 0))
                target[place] = Float(cell.value { Double(inputs[$0].cell($1) ?? .nan) })
            }
        }
    }

    /// One shape for the first `count` inputs, single numbers after them.
    func common(_ count: Int, of inputs: [Shape], single: Int = 0, _ expected: String) throws(Failure) -> Shape {
        guard count > 0, inputs.count == count + single, inputs[..<count].allSatisfy({ $0 == inputs[0] }),
            inputs[count...].allSatisfy({ $0 == [] })
        else { throw mismatch(expected, inputs) }
        return inputs[0]
    }
}
