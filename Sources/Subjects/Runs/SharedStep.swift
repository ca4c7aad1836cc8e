import Drawing
import Figures
import Models
import Reading
import Tensors
import Tracing
import Training
import Wording

/// One training step shared among workers: who held and sent what, how near the result is to one worker's, its slides.
package struct SharedStep: Sendable {
    package typealias How = SubjectSource.WorkersSource.How

    package let how: How
    package let model: String
    package let holdings: [WorkerHolding]
    package let alone: WorkerHolding
    package let messages: [Message]
    package let parts: [DataParallelRecord.Part]
    package let examples: [[String]]
    package let agrees: Bool
    /// Each with the greatest number compared, which says how small it is.
    package let gradients: (difference: Double, most: Double)?
    package let logits: (difference: Double, most: Double)?
    package let slides: [Slide]
    /// All workers' steps, where the matrices were split.
    package let trace: Trace?

    /// One update with the batch split.
    init(data texts: [[Int]], model: LanguageModel, workers: Int) throws {
        let task = try TextBatchTask(texts: texts)
        let settings = TrainingSettings(
            steps: 1, batch: task.examples.inputs.count,
            schedule: Schedule(rate: 0.001, warmUp: 0, shape: .constant, steps: 1))
        func step(_ workers: Int) throws -> (DataParallelTrainer<TextBatchTask>, DataParallelRecord) {
            var trainer = try DataParallelTrainer<TextBatchTask>(
                model: model.decoder, settings: settings, workers: workers)
            let record = try trainer.update(task, on: task.examples)
            return (trainer, record)
        }
        let (trainer, record) = try step(workers)
        let single = try step(1).1
        how = .data
        self.model = model.name
        holdings = record.holdings
        alone = single.holdings[0]
        messages = record.messages
        parts = record.parts
        examples = Self.examples(task, texts, model, workers: workers)
        agrees = trainer.workersAgree
        gradients = Self.compare(record.gradients, single.gradients)
        (logits, trace) = (nil, nil)
        slides = [
            DataParallelFigure.slide(record: record, examples: examples),
            HoldingsFigure.slide(
                holdings: holdings, alone: alone, subtitle: Self.dataSubtitle),
        ]
    }

    /// A step with the matrices split; of a single token the way forward only, since nothing can be learnt from it.
    init(tensor ids: [Int], model: LanguageModel, workers: Int, layer: Int) throws {
        let whole: Trace
        if ids.count > 1 {
            let recorder = Recorder()
            _ = try NextTokenBatch(inputs: [ids], targets: [Array(ids.dropFirst()) + [-1]]).loss(
                of: model.decoder, recorder: recorder)
            whole = recorder.trace(model: model.card, tokens: ids.map { model.token($0) })
        } else {
            whole = try model.trace(ids)
        }
        try Self.check(whole)
        let run = try TensorParallelRun(whole, workers: workers)
        try Self.check(run.trace)
        for (name, gradient) in run.gradients.sorted(by: { $0.key.description < $1.key.description })
        where gradient.firstNotFinite() != nil {
            if let found = try whole.withGradients(of: StepName(.loss)).origin(of: name.gradient) {
                throw TracingError.notFinite(what: Self.unshared, found)
            }
        }
        let single = try TensorParallelRun(whole, workers: 1)
        how = .tensor
        self.model = model.name
        holdings = run.holdings
        alone = single.holdings[0]
        (messages, trace) = (run.messages, run.trace)
        (parts, examples) = ([], [])
        agrees = run.replicasAgree
        logits = Self.compare(
            try run.trace.step(StepName(.logits)).tensor.scalars, try whole.step(StepName(.logits)).tensor.scalars)
        gradients = Self.compare(Self.row(run.gradients), Self.row(single.gradients))
        slides =
            try TensorParallelFigure.Part.allCases.map {
                try TensorParallelFigure.slide(run: run, whole: whole, part: $0, layer: layer)
            } + [
                HoldingsFigure.slide(
                    holdings: holdings, alone: alone, subtitle: Self.tensorSubtitle)
            ]
    }

    private static let dataSubtitle = Phrase(
        en: "Split by data: everyone keeps the whole model; only the activations get smaller.",
        zh: "按数据切分：每个工作者都保存完整的模型，变小的只有激活值。")
    private static let tensorSubtitle = Phrase(
        en: "Split by matrices: everyone keeps a part of the model, and sums travel after every layer.",
        zh: "按矩阵切分：每个工作者只保存模型的一部分，但每一层之后都要交换求和。")
    private static let unshared = Phrase(en: "the step cannot be shared by workers", zh: "这一步无法分给几个工作者")

    /// - Throws: `TracingError.notFinite(what:_:)` where a pass ends in no number; a worker's own part is named as that.
    private static func check(_ trace: Trace) throws {
        let end = trace[StepName(.loss)] == nil ? StepName(.logits) : StepName(.loss)
        if let found = trace.origin(of: end) { throw TracingError.notFinite(what: unshared, found) }
    }

    private static func row(_ gradients: [StepName: Tensor]) -> [Float] {
        gradients.sorted { $0.key.description < $1.key.description }.flatMap { $0.value.scalars }
    }

    private static func compare(_ found: [Float], _ expected: [Float]) -> (difference: Double, most: Double)? {
        guard !expected.isEmpty, found.count == expected.count else { return nil }
        let difference = zip(found, expected).reduce(0.0) { max($0, abs(Double($1.0) - Double($1.1))) }
        return (difference, expected.reduce(0.0) { max($0, abs(Double($1))) })
    }

    /// Each worker's examples as people write them: `中华 → 人`, or the texts.
    private static func examples(
        _ task: TextBatchTask, _ texts: [[Int]], _ model: LanguageModel, workers: Int
    ) -> [[String]] {
        task.parts(of: task.examples, count: workers).map { part in
            zip(part.inputs, part.targets).map { inputs, targets in
                func words(_ ids: some Sequence<Int>) -> String { ids.map { model.display($0) }.joined() }
                guard let last = targets.lastIndex(where: { $0 >= 0 }) else { return "" }
                let read = inputs[...last]
                return texts.count > 1
                    ? words(Array(read.prefix(1)) + targets[...last]) : words(read) + " → " + words([targets[last]])
            }
        }
    }
}

