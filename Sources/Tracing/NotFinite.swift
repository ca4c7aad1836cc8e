import Tensors
import Wording

/// A number that is infinite or none at all, where it begins: nothing that it was made from is so.
///
/// A score that a mask hides is minus infinity by design, and never meant.
public struct NotFinite: Sendable, Hashable {
    public enum Origin: String, Sendable, Hashable {
        /// A parameter: training, or the file, left it so.
        case parameter
        /// Given from outside otherwise.
        case given
        /// Recorded without its arithmetic.
        case recorded
        /// Computed from finite numbers.
        case computed
        /// Computed from scores of which the mask hides every one.
        case masked
    }

    public let step: StepName
    public let index: [Int]
    /// NaN, ∞ or −∞.
    public let value: Double
    /// The step's operation as a reader sees it.
    public let operation: String
    public let origin: Origin

    init(step: StepName, index: [Int], value: Double, operation: String, origin: Origin) {
        self.step = step
        self.index = index
        self.value = value
        self.operation = operation
        self.origin = origin
    }

    /// The first number of a parameter that is not finite; nil where all are.
    public init?(parameter name: StepName, _ tensor: Tensor) {
        guard let place = tensor.firstNotFinite() else { return nil }
        self.init(
            step: name, index: tensor.shape.index(at: place), value: Double(tensor[flat: place]),
            operation: Source.Kind.parameter.rawValue, origin: .parameter)
    }

    public static func == (left: NotFinite, right: NotFinite) -> Bool {
        // Not a number is the same as itself here.
        left.step == right.step && left.index == right.index && left.value.bitPattern == right.value.bitPattern
            && left.operation == right.operation && left.origin == right.origin
    }

    /// Checks a result by which something is decided. Minus infinity is none to object to: a probability of zero.
    ///
    /// - Parameters:
    ///   - result: what a run gave that was not recorded.
    ///   - what: what cannot be done without it, as an error says it.
    ///   - again: the same run, recorded.
    /// - Throws: ``TracingError/notFinite(what:_:)`` where a number is NaN or ∞, naming where the first began.
    public static func check(
        _ result: Tensor, _ what: @autoclosure () -> Phrase, again: (Recorder) throws(Failure) -> Value
    ) throws(Failure) {
        guard result.firstNotFinite() != nil, let odd = result.firstThatDecidesNothing else { return }
        let recorder = Recorder()
        let value = try again(recorder)
        let trace = recorder.trace()
        guard let name = value.step.map({ trace.steps[$0].name }) else { return }
        // Read in one go, the numbers may be others in their last digits, and finite.
        let index = value.tensor.firstThatDecidesNothing.map { value.shape.index(at: $0) }
        let found = index.flatMap { trace.origin(of: name, at: $0) } ?? trace.origin(of: name)
        throw .notFinite(
            what(),
            found
                ?? NotFinite(
                    step: name, index: [], value: Double(result[flat: odd]),
                    operation: trace[name]?.operation.name ?? "", origin: .computed))
    }

    /// `NaN`, `∞` or `−∞`.
    public var text: String { value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }

    /// `the parameter embed.W_E[17, 3] is NaN`
    public var phrase: Phrase {
        let cell = step.cell(index)
        switch origin {
        case .parameter: return Phrase(en: "the parameter \(cell) is \(text)", zh: "参数 \(cell) 是 \(text)")
        case .given: return Phrase(en: "\(cell), which is given, is \(text)", zh: "给定的 \(cell) 是 \(text)")
        case .recorded: return Phrase(en: "\(cell) was recorded as \(text)", zh: "\(cell) 记录下来就是 \(text)")
        case .computed:
            return Phrase(
                en: "\(cell) became \(text), though it is computed (\(operation)) from finite numbers",
                zh: "\(cell) 由有限的数算出（\(operation)），结果却是 \(text)")
        case .masked:
            return Phrase(
                en: "\(cell) became \(text): the mask hides every score of its row (\(operation))",
                zh: "\(cell) 成了 \(text)：这一行的得分全被掩码遮住（\(operation)）")
        }
    }
}

extension Tensor {
    /// The place of the first number that is NaN or ∞.
    fileprivate var firstThatDecidesNothing: Int? {
        withUnsafeBuffer { cells in cells.firstIndex { $0.isNaN || $0 == .infinity } }
    }
}

extension StepName {
    /// One of its cells: `blocks.0.attn.z[0, 2, 0, 1]`.
    public func cell(_ index: [Int]) -> String {
        index.isEmpty ? description : description + "[" + index.map { String($0) }.joined(separator: ", ") + "]"
    }
}

