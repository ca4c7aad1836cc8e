import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// One head of attention over three words, by hand: queries, keys and values, scores, weights, outputs.
///
/// In place of e the softmax takes powers of 2, so that weights are short; the trace holds what e gives beside it.
struct AttentionSheet {
    private let trace: Trace

    static let words = [
        Phrase(en: "cat", zh: "猫"), Phrase(en: "sat", zh: "坐"), Phrase(en: "down", zh: "下"),
    ]
    private static let powers = Label(rawValue: "attn.attn_scores_base_2")
    private static let usualPattern = Label(rawValue: "attn.pattern_base_e")

    init(_ random: inout RandomSource) throws(Failure) {
        let numbers = try AttentionNumbers(&random)
        let (tokens, width) = (AttentionNumbers.tokens, AttentionNumbers.width)
        let recorder = Recorder()
        let x = try recorder.source(
            SmallMatrix.tensor(numbers.x, [1, tokens, width]), .constant, as: .residualPre, block: 0,
            axes: [.batch, .position, .width])
        func projected(_ weight: [[Int]], _ label: Label, as name: Label) throws(Failure) -> Value {
            let matrix = try recorder.source(
                SmallMatrix.tensor(weight, [width, 1, width]), .parameter, as: label, block: 0,
                axes: [.width, .head, .headWidth])
            return try recorder.apply(
                Linear(), x, matrix, as: name, block: 0, axes: [.batch, .position, .head, .headWidth])
        }
        let q = try projected(numbers.queryWeight, .queryWeight, as: .query)
        let k = try projected(numbers.keyWeight, .keyWeight, as: .key)
        let v = try projected(numbers.valueWeight, .valueWeight, as: .value)
        let cells: [Axis] = [.batch, .head, .query, .key]
        let products = try recorder.apply(DotProducts(), q, k, as: .dotProducts, block: 0, axes: cells)
        let scores = try recorder.apply(
            Scale(dividingBy: Double(width).squareRoot()), products, as: .scores, block: 0, axes: cells)
        // 2^s is e^(s ln 2).
        let exponents = try recorder.apply(Magnify(by: log(2)), scores, as: Self.powers, block: 0, axes: cells)
        let pattern = try recorder.apply(Softmax(), exponents, as: .pattern, block: 0, axes: cells)
        _ = try recorder.apply(
            WeightedSum(), pattern, v, as: .z, block: 0, axes: [.batch, .position, .head, .headWidth])
        _ = try recorder.apply(Softmax(), scores, as: Self.usualPattern, block: 0, axes: cells)
        trace = recorder.trace(
            model: ModelCard(name: "attention by hand", family: "worksheet", numbers: [:]),
            tokens: Self.words.enumerated().map { TraceToken(id: $0.offset, display: $0.element.english) })
    }

    // MARK: Tables

    private func rows(
        _ name: String, _ role: Role, _ label: Label, width: Int = AttentionNumbers.width
    ) throws(Failure) -> SheetGrid {
        try SheetGrid(name, role, trace, rows: AttentionNumbers.tokens, columns: width) {
            SheetNumber(.block(0, label), [0, $0, 0, $1])
        }
    }

    private func cells(
        _ name: String, _ label: Label, _ part: SheetNumber.Part = .whole, columns: Int = AttentionNumbers.tokens
    ) throws(Failure) -> SheetGrid {
        try SheetGrid(name, .scores, trace, rows: AttentionNumbers.tokens, columns: columns) {
            SheetNumber(.block(0, label), [0, 0, $0, $1], part)
        }
    }

    private func weight(_ name: String, _ role: Role, _ label: Label) throws(Failure) -> SheetGrid {
        try SheetGrid(name, role, trace, rows: AttentionNumbers.width, columns: AttentionNumbers.width) {
            SheetNumber(.block(0, label), [$0, 0, $1])
        }.cells(31, 29)
    }

    // MARK: The sheet

