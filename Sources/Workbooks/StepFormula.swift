import Tensors
import Tracing
import Wording

/// How a step's cells are written as formulas: once for each kind of operation, whatever the numbers are, so that all
/// of them follow when a token is changed.
///
/// An operation that is not here is written by its own arithmetic (``ExpressionFormula``). Those that are read ids,
/// masks or signs, which that arithmetic has decided already, or are sums over a row, which here are one function.
package struct StepFormula {
    /// A number that is worked out once for each line, and read by the cells of the line.
    enum Helper: Sendable, Hashable { case maximum, total, mean, own, loss, product }

    /// One cell; nil where the operation has no formula.
    let cell: (_ index: [Int]) -> String?
    /// The formula of a helper and its value now, by its place among ``Helpers`` and its line.
    var helper: (_ kind: Helper, _ lead: [Int]) -> (text: String, value: Double) = { _, _ in ("", 0) }

    init(_ cell: @escaping (_ index: [Int]) -> String?) { self.cell = cell }

    /// Which helpers a step has, in their order on the sheet, and the lines where they are not the step's own.
    static func helpers(of step: Step, in trace: Trace) -> (kinds: [Helper], lines: Shape?) {
        switch step.operation {
        case is Softmax: return ([.maximum, .total], nil)
        case is LayerNorm: return ([.mean], nil)
        case is CrossEntropy:
            return ([.maximum, .total, .own, .loss], step.inputs.last.map { trace.steps[$0].shape })
        case let gradient as Gradient where gradient.parts.count == 1:
            switch gradient.parts[0].operation {
            case is CrossEntropy where gradient.parts[0].input == 0: return ([.maximum, .total], nil)
            case is Softmax: return ([.product], nil)
            case is LayerNorm where gradient.parts[0].input == 0: return ([.mean], nil)
            default: return ([], nil)
            }
        default: return ([], nil)
        }
    }
}

/// What a formula is written from: a step, its inputs, and where all of them stand.
struct FormulaSource {
    let step: Step
    let inputs: [Step]
    let grids: [Grid]
    /// The step's own sheet, without its name.
    let own: Grid
    let helpers: [StepFormula.Helper]

    var tensors: [Tensor] { inputs.map { $0.tensor } }

    /// The cell of a helper.
    func helper(_ kind: StepFormula.Helper, _ lead: [Int]) -> String? {
        helpers.firstIndex(of: kind).map { own.helper($0, of: lead).text }
    }

    /// By the step's own arithmetic.
    func written(_ index: [Int]) -> String? {
        let expression = step.operation.expression(at: index, inputs: tensors, output: step.tensor)
        return ExpressionFormula(inputs: grids).text(expression)
    }
}

