import Drawing
import Tracing
import Wording

/// Every figure there is, in the order in which a text goes through the model.
public enum Catalogue {
    public static let all: [any TraceFigure.Type] = [
        // One line a figure; keep the order of the stages.
        TokenStrip.self,
        MergeLadder.self,
        EmbeddingLookup.self,
        EmbeddingMatrix.self,
        PositionMatrix.self,
        EmbeddingSum.self,
        LayerNormFigure.self,
        Projections.self,
        RotaryFigure.self,
        Scores.self,
        Scaling.self,
        Mask.self,
        SoftmaxRows.self,
        AttentionPattern.self,
        AttentionLines.self,
        WeightedSumFigure.self,
        OneHead.self,
        AllHeads.self,
        JoinHeadsFigure.self,
        OutputProjection.self,
        HeadsOverview.self,
        CrossAttentionPattern.self,
        CrossAttentionLines.self,
        FeedForwardFigure.self,
        ActivationCurve.self,
        StrongestNeurons.self,
        ResidualStream.self,
        LayerFigure.self,
        ResidualOverview.self,
        FinalNormFigure.self,
        LogitsToProbabilities.self,
        NextCandidates.self,
        MaskedWords.self,
        NextSentence.self,
        Classification.self,
        KeyValueCacheFigure.self,
        WordChain.self,
        TranslationChain.self,
        GradientsFlowingBack.self,
        OneUpdate.self,
        ArchitectureMap.self,
        TwoStackMap.self,
        DataShapes.self,
        Parameters.self,
        ExplainCell.self,
    ]

    public static func figure(_ id: String) -> (any TraceFigure.Type)? { all.first { $0.id == id } }

    /// One figure of one trace: which kind, of which layer and head.
    public struct Placement: Sendable {
        public let figure: any TraceFigure.Type
        public let layer: Int?
        public let head: Int?

        /// `layer-1-head-2-attention-pattern`, counted from one as people count.
        public var name: String {
            (layer.map { "layer-\($0 + 1)-" } ?? "") + (head.map { "head-\($0 + 1)-" } ?? "") + figure.id
        }

        /// The names of the steps it shows; what a figure of the whole shows of the blocks, it shows of the first.
        public var steps: [StepName] {
            figure.shows.map { StepName($0, block: layer ?? ($0 == .residualPre ? 0 : nil)) }
        }
    }

    /// The figures that a trace gives, in the order of its stages.
    ///
    /// - Parameters:
    ///   - request: the trace and its text; layer and head are set for each figure.
    ///   - layers: which layers; nil for all.
    ///   - heads: which heads; nil for all.
    public static func placements(
        _ request: FigureRequest, layers: [Int]? = nil, heads: [Int]? = nil
    ) -> [Placement] {
        var before: [Placement] = []
        var after: [Placement] = []
        var reachedLayers = false
        for figure in all {
            if figure.scope != .once { reachedLayers = true }
            guard figure.scope == .once, figure.isPossible(request) else { continue }
            let placement = Placement(figure: figure, layer: nil, head: nil)
            if reachedLayers { after.append(placement) } else { before.append(placement) }
        }
        var inside: [Placement] = []
        for layer in layers ?? Array(0..<request.trace.layerCount) {
            for figure in all where figure.scope != .once {
                let chosen = heads ?? Array(0..<request.trace.headCount(layer: layer))
                for head in figure.scope == .perHead ? chosen.map(Optional.some) : [nil] {
                    var part = request
                    part.layer = layer
                    part.head = head ?? request.head
                    guard figure.isPossible(part) else { continue }
                    inside.append(Placement(figure: figure, layer: layer, head: head))
                }
            }
        }
        return before + inside + after
    }

    /// Lays one figure out.
    /// - Throws: `DrawingError.tooSmall`, `TracingError.unknownStep(_:nearest:)`.
    public static func draw(_ placement: Placement, _ request: FigureRequest) throws -> Figure {
        var part = request
        part.layer = placement.layer ?? request.layer
        part.head = placement.head ?? request.head
        var slide = try placement.figure.slide(part)
        slide.id = placement.name
        return try slide.figure(request.style)
    }
}
