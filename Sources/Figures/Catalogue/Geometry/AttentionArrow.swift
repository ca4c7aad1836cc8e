import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// Attention as an arrow: in the plane of a token's vector and of what attention adds, both and their sum, with true
/// lengths and angles.
package enum AttentionArrow: TraceFigure {
    package static let id = "attention-arrow"
    package static let title = Phrase(en: "Attention adds an arrow", zh: "注意力加上一个箭头")
    package static let scope = FigureScope.perLayer
    package static let isOfEachStack = true
    package static let shows: [Label] = [.attentionOut, .residualPre, .residualMid]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        guard let before = request.trace[request.name(.residualPre)],
            let added = request.trace[request.name(.attentionOut)],
            let sum = request.trace[request.name(.residualMid)]
        else { return false }
        return sum.shape.rank == 3 && sum.shape[1] > 0 && sum.tensor.isNearlySum(of: [before.tensor, added.tensor])
            && !arrows(request).isEmpty
    }

    /// Those of the tokens that have a length.
    private static func arrows(_ request: FigureRequest) -> [AddedArrow] {
        guard let before = request.trace[request.name(.residualPre)],
            let added = request.trace[request.name(.attentionOut)]
        else { return [] }
        let labels = request.labels
        return (0..<before.rows).compactMap { place in
            AddedArrow(
                labels.indices.contains(place) ? labels[place] : TokenLabel(String(place)), place: place,
                before.row(0, place), added.row(0, place))
        }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let all = arrows(request)
        guard let focus = all.last(where: { $0.place <= request.focus }) ?? all.first else {
            throw request.missing(.attentionOut)
        }
        let others = all.filter { $0.place != focus.place }
        let tags = (
            x: Tag(step: request.name(.residualPre).description, index: [0, focus.place]),
            added: Tag(step: request.name(.attentionOut).description, index: [0, focus.place]),
            sum: Tag(step: request.name(.residualMid).description, index: [0, focus.place])
        )
        let takeaway = takeaway(focus, request)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "A token's vector, what attention adds to it, and their sum: lengths and angles as they are.",
                zh: "词元的向量、注意力加上的向量与两者之和：长度和角度都按实际画出。"),
            here: MiniMap(.attention, of: request),
            formula: Formula(#"\role{residual}{h'} = \role{residual}{h} + \role{attention output}{o}"#),
            takeaway: takeaway,
            note: others.isEmpty
                ? nil
                : Phrase(
                    en: "Each picture lies in a plane of its own and has its own scale.",
                    zh: "每幅小图各在自己的平面上，比例各不相同。"),
            altText: request.altText(altText(focus), takeaway)
        ) { _ in ArrowPanels(focus: focus, others: others, tags: tags).steady() }
    }

    private static func takeaway(_ focus: AddedArrow, _ request: FigureRequest) -> Phrase {
        Phrase(
            en:
                "To {token} attention adds a vector {ratio} times as long, at {angle} to it; the sum has turned by {turn} and is {growth} times as long.",
            zh: "注意力给{token}加上的向量，长度是原来的 {ratio} 倍，与它成 {angle} 角；相加后方向转了 {turn}，长度变为 {growth} 倍。"
        ).filled([
            "token": request.labels.name(focus.place),
            "ratio": Phrase(Numbers.significant(focus.added / focus.x, digits: 2)),
            "angle": Phrase(degrees(cosine: focus.cosine)), "turn": Phrase(degrees(cosine: focus.turnCosine)),
            "growth": Phrase(Numbers.significant(focus.sum / focus.x, digits: 2)),
        ])
    }

    private static func altText(_ focus: AddedArrow) -> Phrase {
        Phrase(
            en:
                "A triangle of arrows: one of length {x} to the right, from its tip one of length {added} at {angle}, and from the beginning of the first to the end of the second their sum of length {sum}. Small triangles of the same kind for other tokens.",
            zh:
                "一个由箭头组成的三角形：先是向右、长 {x} 的一条，再从它的末端出发、长 {added}、夹角 {angle} 的一条，最后从起点到终点、长 {sum} 的和。旁边是其他词元的同类小图。"
        ).filled([
            "x": Phrase(Numbers.significant(focus.x)), "added": Phrase(Numbers.significant(focus.added)),
            "angle": Phrase(degrees(cosine: focus.cosine)), "sum": Phrase(Numbers.significant(focus.sum)),
        ])
    }
}

/// A vector and what is added to it, by their lengths and the angle between them.
struct AddedArrow: Sendable {
    let label: TokenLabel
    let place: Int
    let x: Double
    let added: Double
    let sum: Double
    let cosine: Double
    /// Of the angle between the vector and the sum.
    let turnCosine: Double

