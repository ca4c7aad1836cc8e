import Drawing
import Tensors
import Tracing

extension FigureRequest {
    /// One place of what a decoder read: in which pass, and where in it.
    struct Place: Sendable {
        var pass: Int
        var position: Int
    }

    /// The places of a decoder stack, those of the passes that went on word by word one after the other.
    var decoderPlaces: [Place] {
        var places: [Place] = []
        while let rows = decoderRows(pass: (places.last?.pass ?? -1) + 1) {
            let pass = (places.last?.pass ?? -1) + 1
            places += (0..<rows).map { Place(pass: pass, position: $0) }
        }
        return places
    }

    /// Whether the decoder of two stacks read its text in several passes.
    var isWrittenWordByWord: Bool { decoderRows(pass: 1) != nil }

    /// How many places a pass of the decoder read, by the attention of any layer.
    private func decoderRows(pass: Int) -> Int? {
        for layer in trace.layers(of: .decoder) {
            for label in [Label.pattern, Label.pattern.crossed] {
                let name = StepName(label, block: layer, stack: .decoder, pass: pass)
                if let step = trace[name], step.shape.rank == 4, step.shape[2] > 0 { return step.shape[2] }
            }
        }
        // A part of a run may hold no attention at all.
        let other = trace.steps.first { step in
            step.name.stack == .decoder && step.name.pass == pass && step.shape.rank > 1 && step.shape[1] > 0
                && step.axes.prefix(2) == [.batch, .position]
        }
        return other?.shape[1]
    }

    /// What this figure's stack read or looks back at, as far as the trace knows it; numbered where it does not.
    var stackTokens: [TraceToken] {
        let count: Int
        let known: [TraceToken]
        if stack == .decoder {
            count = decoderPlaces.count + earlier
            known = trace.targetTokens
        } else {
            let patterns = trace.layers(of: stack).lazy.compactMap { layer in
                trace[StepName(.pattern, block: layer, stack: stack)]
            }
            count = patterns.first { $0.shape.rank == 4 }?.shape[3] ?? prompt.count
            known = prompt
        }
        // The last token that a decoder wrote was not read, and a part of a run may lack later passes.
        guard known.count == count || stack == .decoder && known.count > count else {
            return (0..<count).map { TraceToken(id: -1 - $0, display: String($0)) }
        }
        return Array(known.prefix(count))
    }

    /// The ids of the tokens that ``labels`` names, where they are known.
    var ids: [Int] { stack == .single ? prompt.map { $0.id } : stackTokens.map { $0.id } }
}
