import Drawing
import Wording

/// What the frames of a text that is written token by token have in common: the candidates at each place, how they are
/// written, and which way the chosen one goes.
protocol CandidateScene: Sendable {
    var links: [Guess] { get }
}

extension CandidateScene {
    func label(_ id: Int) -> TokenLabel {
        links.lazy.compactMap { $0.labels[id] }.first ?? TokenLabel(display: "#\(id)")
    }

    /// The first `count` candidates of one link, the chosen one lit.
    func bars(_ index: Int, _ count: Int, length: Double, rowHeight: Double) -> Bars {
        let link = links[index]
        let bars = link.bars(link.shown(count), lit: link.chosen.id, letters: .max, length: length)
        let others = links.flatMap { $0.shown(count).map { label($0.id) } }
        return bars.with { $0.limit = 1 }.rowHeight(rowHeight).roomForLabels(others)
    }

    /// From behind the chosen bar's value, which ends where its share says, round the right side, along `level` to
    /// `end`; nil where the chosen candidate has no bar.
    func way(
        _ index: Int, _ count: Int, length: Double, rowHeight: Double, bars: Rect, right: Double, level: Double,
        to end: Point, _ space: Space
    ) -> Path? {
        let link = links[index]
        let shown = link.shown(count)
        guard let row = shown.firstIndex(where: { $0.id == link.chosen.id }) else { return nil }
        let font = Font.mono(space.density.label)
        let widths = shown.map { space.width(of: link.shares.text($0.value), font) }
        let behind = (widths.max() ?? 0) - widths[row]
        let share = link.chosen.value.isFinite ? max(0, min(1, Double(link.chosen.value))) : 0
        // As long as the bars are at this density.
        let start = bars.maxX - behind - length * space.density.zoom * (1 - share)
        let y = bars.minY + (Double(row) + 0.5) * rowHeight
        return .turning(
            [
                Point(min(start, bars.maxX) + 8, y), Point(right, y), Point(right, level), Point(end.x, level), end,
            ], radius: 12)
    }
}
