import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// What each operation does to one number, in a sentence; true of every model that uses it. Cases of one operation have
/// its name in the trace file.
package enum OperationWords: String, PhraseTable {
    case embedding
    case positionRows = "position_rows"
    case sinusoid = "sinusoidal_positions"
    case add, linear, linearBias
    case layerNormScale = "layer_norm_scale"
    case layerNorm = "layer_norm"
    case dotProducts = "dot_products"
    case scale
    case scaleRoot, seen, later, tooFar, real, padding, softmax, softmaxMasked
    case weightedSum = "weighted_sum"
    case joinHeads = "join_heads"
    case concatenate, same
    case rmsNormScale = "rms_norm_scale"
    case rmsNorm = "rms_norm"
    case rotaryTable = "rotary_table"
    case rotary, multiply, magnify, transpose, takePosition, relu, gelu
    case geluTanh = "gelu_tanh"
    case silu, tanh, sigmoid, activation
    case crossEntropy = "cross_entropy"
    case gradient, fires
    case squaredError = "squared_error"
    case hinge, dropout, cast
    case logProbability = "token_log_probability"
    case ratio = "probability_ratio"
    case clipped = "clipped_objective"
    case entropy, readout
    case squaredDifference = "squared_difference"
    case meanWhere = "mean_where"
    case batchMean = "batch_mean"
    case sumOfSquares = "sum_of_squares"
    case total
    case rootOfSum = "root_of_sum"
    case clipFactor = "clip_factor"
    case scaledBy = "scaled_by"
    case movingAverage = "moving_average"
    case adamStep = "adam_step"
    case descentStep = "descent_step"
    case cutToRange = "cut_to_range"
    case decayedGradient = "decayed_gradient"
    case adamDirection = "adam_direction"
    case trustRatio = "trust_ratio"
    case trustedStep = "trusted_step"
    case sumShards = "sum_shards"
    case joinShards = "join_shards"
    case embeddingShard = "embedding_shard"
    case parameter, token
    case segment, mask
    case given = "constant"
    case recorded

    package var phrase: Phrase {
        switch self {
        case .embedding: Phrase(en: "Looked up: the row of the table that this id points to.", zh: "查表：这个编号所指的那一行。")
        case .positionRows:
            Phrase(en: "Looked up: the row of the table that belongs to this position.", zh: "查表：这个位置对应的那一行。")
        case .sinusoid:
            Phrase(en: "A sine or cosine of the position, at this column’s speed.", zh: "位置的正弦或余弦，快慢由这一列决定。")
        case .add: Phrase(en: "The two numbers are added.", zh: "两个数相加。")
        case .linear:
            Phrase(en: "Each input times its learned weight; the products are added.", zh: "每个输入乘以学到的权重，再把乘积相加。")
        case .linearBias:
            Phrase(
                en: "Each input times its learned weight; the products are added, then a learned bias.",
                zh: "每个输入乘以学到的权重，把乘积相加，再加上学到的偏置。")
        case .layerNormScale:
            Phrase(
                en: "How far this token’s numbers spread: the root of their variance, plus a tiny constant.",
                zh: "这个词元的各个数有多分散：方差加一个极小的常数，再开方。")
        case .layerNorm:
            Phrase(
                en: "Less the mean of the token’s numbers, divided by their spread; then a learned gain and shift.",
                zh: "减去这个词元各数的平均，除以它们的离散程度，再乘学到的缩放、加学到的平移。")
        case .dotProducts:
            Phrase(en: "Query and key are multiplied number by number; the products are added.", zh: "查询与键逐个相乘，再把乘积相加。")
        case .scale: Phrase(en: "Divided by {divisor}, so that scores stay moderate.", zh: "除以 {divisor}，使得分不致过大。")
        case .scaleRoot:
            Phrase(
                en: "Divided by {divisor}, the root of the head’s width, so that scores stay moderate.",
                zh: "除以 {divisor}，即头宽的平方根，使得分不致过大。")
        case .seen: Phrase(en: "Kept as it is: this key is not later than the query.", zh: "原样保留：这个键不在查询之后。")
        case .later:
            Phrase(
                en: "Hidden: this key is later than the query, so it gets −∞ and no weight.",
                zh: "遮住：这个键在查询之后，记为 −∞，得不到权重。")
        case .tooFar:
            Phrase(
                en: "Hidden: this key is too far back for this model’s window, so it gets −∞ and no weight.",
                zh: "遮住：这个键太靠前，超出了模型的窗口，记为 −∞，得不到权重。")
        case .real: Phrase(en: "Kept as it is: this key is a token, not padding.", zh: "原样保留：这个键是词元，不是填充。")
        case .padding:
            Phrase(en: "Hidden: this key is padding, so it gets −∞ and no weight.", zh: "遮住：这个键是填充，记为 −∞，得不到权重。")
        case .softmax:
            Phrase(
                en: "e to the power of this number, as a share of the same over the whole row.",
                zh: "以 e 为底取指数，再看它占整行之和的几分之几。")
        case .softmaxMasked:
            Phrase(
                en: "e to the power of this number, as a share of the same over the row; what is hidden adds nothing.",
                zh: "以 e 为底取指数，再看它占整行之和的几分之几；遮住的不计。")
        case .weightedSum:
            Phrase(
                en: "Each value times its weight; the products are added. A weight of 0 adds nothing.",
                zh: "每个值乘以它的权重，再相加；权重为 0 的不计。")
        case .joinHeads:
            Phrase(en: "The heads’ results stand side by side; nothing is computed.", zh: "各头的结果并排放在一起，不做计算。")
        case .concatenate:
            Phrase(en: "What is new stands behind what was kept; nothing is computed.", zh: "新的接在留存的后面，不做计算。")
        case .same: Phrase(en: "Handed on unchanged, under another name.", zh: "原样传下去，只换了名字。")
        case .rmsNormScale:
            Phrase(
                en: "How large this token’s numbers are: the root of the mean of their squares, plus a tiny constant.",
                zh: "这个词元的各个数有多大：平方的平均加一个极小的常数，再开方。")
        case .rmsNorm:
            Phrase(
                en: "Divided by the size of the token’s vector, then times a learned gain.", zh: "除以这个词元向量的大小，再乘学到的缩放。")
        case .rotaryTable:
            Phrase(
                en: "The cosine or sine of an angle: the position times this pair’s speed.",
                zh: "一个角的余弦或正弦：位置乘以这一对数的转速。")
        case .rotary:
            Phrase(
                en: "Turned: this number and its partner rotate together, by an angle that grows with the position.",
                zh: "转动：这个数与它的搭档一起转一个角，位置越靠后转得越多。")
        case .multiply: Phrase(en: "The two numbers are multiplied.", zh: "两个数相乘。")
        case .magnify:
            Phrase(en: "Multiplied by {factor}, as every number of this step.", zh: "乘以 {factor}，这一步的每个数都如此。")
        case .transpose:
            Phrase(
                en: "A table turned over its diagonal: rows become columns, each number stays what it is.",
                zh: "把表沿对角线翻过来：行变成列，每个数都不变。")
        case .takePosition:
            Phrase(en: "Taken from position {position}; nothing is computed.", zh: "取自位置 {position}，不做计算。")
        case .relu: Phrase(en: "ReLU: what is above 0 stays, the rest becomes 0.", zh: "ReLU：大于 0 的保留，其余变成 0。")
        case .gelu:
            Phrase(
                en: "GELU: large numbers stay, very negative ones become almost 0, with a smooth bend between.",
                zh: "GELU：大的数保留，很负的数几乎变成 0，中间平滑过渡。")
        case .geluTanh:
            Phrase(
                en: "GELU, by its tanh formula: large numbers stay, very negative ones become almost 0.",
                zh: "GELU（tanh 近似）：大的数保留，很负的数几乎变成 0。")
        case .silu: Phrase(en: "SiLU: the number times its own sigmoid.", zh: "SiLU：这个数乘以它自己的 sigmoid。")
        case .tanh: Phrase(en: "tanh: bent into the range from −1 to 1.", zh: "tanh：压到 −1 与 1 之间。")
        case .sigmoid: Phrase(en: "Sigmoid: bent into the range from 0 to 1.", zh: "sigmoid：压到 0 与 1 之间。")
        case .activation: Phrase(en: "A non-linear function of the number.", zh: "对这个数取一个非线性函数。")
        case .crossEntropy:
            Phrase(
                en: "How surprised the model is: minus the logarithm of the right token’s probability, on average.",
                zh: "模型有多意外：正确词元概率的对数取负，再平均。")
        case .gradient:
            Phrase(
                en: "How the loss changes with this number, from every step that reads it.",
                zh: "这个数变动时损失怎样变：由读它的每一步汇总。")
        case .fires: Phrase(en: "1 where the sum is above the threshold, else 0.", zh: "和超过阈值为 1，否则为 0。")
        case .squaredError: Phrase(en: "The squared difference, on average.", zh: "差的平方，再平均。")
        case .hinge: Phrase(en: "What is lacking to the margin, on average.", zh: "离间隔还差多少，再平均。")
        case .dropout: Phrase(en: "Switched off by chance, or made larger to make up for it.", zh: "随机关掉，或放大以作补偿。")
        case .cast: Phrase(en: "Rounded to a shorter format.", zh: "舍入到更短的格式。")
        case .logProbability: Phrase(en: "The logarithm of the probability of what was said.", zh: "说出的词元的概率取对数。")
        case .ratio: Phrase(en: "How many times as probable the new policy holds it.", zh: "新策略认为它的可能性是旧策略的几倍。")
        case .clipped:
            Phrase(en: "The advantage times the ratio, and no more than the clip allows.", zh: "优势乘以比值，但不超过裁剪的范围。")
        case .entropy: Phrase(en: "How undecided the distribution is.", zh: "这个分布有多犹豫。")
        case .readout:
            Phrase(en: "One number read from a vector: products added, plus a bias.", zh: "从一个向量读出一个数：乘积相加，再加偏置。")
        case .squaredDifference: Phrase(en: "The difference, squared.", zh: "差的平方。")
        case .meanWhere: Phrase(en: "The mean over the places that count.", zh: "对计入的位置取平均。")
        case .batchMean: Phrase(en: "The parts of the batch, weighted by their share.", zh: "批中各部分按所占比例相加。")
        case .sumOfSquares: Phrase(en: "The squares are added.", zh: "平方相加。")
        case .total: Phrase(en: "All numbers are added.", zh: "所有数相加。")
        case .rootOfSum: Phrase(en: "The root of the sum.", zh: "和的平方根。")
        case .clipFactor: Phrase(en: "By how much gradients are shortened; never more than 1.", zh: "梯度缩短的倍数，不超过 1。")
        case .scaledBy: Phrase(en: "Multiplied by one computed number.", zh: "乘以一个算出的数。")
        case .movingAverage: Phrase(en: "A little of the new, the rest of what was there.", zh: "取一点新的，其余沿用原来的。")
        case .adamStep:
            Phrase(
                en: "Adam’s step: along the mean gradient, divided by its usual size.", zh: "Adam 的一步：沿平均梯度走，并除以它惯常的大小。"
            )
        case .descentStep: Phrase(en: "A step against the gradient.", zh: "逆着梯度走一步。")
        case .cutToRange: Phrase(en: "Cut to a range.", zh: "裁剪到一个范围之内。")
        case .decayedGradient: Phrase(en: "The gradient plus a little of the weight itself.", zh: "梯度加上一点权重本身。")
        case .adamDirection: Phrase(en: "The direction that LAMB takes.", zh: "LAMB 所取的方向。")
        case .trustRatio: Phrase(en: "The size of the weights over the size of the step.", zh: "权重的大小除以步子的大小。")
        case .trustedStep: Phrase(en: "A step, as long as the trust ratio allows.", zh: "按信任比走一步。")
        case .sumShards: Phrase(en: "The workers’ partial results are added.", zh: "各工作者的部分结果相加。")
        case .joinShards: Phrase(en: "The workers’ parts are laid end to end.", zh: "各工作者的部分首尾相接。")
        case .embeddingShard:
            Phrase(en: "Looked up in this worker’s part of the table, else 0.", zh: "在这个工作者的那部分表里查，查不到为 0。")
        case .parameter: Phrase(en: "Not computed: training found this number.", zh: "不是算出来的：是训练学到的。")
        case .token: Phrase(en: "Given: the tokenizer’s number for this token.", zh: "给定的：分词器给这个词元的编号。")
        case .segment:
            Phrase(en: "Given: which sentence the token belongs to, counted from 0.", zh: "给定的：词元属于第几句，从 0 数起。")
        case .mask: Phrase(en: "Given: 1 for a token, 0 for padding.", zh: "给定的：词元为 1，填充为 0。")
        case .given: Phrase(en: "Given, not computed.", zh: "给定的，不是算出来的。")
        case .recorded: Phrase(en: "Recorded without its arithmetic.", zh: "只记下了结果，没有记下算式。")
        }
    }

    /// What was done to get this cell; nil of an operation without words.
    package static func phrase(_ step: Step, at index: [Int], in trace: Trace) -> Phrase? {
        let inputs = step.inputs.map { trace.steps[$0] }
        let attributes = step.operation.attributes.values
        func number(_ key: String) -> Double? {
            if case .number(let number)? = attributes[key] { number } else { nil }
        }
        switch step.operation.operationKind {
        case "source" where step.isInteger:
            switch step.name.label {
            case .segments: return Self.segment.phrase
            case .mask: return Self.mask.phrase
            case .tokens: return Self.token.phrase
            default: return Self.given.phrase
            }
        case "linear": return (inputs.count > 2 ? Self.linearBias : Self.linear).phrase
        case "softmax":
            // Masked scores stand in a row of −∞, which add an exact zero.
            let hidden = step.inputs.first.flatMap { trace.hiddenCells(of: $0) }
            let isMasked = hidden.map { cells in
                (0..<cells.shape[-1]).contains { cells.cell(Array(index.dropLast()) + [$0]) == 1 }
            }
            return (isMasked == true ? Self.softmaxMasked : Self.softmax).phrase
        case "scale":
            guard let divisor = number("divisor") else { return nil }
            let isRoot = headWidth(inputs, in: trace).map { abs(divisor * divisor - Double($0)) < 0.01 } ?? false
            return (isRoot ? Self.scaleRoot : Self.scale).phrase.filled([
                "divisor": Phrase(Numbers.significant(divisor))
            ])
        case "magnify":
            return Self.magnify.phrase.filled(["factor": Phrase(Numbers.significant(number("factor") ?? .nan))])
        case "take_position":
            return Self.takePosition.phrase.filled(["position": Phrase(String(Int(clamping: number("position") ?? 0)))])
        case "causal_mask":
            guard index.count == 4, step.shape.rank == 4, let place = trace.place(of: step.name),
                trace.hiddenCells(of: place)?.cell(index) == 1
            else { return Self.seen.phrase }
            let own = step.shape[3] - step.shape[2] + index[2]
            return (index[3] > own ? Self.later : Self.tooFar).phrase
        case "padding_mask":
            let isHidden = inputs.count > 1 && index.count == 4 && inputs[1].tensor.cell([index[0], index[3]]) == 0
            return (isHidden ? Self.padding : Self.real).phrase
        default:
            let words = Self(rawValue: step.operation.name) ?? Self(rawValue: step.operation.operationKind)
            return words?.phrase ?? AlteredCellWords.phrase(step, at: index, inputs)
        }
    }

    /// Where a number began that is infinite or none; nil where it is finite, or hidden by a mask.
    package static func fault(_ step: Step, at index: [Int], in trace: Trace) -> Phrase? {
        guard let origin = trace.origin(of: step.name, at: index) else { return nil }
        let (cause, text) = (origin.phrase, step.tensor.cell(index)?.isNaN == true ? "NaN" : origin.text)
        guard origin.step != step.name || origin.index != index else {
            return Phrase(
                en: "Nothing computed from it is a number to go by: \(cause.english).",
                zh: "由它算出的数都不可用：\(cause.chinese)。")
        }
        return Phrase(en: "It is \(text) because \(cause.english).", zh: "它成了 \(text)，是因为\(cause.chinese)。")
    }

    /// The width of the heads whose dot products a step divides.
    private static func headWidth(_ inputs: [Step], in trace: Trace) -> Int? {
        guard let place = inputs.first?.inputs.first, trace.steps.indices.contains(place) else { return nil }
        let queries = trace.steps[place]
        return queries.axes.last == .headWidth ? queries.shape[-1] : nil
    }
}
