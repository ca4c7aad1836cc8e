import Drawing
import Subjects
import Tracing
import Wording

/// Which number of a trace stands in a place of a sheet.
package struct SheetNumber: Sendable, Hashable {
    package enum Part: Sendable, Hashable {
        /// The cell itself.
        case whole
        /// What stands above or below the line in the cell's arithmetic: of a softmax, a power and the sum of a row's.
        case numerator, denominator
        /// One addend of the cell's arithmetic, counted from zero.
        case addend(Int)
    }

    package let step: StepName
    package let index: [Int]
    package let part: Part

    init(_ step: StepName, _ index: [Int], _ part: Part = .whole) {
        (self.step, self.index, self.part) = (step, index, part)
    }

    /// - Throws: `TracingError` where the trace has no such cell, or the cell no such part.
    package func value(in trace: Trace) throws(Failure) -> Double {
        let explained = try trace.explain(step, at: index)
        let chosen: Expression?
        switch (part, explained.expression) {
        case (.whole, _): return explained.value
        case (.numerator, .quotient(let above, _)): chosen = above
        case (.denominator, .quotient(_, let below)): chosen = below
        case (.addend(let place), .sum(let parts)): chosen = parts.indices.contains(place) ? parts[place] : nil
        default: chosen = nil
        }
        let operands = try explained.inputs.map { (name) throws(Failure) in try trace.step(name).tensor }
        guard let chosen else {
            throw Failure(TracingError.notExplained(step: step.description, operation: explained.operation))
        }
        return chosen.value { Double(operands[$0].cell($1) ?? .nan) }
    }

    /// The cell's arithmetic with its numbers: `2 × 1 + 0 × (−1) = 2`.
    func arithmetic(in trace: Trace, named name: String = "") throws(Failure) -> String {
        let explained = try trace.explain(step, at: index)
        let operands = try explained.inputs.map { (name) throws(Failure) in try trace.step(name).tensor }
        let spelling = ExpressionText(
            cell: { Self.factor(Double(operands[$0].cell($1) ?? .nan)) }, constant: { Self.factor($0) })
        let sum = spelling.spell(explained.expression) + " = " + Self.text(explained.value)
        return name.isEmpty ? sum : name + " = " + sum
    }

    /// A number as short as it is: `3`, `−0.5`, `0.25`; with two decimals where it is longer.
    package static func text(_ value: Double) -> String {
        let places = (0...1).first { isShort(value, decimals: $0) } ?? 2
        return Numbers.fixed(value, decimals: places)
    }

    /// Whether it is written whole with so many decimals, but for the last bits of a `Float`.
    package static func isShort(_ value: Double, decimals: Int) -> Bool {
        let scaled = (0..<max(0, decimals)).reduce(value) { scaled, _ in scaled * 10 }
        return abs(scaled - scaled.rounded()) <= 1e-5 * max(1, abs(scaled))
    }

    /// In brackets where a sign stands before it.
    private static func factor(_ value: Double) -> String { value < 0 ? "(" + text(value) + ")" : text(value) }
}
