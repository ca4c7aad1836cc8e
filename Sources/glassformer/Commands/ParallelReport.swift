import Drawing
import Reading
import Subjects
import Training
import Wording

// A shared step in words and in numbers.
extension SharedStep {
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
