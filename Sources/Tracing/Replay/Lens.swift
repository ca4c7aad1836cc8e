import Tensors
import Wording

extension Trace {
    /// What a later step would be for one token if an earlier one held other numbers there: the same operations on that
    /// token's row alone. Put an early layer's stream in place of the last, and the output layer reads what the model
    /// would say so early (the “logit lens”, nostalgebraist 2020).
    ///
    /// - Parameters:
    ///   - target: `[batch, position, …]`; everything between it and the source works token by token.
    ///   - source: the step whose row is replaced.
    ///   - row: `[1, 1, width]`.
    /// - Returns: `[1, 1, …]`
    /// - Throws: ``TracingError/unknownStep(_:nearest:)``, ``TracingError/notReplayed(step:)`` where the target does not
    ///   follow from the source, and what an operation throws that mixes tokens.
    public func reading(_ target: StepName, from source: StepName, with row: Tensor) throws(Failure) -> Tensor {
        _ = try step(target)
        _ = try step(source)
        guard let end = place(of: target), let start = place(of: source), start < end else {
            throw Failure(TracingError.notReplayed(step: target.description))
        }
        // Only what lies on the way is computed.
        var isAsked = [Bool](repeating: false, count: end - start + 1)
        isAsked[end - start] = true
        for place in stride(from: end, to: start, by: -1) where isAsked[place - start] {
            for input in steps[place].inputs where input >= start { isAsked[input - start] = true }
        }
        var found: [Int: Tensor] = [start: row]
        for place in start + 1...end where isAsked[place - start] {
            let step = steps[place]
            guard step.inputs.contains(where: { found[$0] != nil }) else { continue }
            let inputs = step.inputs.map { found[$0] ?? steps[$0].tensor }
            found[place] = try step.operation.evaluate(inputs)
        }
        guard let tensor = found[end] else { throw Failure(TracingError.notReplayed(step: target.description)) }
        return tensor
    }
}
