import Drawing
import Wording

/// Heads apart, and the one wide table that they are stretches of, with a band from each to its stretch: joined below
/// them, or cut above.
struct HeadTables: Sendable {
    enum Order: Sendable { case joined, cut }

    private let order: Order
    private let role: Role
    /// Made once for every arrangement that is tried.
    private let apart: [Matrix]
    private let whole: Matrix
    /// How many rows each has, and how many columns a head has.
    private let count: Int
    private let width: Int
    private let focus: Int

    /// - Parameters:
    ///   - tables: `[head][position][head width]`
    ///   - letter: what a head is called, with its number; and the whole, with words.
    ///   - steps: of the heads apart, and of the whole where the trace has it: `[batch, position, width]`.
    init(
        _ order: Order, _ tables: [[[Float]]], labels: [TokenLabel], scale: ValueScale, role: Role, focus: Int,
        letter: String, whole name: (letter: String, words: Phrase), steps: (apart: String, whole: String?)
    ) {
        let width = max(1, tables.first?.first?.count ?? 0)
        let count = tables.first?.count ?? 0
        let last = max(0, count - 1)
        (self.order, self.role, self.focus, self.width, self.count) = (order, role, focus, width, count)
        apart = tables.enumerated().map { head, cells in
            let matrix = Matrix(cells).scaled(scale).digits(.none).named("\(letter)_{\(head)}", role)
                .tagged(steps.apart) { [0, $0, head, $1] }
                .anchoring("apart \(head)", rows: 0...last, columns: 0...width - 1)
            guard order == .joined else { return matrix }
            return (head == 0 ? matrix.rows(labels) : matrix).highlighting(row: focus)
        }
        let rows = (0...last).map { row in tables.flatMap { row < $0.count ? $0[row] : [] } }
        let isKnown = steps.whole != nil
        let matrix = Matrix(rows).scaled(scale).digits(.none).named(name.letter, role, name.words)
            .tagged(steps.whole ?? steps.apart) { isKnown ? [0, $0, $1] : [0, $0, $1 / width, $1 % width] }
        whole = order == .joined ? matrix.highlighting(row: focus) : matrix.rows(labels)
    }

    /// All of all heads where that fits; else, where nothing smaller will be tried, fewer columns, rows and heads.
    /// - Parameter plan: what a page's story draws: then tokens and columns are those of its other figures.
    func arranged(at density: Density, plan: StoryPlan? = nil) -> AnyMark {
        let most = min(apart.count, 8)
        // A hundred columns at most: of wide models each head's first and last.
        let each = min(width, max(4, 96 / max(1, most)))
        var choices = [(heads: most, columns: each, rows: TokenWindow.most)]
        if density.isLast {
            choices += [(8, 96, 16), (8, 96, 10), (8, 96, 6), (8, 8, 6), (6, 6, 6), (4, 6, 6), (3, 4, 4), (2, 4, 4)]
                .map { (min(most, $0), min(each, $1), $2) }
        }
        let plan = plan?.count == count ? plan : nil
        return ThatFits { choices.map { picture(heads: $0.heads, columns: $0.columns, rows: $0.rows, plan) } }.any
    }

