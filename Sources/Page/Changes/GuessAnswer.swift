import Drawing
import Models
import Reading
import Subjects
import Tensors
import Tracing
import Wording

/// What may stand at one place, before and after the changes, and what the next token is drawn by.
struct GuessAnswer {
    let run: TextRun
    /// Whose rules the draw keeps; nil of a run that is over.
    let model: LanguageModel?
    let words: CellWords

    private static let most = 8

    private struct Share {
        var id: Int
        var before: Float
        var now: Float
    }

    /// - Throws: `SubjectError.noGuess`; what `Sampling.validate` says.
    func write(_ question: PageQuestion, to json: inout JSONWriter) throws(Failure) {
        let (trace, language) = (run.changed, words.language)
        let sampling = try Sampling(question)
        let watched = try WatchedGuess(run.unchanged, position: question.whole("position"))
        let row = Array(watched.index.dropLast())
        let now = try trace.step(watched.step).row(row)
        let before = try run.unchanged.step(watched.step).row(row)
        let drawn = drawn(watched, row, sampling)
        let shares = shares(before, now, drawn ?? [])
        let place = row.count > 1 ? row[1] : nil
        json.object { json in
            json.member("kind", kind(watched))
            if let place { json.member("position", place) }
            json.member("after", place.map { token($0) } ?? "")
            json.member("step", watched.step.description)
            if let put = putPlace(watched, place) { json.member("put", put) }
            json.member("changed", !run.changes.isEmpty)
            json.array("tokens") { json in
                for share in shares {
                    json.object { json in
                        json.member("id", share.id)
                        json.member("label", name(share.id, watched))
                        json.member("index", row + [share.id])
                        json.member("before", Double(share.before))
                        json.member("now", Double(share.now))
                        if let drawn {
                            json.member("drawn", drawn.first { $0.id == share.id }?.probability ?? 0)
                        }
                    }
                }
            }
            json.member("rest", max(0, now.count - shares.count))
            if let drawn { json.member("kept", drawn.count { $0.probability > 0 }) }
            json.member("sentence", sentence(shares, watched, drawn ?? [], now)[language])
        }
    }

    private func kind(_ watched: WatchedGuess) -> String {
        switch watched.step.label {
        case .classProbabilities: "class"
        case .maskedProbabilities: "hidden"
        default: run.trace.targetTokens.isEmpty ? "next" : "translation"
        }
    }

    private var targets: [TraceToken] { run.trace.targetTokens.isEmpty ? run.trace.tokens : run.trace.targetTokens }

    private func token(_ place: Int) -> String {
        targets.indices.contains(place) ? CellWords.quoted(targets[place].display) : ""
    }

    private func name(_ id: Int, _ watched: WatchedGuess) -> String {
        watched.step.label == .classProbabilities ? words.className(id) : words.display(id)
    }

    /// Where a token that is pressed would stand: behind a text, anywhere in a translation, in place of any other that
    /// an encoder guesses.
    private func putPlace(_ watched: WatchedGuess, _ place: Int?) -> Int? {
        guard model != nil, let place else { return nil }
        switch kind(watched) {
        case "hidden": return place
        case "translation": return place + 1
        case "next": return place == run.trace.tokens.count - 1 ? place + 1 : nil
        default: return nil
        }
    }

    /// What the next token is drawn by, the likeliest first; nil where none is drawn.
    private func drawn(
        _ watched: WatchedGuess, _ row: [Int], _ sampling: Sampling
    ) -> [(id: Int, probability: Double)]? {
        guard let place = row.count > 1 ? row[1] : nil else { return nil }
        let isMasked = watched.step.label == .maskedProbabilities
        guard let step = run.changed[StepName(isMasked ? .maskedLogits : .logits)],
            var logits = try? step.row(row), !logits.isEmpty
        else { return nil }
        if let model, !isMasked {
            let isTranslation = !run.trace.targetTokens.isEmpty
            let read = targets.prefix(place + 1).map { $0.id }
            logits = model.ruled(
                logits, after: read, reading: isTranslation ? run.trace.tokens.map { $0.id } : nil, count: .max)
        }
        let found = sampling.candidates(logits)
        // The likeliest alone.
        guard sampling.temperature > 0 else { return found.first.map { [($0.id, 1)] } }
        return found
    }

