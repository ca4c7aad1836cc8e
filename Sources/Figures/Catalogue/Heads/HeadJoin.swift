import Drawing
import Wording

/// Heads apart above, joined below, a band from each to its stretch.
struct HeadJoin: ComposedMark {
    /// What does not depend on the room: made once for every arrangement that is tried.
    struct Parts: Sendable {
        var apart: [Matrix]
        var joined: Matrix
        var width: Int

        /// - Parameters:
        ///   - tables: `[head][position][head width]`
        ///   - names: the steps: `z`, and the joined rows where the trace has them.
        init(
            _ tables: [[[Float]]], labels: [TokenLabel], scale: ValueScale, focus: Int,
            names: (apart: String, joined: String?)
        ) {
            let width = tables.first?.first?.count ?? 0
            let last = max(0, (tables.first?.count ?? 0) - 1)
            self.width = width
            apart = tables.enumerated().map { head, cells in
                let matrix = Matrix(cells).scaled(scale).digits(.none).named("z_{\(head)}", .attentionOutput)
                    .highlighting(row: focus).tagged(names.apart) { [0, $0, head, $1] }
                    .anchoring("above \(head)", rows: 0...last, columns: 0...max(0, width - 1))
                return head == 0 ? matrix.rows(labels) : matrix
            }
            let rows = (0...last).map { row in tables.flatMap { row < $0.count ? $0[row] : [] } }
            let isJoined = names.joined != nil
            joined = Matrix(rows).scaled(scale).digits(.none)
                .named("Z", .attentionOutput, AttentionText.joined.phrase).highlighting(row: focus)
                .tagged(names.joined ?? names.apart) {
                    isJoined ? [0, $0, $1] : [0, $0, $1 / max(1, width), $1 % max(1, width)]
                }
        }
    }

    var parts: Parts
    var shown: [Int]
    /// How many heads are drawn, and how many numbers of each.
    var heads: Int
    var columns: Int

    private var width: Int { parts.width }

    /// The heads drawn: all, or the first and the last.
    private var drawn: Elision { Elision(parts.apart.count, most: heads) }

    func build(_ space: Space) -> AnyMark {
        let drawn = drawn.shown
        return VStack(spacing: space.height < 330 ? 28 : 50) {
            HStack(spacing: max(12, space.density.gap)) { apart }
            joined
        }.connected(under: true) { anchors, _, space, canvas in
            for (place, head) in drawn.enumerated() {
                guard let above = anchors["above \(head)"], let below = anchors["below \(head)"] else { continue }
                HeadJoin.band(above, below, space.theme.tint(.attentionOutput, place % 2 == 0 ? 0.3 : 0.15), &canvas)
            }
        }.any
    }

    private var apart: [AnyMark] {
        drawn.slots.map { slot in
            switch slot {
            case .gap(let count): more(count)
            case .shown(let head): parts.apart[head].elided(columns: columns).showing(rows: shown).any
            }
        }
    }

    private var joined: Matrix {
        let drawn = drawn.shown
        let own = Elision(width, most: columns).shown
        let places = drawn.flatMap { head in own.map { head * width + $0 } }
        return drawn.reduce(parts.joined.showing(rows: shown, columns: places)) { matrix, head in
            matrix.anchoring(
                "below \(head)", rows: 0...(shown.last ?? 0),
                columns: (head * width)...(head * width + max(1, width) - 1))
        }
    }

    private func more(_ count: Int) -> AnyMark {
        let words = Phrase(en: "{count} more heads", zh: "还有 {count} 个头").filled(["count": Phrase(String(count))])
        return Text(words).font(.small).color(.muted).wrapped(width: 60).aligned(.center).any
    }

    /// A filled band from the foot of one box to the head of another, clear of the frames and of the name below.
    static func band(_ above: Rect, _ below: Rect, _ color: Color, _ canvas: inout Canvas) {
        let (top, bottom) = (above.maxY + 6, below.minY - 6)
        let middle = (top + bottom) / 2
        var path = Path()
        path.move(to: Point(above.minX, top))
        path.curve(to: Point(below.minX, bottom), Point(above.minX, middle), Point(below.minX, middle))
        path.line(to: Point(below.maxX, bottom))
        path.curve(to: Point(above.maxX, top), Point(below.maxX, middle), Point(above.maxX, middle))
        path.close()
        canvas.fill(path, color)
    }
}
