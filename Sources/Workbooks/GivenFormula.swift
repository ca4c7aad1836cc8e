import Tensors
import Tracing

extension Workbook {
    /// The formulas of a step that is computed.
    func formula(_ sheet: WorkbookPlan.Sheet) -> StepFormula? {
        let step = trace.steps[sheet.place]
        let grids = step.inputs.compactMap { input in plan.numbers[input].map { plan.sheets[$0].grid } }
        guard grids.count == step.inputs.count else { return nil }
        return StepFormula(
            FormulaSource(
                step: step, inputs: step.inputs.map { trace.steps[$0] }, grids: grids, own: sheet.grid.own,
                helpers: sheet.helpers))
    }

    /// Of what is given, that which stands on the first sheet: token ids, and targets that are the next tokens.
    func givenFormula(_ sheet: WorkbookPlan.Sheet) -> StepFormula? {
        let step = trace.steps[sheet.place]
        guard step.isInteger, selection.isWhole else { return nil }
        if let table = tokens.table(of: sheet.place) {
            return StepFormula { index in
                table.rows.first { $0.index == index }.map { "'\(plan.readMe)'!$C$\($0.row + 1)" }
            }
        }
        guard step.name.label == .targets, step.shape.rank == 2,
            let table = tokens.tables.first(where: {
                let read = trace.steps[$0.step]
                return read.name.part == step.name.part && read.shape == step.shape && isNext(step.tensor, read.tensor)
            })
        else { return nil }
        return StepFormula { index in
            guard step.tensor.id(at: index) ?? -1 >= 0 else { return "-1" }
            return table.rows.first { $0.index == [index[0], index[1] + 1] }
                .map { "'\(plan.readMe)'!$C$\($0.row + 1)" }
        }
    }

    /// Whether each target is the token behind its place.
    private func isNext(_ targets: Tensor, _ tokens: Tensor) -> Bool {
        targets.shape.indices.allSatisfy { index in
            guard let target = targets.id(at: index), target >= 0 else { return true }
            return tokens.id(at: [index[0], index[1] + 1]) == target
        }
    }
}