    func worksheet(seed: UInt64) throws(Failure) -> Worksheet {
        Worksheet(
            kind: .attention, seed: seed, title: Phrase(en: "Attention by hand", zh: "手算注意力"),
            story: Phrase(
                en:
                    "The words of “cat sat down” are three rows of numbers. One head of attention lets each word gather from all three. Row 1 is worked, row 2 is begun, row 3 is yours.",
                zh: "三个词“猫、坐、下”各是一行数。一个注意力头让每个词从三个词那里收集信息。第 1 行已算好，第 2 行开了头，第 3 行由你来算。"),
            sections: [try projections(), try scores(), try weights(), try output()], trace: trace,
            remarks: try remarks(), example: SheetNumber(.block(0, .z), [0, 2, 0, 0]))
    }

    private func projections() throws(Failure) -> SheetSection {
        let x = try SheetGrid("X", .residual, trace, rows: AttentionNumbers.tokens, columns: AttentionNumbers.width) {
            SheetNumber(.block(0, .residualPre), [0, $0, $1])
        }
        return SheetSection(
            Phrase(en: "Queries, keys and values", zh: "查询、键和值"),
            formula: #"\role{query}{Q} = X W_Q,\quad \role{key}{K} = X W_K,\quad \role{value}{V} = X W_V"#,
            task: Phrase(
                en: "Multiply each row of X by the columns of the three matrices.",
                zh: "用 X 的每一行分别去乘三个矩阵的各列。"),
            rows: [
                SheetRow(
                    [
                        .grid(x.cells(31, 29).labelled(rows: Self.words)),
                        .grid(try weight("W_Q", .query, .queryWeight)),
                        .grid(try weight("W_K", .key, .keyWeight)), .grid(try weight("W_V", .value, .valueWeight)),
                    ], alignment: .top, spacing: 16),
                SheetRow([
                    .grid(try rows("Q", .query, .query).fading().labelled(rows: Self.words)),
                    .grid(try rows("K", .key, .key).fading()), .grid(try rows("V", .value, .value).fading()),
                ]),
                SheetRow([
                    .worked(try SheetNumber(.block(0, .query), [0, 0, 0, 0]).arithmetic(in: trace, named: "Q₁₁"))
                ]),
            ],
            hint: Phrase(
                en:
                    "A cell is a row times a column: multiply pair by pair, then add up. A 0 in the row saves you the work.",
                zh: "每个格子是一行乘一列：逐对相乘，再相加。行里的 0 可以跳过。"))
    }

