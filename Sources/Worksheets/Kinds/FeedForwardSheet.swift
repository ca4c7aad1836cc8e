import Drawing
import Tensors
import Tracing
import Wording

/// A feed-forward block by hand: three words are widened, what is negative is cut off, and they are narrowed again and
/// added to what they were.
struct FeedForwardSheet {
    private let trace: Trace

    private static let tokens = 3
    private static let width = 3
    private static let hidden = 4
    private static let words = AttentionSheet.words

    /// What is given; short, with numbers of both signs before the cut in every row.
    private struct Given {
        var x: [[Int]] = []
        var first: [[Int]] = []
        var firstBias: [Int] = []
        var second: [[Int]] = []
        var secondBias: [Int] = []

        mutating func found(_ random: inout RandomSource) -> Bool {
            func table(_ rows: Int, _ columns: Int, of choices: [Int]) -> [[Int]] {
                (0..<rows).map { _ in (0..<columns).map { _ in choices[random.integer(below: choices.count)] } }
            }
            x = table(tokens, width, of: [-1, 0, 1, 1, 2])
            first = table(width, hidden, of: [-1, 0, 0, 1, 1, 2, -2])
            firstBias = table(1, hidden, of: [-1, 0, 1]).joined().map { $0 }
            second = table(hidden, width, of: [-1, 0, 0, 1, 1, 2])
            secondBias = table(1, width, of: [-1, 0, 1]).joined().map { $0 }
            let sums = SmallMatrix.product(x, first).map { zip($0, firstBias).map { $0 + $1 } }
            let out = SmallMatrix.product(sums.map { $0.map { max(0, $0) } }, second)
            return Set(x).count == tokens
                && sums.allSatisfy { row in row.contains { $0 > 0 } && row.contains { $0 < 0 } }
                && SmallMatrix.largest(sums) <= 6 && SmallMatrix.largest(out) <= 9
                && first.allSatisfy { row in row.contains { $0 != 0 } }
        }
    }

    init(_ random: inout RandomSource) throws(Failure) {
        var given = Given()
        guard (0..<20_000).contains(where: { _ in given.found(&random) }) else {
            throw Failure(WorksheetProblem.noNumbers)
        }
        let recorder = Recorder()
        let (rows, wide): ([Axis], [Axis]) = ([.batch, .position, .width], [.batch, .position, .hidden])
        func parameter(_ numbers: [[Int]], _ shape: Shape, _ label: Label, _ axes: [Axis]) throws(Failure) -> Value {
            try recorder.source(SmallMatrix.tensor(numbers, shape), .parameter, as: label, block: 0, axes: axes)
        }
        let x = try recorder.source(
            SmallMatrix.tensor(given.x, [1, Self.tokens, Self.width]), .constant, as: .residualMid, block: 0, axes: rows
        )
        let sums = try recorder.apply(
            Linear(), x, parameter(given.first, [Self.width, Self.hidden], .hiddenWeight, [.width, .hidden]),
            parameter([given.firstBias], [Self.hidden], .hiddenBias, [.hidden]), as: .hiddenPre, block: 0, axes: wide)
        let cut = try recorder.apply(Activation(.relu), sums, as: .hiddenPost, block: 0, axes: wide)
        let out = try recorder.apply(
            Linear(), cut, parameter(given.second, [Self.hidden, Self.width], .feedForwardWeight, [.hidden, .width]),
            parameter([given.secondBias], [Self.width], .feedForwardBias, [.width]), as: .feedForwardOut, block: 0,
            axes: rows)
        _ = try recorder.apply(Add(), x, out, as: .residualPost, block: 0, axes: rows)
        trace = recorder.trace(
            model: ModelCard(name: "a feed-forward block by hand", family: "worksheet", numbers: [:]),
            tokens: Self.words.enumerated().map { TraceToken(id: $0.offset, display: $0.element.english) })
    }

    // MARK: Tables

    private func rows(_ name: String, _ role: Role, _ label: Label, _ width: Int) throws(Failure) -> SheetGrid {
        try SheetGrid(name, role, trace, rows: Self.tokens, columns: width) {
            SheetNumber(.block(0, label), [0, $0, $1])
        }.cells(46, 42)
    }

    private func weight(_ name: String, _ label: Label, _ rows: Int, _ columns: Int) throws(Failure) -> SheetGrid {
        try SheetGrid(name, .feedForward, trace, rows: rows, columns: columns) {
            SheetNumber(.block(0, label), [$0, $1])
        }.cells(40, 36)
    }