extension SubjectShelf {
    /// - Throws: ``SubjectError/outside(option:expected:found:)`` for a layer that the model lacks, or several texts where
    ///   matrices are split; what running throws.
    package func sharedStep(_ source: SubjectSource.WorkersSource) throws -> SharedStep {
        try sharedSteps.value(source) {
            let model = try model(source.model)
            let layers = try model.decoder.configuration.layers
            guard source.layer < layers else {
                throw Failure(
                    SubjectError.outside(
                        option: "--layer", expected: "0 … \(layers - 1)", found: "\(source.layer)"))
            }
            let given = try source.ids.map { [$0] } ?? source.texts.map { try model.input($0).ids }
            switch source.how {
            case .data: return try SharedStep(data: given, model: model, workers: source.workers)
            case .tensor:
                // Matrices are split for one text; more would only make the tensors larger.
                guard let first = given.first, given.count == 1 else {
                    throw Failure(
                        SubjectError.outside(option: "TEXT (--how tensor)", expected: "1", found: "\(given.count)"))
                }
                return try SharedStep(tensor: first, model: model, workers: source.workers, layer: source.layer)
            }
        }
    }
}

extension Subject {
    /// Its numbers: `workers`, `messages`, `bytes`, `gradients.difference`, `1.parameters` …
    init(_ step: SharedStep) {
        var numbers = [
            "workers": Double(step.holdings.count), "messages": Double(step.messages.count),
            "bytes": Double(step.messages.reduce(0) { $0 + $1.bytes }), "agree": step.agrees ? 1 : 0,
        ]
        numbers["gradients.difference"] = step.gradients?.difference
        numbers["logits.difference"] = step.logits?.difference
        for (name, holding) in [("alone", step.alone)] + step.holdings.map({ ("\($0.worker + 1)", $0) }) {
            numbers[name + ".parameters"] = Double(holding.parameters)
            numbers[name + ".gradients"] = Double(holding.gradients)
            numbers[name + ".activations"] = Double(holding.activations)
            numbers[name + ".sent"] = Double(holding.sent)
        }
        self.init(
            title: step.model + " \(step.how.rawValue) \(step.holdings.count)",
            traced: step.trace.map { TracedText(trace: $0) }, slides: step.slides, numbers: numbers)
    }
}