    private func scores() throws(Failure) -> SheetSection {
        SheetSection(
            Phrase(en: "Scores", zh: "得分"), formula: #"S = \frac{\role{query}{Q}\, \role{key}{K}^\top}{\sqrt{4}}"#,
            task: Phrase(
                en: "The dot product of each query with each key, divided by the root of the width: √4 = 2.",
                zh: "每个查询与每个键做点积，再除以宽度的平方根 √4 = 2。"),
            rows: [
                SheetRow([
                    .grid(
                        try cells(#"Q K^\top"#, .dotProducts).fading().cells(50, 40)
                            .labelled(rows: Self.words, columns: Self.words)),
                    .sign(#"\div\, 2\; \to"#),
                    .grid(try cells("S", .scores).fading().cells(50, 40).labelled(columns: Self.words)),
                    .worked(
                        try SheetNumber(.block(0, .dotProducts), [0, 0, 0, 0]).arithmetic(in: trace, named: "q₁ · k₁")),
                ])
            ],
            hint: Phrase(
                en:
                    "Row: who asks. Column: who is asked. Row 1, column 2 is row 1 of Q with row 2 of K.",
                zh: "行：谁在问；列：问的是谁。第 1 行第 2 列，用 Q 的第 1 行和 K 的第 2 行来算。"))
    }

    private func weights() throws(Failure) -> SheetSection {
        let powers = (0...3).map { "2" + String(Array("⁰¹²³")[$0]) + "\u{a0}=\u{a0}\(1 << $0)" }.joined(separator: ", ")
        return SheetSection(
            Phrase(en: "Weights", zh: "注意力权重"), formula: #"P_{ij} = \frac{2^{S_{ij}}}{\sum_k 2^{S_{ik}}}"#,
            task: Phrase(
                en: "A softmax, with 2 in place of e: powers, their sum, and each power’s share of it.",
                zh: "Softmax，用 2 代替 e：先求幂，再求和，最后看每个幂占多少。"),
            rows: [
                SheetRow([
                    .grid(
                        try cells("2^S", .pattern, .numerator).fading().cells(46, 40)
                            .labelled(rows: Self.words, columns: Self.words)),
                    .grid(
                        try cells(#"\sum"#, .pattern, .denominator, columns: 1).fading().cells(50, 40)
                            .labelled(columns: [Phrase(en: "sum", zh: "和")])),
                    .sign(#"\to"#),
                    .grid(try cells("P", .pattern).fading().cells(62, 40).labelled(columns: Self.words)),
                ])
            ],
            hint: Phrase(
                en:
                    "\(powers). Each row of P adds up to 1. Real models take e ≈ 2.72 for the 2: the last page says what changes.",
                zh: "\(powers)。P 的每一行加起来是 1。真正的模型用 e ≈ 2.72 而不是 2：最后一页写了有什么不同。"))
    }

    private func output() throws(Failure) -> SheetSection {
        let last = try cells("P", .pattern).values[AttentionNumbers.tokens - 1]
        let most = last.indices.max { last[$0] < last[$1] } ?? 0
        return SheetSection(
            Phrase(en: "Output", zh: "输出"), formula: #"Z = P\, \role{value}{V}"#,
            task: Phrase(
                en: "Each row: the rows of V, each times its weight, added up.", zh: "每一行：V 的各行分别乘以权重，再相加。"),
            rows: [
                SheetRow([
                    .grid(try rows("Z", .attentionOutput, .z).fading().cells(62, 40).labelled(rows: Self.words)),
                    .worked(try SheetNumber(.block(0, .z), [0, 0, 0, 0]).arithmetic(in: trace, named: "Z₁₁")),
                ]),
                SheetRow([
                    .question(
                        Phrase(
                            en: "Which word does “\(Self.words[2].english)” listen to most?",
                            zh: "“\(Self.words[2].chinese)”最关注哪个词？"), answer: Self.words[most])
                ]),
            ],
            hint: Phrase(
                en: "A word that gave all its weight to one other would copy that word’s row of V.",
                zh: "如果一个词把全部权重给了另一个词，它的输出就是那个词在 V 里的那一行。"))
    }

    private func remarks() throws(Failure) -> [Phrase] {
        let row = AttentionNumbers.tokens - 1
        func list(_ label: Label) throws(Failure) -> String {
            let numbers = try (0..<AttentionNumbers.tokens).map { (column) throws(Failure) in
                try SheetNumber(.block(0, label), [0, 0, row, column]).value(in: trace)
            }
            return numbers.map { Numbers.fixed($0) }.joined(separator: ", ")
        }
        let (two, e) = (try list(.pattern), try list(Self.usualPattern))
        return [
            Phrase(
                en:
                    "2 in place of e is a softmax too, of scores times ln 2 ≈ 0.69: a little less decided. With e the last row of P would be \(e) in place of \(two).",
                zh: "用 2 代替 e 仍是 Softmax，相当于先把得分乘以 ln 2 ≈ 0.69：权重没那么集中。若用 e，P 的最后一行会是 \(e)，而不是 \(two)。"),
            Phrase(
                en:
                    "Nothing is masked here: every word sees all three, as in an encoder. A decoder hides what comes later.",
                zh: "这里没有掩码：每个词都能看到全部三个词，和编码器一样。解码器会遮住后面的词。"),
        ]
    }
}
