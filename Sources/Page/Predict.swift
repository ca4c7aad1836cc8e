import Drawing
import Figures
import Reading
import Subjects
import Tensors
import Tracing
import Wording

/// Finds what can be asked before a figure of a run is shown; nothing where the figure has no question, or where no fair
/// one can be made of these numbers.
struct Predict {
    let trace: Trace
    let words: CellWords
    let figure: String
    let stack: Stack
    let layer: Int
    let head: Int
    /// The token asked about, in the figure's stack; nil for the last.
    let place: Int?

    init(
        run: TextRun, words: CellWords, placement: Catalogue.Placement, head: Int?, place: Int?
    ) {
        trace = run.trace
        self.words = words
        figure = placement.figure.id
        stack = placement.stack
        layer = placement.layer ?? 0
        self.head = placement.head ?? head ?? 0
        self.place = place
    }

    /// - Throws: what a replay throws.
    func prediction() throws(Failure) -> Prediction? {
        guard let found = try asked(), found.isFair else { return nil }
        return found
    }

    private func asked() throws(Failure) -> Prediction? {
        switch StageWords(rawValue: figure) {
        case .scores: largest(.dotProducts)
        case .scaling: scaling()
        case .mask: try later()
        case .softmax: softmax()
        case .pattern: largest(.pattern)
        case .cross: largest(Label.pattern.crossed)
        case .oneHead: try headOff()
        case .logits, .candidates: next(.probabilities)
        case .masked: next(.maskedProbabilities)
        case .classification: classes()
        default: trace.steps.contains { $0.name.isGradient } ? sign() : nil
        }
    }

    // MARK: What all of them read

    func step(_ label: Label) -> Step? { trace[StepName(label, block: layer, stack: stack)] }

    /// The query that is asked about, of `[batch, head, query, key]`; nil where this head has none.
    func query(_ step: Step) -> Int? {
        guard step.shape.rank == 4, step.shape[2] > 0, step.shape[3] > 1, (0..<step.shape[1]).contains(head) else {
            return nil
        }
        return min(max(place ?? step.shape[2] - 1, 0), step.shape[2] - 1)
    }

    /// The numbers of a query, a key each.
    func weights(_ step: Step, _ query: Int) -> [Float] { step.numbers(at: [0, head, query]) }

    /// Each key as a sentence names it: by its place where another has the same token.
    func keys(_ step: Step, _ query: Int) -> [Phrase] {
        let names = (0..<step.shape[3]).map { words.token(step, axis: .key, at: [0, head, query, $0]) ?? "\($0)" }
        return names.enumerated().map { place, name in
            guard names.count(where: { $0 == name }) > 1 else { return Phrase(en: "“\(name)”", zh: "“\(name)”") }
            return Phrase(en: "“\(name)” (position \(place))", zh: "“\(name)”（位置 \(place)）")
        }
    }

    func name(_ step: Step, query: Int) -> Phrase {
        let token = words.token(step, axis: .query, at: [0, head, query, 0]) ?? "\(query)"
        return Phrase(en: "“\(token)”", zh: "“\(token)”")
    }

    func about(_ more: Int...) -> [String] {
        [stack.rawValue, "L\(layer)H\(head)"] + more.map { "\($0)" }
    }

    /// Spreads right answers over the places without chance.
    func spread(_ more: Int) -> Int {
        var sum = layer * 7 + head * 3 + more
        for token in trace.tokens.prefix(64) { sum = (sum &* 31 &+ token.id) & 0xffff }
        return sum
    }
}

extension Step {
    /// The innermost axis at a place; no numbers of a place that is not there.
    func numbers(at beginning: [Int]) -> [Float] {
        guard shape.rank == beginning.count + 1, shape[-1] > 0, let start = shape.offset(of: beginning + [0]) else {
            return []
        }
        let count = shape[-1]
        return tensor.withUnsafeBuffer { numbers in
            start + count <= numbers.count ? Array(numbers[start..<start + count]) : []
        }
    }
}

/// The answer to `predict`.
struct PredictAnswer {
    private let prediction: Prediction?
    private let language: Language

    /// - Throws: ``PageError/noFigure(_:)``, what a replay throws.
    init(run: TextRun, words: CellWords, question: PageQuestion) throws(Failure) {
        language = words.language
        let name = try question.needed("name")
        guard let placement = run.placements.first(where: { $0.name == name }) else {
            throw Failure(PageError.noFigure(name))
        }
        prediction = try Predict(
            run: run, words: words, placement: placement, head: question.whole("head"),
            place: question.whole("position")
        ).prediction()
    }

    func write(to json: inout JSONWriter) {
        guard let prediction else {
            json.object { $0.member("kind", "none") }
            return
        }
        prediction.write(to: &json, in: language)
    }
}
