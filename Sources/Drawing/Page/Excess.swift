import Platform

/// By how much something is too large for its room: the greater of its sides, where the room's is 1.
struct Excess {
    var factor: Double

    init(of size: Size, in room: Size) {
        factor = max(size.width / max(1, room.width), size.height / max(1, room.height))
    }
}

extension Density {
    /// Whether figures draw as much at this density as at larger ones: at the last that has room for digits, at the last
    /// of all, and where cells may become so small that only their pattern matters, they leave columns and parts out.
    func showsAll(in densities: [Density]) -> Bool {
        guard cell.width != 46, let last = densities.last, cell != last.cell else { return false }
        return cell.width >= 30 || last.cell == Density.candidates.last?.cell
    }

    /// How long at least a thing is that was so long at another density: a cell without digits is a square.
    func leastShare(of other: Density) -> Double {
        min(
            1, min(cell.width, cell.height) / max(1, other.cell.width), cell.height / max(1, other.cell.height),
            gap / max(1, other.gap), label.size / max(1, other.label.size))
    }
}
