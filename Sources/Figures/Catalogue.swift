import Drawing
import Tracing
import Wording

/// Every figure there is, in the order in which a text goes through the model.
package enum Catalogue {
    package static let all: [FigureKind] = [
        // One line a figure; keep the order of the stages.
        FigureKind(TokenStrip.self),
        FigureKind(MergeLadder.self),
        FigureKind(EmbeddingLookup.self),
        FigureKind(EmbeddingMatrix.self),
        FigureKind(EmbeddingMap.self),
        FigureKind(PositionMatrix.self),
        FigureKind(PositionDistances.self),
        FigureKind(EmbeddingSum.self),
        FigureKind(SameToken.self),
        FigureKind(LayerNormFigure.self),
        FigureKind(Projections.self),
        FigureKind(SplittingHeads.self),
        FigureKind(RotaryFigure.self),
        FigureKind(Scores.self),
        FigureKind(WhyThisScore.self),
        FigureKind(Scaling.self),
        FigureKind(Mask.self),
        FigureKind(SoftmaxRows.self),
        FigureKind(AttentionPattern.self),
        FigureKind(AttentionLines.self),
        FigureKind(WeightedSumFigure.self),
        FigureKind(OneHead.self),
        FigureKind(AllHeads.self),
        FigureKind(JoinHeadsFigure.self),
        FigureKind(OutputProjection.self),
        FigureKind(HeadsOverview.self),
        FigureKind(AttentionRolloutFigure.self),
        FigureKind(AttentionArrow.self),
        FigureKind(CrossProjections.self),
        FigureKind(CrossScores.self),
        FigureKind(CrossSoftmax.self),
        FigureKind(CrossAttentionPattern.self),
        FigureKind(CrossAttentionLines.self),
        FigureKind(CrossWeightedSum.self),
        FigureKind(CrossHeads.self),
        FigureKind(CrossOutput.self),
        FigureKind(ThreeAttentions.self),
        FigureKind(DecoderLayer.self),
        FigureKind(FeedForwardFigure.self),
        FigureKind(ActivationCurve.self),
        FigureKind(StrongestNeurons.self),
        FigureKind(ResidualStream.self),
        FigureKind(LayerFigure.self),
        FigureKind(ResidualOverview.self),
        FigureKind(FinalNormFigure.self),
        FigureKind(LogitsToProbabilities.self),
        FigureKind(NextCandidates.self),
        FigureKind(Temperature.self),
        FigureKind(LogitLens.self),
        FigureKind(WhichHeadMatters.self),
        FigureKind(TwoRuns.self),
        FigureKind(CrossEntropyTerms.self),
        FigureKind(PerplexityByWord.self),
        FigureKind(MaskedWords.self),
        FigureKind(NextSentence.self),
        FigureKind(Classification.self),
        FigureKind(KeyValueCacheFigure.self),
        FigureKind(WordChain.self),
        FigureKind(GenerationTree.self),
        FigureKind(TranslationChain.self),
        FigureKind(GradientsFlowingBack.self),
        FigureKind(OneUpdate.self),
        FigureKind(ArchitectureMap.self),
        FigureKind(TwoStackMap.self),
        FigureKind(DataShapes.self),
        FigureKind(Parameters.self),
        FigureKind(ExplainCell.self),
        FigureKind(StepValues.self),
    ]

    package static func figure(_ id: String) -> FigureKind? { all.first { $0.id == id } }

    /// One figure of one trace: which kind, of which layer and head.
    package struct Placement: Sendable {
        package let figure: FigureKind
        package let layer: Int?
        package let head: Int?
        /// `encoder` or `decoder`, where the figure is drawn of both.
        package var stack = Stack.single
        /// The step that ``StepValues`` shows.
        package var table: StepName?

        /// `layer-1-head-2-attention-pattern`, counted from zero as they are typed; the stack, if any, comes first.
        package var name: String {
            stack.prefix("-") + (layer.map { "layer-\($0)-" } ?? "")
                + (head.map { "head-\($0)-" } ?? "") + figure.id + (table.map { "-" + Self.plain($0) } ?? "")
        }

        /// A step's name in a file's: `decoder-attn-W_Q`.
        private static func plain(_ step: StepName) -> String {
            var name = step
            name.block = nil
            let letters = name.description.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "-" }
            return String(letters.prefix(80))
        }

        /// The names of the steps it shows; what a figure of the whole shows of the blocks, it shows of the first.
        package var steps: [StepName] {
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
    ///   - asked: figures that are asked for by name: without it those that cost much are left out.
    package static func placements(
        _ request: FigureRequest, layers: [Int]? = nil, heads: [Int]? = nil, asked: [String] = []
    ) -> [Placement] {
        var before: [Placement] = []
        var after: [Placement] = []
        var reachedLayers = false
        let stacks = request.trace.stacks
        for figure in all {
            if figure.scope != .once { reachedLayers = true }
            guard figure.scope == .once else { continue }
            for stack in figure.isOfEachStack ? stacks : [.single] {
                var part = request
                part.stack = stack
                guard figure.isOfWhole(part), figure.isPossible(part),
                    !figure.isOnDemand(part) || asked.contains(figure.id)
                else { continue }
                let placement = Placement(figure: figure, layer: nil, head: nil, stack: stack)
                if reachedLayers { after.append(placement) } else { before.append(placement) }
            }
        }
        let inside = stacks.flatMap { stack in
            (layers ?? request.trace.layers).flatMap { layer in
                // What knows both stacks itself stands with the last of them.
                placements(
                    request, layer: layer, heads: heads, stack: stack, isLast: stack == stacks.last, asked: asked)
            }
        }
        return before + inside + after
    }

    /// The figures of one layer of one stack.
    private static func placements(
        _ request: FigureRequest, layer: Int, heads: [Int]?, stack: Stack, isLast: Bool, asked: [String]
    ) -> [Placement] {
        var placements: [Placement] = []
        for figure in all where figure.scope != .once && (figure.isOfEachStack || isLast) {
            var part = request
            part.layer = layer
            part.stack = figure.isOfEachStack ? stack : .single
            let trace = request.trace
            let count =
                part.stack == .single ? trace.headCount(layer: layer) : trace.headCount(layer: layer, stack: part.stack)
            let chosen = heads ?? Array(0..<count)
            for head in figure.scope == .perHead ? chosen.map(Optional.some) : [nil] {
                part.head = head ?? request.head
                guard figure.isOfWhole(part), figure.isPossible(part),
                    !figure.isOnDemand(part) || asked.contains(figure.id)
                else { continue }
                placements.append(Placement(figure: figure, layer: layer, head: head, stack: part.stack))
            }
        }
        return placements
    }

    /// A step's numbers as they are, whether or not another figure shows it.
    package static func values(of step: StepName) -> Placement {
        Placement(figure: FigureKind(StepValues.self), layer: step.block, head: nil, table: step)
    }

    /// Lays one figure out.
    /// - Throws: `DrawingError.tooSmall`, `TracingError.unknownStep(_:nearest:)`.
    package static func draw(_ placement: Placement, _ request: FigureRequest) throws(Failure) -> Figure {
        try slide(placement, request).figure(request.style)
    }

    /// One figure before it is laid out.
    /// - Throws: `TracingError.unknownStep(_:nearest:)`.
    package static func slide(_ placement: Placement, _ request: FigureRequest) throws(Failure) -> Slide {
        var part = request
        part.layer = placement.layer ?? request.layer
        part.head = placement.head ?? request.head
        part.stack = placement.stack
        part.table = placement.table ?? request.table
        var slide = try placement.figure.slide(part)
        slide.id = placement.name
        return slide
    }
}
