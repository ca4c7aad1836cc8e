import Tensors
import Tracing
import Wording

extension StepFormula {
    /// A gradient: what comes back through each operation that read the step, added.
    init(_ gradient: Gradient, _ source: FormulaSource) {
        guard !gradient.parts.isEmpty else {
            self.init { index in source.step.tensor.cell(index).map { ExpressionFormula.number(Double($0)) } }
            return
        }
        var parts: [GradientPart] = []
        var first = 1
        for part in gradient.parts {
            guard let made = GradientPart(part, source, from: first) else {
                self.init { _ in nil }
                return
            }
            parts.append(made)
            first += part.count + 2
        }
        self.init { index in
            var texts: [String] = []
            for part in parts {
                guard let text = part.cell(index) else { return nil }
                texts.append(text)
            }
            return texts.joined(separator: "+")
        }
        if let only = parts.first, parts.count == 1 { helper = only.helper }
    }
}

/// What comes back through one operation: its inputs, its output, and the output's gradient.
private struct GradientPart {
    var cell: (_ index: [Int]) -> String?
    var helper: (_ kind: StepFormula.Helper, _ lead: [Int]) -> (text: String, value: Double) = { _, _ in ("", 0) }

    init?(_ part: Gradient.Part, _ source: FormulaSource, from first: Int) {
        let range = first..<first + part.count + 2
        guard range.upperBound <= source.grids.count else { return nil }
        let grids = Array(source.grids[range])
        let steps = Array(source.inputs[range])
        let x = steps.map { $0.shape }
        let (output, up) = (grids[part.count], grids[part.count + 1])
        func through(_ cell: @escaping (_ index: [Int]) -> String?) { self.cell = cell }
        cell = { _ in nil }
        switch (part.operation, part.input) {
        case (let linear as Linear, let input): through(Self.linear(linear, input, grids, up, x))
        case (is DotProducts, let input):
            let shared = x[0][2] / max(x[1][2], 1)
            through { i in
                if input == 0 {
                    return dots((up, [i[0], i[2], i[1], 0], 3..<4), (grids[1], [i[0], 0, i[2] / shared, i[3]], 1..<2))
                }
                return (i[2] * shared..<(i[2] + 1) * shared).map { head in
                    dots((up, [i[0], head, 0, i[1]], 2..<3), (grids[0], [i[0], 0, head, i[3]], 1..<2))
                }.joined(separator: "+")
            }
        case (is WeightedSum, let input):
            let shared = x[0][1] / max(x[1][2], 1)
            through { i in
                if input == 0 {
                    return dots(
                        (up, [i[0], i[2], i[1], 0], 3..<4), (grids[1], [i[0], i[3], i[1] / shared, 0], 3..<4))
                }
                return (i[2] * shared..<(i[2] + 1) * shared).map { head in
                    dots((grids[0], [i[0], head, 0, i[1]], 2..<3), (up, [i[0], 0, head, i[3]], 1..<2))
                }.joined(separator: "+")
            }
        case (is Softmax, _):
            through { index in
                let lead = Array(index.dropLast())
                let sum = source.helper(.product, lead) ?? Self.product(output, lead, up, lead)
                return "\(output.cell(index))*(\(up.cell(index))-\(sum))"
            }
            let (p, dp) = (steps[part.count].tensor, steps[part.count + 1].tensor)
            helper = { _, lead in (Self.product(output, lead, up, lead), p.line(lead).dot(dp.line(lead))) }
        case (let loss as CrossEntropy, 0):
            let logits = steps[0].tensor
            through { Self.crossEntropy(loss, $0, source, grids, up) }
            helper = { kind, lead in
                source.softmaxHelper(kind, lead, logits: logits, grids[0].row(lead)?.text ?? "#N/A")
            }
        case (is Embedding, 0): through { Self.lookUp($0, ids: grids[1], x[1], up, start: 0) }
        case (let shard as EmbeddingShard, 0): through { Self.lookUp($0, ids: grids[1], x[1], up, start: shard.start) }
        case (let mask as CausalMask, 0):
            let tensors = steps.prefix(part.count).map { $0.tensor }
            through { mask.sees($0, tensors) ? up.cell($0) : "0" }
        case (is PaddingMask, 0): through { "IF(\(grids[1].cell([$0[0], $0[3]]))=0,0,\(up.cell($0)))" }
        case (is LayerNorm, 0):
            let (gain, dy) = (steps[2].tensor, steps[part.count + 1].tensor)
            func mean(_ lead: [Int]) -> String { "\(Self.product(grids[2], [], up, lead))/\(x[0][-1])" }
            through { index in
                let lead = Array(index.dropLast())
                let weighted = "\(grids[2].cell([index[index.count - 1]]))*\(up.cell(index))"
                return "(\(weighted)-\(source.helper(.mean, lead) ?? mean(lead)))/\(grids[1].cell(lead + [0]))"
            }
            helper = { _, lead in (mean(lead), gain.line([]).dot(dy.line(lead)) / Double(x[0][-1])) }
        case (let cast as Cast, _) where cast.format != .float32: return nil
        default:
            // One part alone is a gradient too, and writes itself.
            let single = Gradient([.init(part.operation, input: part.input, of: part.count)])
            let inputs = [source.inputs[0]] + steps
            let writer = ExpressionFormula(inputs: [source.grids[0]] + grids)
            let (tensors, result) = (inputs.map { $0.tensor }, source.step.tensor)
            through { writer.text(single.expression(at: $0, inputs: tensors, output: result)) }
        }
    }

