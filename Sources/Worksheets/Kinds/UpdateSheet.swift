import Drawing
import Models
import Tensors
import Tracing
import Training
import Wording

/// One step of gradient descent for a line through four points, by hand: forward, backward, update, and a look at
/// whether it helped.
struct UpdateSheet {
    private let trace: Trace
    private let points: [(x: Int, y: Int)]
    private let before: (slope: Int, intercept: Int)

    private static let rate = 0.25
    private static let error = Label(rawValue: "error")
    private static let squares = Label(rawValue: "error_squared")
    private static let products = Label(rawValue: "prediction_grad_times_inputs")

    /// What is given, and whether a hand can carry it through.
    private struct Given {
        var points: [(x: Int, y: Int)] = []
        var slope = 0
        var intercept = 0

        private func errors(_ slope: Int, _ intercept: Int) -> [Int] { points.map { slope * $0.x + intercept - $0.y } }

        /// Gradients are multiples of 4, so that a quarter of them is whole; and the step goes downhill.
        mutating func found(_ random: inout RandomSource) -> Bool {
            func whole(_ range: ClosedRange<Int>) -> Int { range.lowerBound + random.integer(below: range.count) }
            let xs = Array([-2, -1, 0, 1, 2, 3].shuffled(using: &random).prefix(4)).sorted()
            points = xs.map { ($0, whole(-4...6)) }
            (slope, intercept) = (whole(-2...2), whole(-2...2))
            let errors = errors(slope, intercept)
            let doubled = (
                slope: zip(errors, points).reduce(0) { $0 + $1.0 * $1.1.x }, intercept: errors.reduce(0, +)
            )
            guard doubled.slope != 0, doubled.intercept != 0, doubled.slope % 8 == 0, doubled.intercept % 8 == 0,
                errors.allSatisfy({ abs($0) <= 6 }), errors[0] != 0, points[0].x != 0
            else { return false }
            let after = self.errors(slope - doubled.slope / 8, intercept - doubled.intercept / 8)
            func loss(_ errors: [Int]) -> Int { errors.reduce(0) { $0 + $1 * $1 } }
            return 2 * loss(after) <= loss(errors) && after.allSatisfy { abs($0) <= 6 } && 8 * slope != doubled.slope
        }
    }

    init(_ random: inout RandomSource) throws(Failure) {
        var given = Given()
        guard (0..<200_000).contains(where: { _ in given.found(&random) }) else {
            throw Failure(WorksheetProblem.noNumbers)
        }
        points = given.points
        before = (given.slope, given.intercept)
        let line = LinearRegression(slopes: [Double(given.slope)], intercept: Double(given.intercept))
        let recorder = Recorder()
        _ = try line.loss(
            points.map { [Double($0.x)] }, targets: points.map { Double($0.y) }, on: recorder)
        var trace = recorder.trace(model: ModelCard(name: "an update by hand", family: "worksheet", numbers: [:]))
        try trace.compare("prediction", Self.error, Self.squares)
        trace = try trace.withGradients(of: StepName(.loss))
        try trace.carryOn(
            Multiply(), [StepName(.prediction).gradient, StepName(.inputs)], as: StepName(Self.products),
            axes: [.batch, .single])
        try trace.append(
            Step(
                name: StepName(.learningRate), operation: Source(.constant), inputs: [],
                tensor: Tensor(scalar: Float(Self.rate)), axes: []))
        for label in [Label.slopes, .intercept] {
            let name = StepName(label)
            try trace.carryOn(
                DescentStep(), [name, name.gradient, StepName(.learningRate)], as: name.about("updated"),
                axes: trace.step(name).axes)
        }
        try trace.carryOn(
            Linear(), [StepName(.inputs), StepName(.slopes).about("updated"), StepName(.intercept).about("updated")],
            as: Self.after("prediction"), axes: [.batch, .single])
        try trace.compare("after.prediction", Label(rawValue: "after.error"), Label(rawValue: "after.error_squared"))
        try trace.carryOn(
            SquaredError(), [Self.after("prediction"), StepName(.targets)], as: Self.after("loss"), axes: [])
        self.trace = trace
    }

    private static func after(_ name: String) -> StepName { StepName(Label(rawValue: "after." + name)) }

    // MARK: Tables

    private func column(_ name: String, _ role: Role?, _ step: StepName) throws(Failure) -> SheetGrid {
        try SheetGrid(name, role, trace, rows: points.count, columns: 1) { row, _ in SheetNumber(step, [row, 0]) }
            .cells(54, 38)
    }

    private func single(_ name: String, _ role: Role?, _ step: StepName, _ index: [Int]) throws(Failure) -> SheetGrid {
        try SheetGrid(name, role, trace, rows: 1, columns: 1) { _, _ in SheetNumber(step, index) }.cells(64, 38)
    }

