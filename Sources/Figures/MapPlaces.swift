import Drawing
import Wording

extension MiniMap {
    /// The attention of a stack to itself: of a model with two stacks the map shows both.
    init(ownAttention stack: String, layer: Int? = nil, head: Int? = nil) {
        switch stack {
        case "encoder": self.init(.encoder, in: Stage.encoderDecoder, layer: layer, head: head)
        case "decoder": self.init(.attention, in: Stage.encoderDecoder, layer: layer, head: head)
        default: self.init(.attention, layer: layer, head: head)
        }
    }

    /// One whole layer, counted from zero: attention and feed-forward lit.
    static func layer(_ layer: Int) -> MiniMap {
        span(.attention, .feedForward, detail: DrawingText.layer.phrase.filled(["count": Phrase(String(layer + 1))]))
    }

    /// Several neighbouring stages of a decoder lit.
    static func span(_ first: Stage, _ last: Stage, detail: Phrase? = nil) -> MiniMap {
        let stages = Stage.decoder
        let (from, to) = (stages.firstIndex(of: first) ?? 0, stages.firstIndex(of: last) ?? stages.count - 1)
        return MiniMap(stages.map(\.phrase), lit: from...max(from, to), detail: detail)
    }
}
