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

/// What a model expects at one place: the best candidates, and what is really there where that is known.
struct Guess: Sendable {
    var step: String
    var position: Int
    /// The token that stands there.
    var label: TokenLabel
    var best: [RankedToken]
    /// How probabilities are written: of a row that does not add up to 1 as the numbers that they are.
    var shares: Shares
    /// The value of a bar of full length.
    var limit: Double
    var labels: [Int: TokenLabel]
    /// What really follows in the text, and how probable the model thought it.
    var truth: RankedToken?

    /// - Parameter most: how many candidates, unless the request says so.
    init(
        _ request: FigureRequest, _ step: Step, position: Int, label: TokenLabel = TokenLabel(display: ""),
        most: ClosedRange<Int>, next: Int? = nil
    ) {
        self.step = step.name.description
        self.position = position
        self.label = label
        let row = step.row(0, position)
        shares = Shares(row: row)
        limit = ValueScale.shares(row).limit
        best = largest(row, max(1, min(request.top ?? most.lowerBound, most.upperBound)))
        if let next, row.indices.contains(next) { truth = RankedToken(id: next, value: row[next]) }
        labels = [:]
        for id in best.map({ $0.id }) + [truth?.id].compactMap({ $0 }) { labels[id] = request.label(id: id) }
    }

    /// A bar a candidate, its name cut to so many letters.
    func bars(_ tokens: some Sequence<RankedToken>, lit: Int?, letters: Int, length: Double) -> Bars {
        Bars(
            tokens.map { token in
                Bars.Bar(
                    (labels[token.id] ?? TokenLabel("#\(token.id)")).shortened(to: letters), Double(token.value),
                    text: shares.barText(token.value), lit: token.id == lit,
                    tag: Tag(step: step, index: [0, position, token.id]))
            }, limit: limit, length: length)
    }
}