    init?(_ label: TokenLabel, place: Int, _ vector: [Float], _ addition: [Float]) {
        let sum = vector.adding(addition)
        self.label = label
        self.place = place
        (x, added, self.sum) = (vector.norm, addition.norm, sum.norm)
        (cosine, turnCosine) = (vector.cosine(addition), vector.cosine(sum))
        guard x > 0, added > 0, self.sum > 0, x.isFinite, added.isFinite, cosine.isFinite, turnCosine.isFinite else {
            return nil
        }
    }

    /// The three corners with the vector to the right and the addition upwards, in the vector's units.
    var corners: [Point] {
        let height = added * max(0, 1 - cosine * cosine).squareRoot()
        return [.zero, Point(x, 0), Point(x + added * cosine, -height)]
    }
}

/// One token's triangle large, those of others small beside or under it.
private struct ArrowPanels: Mark {
    var focus: AddedArrow
    var others: [AddedArrow]
    var tags: (x: Tag, added: Tag, sum: Tag)

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent { Extent(space.isNarrow ? 380 : 460, 240) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let isWide = rect.width > rect.height * 1.2
        let side = space.density.label.size * 9
        let strip = isWide ? rect.width * 0.42 : rect.height * 0.4
        let room = Rect(
            isWide ? rect.maxX - strip : rect.minX, isWide ? rect.minY : rect.maxY - strip,
            isWide ? strip : rect.width, isWide ? rect.height : strip)
        let columns = max(1, min(isWide ? 2 : 3, Int(clamping: room.width / side)))
        let rows = max(1, min(isWide ? 3 : 2, Int(clamping: room.height / (side * 0.8))))
        let shown = Array(others.suffix(columns * rows))
        guard !shown.isEmpty, min(rect.width, rect.height) > side * 1.5 else {
            large(rect, space, &canvas)
            return
        }
        let used = (shown.count + columns - 1) / columns
        let main =
            isWide
            ? Rect(rect.minX, rect.minY, rect.width - strip - 30, rect.height)
            : Rect(rect.minX, rect.minY, rect.width, rect.height - strip - 24)
        large(main, space, &canvas)
        let cell = Size(room.width / Double(min(columns, shown.count)), room.height / Double(used))
        for (order, arrow) in shown.enumerated() {
            let box = Rect(
                room.minX + Double(order % columns) * cell.width, room.minY + Double(order / columns) * cell.height,
                cell.width, cell.height)
            small(arrow, box.inset(by: 8), space, &canvas)
        }
    }

    /// The corners in a box, as large as they fit.
    private func fit(_ corners: [Point], in box: Rect) -> [Point] {
        let (xs, ys) = (corners.map { $0.x }, corners.map { $0.y })
        let (left, right) = (xs.min() ?? 0, xs.max() ?? 1)
        let (top, bottom) = (ys.min() ?? 0, ys.max() ?? 0)
        let scale = min(box.width / max(right - left, 1e-12), box.height / max(bottom - top, 1e-12))
        let middle = Point((left + right) / 2, (top + bottom) / 2)
        return corners.map { box.center + ($0 - middle) * scale }
    }

    private func large(_ rect: Rect, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        let font = space.density.label.semibold
        let words = [
            space.text(Phrase(en: "its vector ", zh: "原向量 ")) + Numbers.significant(focus.x),
            space.text(Phrase(en: "attention ", zh: "注意力 ")) + Numbers.significant(focus.added),
            space.text(Phrase(en: "sum ", zh: "和 ")) + Numbers.significant(focus.sum),
        ]
        let width = words.map { space.width(of: $0, font) }.max() ?? 0
        let high = font.size * 1.8
        // The words of the second arrow stand to its right, those of the sum over its middle.
        let box = rect.inset(
            by: Insets(top: high + 14, left: max(20, width * 0.4), bottom: high + 14, right: width + 28))
        let corners = fit(focus.corners, in: box)
        let chip = Chip(focus.label, tint: .role(.token), lit: true)
        let size = chip.size(in: space)
        chip.place(in: Rect(rect.minX, rect.minY, size.width, size.height), space, onto: &canvas)
        let colors = [theme.accent(.residual), theme.accent(.attentionOutput), theme.ink]
        let ends = [(corners[0], corners[1]), (corners[1], corners[2]), (corners[0], corners[2])]
        angle(corners, space, &canvas)
        var taken: [Rect] = []
        for (order, end) in ends.enumerated() {
            canvas.arrow(end.0, end.1, Stroke(colors[order], width: 4.5), head: 20)
            let tag = [tags.x, tags.added, tags.sum][order]
            let low = Point(min(end.0.x, end.1.x), min(end.0.y, end.1.y))
            canvas.hotSpot(
                Rect(low.x - 6, low.y - 6, abs(end.1.x - end.0.x) + 12, abs(end.1.y - end.0.y) + 12), words[order],
                tag: tag)
            let opposite = [corners[2], corners[0], corners[1]][order]
            label(words[order], end, away: opposite, font, colors[order], within: rect, space, &canvas, &taken)
        }
    }

