import Drawing
import Tensors
import Tracing

/// One place at which a model says what it expects next.
struct OutputPlace: Sendable {
    var probabilities: Step
    var logits: Step?
    /// The vector that the output layer reads.
    var final: Step?
    /// The row of these steps.
    var position: Int
    /// The token that stands there.
    var label: TokenLabel
    /// What follows in the text that was given; what the model wrote itself proves nothing.
    var next: Int?
}

extension FigureRequest {
    /// Every place of the prompt, or of what a decoder of two stacks read, word by word or at once.
    var outputPlaces: [OutputPlace] {
        guard trace.stacks.contains(.decoder) else {
            return places((0..<(trace[StepName(.probabilities)]?.rows ?? 0)).map { Place(pass: 0, position: $0) })
        }
        var part = self
        part.stack = .decoder
        return part.places(part.decoderPlaces)
    }

    private func places(_ all: [Place]) -> [OutputPlace] {
        let (names, ids) = (labels, promptIDs)
        let isGiven = all.allSatisfy { $0.pass == 0 }
        return all.enumerated().compactMap { index, place in
            guard let step = trace[StepName(.probabilities, pass: place.pass)], step.shape.rank == 3,
                place.position < step.shape[1]
            else { return nil }
            let next = isGiven && ids.indices.contains(index + 1) ? ids[index + 1] : nil
            return OutputPlace(
                probabilities: step, logits: trace[StepName(.logits, pass: place.pass)],
                final: finalVector(pass: place.pass), position: place.position,
                label: names.indices.contains(index) ? names[index] : TokenLabel(String(index)), next: next)
        }
    }

    /// After the last normalisation, or the last block's output.
    private func finalVector(pass: Int) -> Step? {
        var names = [StepName(.finalNorm, stack: stack, pass: pass), StepName(.output, stack: stack, pass: pass)]
        if let last = trace.lastLayer(of: stack) {
            names += [Label.normalizedPost, .residualPost].map { StepName($0, block: last, stack: stack, pass: pass) }
        }
        names.append(StepName(.finalNorm, pass: pass))
        return names.lazy.compactMap { trace[$0] }.first
    }
}
