import Tensors
import Tracing
import Wording

/// The probability that is watched while something is changed: of one token or class, at the place where the model says
/// what it expects.
package struct WatchedGuess: Sendable, Hashable {
    package let step: StepName
    /// `[0, position, id]`, of a class `[0, class]`.
    package let index: [Int]
    /// The token, or the class's name.
    package let token: String

    package static let steps = [Label.probabilities, .maskedProbabilities, .classProbabilities].map { StepName($0) }

    /// - Parameters:
    ///   - wanted: the token to watch, or its number; nil for the likeliest.
    ///   - position: whose guess it is; nil for the masked token's where there is one, else the last's.
    /// - Throws: ``SubjectError/noGuess``, ``SubjectError/outside(option:expected:found:)``; what asking the trace
    ///   throws.
    package init(_ trace: Trace, token wanted: String? = nil, position: Int? = nil) throws(Failure) {
        guard let name = Self.steps.first(where: { trace[$0] != nil }) else { throw Failure(SubjectError.noGuess) }
        let found = try trace.step(name)
        var row: [Int] = [0]
        if found.shape.rank == 3 {
            let masked = name.label == .maskedProbabilities ? trace.tokens.firstIndex { $0.display == "[MASK]" } : nil
            let asked = position.flatMap { $0 >= 0 && $0 < found.shape[1] ? $0 : nil }
            row.append(asked ?? masked ?? found.shape[1] - 1)
        }
        func word(_ id: Int) -> String {
            let classes = trace.model.classNames
            if name.label == .classProbabilities { return classes.indices.contains(id) ? classes[id] : "\(id)" }
            return trace.vocabulary[id] ?? "\(id)"
        }
        let ids = 0..<found.shape[-1]
        if let wanted {
            let text = wanted.replacing(" ", with: "␣")
            guard let id = ids.first(where: { word($0) == text }) ?? Int(wanted), ids.contains(id) else {
                throw Failure(
                    SubjectError.outside(
                        option: "--target", expected: "\(word(0)), \(word(1)) … 0 … \(ids.count - 1)", found: wanted))
            }
            index = row + [id]
        } else {
            let likeliest = ids.max { (found.tensor.cell(row + [$0]) ?? 0) < (found.tensor.cell(row + [$1]) ?? 0) }
            index = row + [likeliest ?? 0]
        }
        step = name
        token = word(index.last ?? 0)
    }

    /// What the guess becomes without each part. What comes after the guess cannot change it, and is left out.
    /// - Throws: as ``Trace/ablating(_:at:only:)``.
    package func ablation(of trace: Trace, only: (stack: Stack, layer: Int)? = nil) throws(Failure) -> Ablation {
        guard let place = trace.place(of: step) else { return try trace.ablating(step, at: index, only: only) }
        let part = try Trace(steps: Array(trace.steps[...place]), model: trace.model)
        return try part.ablating(step, at: index, only: only)
    }
}
