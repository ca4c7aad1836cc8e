import Tracing

/// One operand: where it stands in the trace, and its value.
struct Cell: Sendable, Hashable {
    var step: StepName
    var index: [Int]
    var value: Double

    /// The one axis along which cells differ; nil where it is none or several.
    static func varyingAxis(_ cells: [Cell]) -> Int? {
        guard let first = cells.first, cells.count > 1 else { return nil }
        let axes = first.index.indices.filter { axis in
            cells.contains { $0.index.count != first.index.count || $0.index[axis] != first.index[axis] }
        }
        return axes.count == 1 ? axes[0] : nil
    }

    /// `attn.q[0, 2, 0, ·]`: the cells' common name and indices, a dot where they differ.
    static func pattern(_ cells: [Cell]) -> String {
        guard let first = cells.first else { return "" }
        let parts = first.index.indices.map { axis in
            cells.allSatisfy { $0.index.count == first.index.count && $0.index[axis] == first.index[axis] }
                ? String(first.index[axis]) : "·"
        }
        return "\(first.step) [\(parts.joined(separator: ", "))]"
    }
}
