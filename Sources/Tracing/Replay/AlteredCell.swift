import Tensors

extension Trace {
    /// Where a tensor that is known not to be the one that was written was altered, as far as arithmetic tells: its own,
    /// or that of the steps which read it.
    ///
    /// - Parameter altered: all such steps; what they read or are says nothing.
    func alteredCell(of name: StepName, among altered: Set<StepName>) -> Verification.Finding {
        var finding = Verification.Finding(step: name, isAltered: true)
        guard let place = place(of: name) else { return finding }
        let step = steps[place]
        if let again = computedAgain(step) {
            let cells = CellDifferences(step.tensor, again).cells
            guard cells.count == 1, let cell = cells.first?.place else { return finding }
            finding.index = step.shape.index(at: cell)
            finding.value = Double(step.tensor[flat: cell])
            finding.expected = Double(again[flat: cell])
            return finding
        }
        for reader in steps[place...] where reader.inputs.contains(place) && !altered.contains(reader.name) {
            guard let again = computedAgain(reader), let cell = cell(of: place, makes: reader, differFrom: again)
            else { continue }
            finding.index = cell.index
            finding.value = step.tensor.cell(cell.index).map { Double($0) }
            finding.expected = cell.expected
            return finding
        }
        return finding
    }

    /// The one cell whose change gives back what a reader was, and what it must have been: nil where several would, or
    /// none.
    private func cell(
        of place: Int, makes reader: Step, differFrom again: Tensor
    ) -> (index: [Int], expected: Double?)? {
        let floor = isElsewhere ? Verification.tolerance : 0
        let wrong = CellDifferences(reader.tensor, again).cells.filter { $0.difference > floor }.map { $0.place }
        let inputs = reader.inputs.map { steps[$0].tensor }
        // The cells that all of them read, and by how much each would have to be changed; nil where it has no slope.
        var candidates: [(index: [Int], change: Double?)]?
        for cell in stride(from: 0, to: wrong.count, by: max(wrong.count / 16, 1)).map({ wrong[$0] }) {
            let arithmetic = reader.operation.expression(
                at: reader.shape.index(at: cell), inputs: inputs, output: reader.tensor)
            let read = Set(arithmetic.cells.filter { reader.inputs[$0.input] == place }.map { $0.index })
            let missing = Double(reader.tensor[flat: cell]) - Double(again[flat: cell])
            func change(_ index: [Int]) -> Double? {
                var slope = 0.0
                for slot in reader.inputs.indices where reader.inputs[slot] == place {
                    slope +=
                        arithmetic.derivative(by: slot, index)?.value { inputs[$0].cell($1).map { Double($0) } ?? .nan }
                        ?? 0
                }
                return slope == 0 ? nil : missing / slope
            }
            candidates = (candidates ?? read.map { ($0, change($0)) }).filter { index, known in
                guard read.contains(index) else { return false }
                guard let known, let change = change(index) else { return true }
                return abs(known - change) <= 0.02 * max(abs(known), abs(change))
            }
        }
        guard candidates?.count == 1, let (index, change) = candidates?.first else { return nil }
        guard let change, let offset = steps[place].shape.offset(of: index) else { return (index, nil) }
        var mended = steps[place].tensor
        let expected = Double(mended[flat: offset]) + change
        mended.mutate { $0[offset] = Float(expected) }
        let tensors = reader.inputs.map { $0 == place ? mended : steps[$0].tensor }
        guard let mendedReader = try? reader.operation.evaluate(tensors),
            CellDifferences(reader.tensor, mendedReader).first(beyond: 10 * Verification.tolerance) == nil
        else { return (index, nil) }
        return (index, expected)
    }
}
