import Tensors
import Wording

/// What is known of a recorded file's numbers beside the arithmetic of its trace.
struct RecordedChecks {
    /// The trace with operations also where they hold but for what one altered number makes of them.
    let trace: Trace
    /// What steps should be by arithmetic that no trace has.
    private(set) var expected: [StepName: Tensor] = [:]
    /// How far numbers may differ because they were rounded when they were written.
    private(set) var tolerance = Verification.tolerance

    /// Looks for arithmetic that a step's numbers bear out, or would but for one altered number.
    init(_ recorded: Trace, _ arithmetic: RecordedArithmetic, file: SafeTensors) throws(Failure) {
        let kinds = Set(file.entries.values.map { $0.kind })
        tolerance = kinds.contains("BF16") ? 0x1p-6 : kinds.contains("F16") ? 0x1p-9 : tolerance
        let rounding: Float = kinds.isDisjoint(with: ["BF16", "F16"]) ? 2e-4 : 3e-2
        var steps = recorded.steps
        for (place, step) in steps.enumerated() where step.isSource && !step.isInteger {
            let nearly = arithmetic.candidates(step.name).first { operation, names in
                let inputs = names.compactMap { recorded.place(of: $0) }.filter { $0 < place }.map { steps[$0].tensor }
                guard inputs.count == names.count, let again = try? operation.evaluate(inputs) else { return false }
                return Self.bearsOut(step.tensor, again, rounding, by: (operation, inputs))
            }
            if let (operation, names) = nearly {
                steps[place] = Step(
                    name: step.name, operation: operation, inputs: names.compactMap { recorded.place(of: $0) },
                    tensor: step.tensor, axes: step.axes)
                continue
            }
            let further = arithmetic.further(step.name)
            expected[step.name] =
                further.first { RecordedArithmetic.agree(step.tensor, $0, rounding) }
                ?? further.first { Self.bearsOut(step.tensor, $0, rounding, by: nil) }
        }
        trace = try recorded.holding(steps)
    }

    /// Whether all cells agree but those that one altered number can have made differ: those of one row, or that read
    /// the same cell. What agrees must be more than that, and more than zeros.
    private static func bearsOut(
        _ found: Tensor, _ again: Tensor, _ tolerance: Float, by arithmetic: (any Operation, [Tensor])?
    ) -> Bool {
        guard found.shape == again.shape else { return false }
        var wrong: [Int] = []
        let isCounted = RecordedArithmetic.differing(found, again, tolerance) { cell in
            wrong.append(cell)
            return 2 * wrong.count <= found.count
        }
        guard isCounted else { return false }
        let told = again.withUnsafeBuffer { $0.count { $0 != 0 && $0.isFinite } }
        guard told > 2 * wrong.count else { return false }
        let width = max(found.shape.rank == 0 ? 1 : found.shape[-1], 1)
        if Set(wrong.map { $0 / width }).count <= 1 { return true }
        guard let (operation, inputs) = arithmetic else { return false }
        var shared: Set<Place>?
        for cell in wrong {
            let read = operation.expression(at: found.shape.index(at: cell), inputs: inputs, output: again).cells
                .map { Place(input: $0.input, index: $0.index) }
            shared = shared?.intersection(read) ?? Set(read)
            if shared?.isEmpty == true { return false }
        }
        return true
    }

    private struct Place: Hashable {
        let input: Int
        let index: [Int]
    }
}
