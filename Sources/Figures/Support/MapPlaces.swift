import Drawing
import Tracing
import Wording

extension MiniMap {
    /// The attention of a stack to itself: of a model with two stacks the map shows both.
    init(ownAttention stack: Stack, layer: Int? = nil, head: Int? = nil) {
        switch stack {
        case .encoder: self.init(.encoder, in: Stage.encoderDecoder, layer: layer, head: head)
        case .decoder: self.init(.attention, in: Stage.encoderDecoder, layer: layer, head: head)
        default: self.init(.attention, layer: layer, head: head)
        }
    }

    /// A stage of the request's stack; the map of two stacks shows an encoder as one stage.
    init(_ stage: Stage, of request: FigureRequest) {
        let layer = stage == .feedForward ? request.layer : nil
        guard request.trace.stacks.count > 1 else {
            self.init(stage, layer: layer)
            return
        }
        let isInside = stage == .attention || stage == .feedForward
        let shown = stage == .position ? Stage.embedding : isInside && request.stack == .encoder ? .encoder : stage
        self.init(shown, in: Stage.encoderDecoder, layer: layer)
    }

    /// One whole layer of the request's stack: attention and feed-forward lit.
    static func layer(of request: FigureRequest) -> MiniMap {
        let detail = PlaceName.of(layer: request.layer, head: nil)
        switch request.stack {
        case .encoder: return MiniMap(.encoder, in: Stage.encoderDecoder, layer: request.layer)
        case .decoder: return span(.attention, .feedForward, of: Stage.encoderDecoder, detail: detail)
        default: return span(.attention, .feedForward, detail: detail)
        }
    }

    /// Several neighbouring stages lit.
    static func span(
        _ first: Stage, _ last: Stage, of stages: [Stage] = Stage.decoder, detail: Phrase? = nil
    ) -> MiniMap {
        let (from, to) = (stages.firstIndex(of: first) ?? 0, stages.firstIndex(of: last) ?? stages.count - 1)
        return MiniMap(stages.map { $0.phrase }, lit: from...max(from, to), detail: detail)
    }
}
