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
        AttentionRolloutFigure.self,
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
        StepValues.self,
    ]

    public static func figure(_ id: String) -> (any TraceFigure.Type)? { all.first { $0.id == id } }

    /// One figure of one trace: which kind, of which layer and head.
    public struct Placement: Sendable {
        public let figure: any TraceFigure.Type
        public let layer: Int?
        public let head: Int?
        /// `encoder` or `decoder`, where the figure is drawn of both.
        public var stack = ""
        /// The step that ``StepValues`` shows.
        public var table: StepName?

        /// `layer-1-head-2-attention-pattern`, counted from one as people count; the stack, if any, comes first.
        public var name: String {
            (stack.isEmpty ? "" : stack + "-") + (layer.map { "layer-\($0 + 1)-" } ?? "")
                + (head.map { "head-\($0 + 1)-" } ?? "") + figure.id + (table.map { "-" + Self.plain($0) } ?? "")
        }

        /// A step's name in a file's: `decoder-attn-W_Q`.
        private static func plain(_ step: StepName) -> String {
            var name = step
            name.block = nil
            let letters = name.description.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "-" }
            return String(letters.prefix(80))
        }

        /// The names of the steps it shows; what a figure of the whole shows of the blocks, it shows of the first.
        public var steps: [StepName] {
            if let table { return [table] }
            return figure.shows.map { StepName($0, block: layer ?? ($0 == .residualPre ? 0 : nil), stack: stack) }
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
        let stacks = request.trace.stacks
        for figure in all {
            if figure.scope != .once { reachedLayers = true }
            guard figure.scope == .once else { continue }
            for stack in figure.isOfEachStack ? stacks : [""] {
                var part = request
                part.stack = stack
                guard figure.isOfWhole(part), figure.isPossible(part) else { continue }
                let placement = Placement(figure: figure, layer: nil, head: nil, stack: stack)
                if reachedLayers { after.append(placement) } else { before.append(placement) }
            }
        }
        let inside = stacks.flatMap { stack in
            (layers ?? Array(0..<request.trace.layerCount)).flatMap { layer in
                // What knows both stacks itself stands with the last of them.
                placements(request, layer: layer, heads: heads, stack: stack, isLast: stack == stacks.last)
            }
        }
        return before + inside + after
    }

    /// The figures of one layer of one stack.
    private static func placements(
        _ request: FigureRequest, layer: Int, heads: [Int]?, stack: String, isLast: Bool
    ) -> [Placement] {
        var placements: [Placement] = []
        for figure in all where figure.scope != .once && (figure.isOfEachStack || isLast) {
            var part = request
            part.layer = layer
            part.stack = figure.isOfEachStack ? stack : ""
            let trace = request.trace
            let count =
                part.stack.isEmpty ? trace.headCount(layer: layer) : trace.headCount(layer: layer, stack: part.stack)
            let chosen = heads ?? Array(0..<count)
            for head in figure.scope == .perHead ? chosen.map(Optional.some) : [nil] {
                part.head = head ?? request.head
                guard figure.isOfWhole(part), figure.isPossible(part) else { continue }
                placements.append(Placement(figure: figure, layer: layer, head: head, stack: part.stack))
            }
        }
        return placements
    }

    /// A step's numbers as they are, whether or not another figure shows it.
    public static func values(of step: StepName) -> Placement {
        Placement(figure: StepValues.self, layer: step.block, head: nil, table: step)
    }

    /// Lays one figure out.
    /// - Throws: `DrawingError.tooSmall`, `TracingError.unknownStep(_:nearest:)`.
    public static func draw(_ placement: Placement, _ request: FigureRequest) throws -> Figure {
        var part = request
        part.layer = placement.layer ?? request.layer
        part.head = placement.head ?? request.head
        part.stack = placement.stack
        part.table = placement.table ?? request.table
        var slide = try placement.figure.slide(part)
        slide.id = placement.name
        return try slide.figure(request.style)
    }
}