    /// Words outside the triangle, their nearest corner beside the middle of an arrow.
    private func label(
        _ words: String, _ line: (Point, Point), away opposite: Point, _ font: Font, _ color: Color,
        within rect: Rect, _ space: Space, _ canvas: inout Canvas, _ taken: inout [Rect]
    ) {
        var normal = (line.1 - line.0).unit.turned
        let middle = (line.0 + line.1) * 0.5
        let inward = (opposite - middle).x * normal.x + (opposite - middle).y * normal.y
        if inward > 0 { normal = normal * -1 }
        // Of a triangle that is as good as flat the sum goes above, its parts below.
        if abs(inward) < 3, line.1.y >= line.0.y { normal = Point(0, 1) }
        let point = middle + normal * 14
        let width = space.width(of: words, font)
        let isUpright = abs(normal.x) < 0.12
        var x = isUpright ? point.x - width / 2 : normal.x > 0 ? point.x : point.x - width
        x = min(max(x, rect.minX), rect.maxX - width)
        var y = normal.y <= 0 ? point.y - font.size * 0.7 : point.y + font.size * 0.7
        // Beside an arrow that is nearly a point others' words may stand already: a line further on.
        let high = font.size * 1.3
        for _ in 0..<2 where taken.contains(where: { $0.intersection(Rect(x, y - high / 2, width, high)) != nil }) {
            y += normal.y <= 0 ? -high : high
        }
        taken.append(Rect(x, y - high / 2, width, high))
        canvas.text(words, at: Point(x, y), font, color, .leading, in: space)
    }

    /// The angle that the vector turns by, at the beginning of both.
    private func angle(_ corners: [Point], _ space: Space, _ canvas: inout Canvas) {
        let turn = acos(max(-1, min(1, focus.turnCosine)))
        let radius = min(70, (corners[1] - corners[0]).length * 0.4, (corners[2] - corners[0]).length * 0.4)
        guard turn > 0.06, radius > 14 else { return }
        let points = (0...24).map { step -> Point in
            let part = turn * Double(step) / 24
            return corners[0] + Point(cos(part) * radius, -sin(part) * radius)
        }
        canvas.stroke(.polyline(points), Stroke(space.theme.muted, width: 2))
        let text = degrees(cosine: focus.turnCosine)
        let half = space.width(of: text, .mono(space.density.label)) / 2
        let reach = radius + half + 10
        // Only where it fits between the two arrows.
        guard turn > 0.5, reach < (corners[1] - corners[0]).length * 0.8,
            turn > 2.2 || reach * sin(turn / 2) > space.density.label.size * 1.1 + half * 0.4
        else { return }
        canvas.text(
            text, at: corners[0] + Point(cos(turn / 2) * reach, -sin(turn / 2) * reach),
            .mono(space.density.label), space.theme.muted, in: space)
    }

    private func small(_ arrow: AddedArrow, _ rect: Rect, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        let foot = space.density.label.size * 3.4
        let box = Rect(rect.minX + 12, rect.minY + 8, max(1, rect.width - 24), max(1, rect.height - foot - 16))
        let corners = fit(arrow.corners, in: box)
        for (line, color) in [
            ((corners[0], corners[1]), theme.accent(.residual)),
            ((corners[1], corners[2]), theme.accent(.attentionOutput)),
            ((corners[0], corners[2]), theme.ink),
        ] { canvas.arrow(line.0, line.1, Stroke(color, width: 2.5), head: 10) }
        let font = space.density.label
        let name = space.shortened(arrow.label.display, arrow.label.font(font), to: rect.width)
        canvas.text(
            name, at: Point(rect.midX, rect.maxY - foot + font.size * 0.9), arrow.label.font(font), theme.ink, in: space
        )
        canvas.text(
            "× \(Numbers.significant(arrow.added / arrow.x, digits: 2)) · \(degrees(cosine: arrow.cosine))",
            at: Point(rect.midX, rect.maxY - font.size * 0.8), .mono(.small), theme.muted, in: space)
    }
}