extension StepFormula {
    /// - Returns: nil of a step that has no arithmetic of its own.
    init?(_ source: FormulaSource) {
        let (x, grids) = (source.inputs.map { $0.shape }, source.grids)
        func row(_ input: Int, _ lead: [Int]) -> String { grids[input].row(lead)?.text ?? "#N/A" }
        switch source.step.operation {
        case is Source: return nil
        case let gradient as Gradient:
            self.init(gradient, source)
        case let linear as Linear:
            let lead = x[0].rank - linear.contracted
            let outer = x[1].rank - linear.contracted
            self.init { index in
                let (place, column) = (Array(index[..<lead]), Array(index[lead...]))
                let zeros = Array(repeating: 0, count: linear.contracted)
                let sum = dots(
                    (grids[0], place + zeros, lead..<lead + linear.contracted),
                    (
                        grids[1], linear.transposed ? column + zeros : zeros + column,
                        linear.transposed ? outer..<outer + linear.contracted : 0..<linear.contracted
                    ))
                return grids.count > 2 ? sum + "+" + grids[2].cell(column) : sum
            }
        case is DotProducts:
            let shared = x[0][2] / max(x[1][2], 1)
            self.init { i in
                dots((grids[0], [i[0], i[2], i[1], 0], 3..<4), (grids[1], [i[0], i[3], i[1] / shared, 0], 3..<4))
            }
        case is WeightedSum:
            let shared = x[0][1] / max(x[1][2], 1)
            self.init { i in
                dots((grids[0], [i[0], i[2], i[1], 0], 3..<4), (grids[1], [i[0], 0, i[2] / shared, i[3]], 1..<2))
            }
        case is Softmax:
            self.init { index in
                let lead = Array(index.dropLast())
                guard let most = source.helper(.maximum, lead), let total = source.helper(.total, lead) else {
                    return nil
                }
                return "EXP(\(grids[0].cell(index))-\(most))/\(total)"
            }
            helper = { kind, lead in source.softmaxHelper(kind, lead, logits: source.inputs[0].tensor, row(0, lead)) }
        case is LayerNormScale: self.init { "SQRT(VARP(\(row(0, Array($0.dropLast()))))+\(source.epsilon))" }
        case is RMSNormScale:
            self.init { "SQRT(SUMSQ(\(row(0, Array($0.dropLast()))))/\(x[0][-1])+\(source.epsilon))" }
        case is LayerNorm:
            self.init { index in
                let lead = Array(index.dropLast())
                guard let mean = source.helper(.mean, lead), let column = index.last else { return nil }
                return "(\(grids[0].cell(index))-\(mean))/\(grids[1].cell(lead + [0]))*\(grids[2].cell([column]))"
                    + "+\(grids[3].cell([column]))"
            }
            helper = { _, lead in ("AVERAGE(\(row(0, lead)))", source.inputs[0].tensor.line(lead).mean) }
        case let mask as CausalMask:
            let tensors = source.tensors
            self.init { mask.sees($0, tensors) ? grids[0].cell($0) : "-1E+300" }
        case is PaddingMask: self.init { "IF(\(grids[1].cell([$0[0], $0[3]]))=0,-1E+300,\(grids[0].cell($0)))" }
        case is Embedding:
            self.init { index in
                guard let column = grids[0].column(index[index.count - 1]) else { return nil }
                return "INDEX(\(column.text),\(grids[1].cell(Array(index.dropLast())))+1)"
            }
        case let shard as EmbeddingShard:
            self.init { index in
                guard let column = grids[0].column(index[index.count - 1]) else { return nil }
                let id = grids[1].cell(Array(index.dropLast()))
                return "IF(AND(\(id)>=\(shard.start),\(id)<\(shard.start + column.count)),"
                    + "INDEX(\(column.text),\(id)-\(shard.start - 1)),0)"
            }
        case let loss as CrossEntropy: self.init(loss, source)
        case is TokenLogProbability:
            self.init { index in
                guard let line = grids[0].row(index) else { return nil }
                let (id, most) = (grids[1].cell(index), "MAX(\(line.text))")
                return "IF(\(id)<0,0,INDEX(\(line.text),\(id)+1)-\(most)-LN(SUMPRODUCT(EXP(\(line.text)-\(most)))))"
            }
        case let cast as Cast where cast.format != .float32: return nil
        default:
            if let update = Self.update(source) {
                self.init(update)
            } else {
                self.init { source.written($0) }
            }
        }
    }

    /// The rules of optimisers that decide by the numbers.
    private static func update(_ source: FormulaSource) -> ((_ index: [Int]) -> String?)? {
        let grids = source.grids
        switch source.step.operation {
        case let clip as ClipFactor:
            return { "MIN(1,\(ExpressionFormula.number(clip.maximum))/(\(grids[0].cell($0))+0.000001))" }
        case let cut as CutToRange:
            let bound = ExpressionFormula.number(cut.bound)
            return { "MAX(0-\(bound),MIN(\(bound),\(grids[0].cell($0))))" }
        case is TrustRatio:
            let (a, b) = (grids[0].cell([]), grids[1].cell([]))
            return { _ in "IF(AND(\(a)<>0,\(b)<>0),SQRT(\(a))/SQRT(\(b)),1)" }
        case let pull as PullToZero:
            let rate = grids[3].cell([])
            return { index in
                let weight = grids[0].cell(index)
                let pulled =
                    "\(weight)-\(rate)*\(grids[1].cell(index))"
                    + "-\(rate)*\(ExpressionFormula.number(pull.strength))*SIGN(\(weight))"
                return "IF(OR(\(grids[2].cell(index))=0,\(weight)*(\(pulled))<0),0,\(pulled))"
            }
        default: return nil
        }
    }

