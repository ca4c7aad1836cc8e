import Tensors
import Wording

/// Finds how the tensors of a recorded file came to be: an operation is put down only where it gives the numbers
/// that were recorded, so that nothing is explained as what it is not.
struct RecordedLinks {
    let file: SafeTensors
    private var steps: [Step] = []
    private var places: [StepName: Int] = [:]
    private var tensors: [StepName: RecordedFile.Entry] = [:]
    private var computed: [String] = []
    private var oddRows: String?
    private var chainOf: [StepName: RecordedArithmetic.Chain] = [:]
    private let arithmetic: RecordedArithmetic

    init(file: SafeTensors, _ arithmetic: RecordedArithmetic) {
        self.file = file
        self.arithmetic = arithmetic
    }

    mutating func trace(
        _ entries: [RecordedFile.Entry], model: ModelCard,
        tokens: RecordedFile.Tokens
    ) throws -> Trace {
        for entry in entries { tensors[entry.name.step] = entry }
        let hasTokens = entries.contains { $0.name.step == StepName(.tokens) }
        if let ids = tokens.ids, let count = ids.first?.count, count > 0, !hasTokens,
            ids.allSatisfy({ $0.count == count })
        {
            let tensor = try Tensor([ids.count, count], ids.joined().map(Float.init))
            place(StepName(.tokens), Source(.tokens), [], tensor, [.batch, .position])
        }
        var scored: Set<StepName> = []
        for entry in entries {
            let name = entry.name.step
            if name.block != nil, scored.insert(own(name, .scores)).inserted {
                chainOf[own(name, .scores)] = chain(own(name, .scores))
            }
            if [.scores, .pattern].contains(name.label) { placeChain(before: name) }
            add(entry)
            placeSums(after: name)
            if name.label == .logits, tensors[StepName(.probabilities, stack: name.stack)] == nil {
                derive(StepName(.probabilities, stack: name.stack), Softmax(), [name], entry.axes)
            }
        }
        var trace = try Trace(steps: steps, model: model, tokens: tokens.own.first ?? [])
        trace.targetTokens = tokens.target.first ?? []
        trace.otherTexts = tokens.own.dropFirst().enumerated().map { place, own in
            (own, tokens.target.indices.contains(place + 1) ? tokens.target[place + 1] : [])
        }
        trace.isElsewhere = true
        trace.isPartial = true
        trace.notes = notes()
        return trace
    }

    // MARK: Steps

    private mutating func place(
        _ name: StepName, _ operation: any Operation, _ inputs: [StepName], _ tensor: Tensor, _ axes: [Axis]
    ) {
        guard places[name] == nil else { return }
        places[name] = steps.count
        steps.append(
            Step(name: name, operation: operation, inputs: inputs.compactMap { places[$0] }, tensor: tensor, axes: axes)
        )
    }

    private mutating func add(_ entry: RecordedFile.Entry) {
        let name = entry.name.step
        if name.label == .pattern || name.label == Label.pattern.crossed { checkRows(entry) }
        if [.tokens, .segments, .mask].contains(name.label) {
            let isWhole = entry.tensor.withUnsafeBuffer { $0.allSatisfy { Int(exactly: $0) != nil } }
            return place(name, Source(isWhole ? .tokens : .unexplained), [], entry.tensor, entry.axes)
        }
        for (operation, labels) in arithmetic.candidates(name) where labels.allSatisfy({ places[$0] != nil }) {
            if gives(operation, labels, entry.tensor, tolerance(labels + [name])) {
                return place(name, operation, labels, entry.tensor, entry.axes)
            }
        }
        place(name, Source(.unexplained), [], entry.tensor, entry.axes)
    }

    /// The head's sums, where the file has what they are made of.
    private mutating func placeSums(after pattern: StepName) {
        func own(_ label: Label) -> StepName { self.own(pattern, label) }
        guard pattern.label == .pattern, tensors[own(.z)] == nil, places[own(.value)] != nil else { return }
        derive(own(.z), WeightedSum(), [pattern, own(.value)], [.batch, .position, .head, .headWidth])
    }

    private mutating func derive(_ name: StepName, _ operation: any Operation, _ inputs: [StepName], _ axes: [Axis]) {
        guard places[name] == nil, let tensor = result(operation, inputs) else { return }
        place(name, operation, inputs, tensor, axes)
        if !computed.contains(name.label.rawValue) { computed.append(name.label.rawValue) }
    }

    private func result(_ operation: any Operation, _ inputs: [StepName]) -> Tensor? {
        let inputs = inputs.compactMap { name in places[name].map { steps[$0].tensor } }
        return try? operation.evaluate(inputs)
    }

    private func gives(_ operation: any Operation, _ inputs: [StepName], _ found: Tensor, _ tolerance: Float) -> Bool {
        result(operation, inputs).map { RecordedArithmetic.agree($0, found, tolerance) } ?? false
    }

