import Drawing
import Models
import Tensors
import Tracing
import Training
import Wording

/// A perceptron that learns from six evenings whether somebody goes to the film, by hand.
struct PerceptronSheet {
    private let trace: Trace
    private let evenings: Int
    private let features: Int

    private static let inputs = [
        Phrase(en: "fine", zh: "天好"), Phrase(en: "cheap", zh: "便宜"), Phrase(en: "friend", zh: "朋友"),
    ]
    private static let checkSum = Label(rawValue: "check.sum")
    private static let checkFires = Label(rawValue: "check.fires")
    private static let checkInputs = Label(rawValue: "check.inputs")

    /// What is given: evenings, answers, and where learning begins.
    private struct Given {
        var inputs: [[Double]] = []
        var answers: [Bool] = []
        var start = Perceptron(weights: [0, 0, 0], threshold: 1)

        /// Whether it teaches something: mistakes of both kinds, the first evening among them, and small weights.
        mutating func found(_ random: inout RandomSource) -> Bool {
            func whole(_ range: ClosedRange<Int>) -> Double {
                Double(range.lowerBound + random.integer(below: range.count))
            }
            let rule = Perceptron(weights: [whole(0...3), whole(0...3), whole(0...3)], threshold: whole(1...4))
            start = Perceptron(weights: [whole(-1...2), whole(-1...2), whole(-1...2)], threshold: whole(0...2))
            inputs = Array(PerceptronLessons.cases.shuffled(using: &random).prefix(6))
            answers = inputs.map { rule.fires($0) }
            guard (2...4).contains(answers.count { $0 }) else { return false }
            var learner = start
            var mistakes: [Double] = []
            for (input, answer) in zip(inputs, answers) {
                mistakes.append((answer ? 1 : 0) - (learner.fires(input) ? 1 : 0))
                learner.learn(input, answer: answer, rate: 1)
                guard learner.weights().allSatisfy({ abs($0) <= 4 }), abs(learner.threshold()) <= 4 else {
                    return false
                }
            }
            return mistakes[0] != 0 && (3...4).contains(mistakes.count { $0 != 0 }) && mistakes.contains(1)
                && mistakes.contains(-1) && inputs[0].contains(1)
        }
    }

    init(_ random: inout RandomSource) throws(Failure) {
        var given = Given()
        guard (0..<20_000).contains(where: { _ in given.found(&random) }) else {
            throw Failure(WorksheetProblem.noNumbers)
        }
        (evenings, features) = (given.inputs.count, Self.inputs.count)
        let recorder = Recorder()
        let parameters = given.start.parameters.all
        var weights = try recorder.source(
            parameters[0].tensor, .parameter, as: .perceptronWeights, block: 0, axes: [.width, .hidden])
        var threshold = try recorder.source(
            parameters[1].tensor, .parameter, as: .perceptronThreshold, block: 0, axes: [.hidden])
        let rate = try recorder.source(Tensor(scalar: 1), .constant, as: .learningRate, axes: [])
        for (evening, input) in given.inputs.enumerated() {
            let x = try recorder.source(
                Tensor([1, features], input.map { Float($0) }), .constant, as: .inputs, block: evening,
                axes: [.batch, .width])
            let answer = try recorder.source(
                Tensor([1, 1], [given.answers[evening] ? 1 : 0]), .constant, as: .targets, block: evening,
                axes: [.batch, .hidden])
            let sum = try recorder.apply(
                Linear(), x, weights, as: .weightedInputs, block: evening, axes: [.batch, .hidden])
            let fires = try recorder.apply(
                Fires(), sum, threshold, as: .fires, block: evening, axes: [.batch, .hidden])
            let opposite = try recorder.apply(
                Magnify(by: -1), fires, as: Label(rawValue: "fires.negative"), block: evening, axes: [.batch, .hidden])
            _ = try recorder.apply(
                Add(), answer, opposite, as: Self.error, block: evening, axes: [.batch, .hidden])
            (weights, threshold) = (
                try recorder.apply(
                    PerceptronRule(), weights, fires, answer, rate, x, as: .perceptronWeights, block: evening + 1,
                    axes: [.width, .hidden]),
                try recorder.apply(
                    PerceptronRule(), threshold, fires, answer, rate, as: .perceptronThreshold, block: evening + 1,
                    axes: [.hidden])
            )
        }
        let all = try recorder.source(
            Tensor([evenings, features], given.inputs.joined().map { Float($0) }), .constant, as: Self.checkInputs,
            axes: [.batch, .width])
        let sums = try recorder.apply(Linear(), all, weights, as: Self.checkSum, axes: [.batch, .hidden])
        _ = try recorder.apply(Fires(), sums, threshold, as: Self.checkFires, axes: [.batch, .hidden])
        trace = recorder.trace(model: ModelCard(name: "perceptron by hand", family: "worksheet", numbers: [:]))
    }

    private static let error = Label(rawValue: "error")

    // MARK: The sheet

    private func column(
        _ name: String, _ role: Role?, _ label: Label, width: Int = 1, extra: Int = 0, isRow: Bool = true
    ) throws(Failure) -> SheetGrid {
        try SheetGrid(name, role, trace, rows: evenings + extra, columns: width) { row, column in
            let index = label == .perceptronThreshold ? [0] : isRow ? [0, column] : [column, 0]
            return SheetNumber(.block(row, label), index)
        }
    }

    private var numbers: [Phrase] { (1...evenings).map { Phrase("\($0)") } }

