import Drawing
import Pages
import Subjects
import Tracing

/// What an index says of the places of its figures: their values, and each number's arithmetic in a line.
///
/// Of many figures it would be too much for a page: it then keeps to the values, and at last to the pictures alone.
struct IndexValues: Sendable {
    private let sums: CellSums?
    private let hasValues: Bool

    static let mostWithSums = 400
    private static let mostWithValues = 2000

    /// - Parameter count: how many figures there are.
    init(_ trace: Trace?, of count: Int) {
        sums = count <= Self.mostWithSums ? trace.map { CellSums($0) } : nil
        hasValues = count <= Self.mostWithValues
    }

    func values(of figure: Figure) -> String {
        guard hasValues, figure.frames.contains(where: { !$0.hotSpots.isEmpty }) else { return "" }
        return SpotRows(figure.frames, size: figure.size) { sums?.text($0) }.packed
    }
}
