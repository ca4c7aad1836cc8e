import Drawing
import Tensors
import Tracing

/// Some cells of a step: those that a pattern of indices leaves free.
struct TensorSlice {
    /// In reading order, never empty.
    private let cells: [(index: [Int], value: Double)]

    /// - Parameter pattern: an index for each axis, nil for all of it; none at all for a single number.
    /// - Throws: `EngineError.noCell`.
    init(_ step: Tracing.Step, _ pattern: [Int?]) throws {
        let sizes = step.shape.dimensions
        func missing() -> EngineError {
            .noCell(step: step.name.description, index: pattern.map { $0 ?? -1 }, shape: sizes)
        }
        let fits = zip(pattern, sizes).allSatisfy { wanted, size in (wanted ?? 0) < size }
        guard pattern.count == sizes.count, fits else { throw missing() }
        var indices: [[Int]] = [[]]
        for (wanted, size) in zip(pattern, sizes) {
            let places = wanted.map { [$0] } ?? Array(0..<size)
            indices = indices.flatMap { known in places.map { known + [$0] } }
        }
        cells = indices.compactMap { index in step.tensor.cell(index).map { (index, Double($0)) } }
        guard !cells.isEmpty else { throw missing() }
    }

    func number(_ name: Query.Name) -> Double {
        let values = cells.map(\.value)
        return switch name {
        case .sum: values.reduce(0, +)
        case .mean: values.reduce(0, +) / Double(values.count)
        case .greatest: values.max() ?? .nan
        case .least: values.min() ?? .nan
        default: values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
    }

    /// The first of those that come before all others.
    func place(_ isBetter: (Double, Double) -> Bool) -> [Int] {
        cells.dropFirst().reduce(cells[0]) { isBetter($1.value, $0.value) ? $1 : $0 }.index
    }
}

/// A step's shape as chapters write it: `1 × 4 × 64`.
struct TraceShape {
    let text: String

    init(_ step: Tracing.Step) { text = step.shape.rank == 0 ? "1" : Numbers.shape(step.shape.dimensions) }
}
