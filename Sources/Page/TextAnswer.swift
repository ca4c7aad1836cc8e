import Drawing
import Figures
import Models
import Reading
import Tensors
import Tracing
import Wording

/// What a text becomes: tokens, the map of the model, the figures, what comes next.
struct TextAnswer {
    let request: FigureRequest
    let run: TextRun
    let words: CellWords

    func write(to json: inout JSONWriter) {
        let parts = shownParts
        json.object { json in
            json.member("text", request.text)
            let isOfTarget = !trace.targetTokens.isEmpty
            tokens("tokens", trace.tokens, put: isOfTarget ? [] : run.typed.put, &json)
            tokens("target", trace.targetTokens, put: run.typed.put, &json)
            SaidChanges(run: run, language: request.language).write(to: &json)
            json.array("stacks") { json in
                for stack in trace.stacks {
                    json.object { json in
                        json.member("name", stack.rawValue)
                        // A part of a run may begin anywhere.
                        json.member("layers", Stages.layers(trace, stack))
                        json.member(
                            "heads", Stages.layers(trace, stack).map { trace.headCount(layer: $0, stack: stack) })
                    }
                }
            }
            json.array("parts") { json in
                for part in parts { MapPart(part, request: request).write(to: &json) }
            }
            kinds(&json)
            let (stacks, places) = (trace.stacks, placesOf(parts))
            json.array("figures") { json in
                for placement in run.placements {
                    figure(placement, places[FigurePart(placement, stacks: stacks)] ?? parts.count - 1, &json)
                }
            }
            NextWords(request: request, words: words).write(to: &json)
        }
    }

    /// What a part of a run holds nothing of is no part of its map.
    private var shownParts: [FigurePart] {
        let stacks = trace.stacks
        let used = Set(run.placements.map { FigurePart($0, stacks: stacks) })
        return Stages.parts(trace).filter { used.contains($0) || $0.kind == .layer }
    }

    private var trace: Trace { run.trace }

    private func tokens(
        _ name: String, _ tokens: [TraceToken], put: [PutToken], _ json: inout JSONWriter
    ) {
        json.array(name) { json in
            for (place, token) in tokens.enumerated() {
                json.object { json in
                    json.member("label", token.display)
                    json.member("word", CellWords.quoted(token.display))
                    json.member("id", token.id)
                    json.member("special", token.isSpecial)
                    json.member("written", token.isGenerated)
                    if put.contains(where: { $0.place == place }) { json.member("put", true) }
                }
            }
        }
    }

    private func placesOf(_ parts: [FigurePart]) -> [FigurePart: Int] {
        var places: [FigurePart: Int] = [:]
        for (place, part) in parts.enumerated() { places[part] = place }
        return places
    }

    /// The kinds of figures, each once: a layer's and a head's differ in their place only.
    private func kinds(_ json: inout JSONWriter) {
        var known: Set<String> = []
        json.object("kinds") { json in
            for placement in run.placements where known.insert(placement.figure.id).inserted {
                json.object(placement.figure.id) { json in
                    json.member("title", placement.figure.title[request.language])
                    if let stage = StageWords(rawValue: placement.figure.id) {
                        json.member("stage", stage.phrase[request.language])
                    }
                    if placement.table != nil { json.member("stage", "") }
                }
            }
        }
    }

    private func figure(_ placement: Catalogue.Placement, _ part: Int, _ json: inout JSONWriter) {
        json.object { json in
            json.member("name", placement.name)
            json.member("kind", placement.figure.id)
            json.member("stack", placement.stack.rawValue)
            if let layer = placement.layer { json.member("layer", layer) }
            if let head = placement.head { json.member("head", head) }
            if let table = placement.table { json.member("table", table.description) }
            json.member("part", part)
        }
    }
}

/// One part of the map of the model, with the small pictures that the page paints from the trace's numbers.
struct MapPart {
    private let part: FigurePart
    private let trace: Trace
    private let language: Language

    init(_ part: FigurePart, request: FigureRequest) {
        self.part = part
        trace = request.trace
        language = request.language
    }

    private enum Words: PhraseTable {
        case tokens, written, embedding, layer, encoderLayer, decoderLayer, next, guess, classes, translation
        case looks, reads, neurons, vectors, steps