    // MARK: Scores

    /// The arithmetic that gives the scores or the pattern which were recorded.
    private func chain(_ name: StepName) -> RecordedArithmetic.Chain? {
        guard let known = tensors[own(name, .scores)] ?? tensors[own(name, .pattern)] else { return nil }
        let isPattern = known.name.step.label == .pattern
        return arithmetic.chain(name) {
            RecordedArithmetic.agree(
                isPattern ? $0.scores.softmax() : $0.scores, known.tensor, tolerance($0.compared + [known.name.step]))
        }
    }

    private mutating func placeChain(before name: StepName) {
        func own(_ label: Label) -> StepName { self.own(name, label) }
        guard let found = chainOf[own(.scores)] else { return }
        let axes: [Axis] = [.batch, .head, .query, .key]
        if tensors[own(.dotProducts)] == nil { derive(own(.dotProducts), DotProducts(), found.compared, axes) }
        if tensors[own(.unmaskedScores)] == nil {
            derive(own(.unmaskedScores), Scale(dividingBy: found.divisor), [own(.dotProducts)], axes)
        }
        if tensors[own(.scores)] == nil {
            derive(own(.scores), found.isCausal ? CausalMask() : Same(), [own(.unmaskedScores)], axes)
        }
    }

    // MARK: Checks

    /// How far apart numbers may be that were rounded when they were written.
    private func tolerance(_ names: [StepName]) -> Float {
        names.allSatisfy { tensors[$0].flatMap { file.entries[$0.written]?.kind } ?? "F32" == "F32" } ? 2e-4 : 3e-2
    }

    private mutating func checkRows(_ entry: RecordedFile.Entry) {
        let width = entry.tensor.shape[-1]
        let isOdd = entry.tensor.withUnsafeBuffer { cells in
            stride(from: 0, to: cells.count, by: max(width, 1)).contains { start in
                let sum = cells[start..<start + width].reduce(0, +)
                return !(abs(sum - 1) < 0.02)
            }
        }
        if isOdd, oddRows == nil { oddRows = entry.written }
    }

    /// What is recorded as added and does not add up: in some models it is changed before it is added, and some programs
    /// record another place under the name.
    private func wrongSums() -> [Phrase] {
        [Label.residualMid, .residualPost].compactMap { sum in
            let wrong = steps.filter { $0.name.label == sum && $0.isSource }.compactMap { step in
                arithmetic.candidates(step.name).first { $0.1.allSatisfy { places[$0] != nil } }
                    .map { (sum: step.name, parts: $0.1) }
            }
            guard let first = wrong.first else { return nil }
            let text = "\(first.sum) = \(first.parts.map(\.description).joined(separator: " + "))"
            let rest = wrong.count - 1
            return Phrase(
                en: "The numbers do not bear out \(text)\(rest > 0 ? ", nor \(rest) more like it" : "").",
                zh: "数值与 \(text) 不符\(rest > 0 ? "，同类的另有 \(rest) 处" : "")。")
        }
    }

    private func own(_ name: StepName, _ label: Label) -> StepName { RecordedArithmetic.beside(name, label) }

    private func notes() -> [Phrase] {
        var notes: [Phrase] = []
        // An encoder beside a decoder never has one.
        let patterns = steps.filter { $0.name.label == .pattern }
        if let pattern = patterns.first(where: { $0.name.stack == .decoder }) ?? patterns.first, pattern.shape[2] > 1 {
            let whose = pattern.name.stack == .decoder ? Phrase(en: "decoder's ", zh: "解码器的") : ""
            let last = pattern.shape[-1]
            let isCausal = pattern.tensor.withUnsafeBuffer { cells in
                cells.indices.allSatisfy {
                    cells[$0] == 0 || $0 % last <= $0 / last % pattern.shape[2] + last - pattern.shape[2]
                }
            }
            notes.append(
                isCausal
                    ? Phrase(
                        en: "The \(whose.english)patterns have a causal mask.", zh: "\(whose.chinese)注意力分布带有因果掩码。")
                    : Phrase(
                        en: "The \(whose.english)patterns have no causal mask.", zh: "\(whose.chinese)注意力分布不带因果掩码。"))
        }
        if let oddRows {
            notes.append(
                Phrase(
                    en: "Rows of “\(oddRows)” do not add up to 1: some keys were left out, or it is no pattern.",
                    zh: "“\(oddRows)”的行之和不为 1：可能略去了一些键，或者它并不是注意力分布。"))
        }
        notes += wrongSums()
        if !computed.isEmpty {
            let list = computed.joined(separator: ", ")
            notes.append(Phrase(en: "Computed from what the file holds: \(list).", zh: "由文件中已有的张量算出：\(list)。"))
        }
        return notes
    }
}
