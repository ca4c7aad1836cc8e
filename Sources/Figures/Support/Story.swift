import Drawing
import Tracing

/// Figures that tell one thing, one after the other: what stays from one to the next keeps its rows, columns and
/// digits, so that stepping is motion.
package enum Story: String, Sendable, CaseIterable {
    case input, head, layer, output

    /// The figures, by their ids, in the order in which they are told.
    package var figures: [String] {
        switch self {
        case .input: ["token-strip", "embedding-lookup", "embedding-sum"]
        case .head:
            [
                "projections", "rotary", "scores", "scaling", "mask", "softmax", "attention-pattern",
                "weighted-sum", "one-head", "join-heads", "output-projection",
            ]
        case .layer: ["layer-norm", "feed-forward", "residual-stream"]
        case .output: ["final-norm", "logits", "candidates"]
        }
    }

    /// Whether a figure is told in some story.
    package static func tells(_ figure: String) -> Bool { allCases.contains { $0.figures.contains(figure) } }

    /// A figure as its story wants it on a live page: with the cells that all of it agrees on, and knowing which steps
    /// its groups grow out of.
    static func agreed(_ slide: Slide, _ figure: String, _ request: FigureRequest) -> Slide {
        var slide = slide
        let trace = request.trace
        slide.origins = { Origins.of($0, in: trace) }
        if head.figures.contains(figure), let plan = request.plan { slide.densities = plan.densities }
        return slide
    }
}

/// Which steps a step grows out of, for those who move from figure to figure.
package enum Origins {
    /// The steps that it was computed from, without what was learned; through steps that nothing shows.
    ///
    /// A step that only passes on what it read is no stage of its own: `blocks.0.hook_resid_pre` of the second block is
    /// the first's `resid_post`.
    package static func of(_ name: String, in trace: Trace) -> [String] {
        guard let step = trace[StepName(name)] else { return [] }
        return inputs(of: step, trace, depth: 4).map { $0.name.description }
    }

    private static func inputs(of step: Step, _ trace: Trace, depth: Int) -> [Step] {
        var found: [Step] = []
        for place in step.inputs where trace.steps.indices.contains(place) {
            let input = trace.steps[place]
            guard !input.isParameter, !input.name.isGradient else { continue }
            let isShown = Self.shown.contains(input.name.label) || depth <= 1
            let all = isShown ? [input] : inputs(of: input, trace, depth: depth - 1)
            for each in all where !found.contains(where: { $0.name == each.name }) { found.append(each) }
        }
        return found
    }

    /// What some figure of a trace shows.
    private static let shown = Set(Catalogue.all.flatMap { $0.shows })
}
