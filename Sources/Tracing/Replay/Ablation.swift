import Tensors
import Wording

/// What one number of a run becomes where a head, a layer's feed-forward part, or both of a layer's parts, are switched
/// off.
public struct Ablation: Sendable {
    /// One part that was switched off, as ``Change/off(_:in:)`` reads it: `L0H2`, `decoder.L1M`.
    public struct Part: Sendable, Hashable {
        public let name: String
        public let stack: Stack
        /// Whether it is of the attention that reads the encoder.
        public let isCross: Bool
        public let layer: Int
        /// Nil for a feed-forward part, or a whole layer.
        public let head: Int?
        public let after: Double
    }

    public let before: Double
    public let heads: [Part]
    public let feedForwards: [Part]
    /// Whole layers: their own attention and feed-forward part.
    public let layers: [Part]
}

extension Trace {
    /// Switches off every head, every feed-forward part and every layer in turn.
    /// - Parameter only: one layer alone, of a stack.
    /// - Throws: as ``explain(_:at:)`` for a cell that is not there, and as for a list of changes.
    public func ablating(
        _ asked: StepName, at index: [Int], only: (stack: Stack, layer: Int)? = nil
    ) throws(Failure) -> Ablation {
        let before = try cell(asked, at: index).value
        var (heads, feedForwards, layers): ([Ablation.Part], [Ablation.Part], [Ablation.Part]) = ([], [], [])
        func part(_ name: StepName, _ layer: Int, _ head: Int?, _ rest: String = "") throws(Failure) -> Ablation.Part {
            let isCross = name.label == Label.z.crossed
            let text = (isCross ? "cross." : name.stack.prefix()) + "L\(layer)" + (head.map { "H\($0)" } ?? rest)
            let changed = try replaying(try Change.off(text, in: self))
            return .init(
                name: text, stack: name.stack, isCross: isCross, layer: layer, head: head,
                after: try changed.cell(asked, at: index).value)
        }
        for step in steps where step.name.pass == 0 && step.name.part == 0 && !step.name.isGradient {
            guard let layer = step.name.block, !step.isSource else { continue }
            if let only, only.stack != step.name.stack || only.layer != layer { continue }
            if step.name.label == .z || step.name.label == Label.z.crossed, let axis = step.axes.firstIndex(of: .head) {
                for head in 0..<step.shape[axis] {
                    heads.append(try part(step.name, layer, head))
                }
            } else if step.name.label == .feedForwardOut {
                feedForwards.append(try part(step.name, layer, nil, "M"))
                layers.append(try part(step.name, layer, nil))
            }
        }
        return Ablation(before: before, heads: heads, feedForwards: feedForwards, layers: layers)
    }
}
