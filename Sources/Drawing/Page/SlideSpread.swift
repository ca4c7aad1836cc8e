import Wording

/// What is done with the room that is left on one side of a page when the other is full.
extension SlideLayout {
    /// How much of the room is covered.
    private static let wellFilled = 0.87
    /// How many times as long cells, rows, bars and arrows become at most.
    private static let mostStretch = 3.0

    /// What is as large as it can be, but leaves a side of the room empty, is drawn out to that side: wider cells, longer
    /// bars and gaps on a wide page, higher rows on a tall one. What is drawn stays the same: a density's own cell, by
    /// which figures choose, is not changed. Two trials say how far it can go.
    func spread(_ fitted: Fitted, in whole: Size) -> Fitted {
        if let spread = drawnOut(fitted, in: whole) { return spread }
        // Where digits come into cells that had none, it grows by leaps: what was zoomed has no room for that.
        guard fitted.zoom > 1.02, let settled = fitting(fitted.bodies, in: whole, fitted.density) else { return fitted }
        let plain = Fitted(density: fitted.density, bodies: fitted.bodies, settled: settled, zoom: 1)
        return drawnOut(plain, in: whole) ?? fitted
    }

    /// Nil where it does not fit, however little it is drawn out.
    private func drawnOut(_ fitted: Fitted, in whole: Size) -> Fitted? {
        let room = Size(whole.width / fitted.zoom, whole.height / fitted.zoom)
        let need = need(fitted.settled)
        let left = Size(room.width / max(1, need.width), room.height / max(1, need.height))
        guard !style.isQuiet, left.width * left.height > 1 / Self.wellFilled else { return fitted }
        func drawn(_ factors: Size) -> Fitted? {
            let density = fitted.density.stretched(by: factors)
            // The same bodies: what is chosen does not hang on it, and is known.
            guard let settled = fitting(fitted.bodies, in: room, density) else { return nil }
            return Fitted(density: density, bodies: fitted.bodies, settled: settled, zoom: fitted.zoom)
        }
        func step(_ left: Double) -> Double { left > 1.05 ? 1 + min(0.2, (left - 1) / 2) : 1 }
        let first = Size(step(left.width), step(left.height))
        guard let little = drawn(first) else { return nil }
        let grown = self.need(little.settled)
        // In proportion to what the first step gave.
        func factor(_ first: Double, _ need: Double, _ grown: Double, _ room: Double) -> Double {
            guard first > 1 else { return 1 }
            // What is as wide as its title grows once it is wider.
            guard grown > need + 0.5 else { return min(Self.mostStretch, room / max(1, need)) }
            return max(1, min(Self.mostStretch, 1 + (first - 1) * (room - need) / (grown - need)))
        }
        let most = Size(
            factor(first.width, need.width, grown.width, room.width),
            factor(first.height, need.height, grown.height, room.height))
        // Less where digits came into cells that had none, and made them wider still.
        for share in [0.99, 0.7, 0.45, 0.25, 0.1] {
            let tried = Size(
                first.width + (most.width - first.width) * share, first.height + (most.height - first.height) * share)
            if let much = drawn(tried) { return much }
        }
        return little
    }
}
