import Tensors
import Wording

/// How far a trace's numbers follow from each other by its own arithmetic and, of a file, are those that were written.
public struct Verification: Sendable {
    /// A step that does not hold, and the first cell that shows it.
    public struct Finding: Sendable, Hashable {
        public let step: StepName
        /// Nil where only the checksum tells.
        public var index: [Int]?
        public var value: Double?
        /// Nil where arithmetic does not tell what it should be.
        public var expected: Double?
        /// Whether the tensor is not the one that was written.
        public var isAltered = false
    }

    /// How many steps were computed again, and how many cells they have.
    public internal(set) var steps = 0
    public internal(set) var cells = 0
    /// The greatest difference, relative to the greatest number of a cell's row.
    public internal(set) var worst = 0.0
    /// At most one of each step, in the trace's order.
    public internal(set) var failures: [Finding] = []
    /// Steps that name no arithmetic: only a checksum says anything about them.
    public internal(set) var unexplained: [StepName] = []
    /// What the file's checksums say; nil where it has none.
    public internal(set) var checksums: Checksums?

    /// How far a float32 computation elsewhere may differ.
    public static let tolerance = 1e-5
}

extension Trace {
    /// Computes every step again from the steps that it read, and compares each cell.
    ///
    /// Each step is computed from the numbers that the trace holds, not from recomputed ones: an altered number is
    /// found where it stands and where it is read, and nowhere else.
    public func verified(within tolerance: Double = Verification.tolerance) -> Verification {
        verified(within: tolerance) { _ in nil }
    }

    /// - Parameter expected: what a step that names no arithmetic should be.
    func verified(within tolerance: Double, expected: (StepName) -> Tensor?) -> Verification {
        var result = Verification()
        for step in steps where !step.isSource || (step.operation as? Source)?.kind == .unexplained {
            guard let again = computedAgain(step) ?? expected(step.name) else {
                result.unexplained.append(step.name)
                continue
            }
            result.steps += 1
            result.cells += step.tensor.count
            let differences = CellDifferences(step.tensor, again)
            result.worst = max(result.worst, differences.worst)
            let limit = max(tolerance, isElsewhere ? differences.usual(of: step.tensor.count) : 0)
            guard let found = differences.first(beyond: limit) else { continue }
            result.failures.append(
                .init(
                    step: step.name, index: step.shape.index(at: found), value: Double(step.tensor[flat: found]),
                    expected: Double(again[flat: found])))
        }
        return result
    }

    /// A step from the numbers that the trace holds; nil where it has no arithmetic.
    func computedAgain(_ step: Step) -> Tensor? {
        let inputs = step.inputs.map { steps[$0].tensor }
        guard !step.isSource, step.fits(inputs) else { return nil }
        return try? step.operation.evaluate(inputs)
    }
}

extension Verification {
    /// Puts what checksums say beside what arithmetic does.
    mutating func add(_ checksums: Checksums, to trace: Trace, _ name: (_ written: String) -> StepName) {
        self.checksums = checksums
        let names = checksums.altered.map(name)
        let altered = Set(names)
        for name in names {
            if let place = failures.firstIndex(where: { $0.step == name }) {
                failures[place].isAltered = true
            } else {
                failures.append(trace.alteredCell(of: name, among: altered))
            }
        }
        let places = failures.map { trace.place(of: $0.step) ?? -1 }
        failures = zip(places, failures).sorted { $0.0 < $1.0 }.map { $0.1 }
    }
}

/// The cells in which two tensors of one shape differ, each relative to the greatest number of its row.
struct CellDifferences {
    private(set) var cells: [(place: Int, difference: Double)] = []

    var worst: Double { cells.reduce(0) { max($0, $1.difference) } }

    init(_ found: Tensor, _ expected: Tensor) {
        let width = max(found.shape.rank == 0 ? 1 : found.shape[-1], 1)
        found.withUnsafeBuffer { a in
            expected.withUnsafeBuffer { b in
                for start in stride(from: 0, to: min(a.count, b.count), by: width) {
                    let row = start..<start + width
                    guard row.contains(where: { a[$0].bitPattern != b[$0].bitPattern }) else { continue }
                    var scale = 0.0
                    for cell in row where b[cell].isFinite { scale = max(scale, Double(abs(b[cell]))) }
                    for cell in row where a[cell].bitPattern != b[cell].bitPattern {
                        cells.append((cell, Self.difference(a[cell], b[cell], scale)))
                    }
                }
            }
        }
    }

    /// Infinite where one is not a number and the other is, or where they are infinite in different ways.
    private static func difference(_ a: Float, _ b: Float, _ scale: Double) -> Double {
        if a == b || a.isNaN && b.isNaN { return 0 }
        guard a.isFinite, b.isFinite else { return .infinity }
        return abs(Double(a) - Double(b)) / max(scale, Double(Float.leastNormalMagnitude))
    }

    func first(beyond tolerance: Double) -> Int? { cells.first { $0.difference > tolerance }?.place }

    /// How far another engine's numbers may differ: many times what three quarters of the cells stay below, whatever
    /// it computed in.
    func usual(of count: Int) -> Double {
        let sorted = cells.map { $0.difference }.sorted()
        let place = count * 3 / 4 - (count - sorted.count)
        guard sorted.indices.contains(place), sorted[place].isFinite else { return 0 }
        return 32 * sorted[place]
    }
}
