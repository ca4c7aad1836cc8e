import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// A translation as its trace holds it: what the encoder read, what the decoder read, and what it wrote at each place.
struct TranslationView: Sendable {
    typealias Place = FigureRequest.Place

    let trace: Trace
    let source: [TokenLabel]
    /// What the decoder read at each place, the start token first.
    let read: [TokenLabel]
    /// What comes behind it: the next token that was read, at the end the most probable one.
    let written: [TokenLabel]
    let writtenIDs: [Int]
    let places: [Place]

    /// nil for a trace that holds no translation.
    init?(_ request: FigureRequest) {
        let trace = request.trace
        let sourceName = StepName(.tokens, stack: .encoder)
        guard let first = Self.columns(trace) else { return nil }
        let ids = trace[sourceName]?.shape.rank == 2 ? trace[sourceName]?.row(0).map { Int(clamping: $0) } : nil
        let given = trace.tokens.filter { !$0.isGenerated }
        source =
            ids.map { $0.map { request.label(id: $0) } }
            ?? (given.count == first
                ? given.map(FigureRequest.label) : (0..<first).map { TokenLabel(String($0)) })
        var places: [Place] = []
        var readIDs: [Int] = []
        var pass = 0
        while let rows = Self.rows(trace, pass: pass) {
            places += (0..<rows).map { Place(pass: pass, position: $0) }
            if let step = trace[StepName(.tokens, stack: .decoder, pass: pass)] {
                readIDs += step.row(0).map { Int(clamping: $0) }
            }
            pass += 1
        }
        guard !places.isEmpty else { return nil }
        let isKnown = readIDs.count == places.count
        self.trace = trace
        self.places = places
        let target = trace.targetTokens
        let last = places.last.flatMap { Self.best(trace, $0) }
        // A trace from elsewhere has words for what was read, but no numbers.
        var decoder = request
        decoder.stack = .decoder
        let earlier = decoder.earlier
        if !isKnown, target.count >= earlier + places.count {
            read = target.dropFirst(earlier).prefix(places.count).map(FigureRequest.label)
            writtenIDs = []
            let next =
                target.dropFirst(earlier + places.count).first.map(FigureRequest.label)
                ?? last.map { request.label(id: $0) }
            written = read.dropFirst() + [next ?? TokenLabel("?")]
            return
        }
        read = isKnown ? readIDs.map { request.label(id: $0) } : places.indices.map { TokenLabel(String($0)) }
        let known = isKnown ? Array(readIDs.dropFirst()) : []
        // A sampled last token was written and never read.
        let spoken = target.count == places.count + 1 ? target.last?.id : nil
        let ids2 = known + [spoken ?? last].compactMap { $0 }
        writtenIDs = ids2.count == places.count ? ids2 : []
        written =
            writtenIDs.isEmpty
            ? places.indices.map { TokenLabel(String($0 + 1)) } : writtenIDs.map { request.label(id: $0) }
    }

    private static func best(_ trace: Trace, _ place: Place) -> Int? {
        for label in [Label.probabilities, .logits] {
            guard let step = trace[StepName(label, pass: place.pass)], step.shape.rank == 3 else { continue }
            return largest(step.row(0, place.position), 1).first?.id
        }
        return nil
    }

    private static func pattern(_ layer: Int, pass: Int) -> StepName {
        StepName(Label.pattern.crossed, block: layer, stack: .decoder, pass: pass)
    }

    /// How many source positions the cross-attention of any layer reads.
    private static func columns(_ trace: Trace) -> Int? { anyPattern(trace, pass: 0)?.shape[3] }
    private static func rows(_ trace: Trace, pass: Int) -> Int? { anyPattern(trace, pass: pass)?.shape[2] }

    private static func anyPattern(_ trace: Trace, pass: Int) -> Step? {
        for layer in trace.layers(of: .decoder) {
            if let step = trace[pattern(layer, pass: pass)], step.shape.rank == 4 { return step }
        }
        return nil
    }

    /// Where a cross-attention weight stands in the trace.
    func tag(_ layer: Int, _ head: Int, _ row: Int, _ key: Int) -> Tag {
        Tag(step: Self.pattern(layer, pass: places[row].pass).description, index: [0, head, places[row].position, key])
    }

    /// One head's weights, `[target][source]`: a row for each token that was written; empty where the trace lacks them.
    func weights(layer: Int, head: Int) -> [[Float]] {
        places.compactMap { place in
            guard let step = trace[Self.pattern(layer, pass: place.pass)], step.shape.rank == 4, head < step.shape[1]
            else { return nil }
            let rows = step.cells(head: head)
            return place.position < rows.count ? rows[place.position] : nil
        }
    }

    /// The probabilities that a token was chosen from.
    func probabilities(_ row: Int) -> [Float] {
        guard let step = trace[StepName(.probabilities, pass: places[row].pass)], step.shape.rank == 3 else {
            return []
        }
        return step.row(0, places[row].position)
    }

    /// Tokens run together as a text; for a sentence only its end.
    static func text(_ labels: [TokenLabel], isShort: Bool = true) -> String {
        let text = labels.filter { $0.kind != .special }.written.drop { $0 == " " }
        return isShort && text.count > 40 ? "…" + text.suffix(39) : String(text)
    }
}
