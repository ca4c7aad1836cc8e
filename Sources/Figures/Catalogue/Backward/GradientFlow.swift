import Drawing
import Tracing
import Wording

/// The stages of a model from the loss down to the embedding, with the size of the gradient that arrives at each and
/// of the gradient of the weights there; beside them the way back as a line, the thicker the larger.
struct GradientFlow: ComposedMark {
    struct Row: Sendable {
        var name: Phrase
        var role: Role
        /// The gradient that arrives.
        var step: StepName
        var size: Double
        /// The joint gradient of the stage's weights; nil where it has none.
        var weights: Double?
        /// Whether it lies beside the residual path, which goes straight on.
        var isBranch = false
    }

    var rows: [Row]
    /// How many stages the gradient has reached.
    var reached: Int
    var titles: (vectors: Phrase, weights: Phrase)

    private static func largest(_ sizes: [Double]) -> Double {
        sizes.isEmpty ? 1 : sizes.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    }

    func build(_ space: Space) -> AnyMark {
        let vectors = Self.largest(rows.map { $0.size })
        let weights = Self.largest(rows.compactMap { $0.weights })
        let numbers =
            rows.flatMap { [$0.size, $0.weights].compactMap { $0 } }
            .map { space.width(of: Numbers.significant($0), .mono(.label)) }.max() ?? 0
        func track(_ title: Phrase) -> Table.Track {
            let head = Text(title).font(.label.semibold).color(.role(.gradient))
            let least = max(100 + numbers, head.size(in: space).width)
            return Table.Track(least...440 + max(numbers, least), gap: 26, rule: 0, head: head.any)
        }
        let tracks = [Table.Track(), Table.Track(gap: 12), track(titles.vectors), track(titles.weights)]
        return Table(rows.count, tracks, pitch: 24...66, header: 34) { index, _ in
            let row = rows[index]
            let isReached = index < reached
            let name = Text(row.name).font(index == reached - 1 ? .label.semibold : .label)
                .color(isReached ? .role(row.role) : .muted)
            func bar(_ value: Double?, _ limit: Double, _ tint: Tint) -> Bar {
                // What is not reached keeps its room.
                guard isReached, let value else { return Bar(nil, limit: 1).length(0, words: numbers) }
                return Bar(value, limit: limit, tint, text: Numbers.significant(value)).font(.mono(.label))
                    .length(0, words: numbers)
            }
            let tag = Tag(step: row.step.description)
            let pale = Tint.fixed(space.theme.accent(.gradient).opacity(0.55))
            let line = Table.Row([
                Blank(76, 20).anchored("\(index)").any, name.any,
                bar(row.size, vectors, .role(.gradient)).tagged(tag).any,
                bar(row.weights, weights, pale).any,
            ])
            guard isReached else { return line }
            return line.explained(
                "\(space.text(row.name)): \(row.step), \(Numbers.significant(row.size))", tag: tag)
        }.gaps(track: 1).connected { anchors, _, space, canvas in
            way(anchors, most: vectors, space.theme, &canvas)
        }.any
    }

    /// Downwards from the loss. What lies beside the residual path takes the gradient in and hands its own back to the
    /// path, which meanwhile goes straight on.
    private func way(_ anchors: [String: Rect], most: Double, _ theme: Theme, _ canvas: inout Canvas) {
        var last: (rect: Rect, size: Double)?
        for (index, row) in rows.enumerated() {
            guard let stage = anchors["\(index)"] else { continue }
            let (x, y) = (stage.minX + 20, stage.midY)
            let isReached = index < reached
            let color = isReached ? theme.accent(.gradient) : theme.hairline
            func width(_ size: Double) -> Double {
                isReached && most > 0 && size.isFinite ? 2 + 7 * min(1, size / most) : 2
            }
            if let last {
                let width = width(row.size)
                let head = row.isBranch ? 0 : min(14, (y - last.rect.midY) * 0.4)
                canvas.line(
                    Point(x, last.rect.midY), Point(x, y - head), Stroke(color, width: width, isRound: false))
                if head > 0 {
                    canvas.fill(
                        .arrowHead(
                            from: Point(x, last.rect.midY), tip: Point(x, y), length: head,
                            width: max(head * 0.9, width * 1.6)), color)
                }
            } else {
                canvas.fill(.circle(Point(x, y), radius: 6), color)
            }
            if row.isBranch, let next = anchors["\(index + 1)"] {
                branch(from: Point(x, y), to: min(next.midY, y + stage.height) - 4, row, color, theme, &canvas)
            }
            last = (stage, row.size)
        }
    }

    private func branch(
        from start: Point, to bottom: Double, _ row: Row, _ color: Color, _ theme: Theme, _ canvas: inout Canvas
    ) {
        let side = start.x + 36
        canvas.fill(.circle(start, radius: 4), color)
        canvas.arrow(
            .polyline([
                start, Point(side, start.y), Point(side, (start.y + bottom) / 2 + 2),
                Point(start.x + 5, (start.y + bottom) / 2 + 2),
            ]), Stroke(color, width: 2), head: 8)
        canvas.fill(.circle(Point(side, start.y), radius: 6), theme.accent(row.role))
    }
}
