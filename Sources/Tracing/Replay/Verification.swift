import Tensors
import Wording

/// How far a trace's numbers follow from each other by its own arithmetic.
public struct Verification: Sendable {
    /// One cell that does not.
    public struct Finding: Sendable, Hashable {
        public let step: StepName
        public let index: [Int]
        public let value: Double
        public let expected: Double
    }

    /// How many steps were computed again, and how many cells they have.
    public var steps = 0
    public var cells = 0
    /// The greatest difference, relative to the greatest number of a cell's row.
    public var worst = 0.0
    /// The first cell of each step that has any, in the trace's order.
    public var failures: [Finding] = []
    /// Steps that name no arithmetic: nothing can be said about them.
    public var unexplained: [StepName] = []

    /// How far a float32 computation elsewhere may differ.
    public static let tolerance = 1e-5
}

extension Trace {
    /// Computes every step again from the steps that it read, and compares each cell.
    ///
    /// Each step is computed from the numbers that the trace holds, not from recomputed ones: an altered number is
    /// found where it stands and where it is read, and nowhere else.
    public func verified(within tolerance: Double = Verification.tolerance) -> Verification {
        var result = Verification()
        for step in steps where !step.isSource || (step.operation as? Source)?.kind == .unexplained {
            let inputs = step.inputs.map { steps[$0].tensor }
            guard !step.isSource, step.fits(inputs), let again = try? step.operation.evaluate(inputs) else {
                result.unexplained.append(step.name)
                continue
            }
            result.steps += 1
            result.cells += step.tensor.count
            if let found = result.compare(step.tensor, with: again, tolerance) {
                result.failures.append(
                    .init(
                        step: step.name, index: step.shape.index(at: found), value: Double(step.tensor[flat: found]),
                        expected: Double(again[flat: found])))
            }
        }
        return result
    }
}

extension Verification {
    /// The first cell that differs, by its place.
    fileprivate mutating func compare(_ found: Tensor, with expected: Tensor, _ tolerance: Double) -> Int? {
        let width = max(found.shape.rank == 0 ? 1 : found.shape[-1], 1)
        var first: Int?
        var greatestDifference = worst
        found.withUnsafeBuffer { a in
            expected.withUnsafeBuffer { b in
                for start in stride(from: 0, to: a.count, by: width) {
                    var scale = 0.0
                    for cell in start..<start + width where b[cell].isFinite {
                        scale = max(scale, Double(abs(b[cell])))
                    }
                    for cell in start..<start + width where a[cell].bitPattern != b[cell].bitPattern {
                        let difference = Self.difference(a[cell], b[cell], scale)
                        greatestDifference = max(greatestDifference, difference)
                        if difference > tolerance, first == nil { first = cell }
                    }
                }
            }
        }
        worst = greatestDifference
        return first
    }

    /// Infinite where one is not a number and the other is, or where they are infinite in different ways.
    private static func difference(_ a: Float, _ b: Float, _ scale: Double) -> Double {
        if a == b || a.isNaN && b.isNaN { return 0 }
        guard a.isFinite, b.isFinite else { return .infinity }
        return abs(Double(a) - Double(b)) / max(scale, Double(Float.leastNormalMagnitude))
    }
}
