import Drawing
import Platform
import Tracing

/// How positions turned the queries or the keys of one head: every pair of numbers before and after.
struct Turns: Sendable {
    let before: HeadView.Projection
    let after: HeadView.Projection
    let role: Role
    /// Radians per position of each pair, where the trace says how the turning was made.
    let speeds: [Double]?
    /// The position of the first token.
    let start: Int

    /// Number *i* of the first half makes a pair with number *i* of the second.
    var pairs: Int { before.width / 2 }
    var positions: Int { min(before.cells.count, after.cells.count) }

    /// nil where the trace lacks a step, or turned its numbers in a way that is not Llama's.
    init?(_ view: HeadView, _ plain: Label, _ turned: Label, _ role: Role) {
        guard let before = view.projection(plain, isRead: true),
            let after = view.projection(turned, isRead: true), before.width == after.width,
            before.width > 1, before.width % 2 == 0, before.cells.count == after.cells.count, !before.cells.isEmpty,
            (before.cells + after.cells).allSatisfy({ $0.count == before.width })
        else { return nil }
        self.before = before
        self.after = after
        self.role = role
        let trace = view.request.trace
        let tables = trace[view.request.name(turned)]?.inputs ?? []
        let table = tables.lazy.compactMap { trace.steps[$0].operation as? RotaryTable }.first
        start = table?.start ?? 0
        speeds = table.map { table in (0..<before.width / 2).map { table.speeds.speed(pair: $0, width: table.width) } }
        guard keepsLengths else { return nil }
    }

    /// A pair as the point of a hand: its first number to the right, its second upwards.
    func hand(_ cells: [Float], _ pair: Int) -> (x: Double, y: Double) {
        (Double(cells[pair]), Double(cells[pair + pairs]))
    }

    func length(_ cells: [Float], _ pair: Int) -> Double {
        let hand = hand(cells, pair)
        return (hand.x * hand.x + hand.y * hand.y).squareRoot()
    }

    /// The longest hand of all: the radius of the dials.
    var longest: Double {
        before.cells.flatMap { cells in (0..<pairs).map { length(cells, $0) } }
            .reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    }

    /// Turning makes no hand longer: where one is, another layout of the pairs was used.
    private var keepsLengths: Bool {
        let slack = max(longest * 0.02, 1e-6)
        return zip(before.cells, after.cells).allSatisfy { old, new in
            (0..<pairs).allSatisfy { pair in
                let change = abs(length(old, pair) - length(new, pair))
                return change <= slack || !change.isFinite
            }
        }
    }

    /// Radians by which a pair was turned: all of them where the speed is known, else between −π and π.
    func angle(position: Int, pair: Int) -> Double {
        if let speeds { return speeds[pair] * Double(start + position) }
        let (old, new) = (hand(before.cells[position], pair), hand(after.cells[position], pair))
        return atan2(old.x * new.y - old.y * new.x, old.x * new.x + old.y * new.y)
    }
}
