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
    }

    var rows: [Row]
    /// How many stages the gradient has reached.
    var reached: Int
    var titles: (vectors: Phrase, weights: Phrase)

    private static func largest(_ sizes: [Double]) -> Double {
        sizes.isEmpty ? 1 : sizes.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    }

    func build(_ space: Space) -> AnyMark {
        // The loss’s own gradient is always 1: a number to start from, no size to compare.
        let vectors = Self.largest(rows.dropFirst().map { $0.size })
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
                let size = limit == .infinity && value.isFinite ? 0 : value
                return Bar(size, limit: limit, tint, text: Numbers.significant(value)).font(.mono(.label))
                    .length(0, words: numbers)
            }
            let tag = Tag(step: row.step.description)
            let pale = Tint.fixed(space.theme.accent(.gradient).opacity(0.55))
            let line = Table.Row([
                Blank(44, 20).anchored("\(index)").any, name.any,
                bar(row.size, index == 0 ? .infinity : vectors, .role(.gradient)).tagged(tag).any,
                bar(row.weights, weights, pale).any,
            ])
            guard isReached else { return line }
            return line.explained(
                "\(space.text(row.name)): \(row.step), \(Numbers.significant(row.size))", tag: tag)
        }.gaps(track: 1).connected { anchors, _, space, canvas in
            way(anchors, most: vectors, space.theme, &canvas)
        }.any
    }

    /// Downwards from the loss, from stage to stage.
    private func way(_ anchors: [String: Rect], most: Double, _ theme: Theme, _ canvas: inout Canvas) {
        var last: Rect?
        for (index, row) in rows.enumerated() {
            guard let stage = anchors["\(index)"] else { continue }
            let (x, y) = (stage.midX, stage.midY)
            if let last {
                let isReached = index < reached
                let share = most > 0 && row.size.isFinite ? min(1, row.size / most) : 0
                let width = isReached ? 2 + 8 * share : 2
                let color = isReached ? theme.accent(.gradient) : theme.hairline
                let head = min(16, (y - last.midY) * 0.42)
                canvas.line(Point(x, last.midY), Point(x, y - head), Stroke(color, width: width, isRound: false))
                canvas.fill(
                    .arrowHead(
                        from: Point(x, last.midY), tip: Point(x, y - 3), length: head,
                        width: max(head * 0.9, width * 1.7)), color)
            } else {
                canvas.fill(.circle(stage.center, radius: 6), theme.accent(.gradient))
            }
            last = stage
        }
    }
}
