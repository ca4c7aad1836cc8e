import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// What all figures of a story agree on in a room of a live page: which tokens are drawn, and how large cells are. So a
/// matrix has the same rows, columns and digits from figure to figure, and can glide.
///
/// It is worked out from the figures that need most room for each token, by the sizes of their parts, not by trying
/// them: a page asks at every keystroke.
package struct StoryPlan: Sendable {
    /// How many tokens there are.
    let count: Int
    /// Which of them are drawn, ascending.
    let shown: [Int]
    /// How large cells are, and what is tried where a figure does not fit all the same.
    let densities: [Density]

    /// How many numbers of a vector are drawn: all of a head's; of wider ones the first and the last.
    static let columns = [64, 32, 16, 8, 4]

    /// - Parameters:
    ///   - named: tokens that the figures speak of; the first is the one that asks.
    ///   - style: of the room.
    init(labels: [TokenLabel], named: [Int], style: SlideStyle) {
        count = labels.count
        let all = Density.candidates
        let room = Size(style.canvas.width - 16, style.canvas.height - 16)
        let space = style.space
        let window = TokenWindow(count: count, named: named)
        let sizes = [min(count, TokenWindow.most)] + [20, 16, 13, 11, 9, 8, 7, 6, 5, 4, 3].filter { $0 < labels.count }
        var found: (shown: [Int], density: Int)?
        for size in sizes where found == nil {
            // Each gap takes the room of a token: of few tokens only the most telling are named.
            let few = TokenWindow(count: count, named: Array(named.prefix(max(2, size / 3))))
            let shown = (size < count ? few : window).shown(size)
            // Fewer tokens only where the smallest cells do not help.
            let first = shown.count < count ? all.count - 2 : 0
            let needs = (max(0, first)..<all.count).map {
                (place: $0, need: Need(shown: shown, labels: labels, density: all[$0], space: space))
            }
            let fitting = needs.filter { $0.need.fits(room) }
            // Softmax shows its scores too, where that does not cost tokens.
            found = (fitting.first { $0.need.holdsSoftmax(room) } ?? fitting.first).map { (shown, $0.place) }
        }
        let chosen = found ?? (window.shown(3), all.count - 1)
        shown = chosen.shown
        densities = Array(all[chosen.density...])
    }

    /// How much room the figures of a head take.
    private struct Need {
        /// From row to row, and from column to column.
        var pitch: Size
        /// A square of scores with all that is written around it.
        var square: Size
        var cells: Size
        var labels: Double
        var vector: Double
        var gap: Double
        /// How many tokens, and how many places where some are left out.
        var count: Double
        var gaps: Double
        var row: Double
        /// 0 where axes have no names.
        var axes: Double

        init(shown: [Int], labels: [TokenLabel], density: Density, space: Space) {
            let font = density.label
            let widest = shown.reduce(0) { most, place in
                max(most, labels.indices.contains(place) ? TokenText.width(labels[place], font, space) : 0)
            }
            var cell = density.cell
            if cell.width < 46 { cell.width = min(cell.width, cell.height) }
            let gap = min(cell.width, cell.height) >= 18 ? 2.0 : 1
            pitch = Size(cell.width + gap, cell.height + gap)
            let gaps = Double(Elision(showing: shown, of: labels.count).gapCount)
            self.gaps = gaps
            count = Double(shown.count)
            cells = Size(
                Double(shown.count) * pitch.width + 8 + gaps * 30,
                Double(shown.count) * pitch.height + 8 + gaps * 22)
            let above = widest > cell.width ? widest + 10 : font.size * 1.25 + 6
            self.labels = widest + 10
            axes = space.isNarrow ? 0 : 1
            square = Size(28 * axes + widest + 10 + cells.width, 34 + above + cells.height + 26 * axes)
            vector = (space.vectors?.length ?? 200) + 8
            self.gap = density.gap
            row = max(20, min(40, cell.height))
        }

        func fits(_ room: Size) -> Bool {
            func isIn(_ width: Double, _ height: Double) -> Bool { width <= room.width && height <= room.height }
            // Scores before and after, side by side or under each other.
            let pair =
                isIn(2 * square.width + 90 + 3 * gap, square.height)
                || isIn(square.width, 2 * square.height + 36 + gap)
            // Queries at the left of the scores, keys above them; or all in a line.
            let product =
                isIn(labels + vector + gap + square.width, 60 + vector + gap / 2 + square.height)
                || isIn(labels + vector + 28 + cells.width + square.width + 60 + 4 * gap, square.height)
            // Weights, values, both multiplied, and the sum under them; or the products on a line of their own.
            let bars = labels + 12 + min(130, room.width * 0.16) + 56
            let rows = 34 + cells.height + 26 * axes
            let sum = 34 + 34 + 8 + pitch.height + 8
            let mix =
                isIn(bars + 2 * vector + 60 + 4 * gap, rows + sum)
                || isIn(bars + vector + 30 + 2 * gap, 2 * rows + sum + gap)
            return pair && product && mix
        }

        /// Scores, a table of powers and the pattern: in a line, the table below, or the table and the pattern alone.
        func holdsSoftmax(_ room: Size) -> Bool {
            let table = 34 + (count + 1) * row + gaps * 22
            let across = 2 * square.width + labels + 170 + 68 + 4 * gap
            if across <= room.width && max(square.height, table) <= room.height { return true }
            let high = square.height + table + gap + 28 * (1 - axes)
            return high <= room.height && (2 * square.width + gap <= room.width || axes == 0)
        }
    }
}

extension FigureRequest {
    /// What the figures of this page's story agree on; nil where each stands on a page of its own.
    var plan: StoryPlan? {
        guard style.isQuiet else { return nil }
        let labels = keyLabels
        let focus = focus + earlier
        guard !labels.isEmpty else { return nil }
        var named = [focus]
        // Both what scores highest and what is looked at: the figures speak of them.
        for label in [Label.pattern, .dotProducts] {
            guard let step = trace[name(label)], step.shape.rank == 4, step.shape[2] > focus - earlier else { continue }
            let row = step.row(0, min(head, max(0, step.shape[1] - 1)), focus - earlier)
            named += row.ranked.filter { $0 <= focus || label == .pattern }.prefix(label == .pattern ? 3 : 1)
        }
        return StoryPlan(labels: labels, named: named, style: style)
    }

    /// The tokens that a figure draws: those of its story on a live page, else its own choice.
    func window(_ count: Int, named: [Int]) -> TokenWindow { TokenWindow(count: count, named: named, plan: plan) }
}