    private init(_ loss: CrossEntropy, _ source: FormulaSource) {
        let (grids, logits, targets) = (source.grids, source.inputs[0].tensor, source.inputs[1].tensor)
        let smoothing = ExpressionFormula.number(loss.smoothing)
        let places = targets.shape.indices
        self.init { _ in
            guard let first = places.first, let last = places.last,
                let place = source.helpers.firstIndex(of: .loss)
            else { return nil }
            let range = source.own.helper(place, of: first).text + ":" + source.own.helper(place, of: last).text
            let counted = grids[1].lines(
                first, over: 0..<targets.shape.rank, merged: grids[1].merging(0..<targets.shape.rank)
            )
            .map { "COUNTIF(\($0.text),\">=0\")" }.joined(separator: "+")
            return "SUM(\(range))/MAX(1,\(counted))"
        }
        helper = { kind, lead in
            guard let line = grids[0].row(lead) else { return ("0", 0) }
            let id = grids[1].cell(lead)
            let row = logits.line(lead)
            let target = targets.cell(lead).map { Int($0) } ?? -1
            let own = row.indices.contains(target) ? Double(row[target]) : 0
            switch kind {
            case .own: return ("IF(\(id)<0,0,INDEX(\(line.text),\(id)+1))", own)
            case .loss:
                let (most, total) = (source.helper(.maximum, lead) ?? "0", source.helper(.total, lead) ?? "1")
                let named = source.helper(.own, lead) ?? "0"
                let wanted =
                    loss.smoothing == 0
                    ? named : "(1-\(smoothing))*\(named)-\(smoothing)*AVERAGE(\(line.text))"
                let expected = (1 - loss.smoothing) * own + loss.smoothing * row.mean
                let value = target < 0 ? 0 : row.largest + Double.log(row.total) - expected
                return ("IF(\(id)<0,0,\(most)+LN(\(total))-\(wanted))", value)
            default: return source.softmaxHelper(kind, lead, logits: logits, line.text)
            }
        }
    }
}

extension FormulaSource {
    /// A row's greatest number, and the sum of e to the power of how far each lies below it.
    func softmaxHelper(
        _ kind: StepFormula.Helper, _ lead: [Int], logits: Tensor, _ row: String
    ) -> (text: String, value: Double) {
        let numbers = logits.line(lead)
        guard kind == .total else { return ("MAX(\(row))", numbers.largest) }
        return ("SUMPRODUCT(EXP(\(row)-\(helper(.maximum, lead) ?? "0")))", numbers.total)
    }

    /// ε of a normalisation.
    var epsilon: String { ExpressionFormula.number((step.operation as? any NormScaleOperation)?.epsilon ?? 0) }
}

/// One side of a sum of products: where, and along which axes.
typealias Factor = (grid: Grid, index: [Int], axes: Range<Int>)

/// `Σ a · b` along axes of both, as few functions as their places allow.
func dots(_ a: Factor, _ b: Factor) -> String {
    let merged = min(a.grid.merging(a.axes), b.grid.merging(b.axes))
    let pairs = zip(
        a.grid.lines(a.index, over: a.axes, merged: merged), b.grid.lines(b.index, over: b.axes, merged: merged))
    let texts = pairs.map { $0.dot($1) }
    return texts.isEmpty ? "0" : texts.joined(separator: "+")
}

extension Grid {
    /// A table's column: the cells along the first of its two axes.
    func column(_ number: Int) -> Line? {
        guard window.count == 2 else { return nil }
        return lines([0, number], over: 0..<1, merged: 1).first
    }
}
