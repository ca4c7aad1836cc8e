import Platform

/// By how much something is too large for its room: the greater of its sides, where the room's is 1.
struct Excess {
    var factor: Double

    init(of size: Size, in room: Size) {
        factor = max(size.width / max(1, room.width), size.height / max(1, room.height))
    }
}

extension Density {
    /// How much of what figures draw at larger densities they draw at this one at least; nil where that is not known.
    /// At the last that has room for digits they may leave a third of the columns out, at the last of all, and where
    /// cells become so small that only their pattern matters, more.
    func leastContent(in densities: [Density]) -> Double? {
        guard let last = densities.last, cell != last.cell else { return nil }
        if cell.width == 46 { return 0.6 }
        return cell.width >= 30 || last.cell == Density.candidates.last?.cell ? 1 : nil
    }

    /// How long at least a thing is that was so long at another density: a cell without digits is a square.
    func leastShare(of other: Density) -> Double {
        min(
            1, min(cell.width, cell.height) / max(1, other.cell.width), cell.height / max(1, other.cell.height),
            gap / max(1, other.gap), label.size / max(1, other.label.size))
    }
}
