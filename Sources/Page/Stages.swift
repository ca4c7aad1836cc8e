import Drawing
import Figures
import Subjects
import Tensors
import Tracing
import Wording

/// The figures of a text in the order in which one steps through them: part by part of the model's map.
enum Stages {
    /// What a text's trace gives. A calculation, a perceptron or a small network has steps of its own names: each is a
    /// table then.
    static func of(_ subject: Subject, _ style: SlideStyle, _ trace: Trace) throws(Failure) -> [Catalogue.Placement] {
        do throws(Failure) {
            let found = ordered(try subject.pictures(Look(), style), trace)
            if found.contains(where: { StageWords(rawValue: $0.figure.id) != nil }) { return found }
        } catch {
            guard case .noFigures? = error.cause(as: SubjectError.self) else { throw error }
        }
        return trace.steps.filter { $0.tensor.count > 0 }.map { Catalogue.values(of: $0.name) }
    }

    private static func ordered(_ list: PictureList, _ trace: Trace) -> [Catalogue.Placement] {
        let stacks = trace.stacks
        let parts = parts(trace)
        var byPart: [FigurePart: [Catalogue.Placement]] = [:]
        for placement in list.pictures.compactMap({ $0.placement }) {
            byPart[FigurePart(placement, stacks: stacks), default: []].append(placement)
        }
        return parts.flatMap { part -> [Catalogue.Placement] in
            let own = byPart[part] ?? []
            guard part.kind == .layer, let layer = part.layer else { return own }
            return inOrder(own, normsComeFirst: trace[StepName(.norm1, block: layer, stack: part.stack)] != nil)
        }
    }

    /// The parts of the model's map, in the direction in which the text runs through it.
    static func parts(_ trace: Trace) -> [FigurePart] {
        var parts: [FigurePart] = []
        for stack in trace.stacks {
            parts += [FigurePart(.tokens, stack), FigurePart(.embedding, stack)]
            parts += layers(trace, stack).map { FigurePart(.layer, stack, $0) }
        }
        return parts + [FigurePart(.output, .single)]
    }

    static func layers(_ trace: Trace, _ stack: Stack) -> [Int] {
        trace.layers.filter { trace.headCount(layer: $0, stack: stack) > 0 }
    }

    /// Normalisation stands where it happens: before attention, or after it; and so does attention to the encoder, which
    /// the catalogue lists head by head with the others.
    private static func inOrder(
        _ figures: [Catalogue.Placement], normsComeFirst: Bool
    ) -> [Catalogue.Placement] {
        guard !normsComeFirst else { return figures }
        let norms = figures.filter { $0.figure.id == StageWords.norm.rawValue }
        let others = figures.filter { $0.figure.id != StageWords.norm.rawValue }
        let place = others.firstIndex { $0.figure.id == StageWords.stream.rawValue } ?? others.count
        return Array(others[..<place]) + norms + Array(others[place...])
    }

    /// They tell of steps, and show no number of them.
    private static let maps = ["parameters", "data-shapes", "architecture-map", "encoder-decoder-map", "layer"]

    /// The figures that show a step, the one that shows it best first: what it is about counts more than what it shows
    /// beside, a head's own more than a layer's, fewer steps more than many.
    static func showing(_ name: StepName, at index: [Int], _ step: Step, in run: TextRun) -> [String] {
        let head = step.axes.firstIndex(of: .head).flatMap { index.indices.contains($0) ? index[$0] : nil }
        var found: [(name: String, cost: Int)] = []
        for (order, placement) in run.placements.enumerated() where !maps.contains(placement.figure.id) {
            guard let place = placement.steps.firstIndex(of: name) else { continue }
            if let own = placement.head, let head, own != head { continue }
            let isStage = StageWords(rawValue: placement.figure.id) != nil
            let fits = (placement.figure.scope == .perHead) == (head != nil)
            let cost = (isStage ? 0 : 4000) + place * 1000 + (fits ? 0 : 500) + placement.steps.count * 20
            found.append((placement.name, cost * 4096 + min(order, 4095)))
        }
        return found.sorted { $0.cost < $1.cost }.map({ $0.name })
    }
}
