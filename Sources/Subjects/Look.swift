import Drawing
import Figures
import Tensors
import Tracing
import Wording

/// Which figures of a subject are wanted, of which part of it, and how they are set: the other half of what is written
/// beside a ``SubjectSource``.
package struct Look: Sendable, Hashable {
    /// Ids of figures; empty for all.
    package var figures: [String] = []
    /// Patterns of steps' names; empty for all.
    package var steps: [String] = []
    /// Counted from zero, as are heads.
    package var layer: Int?
    package var head: Int?
    /// `encoder` or `decoder`; nil for both.
    package var stack: Stack?
    package var position: TokenPlace?
    /// The cell of the one step that is asked about.
    package var at: [Int]?
    /// How many candidates.
    package var top: Int?
    package var size: CanvasSize?
    package var theme: Theme.Mode?
    package var language: Language?
    /// Whether whole tensors are shown as colours, without numbers in their cells.
    package var hidesDigits = false

    package static let keys = [
        "figure", "step", "layer", "head", "stack", "position", "at", "top-k", "size", "theme", "language",
        "digits",
    ]

    package init() {}

    /// - Throws: ``SubjectError``.
    package init(_ words: SubjectWords) throws(SubjectError) {
        figures = words.texts("figure")
        steps = words.texts("step")
        layer = try words.count("layer")
        head = try words.count("head")
        stack = try words.value("stack") { (text) throws(SubjectError) in
            guard let stack = Stack(rawValue: text), stack != .single else {
                throw .value(expected: "encoder, decoder", found: text)
            }
            return stack
        }
        position = try words.value("position") { (text) throws(SubjectError) in try TokenPlace(text) }
        at = try words.value("at") { (text) throws(SubjectError) in try IndexList.cell(text).values }
        top = try words.count("top-k")
        size = try words.value("size") { (text) throws(SubjectError) in try CanvasSize(text) }
        theme = try words.value("theme") { (text) throws(SubjectError) in
            guard let mode = Theme.Mode(rawValue: text) else { throw .value(expected: "light, dark", found: text) }
            return mode
        }
        language = try words.value("language") { (text) throws(SubjectError) in
            guard let language = Language(tag: text) else { throw .value(expected: "en, zh-Hans", found: text) }
            return language
        }
        hidesDigits =
            try words.value("digits") { (text) throws(SubjectError) in
                guard text == "none" else { throw .value(expected: "none", found: text) }
                return true
            } ?? false
        if at != nil, steps.count != 1 { throw .atNeedsStep }
    }

    /// What is to be drawn of a trace.
    /// - Throws: ``SubjectError/outside(option:expected:found:)`` for a position that the text lacks, what asking for
    ///   the cell throws.
    package func request(_ run: TracedText, _ style: SlideStyle) throws(Failure) -> FigureRequest {
        var request = FigureRequest(
            trace: run.trace, tokenizer: run.tokenizer, text: run.text, layer: layer ?? 0, head: head ?? 0, top: top,
            cell: try cell(run.trace), table: steps.count == 1 ? StepName(steps[0]) : nil, style: style)
        do throws(SubjectError) {
            request.position = try position?.index(in: run.trace, stack: stack)
        } catch {
            throw Failure(error)
        }
        return request
    }

    /// The number to explain: the one asked for, else one of the attention's sums, as an example of them all.
    private func cell(_ trace: Trace) throws(Failure) -> (step: StepName, index: [Int])? {
        if let at, let step = steps.first {
            // Asked here, so that a wrong step or index is said as such.
            _ = try trace.explain(StepName(step), at: at)
            return (StepName(step), at)
        }
        let name = StepName.block(layer ?? 0, .z)
        guard let z = trace[name], z.shape.rank == 4, z.shape[1] > 0 else { return nil }
        return (name, [0, z.shape[1] - 1, head ?? 0, 0])
    }
}
