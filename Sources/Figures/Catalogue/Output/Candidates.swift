import Drawing
import Platform
import Tensors
import Tokenizers
import Tracing
import Wording

/// One token of the vocabulary that might come next.
struct RankedToken: Sendable, Hashable {
    var id: Int
    var value: Float
}

/// The places of the largest numbers, largest first; equal ones by their place.
func largest(_ values: [Float], _ count: Int) -> [RankedToken] {
    var best: [RankedToken] = []
    let kept = max(0, min(count, values.count))
    guard kept > 0 else { return [] }
    for (id, value) in values.enumerated() where !value.isNaN {
        if best.count == kept, let last = best.last, value <= last.value { continue }
        var place = best.count
        while place > 0, best[place - 1].value < value { place -= 1 }
        best.insert(RankedToken(id: id, value: value), at: place)
        if best.count > kept { best.removeLast() }
    }
    return best
}

extension FigureRequest {
    /// A token of the vocabulary as figures label it; its number where there is no word for it.
    func label(id: Int) -> TokenLabel {
        if let tokenizer {
            let piece = tokenizer.piece(id)
            return Self.label(piece.display, isSpecial: piece.isSpecial)
        }
        if let known = (trace.tokens + trace.targetTokens).first(where: { $0.id == id }) { return Self.label(known) }
        guard let display = trace.vocabulary[id] else { return TokenLabel(display: "#\(id)") }
        return Self.label(display)
    }

    /// The ids of the prompt's tokens, as the model read them.
    var promptIDs: [Int] {
        if let step = trace[StepName(.tokens, stack: stack)], step.shape.rank == 2 {
            return step.row(0).map { Int(clamping: $0) }
        }
        return ids
    }
}