    private func number(_ step: StepName, _ index: [Int]) throws(Failure) -> Double {
        try SheetNumber(step, index).value(in: trace)
    }

    private static let isLater = { @Sendable (row: Int, _: Int) in row > 0 }
    private static let isLast = { @Sendable (row: Int, _: Int) in row > 1 }
    private static let isAll = { @Sendable (_: Int, _: Int) in true }

    // MARK: The sheet

    func worksheet(seed: UInt64) throws(Failure) -> Worksheet {
        Worksheet(
            kind: .update, seed: seed, title: Phrase(en: "One update by hand", zh: "手算一步更新"),
            story: Phrase(
                en:
                    "A line ŷ = w x + b is to go through \(points.count) points. It begins with w = \(SheetNumber.text(Double(before.slope))) and b = \(SheetNumber.text(Double(before.intercept))). One step of gradient descent, with rate η = \(SheetNumber.text(Self.rate)): forward, back, update. Point 1 is worked, point 2 is begun, the others are yours.",
                zh:
                    "要让直线 ŷ = w x + b 穿过 \(points.count) 个点。开始时 w = \(SheetNumber.text(Double(before.slope)))，b = \(SheetNumber.text(Double(before.intercept)))。做一步梯度下降，学习率 η = \(SheetNumber.text(Self.rate))：前向，反向，更新。第 1 个点已算好，第 2 个点开了头，其余由你来算。"
            ), sections: [try forward(), try backward(), try update(), try check()], trace: trace,
            remarks: [
                Phrase(
                    en:
                        "The gradients are those of the engine’s own back-propagation. The rate is larger than usual, so that the step is whole.",
                    zh: "梯度出自程序自己的反向传播。学习率比平常的大，好让每一步都是整数。")
            ], example: SheetNumber(StepName(.slopes).gradient, [0, 0]))
    }

    private var rows: [Phrase] { points.indices.map { Phrase("\($0 + 1)") } }

