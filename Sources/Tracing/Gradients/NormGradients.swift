import Tensors

extension Softmax {
    /// `dxᵢ = pᵢ · (dpᵢ − Σ pⱼ · dpⱼ)`.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        // A share of exactly zero was masked: it adds nothing, and nothing comes back to it.
        guard pass.output.cell(index) != 0 else { return .constant(0) }
        let row = (0..<pass.output.shape[-1]).map { index.dropLast() + [$0] }.filter { pass.output.cell($0) != 0 }
        return .product([
            pass.output(index),
            .difference(
                pass.upstream(index), .sum(row.map { .product([pass.output($0), pass.upstream($0)]) })),
        ])
    }
}

extension CrossEntropy {
    /// `dxᵢ = (softmax(x)ᵢ − (1 − ε) [i is the target] − ε / V) / n · dloss`, n targets, smoothing ε.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let (logits, targets) = (pass.inputs[0], pass.inputs[1])
        let place = Array(index.dropLast())
        guard input == 0, let target = targets.id(at: place), target >= 0 else {
            return .constant(0)
        }
        let counted = targets.scalars.count { $0 >= 0 }
        let row = rowCells(0, index, logits.shape)
        let share = Expression.quotient(
            .function(.exp, [.cell(input: 0, index)]), .sum(row.map { .function(.exp, [$0]) }))
        var wanted: [Expression] = []
        if index[index.count - 1] == target {
            wanted.append(.function(.lookUp, [.constant(1 - smoothing), .cell(input: 1, place)]))
        }
        if smoothing > 0 { wanted.append(.constant(smoothing / Double(row.count))) }
        let error =
            wanted.isEmpty ? share : Expression.difference(share, wanted.count == 1 ? wanted[0] : .sum(wanted))
        return .product([.quotient(error, .constant(Double(counted))), pass.upstream([])])
    }
}

extension LayerNormScale {
    /// `dxᵢ = ds · (xᵢ − mean x) / (n · s)`.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let place = Array(index.dropLast()) + [0]
        let row = rowCells(0, index, pass.inputs[0].shape)
        return .quotient(
            .product([pass.upstream(place), .difference(.cell(input: 0, index), .function(.mean, row))]),
            .product([.constant(Double(row.count)), pass.output(place)]))
    }
}

extension LayerNorm {
    /// `dxᵢ = (gᵢ dyᵢ − mean(g dy)) / s`, `ds = −Σ dyⱼ (yⱼ − bⱼ) / s`, `dgᵢ = Σ dyᵢ (xᵢ − mean x) / s` and
    /// `dbᵢ = Σ dyᵢ` over all rows.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let shape = pass.inputs[0].shape
        let columns = 0..<shape[-1]
        let rows = shape.lead.indices
        let row = Array(index.dropLast())
        func weighted(_ column: Int) -> Expression {
            .product([.cell(input: 2, [column]), pass.upstream(row + [column])])
        }
        switch input {
        case 0:
            return .quotient(
                .difference(weighted(index[index.count - 1]), .function(.mean, columns.map(weighted))),
                .cell(input: 1, row + [0]))
        case 1:
            let sum = columns.map { column in
                Expression.product([
                    pass.upstream(row + [column]),
                    .difference(pass.output(row + [column]), .cell(input: 3, [column])),
                ])
            }
            return .product([.constant(-1), .quotient(.sum(sum), .cell(input: 1, row + [0]))])
        case 2:
            return pass.total(
                rows.map { row in
                    .product([
                        pass.upstream(row + index),
                        .quotient(
                            .difference(
                                .cell(input: 0, row + index), .function(.mean, rowCells(0, row + index, shape))),
                            .cell(input: 1, row + [0])),
                    ])
                })
        default: return pass.total(rows.map { pass.upstream($0 + index) })
        }
    }
}