    private func picture(heads most: Int, columns: Int, rows: Int, _ plan: StoryPlan?) -> AnyMark {
        let shown = TokenWindow(count: count, named: [focus], plan: plan).shown(rows)
        let drawn = Elision(apart.count, most: most)
        let heads = drawn.shown
        let own = Elision(width, most: columns).shown
        let places = heads.flatMap { head in own.map { head * width + $0 } }
        return Adaptive { space in
            // As large as both tables fit one over the other.
            let room = space.room(or: Size(1100, 400))
            let gaps = Size(
                (own.count < width ? 64 * Double(heads.count) : 0) + (drawn.gapCount > 0 ? 120 : 0),
                shown.count < count ? 80 : 0)
            let lines = 2 * Double(max(1, shown.count))
            // Beside vectors that are colours cells may touch each other.
            let around = plan == nil ? (sides: 140.0, head: 34.0) : (sides: 70.0, head: 24.0)
            let pitch =
                (room.width - around.sides - around.head * Double(heads.count) - gaps.width)
                / Double(max(1, places.count))
            let width = max(plan == nil ? 7 : 1.5, min(40, plan != nil && pitch < 10 ? pitch : pitch - 2))
            let high = (room.height - 152 - gaps.height) / lines - 2
            let cell = Size(width, max(6, min(max(40, width * 3), high)))
            // The rows of the heads apart have labels; those of the joined table may be lower.
            let labelled = plan == nil ? cell.height : max(cell.height, min(17, 2 * high - 5))
            // What cells do not take goes to the bands between.
            let between = max(44, min(150, room.height - 110 - gaps.height - lines * (cell.height + 2)))
            let table = whole(heads).cell(Size(cell.width, min(cell.height, max(4, 2 * high - labelled)))).showing(
                rows: shown, columns: places
            ).anchored("whole").any
            let row = HStack(.middle, spacing: max(14, space.density.gap * 0.8)) {
                for slot in drawn.slots { part(slot, Size(cell.width, labelled), shown, own) }
            }.any
            return VStack(spacing: between, order == .cut ? [table, row] : [row, table])
                .connected(under: true) { anchors, _, space, canvas in bands(heads, anchors, space, &canvas) }.any
        }.any
    }

    private func whole(_ heads: [Int]) -> Matrix {
        heads.reduce(whole) { matrix, head in
            matrix.anchoring(
                "whole \(head)", rows: 0...max(0, count - 1), columns: head * width...head * width + width - 1)
        }
    }

    private func part(_ slot: Elision.Slot, _ cell: Size, _ rows: [Int], _ columns: [Int]) -> AnyMark {
        switch slot {
        case .gap(let count):
            let words = Phrase(en: "⋯ {count} more heads", zh: "⋯ 还有 {count} 个头")
            return Text(words.filled(["count": Phrase(String(count))])).font(.small).color(.muted)
                .wrapped(width: 84).aligned(.center).any
        case .shown(let head):
            return apart[head].cell(cell).showing(rows: rows, columns: columns).anchored("table \(head)").any
        }
    }

    private func bands(_ heads: [Int], _ anchors: [String: Rect], _ space: Space, _ canvas: inout Canvas) {
        guard let whole = anchors["whole"] else { return }
        for (place, head) in heads.enumerated() {
            guard let stretch = anchors["whole \(head)"], let own = anchors["apart \(head)"],
                let table = anchors["table \(head)"]
            else { continue }
            // From all of a mark to all of the other: what is written over and under the cells stays on paper.
            let upper = order == .cut ? (stretch, whole.maxY) : (own, table.maxY)
            let lower = order == .cut ? (own, table.minY) : (stretch, whole.minY)
            Self.band(
                (upper.0, upper.1 + 6), (lower.0, lower.1 + 2),
                space.theme.tint(role, place % 2 == 0 ? 0.3 : 0.15), &canvas)
        }
    }

    /// A filled band from the width of one box to that of another, from one height to the other.
    private static func band(
        _ above: (box: Rect, y: Double), _ below: (box: Rect, y: Double), _ color: Color, _ canvas: inout Canvas
    ) {
        guard below.y > above.y + 4 else { return }
        let middle = (above.y + below.y) / 2
        let (top, bottom) = (above.box, below.box)
        var path = Path()
        path.move(to: Point(top.minX, above.y))
        path.curve(to: Point(bottom.minX, below.y), Point(top.minX, middle), Point(bottom.minX, middle))
        path.line(to: Point(bottom.maxX, below.y))
        path.curve(to: Point(top.maxX, above.y), Point(bottom.maxX, middle), Point(top.maxX, middle))
        path.close()
        canvas.fill(path, color)
    }
}
