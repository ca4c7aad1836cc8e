import Drawing
import Platform
import Tensors
import Tracing
import Training
import Wording

/// Tensor parallelism: which worker has which piece of two matrices, and one token's real numbers: partial results
/// that add up to what the unsplit model computes.
package enum TensorParallelFigure {
    /// The two places of a layer where workers share the work (Shoeybi et al. 2019, figure 3).
    package enum Part: Sendable, CaseIterable {
        case attention, feedForward

        package var id: String { self == .attention ? "tensor-parallel-attention" : "tensor-parallel-feed-forward" }
        var output: Label { self == .attention ? .attentionOut : .feedForwardOut }
        var bias: Label { self == .attention ? .outputBias : .feedForwardBias }
        var role: Role { self == .attention ? .attentionOutput : .feedForward }
    }

    /// - Parameters:
    ///   - run: the workers' run.
    ///   - whole: the same of the unsplit model.
    ///   - part: which of the two.
    ///   - layer: counted from zero.
    ///   - position: whose numbers are shown; the last token's without it.
    /// - Throws: `TracingError.unknownStep(_:nearest:)`.
    package static func slide(
        run: TensorParallelRun, whole: Trace, part: Part, layer: Int = 0, position: Int? = nil
    ) throws -> Slide {
        let numbers = try PartialNumbers(run, whole: whole, part: part, layer: layer, position: position)
        let pieces = try ShardPicture.Pieces(whole: whole, part: part, layer: layer)
        let shards = ShardPicture(pieces: pieces, workers: run.workers)
        let takeaway = Phrase(
            en:
                "{n} partial results and the bias add up to what the unsplit layer gives, but for {difference} at most.",
            zh: "{n} 份部分结果加上偏置，就是未切分时的结果，最大相差 {difference}。"
        ).filled([
            "n": Phrase("\(run.workers)"), "difference": Phrase(Numbers.significant(numbers.difference, digits: 2)),
        ])
        let scale = ValueScale.fitting(numbers.rows.joined())
        return Slide(
            id: part.id, title: title(part), subtitle: subtitle(part),
            here: MiniMap(part == .attention ? .attention : .feedForward, layer: layer), formula: formula(part),
            takeaway: takeaway, legend: [ColorScale(scale, Phrase(en: "the layer's output", zh: "本层输出")).any],
            altText: alt(numbers, takeaway), densities: densities
        ) { density in
            // Cells that hold three decimals: the numbers are what the figure is about.
            let choices = [14, 12, 10, 8, 6, 4].map { min($0, max(3, numbers.columns)) }
            let cell = Size(64, max(24, min(34, density.cell.height * 0.8)))
            return ThatFits {
                for shown in choices {
                    VStack(spacing: density.gap) {
                        shards
                        NumberRows(numbers: numbers, scale: scale, columns: shown, cell: cell)
                    }
                }
                // A low canvas has room for them only.
                for shown in choices where density.cell == densities.last?.cell {
                    NumberRows(numbers: numbers, scale: scale, columns: shown, cell: Size(64, 24))
                }
            }
        }
    }

    /// As far as the cells hold their digits.
    private static let densities = Density.candidates.filter { $0.cell.width >= 46 }

    private static func title(_ part: Part) -> Phrase {
        part == .attention
            ? Phrase(en: "Attention, cut between heads", zh: "注意力层：按头切分")
            : Phrase(en: "Feed-forward, cut between neurons", zh: "前馈层：按神经元切分")
    }

    private static func subtitle(_ part: Part) -> Phrase {
        part == .attention
            ? Phrase(
                en: "Each worker has some heads whole; only the outputs have to be added up.",
                zh: "每个工作者负责几个完整的头，只有输出需要相加。")
            : Phrase(
                en: "The first matrix is cut by columns, the second by rows; only the outputs have to be added up.",
                zh: "第一个矩阵按列切，第二个按行切，只有输出需要相加。")
    }

    private static func formula(_ part: Part) -> Formula {
        part == .attention
            ? Formula(#"\role{attention output}{Y} = \sum_{w} \role{attention output}{Z_w}\, W_{O,w} + b_O"#)
            : Formula(
                #"\role{feed-forward}{Y} = \sum_{w} f\left(X\, W_{1,w}\right) \role{feed-forward}{W_{2,w}} + b_2"#)
    }

    private static func alt(_ numbers: PartialNumbers, _ takeaway: Phrase) -> Phrase {
        let first = Phrase.list(numbers.rows.map { Numbers.significant(Double($0.first ?? .nan)) }, isLong: true)
        return Phrase(
            en: takeaway.english + " First number of \(numbers.token.english): \(first.english).",
            zh: takeaway.chinese + "\(numbers.token.chinese)的第一个数：\(first.chinese)。")
    }
}

/// One token's row of a layer's output: each worker's part of it, the bias, their sum, and the unsplit model's.
struct PartialNumbers: Sendable {
    enum Row: Sendable, Hashable {
        case worker(Int)
        case bias, sum, whole
    }

    var token: Phrase
    var kinds: [Row]
    /// As many as ``kinds``, each of the model's width.
    var rows: [[Float]]
    /// The greatest between the sum and the unsplit model's, of the whole tensor.
    var difference: Double
    var role: Role
    /// The steps that the rows show, and the index before the column.
    var steps: [(name: StepName, lead: [Int])]

    var columns: Int { rows.first?.count ?? 0 }

    init(
        _ run: TensorParallelRun, whole: Trace, part: TensorParallelFigure.Part, layer: Int, position: Int?
    ) throws {
        let name = StepName.block(layer, part.output)
        let sum = try run.trace.step(name)
        let unsplit = try whole.step(name)
        let count = sum.shape.rank == 3 ? sum.shape[1] : 1
        let place = min(max(position ?? .max, 0), max(count - 1, 0))
        role = part.role
        let tokens = whole.tokens
        token = tokens.map(FigureRequest.label).name(place)
        (kinds, rows, steps) = ([], [], [])
        difference = zip(sum.tensor.scalars, unsplit.tensor.scalars).reduce(0.0) {
            max($0, abs(Double($1.0) - Double($1.1)))
        }
        /// The step's row of numbers, under what it is.
        func add(_ kind: Row, _ step: Step, _ lead: [Int]) {
            let width = step.shape[-1]
            kinds.append(kind)
            rows.append((0..<width).map { step.tensor.cell(lead + [$0]) ?? .nan })
            steps.append((step.name, lead))
        }
        for worker in 0..<run.workers {
            if let step = run.trace[TensorParallelRun.name(name, worker: worker)] {
                add(.worker(worker), step, [0, place])
            }
        }
        if !kinds.isEmpty, let bias = run.trace[.block(layer, part.bias)] { add(.bias, bias, []) }
        add(.sum, sum, [0, place])
        add(.whole, unsplit, [0, place])
    }
}

/// The rows as a matrix with the names of what they are.
private struct NumberRows: ComposedMark {
    var numbers: PartialNumbers
    var scale: ValueScale
    var columns: Int
    var cell: Size

    func build(_ space: Space) -> AnyMark {
        let name = Phrase(en: "what {token} gets", zh: "{token}得到的数").filled(["token": numbers.token])
        let steps = numbers.steps
        let labels = numbers.kinds.map { kind in TokenLabel(display: space.text(Self.words(kind))) }
        let sum = max(0, numbers.kinds.count - 2)
        return Matrix(numbers.rows).named(words: name, numbers.role).rows(labels).scaled(scale).withoutShape()
            .axes(columns: Phrase(en: "width", zh: "宽度"))
            .elided(rows: 12, columns: columns).digits(.decimals(3)).cell(cell)
            .highlighting(row: sum, .ink)
            .taggedRows(steps).any
    }

    private static func words(_ kind: PartialNumbers.Row) -> Phrase {
        switch kind {
        case .worker(let worker): WorkerLook.name(worker)
        case .bias: Phrase(en: "+ bias", zh: "+ 偏置")
        case .sum: Phrase(en: "= sum", zh: "= 总和")
        case .whole: Phrase(en: "unsplit model", zh: "未切分的模型")
        }
    }
}

extension Matrix {
    /// What hover says where every row is a step of its own.
    fileprivate func taggedRows(_ steps: [(name: StepName, lead: [Int])]) -> Matrix {
        explained { row, column in
            steps.indices.contains(row) ? "\(steps[row].name) \(steps[row].lead + [column])" : ""
        }
    }
}