        var phrase: Phrase {
            switch self {
            case .tokens: Phrase(en: "Tokens", zh: "词元")
            case .written: Phrase(en: "Written", zh: "写出的词元")
            case .embedding: Phrase(en: "Embedding", zh: "嵌入")
            case .layer: Phrase(en: "Layer L{layer}", zh: "L{layer} 层")
            case .encoderLayer: Phrase(en: "Encoder L{layer}", zh: "编码器 L{layer}")
            case .decoderLayer: Phrase(en: "Decoder L{layer}", zh: "解码器 L{layer}")
            case .next: Phrase(en: "Next token", zh: "下一个词元")
            case .guess: Phrase(en: "Hidden word", zh: "遮住的词")
            case .classes: Phrase(en: "Class", zh: "类别")
            case .translation: Phrase(en: "Translation", zh: "译文")
            case .steps: Phrase(en: "Steps", zh: "各步")
            case .looks: Phrase(en: "L{layer} · H{head}: where it looks", zh: "L{layer} · H{head}：它在看哪里")
            case .reads:
                Phrase(en: "L{layer} · H{head}: where it looks in the source", zh: "L{layer} · H{head}：它在看原文的哪里")
            case .neurons: Phrase(en: "L{layer}: the neurons of the feed-forward", zh: "L{layer}：前馈的神经元")
            case .vectors: Phrase(en: "the vectors that enter layer 0", zh: "进入第 0 层的向量")
            }
        }
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("kind", part.kind.rawValue)
            json.member("stack", part.stack.rawValue)
            if let layer = part.layer { json.member("layer", layer) }
            json.member("title", title[language])
            json.array("pictures") { json in pictures(&json) }
        }
    }

    private var title: Phrase {
        let layer = Phrase(String(part.layer ?? 0))
        switch part.kind {
        case .tokens: return (part.stack == .decoder ? Words.written : .tokens).phrase
        case .embedding: return Words.embedding.phrase
        case .layer:
            let words: Words =
                part.stack == .encoder ? .encoderLayer : part.stack == .decoder ? .decoderLayer : .layer
            return words.phrase.filled(["layer": layer])
        case .output:
            if trace[StepName(.classProbabilities)] != nil { return Words.classes.phrase }
            if trace[StepName(.maskedProbabilities)] != nil { return Words.guess.phrase }
            if trace[StepName(.logits)] == nil, trace[StepName(.probabilities)] == nil { return Words.steps.phrase }
            return (trace.targetTokens.isEmpty ? Words.next : .translation).phrase
        }
    }

    private func pictures(_ json: inout JSONWriter) {
        switch part.kind {
        case .embedding:
            let name = StepName(.residualPre, block: 0, stack: part.stack)
            if trace[name] != nil { picture(name, nil, "vectors", "embedding-sum", Words.vectors.phrase, &json) }
        case .layer:
            heads(.pattern, "attention-pattern", Words.looks, &json)
            heads(Label.pattern.crossed, "cross-attention", Words.reads, &json)
            let neurons = StepName(.hiddenPost, block: part.layer, stack: part.stack)
            if trace[neurons] != nil {
                picture(neurons, nil, "vectors", "feed-forward", filled(Words.neurons, 0), &json)
            }
        case .tokens, .output: break
        }
    }

    private func heads(_ label: Label, _ kind: String, _ words: Words, _ json: inout JSONWriter) {
        let name = StepName(label, block: part.layer, stack: part.stack)
        guard let step = trace[name], step.shape.rank == 4 else { return }
        for head in 0..<step.shape[1] { picture(name, head, "pattern", kind, filled(words, head), &json) }
    }

    private func filled(_ words: Words, _ head: Int) -> Phrase {
        words.phrase.filled(["layer": "\(part.layer ?? 0)", "head": "\(head)"])
    }

    private func picture(
        _ step: StepName, _ head: Int?, _ form: String, _ kind: String, _ words: Phrase, _ json: inout JSONWriter
    ) {
        json.object { json in
            json.member("step", step.description)
            if let head { json.member("head", head) }
            json.member("form", form)
            json.member("kind", kind)
            json.member("words", words[language])
        }
    }
}