    private static func product(_ a: Grid, _ aLead: [Int], _ b: Grid, _ lead: [Int]) -> String {
        guard let first = a.row(aLead), let second = b.row(lead) else { return "#N/A" }
        return first.dot(second)
    }

    /// `dx = dy Wᵀ`, `dW = xᵀ dy`, `db = Σ dy` over all rows.
    private static func linear(
        _ linear: Linear, _ input: Int, _ grids: [Grid], _ up: Grid, _ x: [Shape]
    ) -> (_ index: [Int]) -> String? {
        let lead = x[0].rank - linear.contracted
        let outer = x[1].rank - linear.contracted
        let (leads, outers) = (Array(repeating: 0, count: lead), Array(repeating: 0, count: outer))
        switch input {
        case 0:
            return { index in
                let (row, inner) = (Array(index[..<lead]), Array(index[lead...]))
                return dots(
                    (up, row + outers, lead..<lead + outer),
                    (
                        grids[1], linear.transposed ? outers + inner : inner + outers,
                        linear.transposed ? 0..<outer : linear.contracted..<linear.contracted + outer
                    ))
            }
        case 1:
            return { index in
                let inner = Array(linear.transposed ? index.suffix(linear.contracted) : index.prefix(linear.contracted))
                let column = Array(linear.transposed ? index.prefix(outer) : index.suffix(outer))
                return dots((grids[0], leads + inner, 0..<lead), (up, leads + column, 0..<lead))
            }
        default:
            return { index in
                let lines = up.lines(leads + index, over: 0..<lead, merged: up.merging(0..<lead))
                return "SUM(\(lines.map(\.text).joined(separator: ",")))"
            }
        }
    }

    /// `dxᵢ = (softmax(x)ᵢ − (1 − ε) [i is the target] − ε / V) / n · dloss`.
    private static func crossEntropy(
        _ loss: CrossEntropy, _ index: [Int], _ source: FormulaSource, _ grids: [Grid], _ up: Grid
    ) -> String? {
        let lead = Array(index.dropLast())
        guard let line = grids[0].row(lead), let column = index.last else { return nil }
        let most = source.helper(.maximum, lead) ?? "MAX(\(line.text))"
        let total = source.helper(.total, lead) ?? "SUMPRODUCT(EXP(\(line.text)-MAX(\(line.text))))"
        let axes = 0..<lead.count
        let counted = grids[1].lines(lead, over: axes, merged: grids[1].merging(axes))
            .map { "COUNTIF(\($0.text),\">=0\")" }.joined(separator: "+")
        let target = grids[1].cell(lead)
        let own = ExpressionFormula.number(1 - loss.smoothing)
        let spread = loss.smoothing > 0 ? "-\(ExpressionFormula.number(loss.smoothing / Double(line.count)))" : ""
        return
            "IF(\(target)<0,0,(EXP(\(grids[0].cell(index))-\(most))/\(total)-IF(\(target)=\(column),\(own),0)\(spread))"
            + "/(\(counted))*\(up.cell([])))"
    }

    /// The gradients of all places that looked this row up.
    private static func lookUp(_ index: [Int], ids: Grid, _ places: Shape, _ up: Grid, start: Int) -> String? {
        let axes = 0..<places.rank
        let zeros = Array(repeating: 0, count: places.rank)
        let merged = min(ids.merging(axes), up.merging(axes))
        let pairs = zip(
            ids.lines(zeros, over: axes, merged: merged), up.lines(zeros + [index[1]], over: axes, merged: merged))
        return pairs.map { ids, up in "SUMIF(\(ids.text),\(index[0] + start),\(up.text))" }.joined(separator: "+")
    }
}