    private func forward() throws(Failure) -> SheetSection {
        SheetSection(
            Phrase(en: "Forward: how wrong is the line?", zh: "前向：直线错了多少？"),
            formula: #"e = \hat{y} - y,\quad L = \frac{1}{\#(points.count)} \sum e^2"#,
            task: Phrase(
                en: "The prediction of each point, its error and the error’s square. L is the mean of the squares.",
                zh: "算出每个点的预测、误差和误差的平方。L 是平方的平均数。"),
            rows: [
                SheetRow(
                    [
                        .grid(try column("x", .token, StepName(.inputs)).labelled(rows: rows)),
                        .grid(try column(#"\hat{y}"#, .attentionOutput, StepName(.prediction)).blank(Self.isLast)),
                        .grid(try column("y", .value, StepName(.targets))),
                        .grid(try column("e", .scores, StepName(Self.error)).blank(Self.isLast)),
                        .grid(try column("e^2", .scores, StepName(Self.squares)).blank(Self.isLater)),
                        .grid(try single("L", .probability, StepName(.loss), []).blank(Self.isAll)),
                    ], spacing: 16),
                SheetRow([
                    .worked(try SheetNumber(StepName(.prediction), [0, 0]).arithmetic(in: trace, named: "ŷ₁"))
                ]),
            ],
            hint: Phrase(
                en: "e is positive where the line is too high, negative where it is too low.",
                zh: "直线偏高，e 为正；偏低，e 为负。"))
    }

    private func backward() throws(Failure) -> SheetSection {
        let share = SheetNumber.text(2 / Double(points.count))
        return SheetSection(
            Phrase(en: "Back: which way is down?", zh: "反向：往哪边是下坡？"),
            formula:
                #"\role{gradient}{\frac{\partial L}{\partial w}} = \sum g\, x,\quad \role{gradient}{\frac{\partial L}{\partial b}} = \sum g"#,
            task: Phrase(
                en:
                    "g = ∂L/∂ŷ = 2e ÷ \(points.count) = \(share) e for each point, and g times x. The sums are the gradients of b and w.",
                zh: "对每个点算 g = ∂L/∂ŷ = 2e ÷ \(points.count) = \(share) e，再算 g 乘 x。两列的和分别是 b 和 w 的梯度。"),
            rows: [
                SheetRow([
                    .grid(
                        try column("g", .gradient, StepName(.prediction).gradient).blank(Self.isLater)
                            .labelled(rows: rows)),
                    .grid(try column(#"g\,x"#, .gradient, StepName(Self.products)).blank(Self.isLater)),
                    .sign(#"\sum \to"#),
                    .grid(
                        try single(#"\partial L / \partial b"#, .gradient, StepName(.intercept).gradient, [0])
                            .blank(Self.isAll)),
                    .grid(
                        try single(#"\partial L / \partial w"#, .gradient, StepName(.slopes).gradient, [0, 0])
                            .blank(Self.isAll)),
                ]),
                SheetRow([
                    .worked(
                        try SheetNumber(StepName(Self.products), [0, 0]).arithmetic(in: trace, named: "g₁ x₁"))
                ]),
            ],
            hint: Phrase(
                en: "x counts as often as the slope moves the point: far from 0 it moves most.",
                zh: "离 0 越远的点，斜率变一点，它就动得越多，所以要乘 x。"))
    }

    private func update() throws(Failure) -> SheetSection {
        SheetSection(
            Phrase(en: "Update", zh: "更新"),
            formula:
                #"w' = w - \eta\, \frac{\partial L}{\partial w},\quad b' = b - \eta\, \frac{\partial L}{\partial b}"#,
            task: Phrase(
                en: "Against the gradient: \(SheetNumber.text(Self.rate)) times its size.",
                zh: "逆着梯度走，走它的 \(SheetNumber.text(Self.rate)) 倍。"),
            rows: [
                SheetRow([
                    .grid(try single("w", .key, StepName(.slopes), [0, 0])), .sign(#"\to"#),
                    .grid(
                        try single(#"w^\prime"#, .key, StepName(.slopes).about("updated"), [0, 0]).blank(Self.isAll)),
                    .sign(#"\quad"#),
                    .grid(try single("b", .position, StepName(.intercept), [0])), .sign(#"\to"#),
                    .grid(
                        try single(#"b^\prime"#, .position, StepName(.intercept).about("updated"), [0]).blank(
                            Self.isAll)),
                ])
            ],
            hint: Phrase(en: "Minus a negative gradient is a step up.", zh: "减去负的梯度，就是往上加。"))
    }

    private func check() throws(Failure) -> SheetSection {
        let (old, new) = (try number(StepName(.loss), []), try number(Self.after("loss"), []))
        let line = (
            slope: try number(StepName(.slopes).about("updated"), [0, 0]),
            intercept: try number(StepName(.intercept).about("updated"), [0])
        )
        let board = LineBoard(
            points: points.map { (Double($0.x), Double($0.y)) },
            before: (Double(before.slope), Double(before.intercept)), after: line)
        return SheetSection(
            Phrase(en: "Did it help?", zh: "有用吗？"), formula: #"L' = \frac{1}{\#(points.count)} \sum {e'}^2"#,
            task: Phrase(
                en: "The same points with the new line. Draw it into the picture.", zh: "还是这些点，用新的直线再算一遍，并把它画进图里。"),
            rows: [
                SheetRow([
                    .grid(
                        try column(#"\hat{y}'"#, .attentionOutput, Self.after("prediction")).blank(Self.isAll)
                            .labelled(rows: rows)),
                    .grid(try column(#"e^\prime"#, .scores, Self.after("error")).blank(Self.isAll)),
                    .grid(try column(#"{e'}^2"#, .scores, Self.after("error_squared")).blank(Self.isAll)),
                    .grid(try single(#"L^\prime"#, .probability, Self.after("loss"), []).blank(Self.isAll)),
                    .picture { board.mark(isAnswered: $0) },
                ]),
                SheetRow([
                    .question(
                        Phrase(en: "The loss went from … to …:", zh: "损失从……变为……："),
                        answer: Phrase("\(SheetNumber.text(old)) → \(SheetNumber.text(new))"))
                ]),
            ],
            hint: Phrase(
                en: "Two points are enough for a line: where it crosses x = 0, and one more.",
                zh: "两个点就能定一条直线：x = 0 处的一点，再取一点。"))
    }
}

extension Trace {
    /// Adds a step that an operation computes from steps that are there.
    fileprivate mutating func carryOn(
        _ operation: any Operation, _ names: [StepName], as name: StepName, axes: [Axis]
    ) throws(Failure) {
        var (places, tensors): ([Int], [Tensor]) = ([], [])
        for name in names {
            tensors.append(try step(name).tensor)
            places.append(place(of: name) ?? 0)
        }
        try append(
            Step(name: name, operation: operation, inputs: places, tensor: operation.evaluate(tensors), axes: axes))
    }

    /// Adds errors and their squares, of predictions and the targets.
    fileprivate mutating func compare(_ prediction: String, _ error: Label, _ squares: Label) throws(Failure) {
        let opposite = StepName(Label(rawValue: "targets.negative"))
        let axes: [Axis] = [.batch, .single]
        if place(of: opposite) == nil {
            try carryOn(Magnify(by: -1), [StepName(.targets)], as: opposite, axes: axes)
        }
        try carryOn(Add(), [StepName(Label(rawValue: prediction)), opposite], as: StepName(error), axes: axes)
        try carryOn(Multiply(), [StepName(error), StepName(error)], as: StepName(squares), axes: axes)
    }
}
