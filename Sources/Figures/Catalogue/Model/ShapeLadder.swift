import Drawing
import Tracing
import Wording

/// Tensors one under the other in the order in which they are made, their widths to one scale.
struct ShapeLadder: ComposedMark {
    struct Rung: Sendable {
        var name: Phrase
        var shape: [Int]
        /// The pictures side by side: one, or one a head.
        var parts: [Thumbnail]
        /// How many numbers wide all parts are together.
        var units: Int
        /// Tokens as chips, instead of a picture.
        var chips: [TokenLabel] = []
        /// Whether it belongs to what every layer repeats.
        var isRepeated: Bool
    }

    var rungs: [Rung]
    /// `× 4 layers`
    var repeats: Phrase?

    private static let partGap = 3.0

    /// More units than this are drawn broken: the widest sets the scale, unless it alone would make all others thin.
    private var most: Int {
        let sorted = rungs.map { $0.units }.sorted(by: >)
        let widest = sorted.first ?? 1
        let ordinary = sorted.first { Double($0) * 2.2 < Double(widest) } ?? widest
        let repeated = rungs.filter { $0.isRepeated }.map { $0.units }.max() ?? ordinary
        return max(1, widest > repeated * 2 ? max(repeated, ordinary) * 3 / 2 : widest)
    }

    func build(_ space: Space) -> AnyMark {
        let shapes = rungs.map { space.width(of: Numbers.shape($0.shape), .mono(.small)) }.max() ?? 0
        let bracket = repeats.map { space.width(of: space.text($0), .label.semibold) + 34 } ?? 0
        let tracks = [
            Table.Track(), Table.Track(alignment: 1), Table.Track((160 + shapes + 22)...(.infinity), gap: 22),
        ]
        return Table(rungs.count, tracks, pitch: 17...58, fewest: rungs.count) { place, _ in
            let rung = rungs[place]
            let role = rung.parts.first?.role ?? .token
            return Table.Row([
                Drawn(bracket, 0, stretch: .vertical) { _, _, _ in }.anchored("row \(place)").any,
                Text(rung.name).font(.small.semibold).color(.role(role)).any,
                Drawn(0, 0, stretch: .both) { rect, space, canvas in
                    let body = body(rung, rect, rect.width - shapes - 22)
                    if rung.chips.isEmpty { canvas.anchors["rung \(place)"] = body }
                    let end = paint(rung, body, rect.width - shapes - 22, space, &canvas)
                    canvas.text(
                        Numbers.shape(rung.shape), at: Point(end + 14, rect.midY), .mono(.small), space.theme.ink,
                        .leading, in: space)
                }.any,
            ])
        }.connected(under: true) { anchors, _, space, canvas in
            for place in rungs.indices.dropFirst() {
                guard let last = anchors["rung \(place - 1)"], let next = anchors["rung \(place)"],
                    next.minY - last.maxY > 6
                else { continue }
                let (top, bottom) = (last.maxY + 1.5, next.minY - 1.5)
                canvas.fill(
                    .polyline(
                        [
                            Point(last.minX, top), Point(last.maxX, top), Point(next.maxX, bottom),
                            Point(next.minX, bottom),
                        ], closed: true), space.theme.panel)
            }
            paintRepeat(anchors, space, &canvas)
        }.any
    }

    private func body(_ rung: Rung, _ rect: Rect, _ area: Double) -> Rect {
        let height = min(34, rect.height * 0.66)
        let gaps = Self.partGap * Double(max(0, rung.parts.count - 1))
        let width = max(6, Double(min(rung.units, most)) * area / Double(most)) + gaps
        return Rect(rect.minX, rect.midY - height / 2, min(width, area), height)
    }

    /// Returns where it ends.
    private func paint(
        _ rung: Rung, _ body: Rect, _ area: Double, _ space: Space, _ canvas: inout Canvas
    ) -> Double {
        guard rung.chips.isEmpty else { return paintChips(rung.chips, body, area, space, &canvas) }
        paintParts(rung, body, space, &canvas)
        if rung.units > most { paintBreak(body, space, &canvas) }
        return body.maxX
    }

    /// The tokens in a row, as many as there is room for; returns where they end.
    private func paintChips(
        _ chips: [TokenLabel], _ body: Rect, _ area: Double, _ space: Space, _ canvas: inout Canvas
    ) -> Double {
        var x = body.minX
        for (place, label) in chips.enumerated() {
            let chip = Chip(label).font(.small)
            let size = chip.size(in: space)
            guard x + size.width < body.minX + area - 90 else {
                let text = "⋯ \(space.more(chips.count - place))"
                canvas.text(text, at: Point(x, body.midY), .small, space.theme.muted, .leading, in: space)
                return x + space.width(of: text, .small)
            }
            chip.place(at: Point(x, body.midY), .leading, space, onto: &canvas)
            x += size.width + 6
        }
        return x - 6
    }

    private func paintParts(_ rung: Rung, _ body: Rect, _ space: Space, _ canvas: inout Canvas) {
        let count = Double(max(1, rung.parts.count))
        let width = (body.width - Self.partGap * (count - 1)) / count
        for (place, part) in rung.parts.enumerated() {
            let x = body.minX + Double(place) * (width + Self.partGap)
            part.paint(
                in: Rect(x, body.minY, max(1, width), body.height), lineWidth: width < 14 ? 1 : 2, space, onto: &canvas)
        }
    }

    /// Two slanted cuts: the rest of the width is left out.
    private func paintBreak(_ body: Rect, _ space: Space, _ canvas: inout Canvas) {
        let x = body.minX + body.width * 0.82
        let slant = 5.0
        let gap = Path.polyline(
            [
                Point(x - 5 + slant, body.minY - 3), Point(x + 5 + slant, body.minY - 3),
                Point(x + 5 - slant, body.maxY + 3), Point(x - 5 - slant, body.maxY + 3),
            ], closed: true)
        canvas.fill(gap, space.theme.paper)
        for side in [-5.0, 5.0] {
            canvas.line(
                Point(x + side + slant, body.minY - 3), Point(x + side - slant, body.maxY + 3),
                Stroke(space.theme.muted, width: 1.5))
        }
    }

    /// A bracket round the rows that every layer repeats.
    private func paintRepeat(_ anchors: [String: Rect], _ space: Space, _ canvas: inout Canvas) {
        let rows = rungs.indices.filter { rungs[$0].isRepeated }.compactMap { anchors["row \($0)"] }
        guard let repeats, let first = rows.first, let last = rows.last else { return }
        let (x, top, bottom) = (first.maxX - 22, first.minY + 3, last.maxY - 3)
        canvas.stroke(
            .polyline([Point(x + 10, top), Point(x, top), Point(x, bottom), Point(x + 10, bottom)]),
            Stroke(space.theme.muted, width: 2))
        canvas.text(
            space.text(repeats), at: Point(x - 10, (top + bottom) / 2), .label.semibold, space.theme.ink, .trailing,
            in: space)
    }
}
