import Drawing
import Tensors
import Tracing
import Wording

/// The guess that a figure watches: one token's (or class') probability at one place.
struct Watched: Sendable {
    /// `[batch, position, vocabulary]`, of a classifier `[batch, class]`.
    let step: Step
    let position: Int
    let id: Int
    /// All probabilities of the place.
    let row: [Float]
    /// What is guessed.
    let label: TokenLabel
    /// The token behind which the guess stands, where it is one of a text.
    let place: TokenLabel?
    let isClass: Bool

    var share: Double { row.indices.contains(id) ? Double(row[id]) : .nan }
    var index: [Int] { isClass ? [0, id] : [0, position, id] }

    /// The best guess of the place that is asked about, else of the last; a cell of the output that is asked for by its
    /// step and index goes before.
    init?(_ request: FigureRequest) {
        guard let found = Self.asked(request) ?? Self.next(request) ?? Self.hidden(request) ?? Self.decided(request)
        else { return nil }
        self = found
    }

    private static func asked(_ request: FigureRequest) -> Watched? {
        guard let cell = request.cell, [.probabilities, .maskedProbabilities].contains(cell.step.label),
            let step = request.trace[cell.step], step.shape.rank == 3, cell.index.count == 3
        else { return nil }
        return Watched(request, step, position: cell.index[1], place: nil, id: cell.index[2])
    }

    private static func next(_ request: FigureRequest) -> Watched? {
        let places = request.outputPlaces
        guard let last = places.indices.last else { return nil }
        func guess(_ place: Int) -> Watched? {
            Watched(
                request, places[place].probabilities, position: places[place].position, place: places[place].label,
                id: nil)
        }
        if let position = request.position { return guess(min(max(position, 0), last)) }
        // A text that ends says so last of all: the guess before it is of a word.
        guard let final = guess(last), final.label.kind == .special, last > 0, request.trace.stacks.contains(.decoder)
        else { return guess(last) }
        return guess(last - 1)
    }

    private static func hidden(_ request: FigureRequest) -> Watched? {
        guard let step = request.trace[StepName(.maskedProbabilities)], step.shape.rank == 3,
            let position = request.position ?? request.maskedPlaces.first, position < step.shape[1]
        else { return nil }
        return Watched(request, step, position: position, place: request.label(at: position), id: nil)
    }

    private static func decided(_ request: FigureRequest) -> Watched? {
        guard let step = request.trace[StepName(.classProbabilities)], step.shape.rank == 2,
            let best = largest(step.row(0), 1).first
        else { return nil }
        let names = request.trace.model.classNames
        let name = names.indices.contains(best.id) ? names[best.id] : String(best.id)
        return Watched(step: step, id: best.id, label: TokenLabel(display: name))
    }

    private init(step: Step, id: Int, label: TokenLabel) {
        self.step = step
        (position, self.id, row, self.label, place, isClass) = (0, id, step.row(0), label, nil, true)
    }

    private init?(_ request: FigureRequest, _ step: Step, position: Int, place: TokenLabel?, id: Int?) {
        let row = step.row(0, position)
        guard let best = id ?? largest(row, 1).first?.id, row.indices.contains(best), row[best].isFinite else {
            return nil
        }
        self.step = step
        (self.position, self.id, self.row, self.place, isClass) = (position, best, row, place, false)
        label = request.label(id: best)
    }

    /// How many tokens are at least as probable, this one among them: 1 for the first.
    static func rank(of id: Int, in row: [Float]) -> Int {
        guard row.indices.contains(id) else { return row.count }
        return 1 + row.count { $0 > row[id] }
    }
}
