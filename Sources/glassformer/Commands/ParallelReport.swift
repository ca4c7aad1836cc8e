import Drawing
import Figures
import Models
import Reading
import Tensors
import Tracing
import Training
import Wording

/// What a shared step was: who held and sent what, how near the result is to one worker's, and its slides.
struct ParallelReport {
    private let how: Parallel.How
    private let model: String
    private let holdings: [WorkerHolding]
    private let alone: WorkerHolding
    private let messages: [Message]
    private let parts: [DataParallelRecord.Part]
    private let examples: [[String]]
    private let agrees: Bool
    /// Each with the greatest number compared, which says how small it is.
    private let gradients: (difference: Double, most: Double)?
    private let logits: (difference: Double, most: Double)?
    let slides: [Slide]
    /// All workers' steps, where the matrices were split.
    let trace: Trace?

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
                holdings: holdings, alone: alone, subtitle: ParallelText.dataSubtitle.phrase),
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
                    holdings: holdings, alone: alone, subtitle: ParallelText.tensorSubtitle.phrase)
            ]
    }

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

extension ParallelReport {
    func text(style: Style) -> String {
        var text = workerTable(style) + "\n"
        if !messages.isEmpty { text += (how == .data ? roundTable(style) : exchangeTable(style)) + "\n" }
        func line(_ words: ParallelText, _ measured: (difference: Double, most: Double)?) {
            guard let measured else { return }
            text +=
                words.text([
                    "difference": Phrase(Numbers.significant(measured.difference, digits: 2)),
                    "most": Phrase(Numbers.significant(measured.most, digits: 3)),
                ]) + "\n"
        }
        line(.logitsDifference, logits)
        line(.gradientDifference, gradients)
        return text + (agrees ? ParallelText.agree.text : ParallelText.disagree.text) + "\n"
    }

    private func workerTable(_ style: Style) -> String {
        let isData = !parts.isEmpty
        let sizes: [ParallelText] = [.parameters, .gradients, .state, .activations, .sent, .messages]
        let columns = sizes + (isData ? [.part, .loss] : [])
        var table = TextTable([.left] + columns.map { _ in .right }, heading: [.worker] + columns)
        func row(_ name: String, _ holding: WorkerHolding, _ part: DataParallelRecord.Part?) -> [String] {
            let sizes = [
                holding.parameters, holding.gradients, holding.optimizerState, holding.activations, holding.sent,
            ]
            return [name] + sizes.map(ByteCount.text) + ["\(holding.messages)"]
                + (part.map { ["\(Int($0.targets))", $0.targets > 0 ? Numbers.fixed($0.loss, decimals: 3) : "–"] } ?? [])
        }
        table.add(row: row(ParallelText.alone.text, alone, nil))
        for (place, holding) in holdings.enumerated() {
            table.add(row: row("\(place + 1)", holding, isData ? parts[place] : nil))
        }
        return table.text(style: style)
    }

    /// One row a round: who sends which chunk to whom.
    private func roundTable(_ style: Style) -> String {
        var table = TextTable([.right, .left, .right, .left], heading: [ParallelText.round, .phase, .bytes, .chunks])
        for round in 0...(messages.last?.round ?? 0) {
            let sent = messages.filter { $0.round == round }
            let phase: ParallelText = sent.first?.phase == .allGather ? .allGather : .reduceScatter
            table.add(
                "\(round + 1)", phase.text, ByteCount.text(sent.reduce(0) { $0 + $1.bytes }),
                sent.map { "\($0.from + 1)→\($0.to + 1): \($0.chunk + 1)" }.joined(separator: "  "))
        }
        return table.text(style: style)
    }

    /// One row for each half of an exchange, in order.
    private func exchangeTable(_ style: Style) -> String {
        var table = TextTable(
            [.left, .left, .right, .right], heading: [ParallelText.exchange, .phase, .messages, .bytes])
        var start = 0
        while start < messages.count {
            let first = messages[start]
            let end =
                messages[start...].firstIndex { $0.exchange != first.exchange || $0.phase != first.phase }
                ?? messages.count
            let bytes = messages[start..<end].reduce(0) { $0 + $1.bytes }
            let phase: ParallelText = first.phase == .reduceScatter ? .reduceScatter : .allGather
            table.add(first.what, phase.text, "\(end - start)", ByteCount.text(bytes))
            start = end
        }
        return table.text(style: style)
    }

    func json(files: [String]) -> JSONText {
        func holding(_ it: WorkerHolding) -> JSONText {
            .object([
                "worker": .integer(it.worker), "parameters": .integer(it.parameters),
                "gradients": .integer(it.gradients), "optimizer_state": .integer(it.optimizerState),
                "activations": .integer(it.activations), "sent": .integer(it.sent), "messages": .integer(it.messages),
            ])
        }
        func measured(_ it: (difference: Double, most: Double)?) -> JSONText {
            it.map { .object(["greatest_difference": .number($0.difference), "greatest": .number($0.most)]) } ?? .null
        }
        return .object([
            "how": .text(how.rawValue), "model": .text(model), "workers": .array(holdings.map(holding)),
            "alone": holding(alone),
            "parts": .objects(parts) { part in
                [
                    "worker": .integer(part.worker), "targets": .integer(Int(part.targets)),
                    "share": .number(part.share), "loss": .number(part.loss),
                    "examples": .texts(examples.indices.contains(part.worker) ? examples[part.worker] : []),
                ]
            },
            "messages": .objects(messages) {
                [
                    "exchange": .integer($0.exchange), "what": .text($0.what), "phase": .text($0.phase.rawValue),
                    "round": .integer($0.round), "from": .integer($0.from), "to": .integer($0.to),
                    "chunk": .integer($0.chunk), "bytes": .integer($0.bytes),
                ]
            },
            "gradients": measured(gradients), "logits": measured(logits), "workers_agree": .bool(agrees),
            "files": .texts(files),
        ])
    }
}