    /// The likeliest now, and those that were among the first before.
    private func shares(_ before: [Float], _ now: [Float], _ drawn: [(id: Int, probability: Double)]) -> [Share] {
        var ids = Self.best(Self.most, of: now)
        for id in Self.best(3, of: before) where !ids.contains(id) { ids.append(id) }
        return ids.map { Share(id: $0, before: before[$0], now: now[$0]) }
    }

    private static func best(_ count: Int, of numbers: [Float]) -> [Int] {
        var best: [Int] = []
        for (id, value) in numbers.enumerated() where !value.isNaN {
            if best.count == count, let last = best.last, value <= numbers[last] { continue }
            var place = best.count
            while place > 0, numbers[best[place - 1]] < value { place -= 1 }
            best.insert(id, at: place)
            if best.count > count { best.removeLast() }
        }
        return best
    }

    // MARK: In words

    private enum Words: PhraseTable {
        case same, falls, rises, replaced, likeliest, cut

        var phrase: Phrase {
            switch self {
            case .likeliest: Phrase(en: "“{token}” is likeliest, with {now}.", zh: "“{token}”概率最大，为 {now}。")
            case .same: Phrase(en: "“{token}” is still likeliest, with {now}.", zh: "概率最大的仍是“{token}”，为 {now}。")
            case .falls:
                Phrase(
                    en: "“{token}” is still likeliest; it falls from {before} to {now}.",
                    zh: "概率最大的仍是“{token}”，从 {before} 降到 {now}。")
            case .rises:
                Phrase(
                    en: "“{token}” is still likeliest; it rises from {before} to {now}.",
                    zh: "概率最大的仍是“{token}”，从 {before} 升到 {now}。")
            case .replaced:
                Phrase(
                    en: "“{other}” with {otherNow} takes the place of “{token}”, which goes from {before} to {now}.",
                    zh: "“{other}”（{otherNow}）取代了“{token}”，后者从 {before} 变为 {now}。")
            case .cut:
                Phrase(
                    en: "{kept} of {all} tokens can be drawn; the model gives them {share} together.",
                    zh: "{all} 个词元中有 {kept} 个可能被抽到，模型给它们的概率合计 {share}。")
            }
        }
    }

    private func sentence(
        _ shares: [Share], _ watched: WatchedGuess, _ drawn: [(id: Int, probability: Double)], _ now: [Float]
    ) -> Phrase {
        guard let first = shares.first, let old = shares.max(by: { $0.before < $1.before }) else { return "" }
        func quoted(_ id: Int) -> Phrase { Phrase(CellWords.quoted(name(id, watched))) }
        // What is written with the same digits neither falls nor rises.
        let isSame = Numbers.percent(Double(old.now)) == Numbers.percent(Double(old.before))
        let words: Words =
            run.changes.isEmpty
            ? .likeliest
            : old.id != first.id
                ? .replaced : isSame ? .same : old.now < old.before ? .falls : .rises
        let told = words.phrase.filled([
            "token": quoted(old.id), "other": quoted(first.id), "before": Phrase(Numbers.percent(Double(old.before))),
            "now": Phrase(Numbers.percent(Double(old.now))),
            "otherNow": Phrase(Numbers.percent(Double(first.now))),
        ])
        guard !drawn.isEmpty, drawn.count < now.count else { return told }
        let share = drawn.reduce(0.0) { $0 + Double(now[$1.id]) }
        let cut = Words.cut.phrase.filled([
            "kept": Phrase(Numbers.count(drawn.count)), "all": Phrase(Numbers.count(now.count)),
            "share": Phrase(Numbers.percent(share)),
        ])
        return Phrase(en: told.english + " " + cut.english, zh: told.chinese + cut.chinese)
    }
}

extension Step {
    /// The numbers along the last axis, at the places of the others.
    /// - Throws: `TracingError.index(step:index:shape:)`.
    func row(_ index: [Int]) throws(Failure) -> [Float] {
        guard shape.rank == index.count + 1, shape[-1] > 0, let start = shape.offset(of: index + [0]) else {
            throw Failure(
                TracingError.index(step: name.description, index: index + [0], shape: shape.description))
        }
        return tensor.withUnsafeBuffer { Array($0[start..<start + shape[-1]]) }
    }
}

extension Sampling {
    /// As a page asks for it; without a word it is the model's own distribution.
    /// - Throws: `ModelError.given(_:expected:found:)`.
    init(_ question: PageQuestion) throws(Failure) {
        self.init(
            temperature: question.number("temperature") ?? 1, topK: question.whole("topK"),
            topP: question.number("topP"), seed: UInt64(clamping: question.whole("seed") ?? 0))
        try validate()
    }
}
