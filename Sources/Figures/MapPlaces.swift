import Drawing
import Wording

extension MiniMap {
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
