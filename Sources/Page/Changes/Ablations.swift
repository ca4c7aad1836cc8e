import Drawing
import Reading
import Subjects
import Tensors
import Tracing
import Wording

/// What a guess becomes without each part of the model, as `glassformer ablate` says it. A page may ask layer by layer,
/// so that it can show what is known, and stop; what was computed is kept as long as the guess is the same.
struct Ablations {
    private var guess: Guess?
    private var known: [Layer: Ablation] = [:]

    private struct Guess: Equatable {
        var typed: TypedText
        var watched: WatchedGuess
    }

    struct Layer: Hashable {
        var stack: Stack
        var layer: Int
    }

    /// - Throws: `SubjectError.noGuess`; what switching off throws.
    mutating func write(
        _ question: PageQuestion, of run: TextRun, words: CellWords, to json: inout JSONWriter
    ) throws(Failure) {
        let trace = run.unchanged
        let watched = try WatchedGuess(trace, position: question.whole("position"))
        let guess = Guess(typed: run.typed.unchanged, watched: watched)
        if guess != self.guess { (self.guess, known) = (guess, [:]) }
        var all: [Layer] = []
        for stack in trace.stacks { all += Stages.layers(trace, stack).map { Layer(stack: stack, layer: $0) } }
        var asked = all
        if let layer = question.whole("layer") {
            let stack = question.text("stack").flatMap { Stack(rawValue: $0) } ?? trace.stacks.first ?? .single
            asked = all.filter { $0.layer == layer && $0.stack == stack }
        }
        for layer in asked where known[layer] == nil {
            known[layer] = try watched.ablation(of: trace, only: (layer.stack, layer.layer))
        }
        let before = trace[watched.step]?.tensor.cell(watched.index).map { Double($0) } ?? .nan
        let language = words.language
        json.object { json in
            json.member("label", watched.token)
            json.member("step", watched.step.description)
            json.member("index", watched.index)
            json.member("before", before)
            json.array("parts") { json in
                for layer in asked {
                    guard let ablation = known[layer] else { continue }
                    for part in ablation.heads { write(part, part.isCross ? "cross" : "head", run, language, &json) }
                    for part in ablation.feedForwards { write(part, "feedForward", run, language, &json) }
                    for part in ablation.layers { write(part, "layer", run, language, &json) }
                }
            }
            json.member("sentence", sentence(all, before, watched, run)?[language] ?? "")
        }
    }

    private func write(
        _ part: Ablation.Part, _ kind: String, _ run: TextRun, _ language: Language, _ json: inout JSONWriter
    ) {
        json.object { json in
            json.member("name", part.name)
            json.member("kind", kind)
            json.member("stack", part.stack.rawValue)
            json.member("layer", part.layer)
            if let head = part.head { json.member("head", head) }
            json.member(
                "title", (ChangedPart(part.name, place: nil, in: run.trace)?.title(in: run.trace) ?? "")[language])
            json.member("after", part.after)
        }
    }

    /// Which head the guess needs most; nil until every layer is known.
    private func sentence(_ layers: [Layer], _ before: Double, _ watched: WatchedGuess, _ run: TextRun) -> Phrase? {
        var heads: [Ablation.Part] = []
        for layer in layers {
            guard let ablation = known[layer] else { return nil }
            heads += ablation.heads.filter { $0.after.isFinite }
        }
        guard let worst = heads.min(by: { $0.after < $1.after }), before.isFinite else { return nil }
        let values: KeyValuePairs<String, Phrase> = [
            "token": Phrase(CellWords.quoted(watched.token)), "before": Phrase(Numbers.percent(before)),
            "after": Phrase(Numbers.percent(worst.after)),
            "part": ChangedPart(worst.name, place: nil, in: run.trace)?.title(in: run.trace) ?? Phrase(worst.name),
        ]
        guard worst.after < before else {
            return Phrase(
                en: "“{token}” has {before}; without any single head it is no less probable.",
                zh: "“{token}”的概率是 {before}；单独关掉任何一个头，它都不会下降。"
            ).filled(values)
        }
        return Phrase(
            en: "“{token}” has {before}. Of the heads, {part} matters most: without it, {after}.",
            zh: "“{token}”的概率是 {before}。各头之中 {part} 最要紧：关掉它就变为 {after}。"
        ).filled(values)
    }
}