    private func bias(_ name: String, _ label: Label, _ columns: Int) throws(Failure) -> SheetGrid {
        try SheetGrid(name, .feedForward, trace, rows: 1, columns: columns) { _, column in
            SheetNumber(.block(0, label), [column])
        }.cells(40, 36)
    }

    // MARK: The sheet

    func worksheet(seed: UInt64) throws(Failure) -> Worksheet {
        Worksheet(
            kind: .feedForward, seed: seed, title: Phrase(en: "A feed-forward block by hand", zh: "手算前馈网络"),
            story: Phrase(
                en:
                    "The words of “cat sat down” are three rows of numbers. Each goes through the same small network by itself: from \(Self.width) numbers to \(Self.hidden), cut off below zero, and back to \(Self.width). Row 1 is worked, row 2 is begun, row 3 is yours.",
                zh:
                    "三个词“猫、坐、下”各是一行数。每个词各自通过同一个小网络：从 \(Self.width) 个数升到 \(Self.hidden) 个，负数变成零，再降回 \(Self.width) 个。第 1 行已算好，第 2 行开了头，第 3 行由你来算。"
            ), sections: [try widening(), try narrowing()], trace: trace,
            remarks: [
                Phrase(
                    en:
                        "The transformer of 2017 cuts off below zero as here (ReLU). Most later models bend instead of cutting: GELU or SiLU. There the width grows more, to four times or so.",
                    zh: "2017 年的 Transformer 像这里一样把负数变成零（ReLU）。后来的模型大多用平滑的 GELU 或 SiLU。真正的模型升得更宽，大约四倍。")
            ], example: SheetNumber(.block(0, .hiddenPre), [0, 2, 0]))
    }

    private func widening() throws(Failure) -> SheetSection {
        SheetSection(
            Phrase(en: "Wider, and cut off", zh: "升维、激活"), formula: #"H = X W_1 + b_1,\quad A = \max(0, H)"#,
            task: Phrase(
                en: "Each row of X times the columns of W₁, plus b₁. Then every negative number becomes 0.",
                zh: "X 的每一行乘 W₁ 的各列，再加 b₁。然后把所有负数变成 0。"),
            rows: [
                SheetRow([
                    .grid(try rows("X", .residual, .residualMid, Self.width).cells(40, 36).labelled(rows: Self.words)),
                    .grid(try weight("W_1", .hiddenWeight, Self.width, Self.hidden)),
                    .grid(try bias("b_1", .hiddenBias, Self.hidden)),
                ]),
                SheetRow([
                    .grid(try rows("H", .feedForward, .hiddenPre, Self.hidden).fading().labelled(rows: Self.words)),
                    .sign(#"\to"#), .grid(try rows("A", .feedForward, .hiddenPost, Self.hidden).fading()),
                ]),
                SheetRow([
                    .worked(try SheetNumber(.block(0, .hiddenPre), [0, 0, 0]).arithmetic(in: trace, named: "H₁₁"))
                ]),
            ],
            hint: Phrase(
                en: "Without the cut the two matrices would come to one. The bias is added once in each column.",
                zh: "如果不把负数变成零，两个矩阵就等于一个矩阵。每一列只加一次偏置。"))
    }

    private func narrowing() throws(Failure) -> SheetSection {
        SheetSection(
            Phrase(en: "Narrower, and added", zh: "降维、相加"), formula: #"F = A W_2 + b_2,\quad Y = X + F"#,
            task: Phrase(
                en: "Each row of A times the columns of W₂, plus b₂. Then add it to the row of X it began with.",
                zh: "A 的每一行乘 W₂ 的各列，再加 b₂。最后加回 X 里原来的那一行。"),
            rows: [
                SheetRow([
                    .grid(try weight("W_2", .feedForwardWeight, Self.hidden, Self.width)),
                    .grid(try bias("b_2", .feedForwardBias, Self.width)),
                ]),
                SheetRow([
                    .grid(try rows("F", .feedForward, .feedForwardOut, Self.width).fading().labelled(rows: Self.words)),
                    .sign(#"+ X \to"#), .grid(try rows("Y", .residual, .residualPost, Self.width).fading()),
                ]),
                SheetRow([
                    .worked(try SheetNumber(.block(0, .feedForwardOut), [0, 0, 0]).arithmetic(in: trace, named: "F₁₁"))
                ]),
            ],
            hint: Phrase(
                en: "A 0 in A switches a whole row of W₂ off for this word.", zh: "A 里的一个 0，使 W₂ 的一整行对这个词不起作用。"))
    }
}
