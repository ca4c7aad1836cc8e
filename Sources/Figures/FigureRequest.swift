import Drawing
import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// What a figure is to show: which trace, which part of it, and how it is set.
package struct FigureRequest: Sendable {
    package var trace: Trace { didSet { given = Prompt(trace) } }
    /// Needed by the figures of tokenising; nil for a trace without its tokenizer.
    package var tokenizer: (AnyTokenizer)?
    /// The text as it was typed, where there was one.
    package var text: String
    /// Counted from zero.
    package var layer: Int
    /// Counted from zero.
    package var head: Int
    /// `encoder` or `decoder`, for a figure that is drawn of each stack of a model that has two; else empty.
    package var stack = Stack.single
    /// The token that asks, counted from zero; nil lets the figure choose (usually the last).
    package var position: Int?
    /// How many candidates at most; nil lets the figure choose.
    package var top: Int?
    /// The number to explain, for the figure `explain`.
    package var cell: (step: StepName, index: [Int])?
    /// The step whose numbers are shown as they are, for the figure `values`.
    package var table: StepName?
    package var style: SlideStyle

    package init(
        trace: Trace, tokenizer: (AnyTokenizer)? = nil, text: String = "", layer: Int = 0, head: Int = 0,
        position: Int? = nil, top: Int? = nil, cell: (step: StepName, index: [Int])? = nil,
        table: StepName? = nil, style: SlideStyle
    ) {
        self.trace = trace
        given = Prompt(trace)
        self.tokenizer = tokenizer
        self.text = text
        self.layer = layer
        self.head = head
        self.position = position
        self.top = top
        self.cell = cell
        self.table = table
        self.style = style
    }

    package var language: Language { style.language }

    /// The tokens that the model was given, without those it wrote itself.
    package var prompt: [TraceToken] { given.tokens }

    /// Made once: figures ask for their labels again and again.
    private var given: Prompt

    private struct Prompt: Sendable {
        var tokens: [TraceToken]
        var labels: [TokenLabel]

        init(_ trace: Trace) {
            tokens = trace.tokens.filter { !$0.isGenerated }
            labels = tokens.map { FigureRequest.label($0) }
        }
    }

    /// The tokens that were read, as labels of rows; numbered where the trace has no tokens.
    package var labels: [TokenLabel] {
        let (all, earlier) = (keyLabels, earlier)
        return earlier > 0 && earlier < all.count ? Array(all.dropFirst(earlier)) : all
    }

    /// The tokens that were read and those before them that are looked back at, as labels of columns.
    var keyLabels: [TokenLabel] {
        guard stack == .single else { return stackTokens.map(Self.label) }
        let count = trace[StepName(.tokens)]?.shape.dimensions.last ?? given.labels.count
        guard given.labels.count == count else { return (0..<count).map { TokenLabel(String($0)) } }
        return given.labels
    }

    /// How many tokens a pass that was recorded elsewhere looks back at and does not read: the keys before its own.
    var earlier: Int {
        guard trace.isElsewhere else { return 0 }
        let pattern = trace.steps.first { step in
            step.name.label == .pattern && step.name.isOf(stack) && step.shape.rank == 4
        }
        return pattern.map { max(0, $0.shape[3] - $0.shape[2]) } ?? 0
    }

    /// A token as figures label it; `‹` opens a token that is part of a character.
    package static func label(_ token: TraceToken) -> TokenLabel {
        label(token.display, isSpecial: token.isSpecial)
    }

    static func label(_ display: String, isSpecial: Bool = false) -> TokenLabel {
        TokenLabel(kind: isSpecial ? .special : display.hasPrefix("‹") ? .bytes : .plain, token: display)
    }

    /// A token's label, numbered where the trace has none.
    func label(at place: Int) -> TokenLabel {
        let labels = labels
        return labels.indices.contains(place) ? labels[place] : TokenLabel(String(place))
    }

    /// The position asked about, or the last one.
    package var focus: Int { min(max((position ?? .max) - earlier, 0), max(labels.count - 1, 0)) }

    /// The name of a step of this figure's layer.
    package func name(_ label: Label) -> StepName { StepName(label, block: layer, stack: stack) }

    /// Whether the trace has all of these steps of this figure's layer.
    func has(_ labels: [Label]) -> Bool { labels.allSatisfy { trace[name($0)] != nil } }

    /// - Throws: `TracingError.unknownStep(_:nearest:)`.
    package func step(_ label: Label) throws(Failure) -> Step { try trace.step(name(label)) }
    package func step(_ name: StepName) throws(Failure) -> Step { try trace.step(name) }
}

/// One kind of figure: a file of its own, and one line in ``Catalogue/all``.
package protocol TraceFigure: Sendable {
    /// A stable name, also the file's name: `attention-pattern`.
    static var id: String { get }
    static var title: Phrase { get }
    static var scope: FigureScope { get }
    /// The steps it shows; a trace that lacks the first has no such figure, and `--step` selects by all of them.
    static var shows: [Label] { get }
    /// Whether it is drawn of each stack of a model that has two; the others read the names of a single stack, or know
    /// both stacks themselves.
    static var isOfEachStack: Bool { get }
    /// Whether it puts together what a decoder computed word by word; the others show a single pass.
    static var readsEveryPass: Bool { get }
    /// Whether it costs so much of this trace, or says so little without being asked, that only `--figure` draws it.
    static func isOnDemand(_ request: FigureRequest) -> Bool
    /// The steps whose numbers are drawn and spoken of.
    static func numbers(_ request: FigureRequest) -> [StepName]
    static func isPossible(_ request: FigureRequest) -> Bool
    static func slide(_ request: FigureRequest) throws(Failure) -> Slide
}

/// How often a figure is drawn for one trace.
package enum FigureScope: Sendable, Hashable { case once, perLayer, perHead }

extension TraceFigure {
    package static var isOfEachStack: Bool { false }
    package static var readsEveryPass: Bool { false }
    package static func isOnDemand(_ request: FigureRequest) -> Bool { false }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        shows.map { label in
            // What a figure of the whole shows of the blocks, it shows of the one that is asked about.
            let isInside = scope != .once || request.trace[StepName(label, stack: request.stack)] == nil
            return StepName(label, block: isInside ? request.layer : nil, stack: request.stack)
        }
    }

    /// Of a decoder that went on word by word, a single pass shows a single token: that is no figure.
    static func isOfWhole(_ request: FigureRequest) -> Bool {
        request.stack != .decoder || readsEveryPass || !request.isWrittenWordByWord
    }

    package static func isPossible(_ request: FigureRequest) -> Bool {
        guard let first = shows.first else { return true }
        return request.trace[StepName(first, block: scope == .once ? nil : request.layer, stack: request.stack)] != nil
    }
}