    func worksheet(seed: UInt64) throws(Failure) -> Worksheet {
        Worksheet(
            kind: .perceptron, seed: seed, title: Phrase(en: "A perceptron by hand", zh: "手算感知机"),
            story: Phrase(
                en:
                    "Does somebody go to the film tonight? Three questions, 1 is yes: is the weather fine, is the ticket cheap, does a friend come along? The perceptron says 1 where the weighted sum is greater than its threshold θ, and learns after each evening. Evening 1 is worked, evening 2 is begun, the others are yours.",
                zh: "今晚去不去看电影？三个问题，1 表示“是”：天气好吗，票便宜吗，朋友一起去吗？加权和大于阈值 θ，感知机就输出 1；每晚之后它都学一次。第 1 晚已算好，第 2 晚开了头，其余由你来算。"),
            sections: [try learning(), try check()], trace: trace,
            remarks: [
                Phrase(
                    en:
                        "The answers t follow a rule of whole weights that the sheet does not tell. The rule of learning is Rosenblatt’s (1958), with rate 1.",
                    zh: "答案 t 来自一条整数权重的规则，纸上没有写出来。学习规则出自罗森布拉特（1958），学习率为 1。")
            ], example: SheetNumber(.block(evenings, .perceptronWeights), [2, 0]))
    }

    private func learning() throws(Failure) -> SheetSection {
        let first = try (0..<features).map { (place) throws(Failure) in
            try SheetNumber(.block(0, .inputs), [0, place]).value(in: trace)
        }
        let moved = first.firstIndex { $0 != 0 } ?? 0
        let half = { (row: Int, _: Int) in row > 1 }
        let later = { (row: Int, _: Int) in row > 0 }
        let learned = { (row: Int, _: Int) in row > 1 }
        return SheetSection(
            Phrase(en: "Six evenings", zh: "六个晚上"),
            formula: #"w \gets w + (t - y)\, x,\quad \theta \gets \theta - (t - y)"#,
            task: Phrase(
                en:
                    "Evening by evening: the weighted sum s, the output y, the error t − y. Then write the new weights and the new threshold into the next row.",
                zh: "一晚一晚地算：加权和 s、输出 y、误差 t − y。然后把新的权重和新的阈值写进下一行。"),
            rows: [
                SheetRow(
                    [
                        .grid(
                            try column("x", .token, .inputs, width: features).cells(44, 50)
                                .labelled(rows: numbers, columns: Self.inputs)),
                        .grid(
                            try column("w", .key, .perceptronWeights, width: features, extra: 1, isRow: false)
                                .blank(learned).cells(44, 50).labelled(columns: Self.inputs)),
                        .grid(
                            try column("θ", .position, .perceptronThreshold, extra: 1).blank(learned).cells(44, 50)
                                .labelled(columns: [""])),
                        .grid(
                            try column("s", .scores, .weightedInputs).blank(half).cells(44, 50).labelled(columns: [""])),
                        .grid(
                            try column("y", .attentionOutput, .fires).blank(half).cells(44, 50).labelled(columns: [""])),
                        .grid(try column("t", .value, .targets).cells(44, 50).labelled(columns: [""])),
                        .grid(
                            try column(#"t\,-\,y"#, .gradient, Self.error).blank(later).cells(44, 50).labelled(
                                columns: [""])),
                    ], alignment: .top, spacing: 14),
                SheetRow(
                    try [
                        (StepName.block(0, .weightedInputs), [0, 0], "s"),
                        (.block(1, .perceptronWeights), [moved, 0], "w" + String(Array("₁₂₃")[moved])),
                        (.block(1, .perceptronThreshold), [0], "θ"),
                    ].map { (step, index, name) throws(Failure) in
                        .worked(try SheetNumber(step, index).arithmetic(in: trace, named: name))
                    }, spacing: 34),
            ],
            hint: Phrase(
                en:
                    "s > θ gives y = 1, else 0; equal is not greater. No error, no change. A weight whose x is 0 stays as it is.",
                zh: "s > θ 时 y = 1，否则为 0；相等不算大于。没有误差就不改。x 为 0 的权重保持不变。"))
    }

    private func check() throws(Failure) -> SheetSection {
        func final(_ name: String, _ role: Role, _ label: Label, width: Int = 1) throws(Failure) -> SheetGrid {
            try SheetGrid(name, role, trace, rows: evenings, columns: width) { SheetNumber(StepName(label), [$0, $1]) }
                .cells(44, 46)
        }
        let targets = try column("t", .value, .targets).cells(44, 46)
        let fires = try final("y", .attentionOutput, Self.checkFires)
        let right = zip(targets.values, fires.values).count { $0 == $1 }
        return SheetSection(
            Phrase(en: "What it has learned", zh: "它学会了什么"),
            formula: #"s = w \cdot x,\quad s > \theta \Rightarrow y = 1"#,
            task: Phrase(
                en: "Take the last weights and the last threshold, and ask about the six evenings once more.",
                zh: "用最后的权重和阈值，把这六个晚上再判断一遍。"),
            rows: [
                SheetRow([
                    .grid(
                        try final("x", .token, Self.checkInputs, width: features).labelled(
                            rows: numbers, columns: Self.inputs)),
                    .grid(try final("s", .scores, Self.checkSum).blank { row, _ in row > 0 }.labelled(columns: [""])),
                    .grid(fires.blank { row, _ in row > 0 }.labelled(columns: [""])),
                    .grid(targets.labelled(columns: [""])),
                    .question(
                        Phrase(en: "Right of \(evenings):", zh: "\(evenings) 个晚上答对了几个："), answer: Phrase("\(right)")),
                ])
            ],
            hint: Phrase(
                en: "What it gets wrong still, another round through the evenings may put right.",
                zh: "还答错的，再学一轮也许就能改对。"))
    }
}