extension Trace {
    /// The first step, in recorded order, with a number that is not finite, and its first such number; nil where all
    /// are finite but for what masks hide. All that the step reads comes before it, and so is finite.
    public var firstNotFinite: NotFinite? {
        for place in steps.indices {
            if let found = firstNotFinite(in: place) { return begin(place, at: found) }
        }
        return nil
    }

    /// Where a number that is not finite began, followed back through the numbers that it was made from; nil where it
    /// is finite, hidden by a mask, or no cell of this trace.
    public func origin(of name: StepName, at index: [Int]) -> NotFinite? {
        guard var place = place(of: name), isNotFinite(place, at: index) else { return nil }
        var index = index
        // Every turn goes to an earlier step.
        while let (earlier, cell) = source(of: place, at: index) { (place, index) = (earlier, cell) }
        return begin(place, at: index)
    }

    /// The same of the first number of a step that is not finite.
    public func origin(of name: StepName) -> NotFinite? {
        guard let place = place(of: name), let index = firstNotFinite(in: place) else { return nil }
        return origin(of: name, at: index)
    }

    /// Ones where a step's numbers are minus infinity because a mask hides them; nil where none is.
    public func hiddenCells(of place: Int) -> Tensor? {
        guard steps.indices.contains(place) else { return nil }
        let step = steps[place]
        if step.isSource {
            // Recorded without its arithmetic: only the name tells that a mask came before.
            let label = step.name.label.uncrossed ?? step.name.label
            guard !step.isParameter, label == .scores || label == .causalScores else { return nil }
            return Tensor(step.shape) { target in
                step.tensor.withUnsafeBuffer {
                    for cell in $0.indices { target[cell] = $0[cell] == -.infinity ? 1 : 0 }
                }
            }
        }
        guard let first = step.inputs.first else { return nil }
        let inputs = step.inputs.map { steps[$0].tensor }
        return step.operation.hiddenCells(inputs) { hiddenCells(of: first) }
    }

    public func statistics(of step: Step) -> Statistics {
        Statistics(step.tensor, hidden: place(of: step.name).flatMap { hiddenCells(of: $0) })
    }

    /// The first cell of a step that is not finite, in memory order, and not hidden.
    public func firstNotFinite(in place: Int) -> [Int]? {
        guard steps.indices.contains(place), let first = steps[place].tensor.firstNotFinite(besides: nil) else {
            return nil
        }
        let step = steps[place]
        guard let hidden = hiddenCells(of: place) else { return step.shape.index(at: first) }
        return step.tensor.firstNotFinite(besides: hidden).map { step.shape.index(at: $0) }
    }

    private func isNotFinite(_ place: Int, at index: [Int]) -> Bool {
        guard let value = steps[place].tensor.cell(index), !value.isFinite else { return false }
        return value != -.infinity || hiddenCells(of: place)?.cell(index) != 1
    }

    /// A cell that is not finite among those that a cell was made from.
    private func source(of place: Int, at index: [Int]) -> (Int, [Int])? {
        let step = steps[place]
        guard !step.isSource else { return nil }
        let inputs = step.inputs.map { steps[$0].tensor }
        guard step.fits(inputs) else { return nil }
        let expression = step.operation.expression(at: index, inputs: inputs, output: step.tensor)
        for cell in expression.cells where step.inputs.indices.contains(cell.input) {
            let input = step.inputs[cell.input]
            if isNotFinite(input, at: cell.index) { return (input, cell.index) }
        }
        // Arithmetic that leaves out what is multiplied by zero does not show what zero times ∞ gave.
        let value = expression.value { input, cell in
            inputs.indices.contains(input) ? inputs[input].cell(cell).map { Double($0) } ?? .nan : .nan
        }
        guard value.isFinite, abs(value) <= Double(Float.greatestFiniteMagnitude) else { return nil }
        for input in step.inputs {
            if let cell = firstNotFinite(in: input) { return (input, cell) }
        }
        return nil
    }

    private func begin(_ place: Int, at index: [Int]) -> NotFinite {
        let step = steps[place]
        let origin: NotFinite.Origin
        switch (step.operation as? Source)?.kind {
        case .parameter?: origin = .parameter
        case .unexplained?: origin = .recorded
        case .tokens?, .constant?: origin = .given
        case nil: origin = isWhollyMasked(step, at: index) ? .masked : .computed
        }
        return NotFinite(
            step: step.name, index: index, value: step.tensor.cell(index).map { Double($0) } ?? .nan,
            operation: step.operation.name, origin: origin)
    }

    private func isWhollyMasked(_ step: Step, at index: [Int]) -> Bool {
        guard step.operation is Softmax, let first = step.inputs.first, let hidden = hiddenCells(of: first),
            let row = index.indices.last
        else { return false }
        return (0..<hidden.shape[-1]).allSatisfy { column in
            var cell = index
            cell[row] = column
            return hidden.cell(cell) == 1
        }
    }
}
