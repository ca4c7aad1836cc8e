import Drawing
import Tracing
import Wording

/// Tensors one under the other in the order in which they are made, their widths to one scale.
struct ShapeLadder: Mark {
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

    private struct Layout {
        var names: Double
        var shapes: Double
        var bracket: Double
        var area: Double
        var pitch: Double
        var unit: Double
        /// More units than this are drawn broken.
        var most: Int
        var size: Size
    }

    private static let leastPitch = 17.0
    private static let partGap = 3.0

    private func layout(_ space: Space) -> Layout {
        let room = space.room(or: Size(1200, 520))
        let names = rungs.map { space.width(of: space.text($0.name), .small.semibold) }.max() ?? 0
        let shapes = rungs.map { space.width(of: Numbers.shape($0.shape), .mono(.small)) }.max() ?? 0
        let bracket = repeats.map { space.width(of: space.text($0), .label.semibold) + 34 } ?? 0
        let pitch = min(58, max(Self.leastPitch, room.height / Double(max(1, rungs.count))))
        let area = max(160, room.width - names - shapes - bracket - 44)
        // The widest sets the scale, unless it alone would make all others thin.
        let sorted = rungs.map { $0.units }.sorted(by: >)
        let widest = sorted.first ?? 1
        let ordinary = sorted.first { Double($0) * 2.2 < Double(widest) } ?? widest
        let repeated = rungs.filter { $0.isRepeated }.map { $0.units }.max() ?? ordinary
        let most = widest > repeated * 2 ? max(repeated, ordinary) * 3 / 2 : widest
        return Layout(
            names: names, shapes: shapes, bracket: bracket, area: area, pitch: pitch,
            unit: area / Double(max(1, most)), most: most,
            size: Size(names + shapes + bracket + 44 + area, pitch * Double(rungs.count)))
    }

    func extent(in space: Space) -> Extent { Extent(layout(space).size) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let layout = layout(space)
        let theme = space.theme
        let nameX = rect.minX + layout.bracket + layout.names
        let left = nameX + 22
        paintRepeat(rect, layout, space, &canvas)
        var last: Rect?
        for (place, rung) in rungs.enumerated() {
            let y = rect.minY + (Double(place) + 0.5) * layout.pitch
            let height = min(34, layout.pitch * 0.66)
            let isBroken = rung.units > layout.most
            let gaps = Self.partGap * Double(max(0, rung.parts.count - 1))
            let width = max(6, Double(min(rung.units, layout.most)) * layout.unit) + gaps
            let body = Rect(left, y - height / 2, min(width, layout.area), height)
            if let last, layout.pitch - height > 6 {
                let (top, bottom) = (last.maxY + 1.5, body.minY - 1.5)
                canvas.fill(
                    .polyline(
                        [
                            Point(last.minX, top), Point(last.maxX, top), Point(body.maxX, bottom),
                            Point(body.minX, bottom),
                        ], closed: true), theme.panel)
            }
            var end = body.maxX
            if rung.chips.isEmpty {
                paintParts(rung, body, space, &canvas)
                if isBroken { paintBreak(body, space, &canvas) }
            } else {
                end = paintChips(rung.chips, body, layout, space, &canvas)
            }
            canvas.text(
                space.text(rung.name), at: Point(nameX, y), .small.semibold,
                theme.accent(rung.parts.first?.role ?? .token), .trailing, in: space)
            canvas.text(
                Numbers.shape(rung.shape), at: Point(end + 14, y), .mono(.small), theme.ink, .leading, in: space)
            last = rung.chips.isEmpty ? body : nil
        }
    }

    /// The tokens in a row, as many as there is room for; returns where they end.
    private func paintChips(
        _ chips: [TokenLabel], _ body: Rect, _ layout: Layout, _ space: Space, _ canvas: inout Canvas
    ) -> Double {
        var x = body.minX
        for (place, label) in chips.enumerated() {
            let chip = Chip(label).font(.small)
            let size = chip.size(in: space)
            guard x + size.width < body.minX + layout.area - 90 else {
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

    private func paintRepeat(_ rect: Rect, _ layout: Layout, _ space: Space, _ canvas: inout Canvas) {
        guard let repeats, let first = rungs.firstIndex(where: { $0.isRepeated }),
            let last = rungs.lastIndex(where: { $0.isRepeated })
        else { return }
        let top = rect.minY + Double(first) * layout.pitch + 3
        let bottom = rect.minY + Double(last + 1) * layout.pitch - 3
        let x = rect.minX + layout.bracket - 22
        let stroke = Stroke(space.theme.muted, width: 2)
        canvas.stroke(
            .polyline([Point(x + 10, top), Point(x, top), Point(x, bottom), Point(x + 10, bottom)]), stroke)
        canvas.text(
            space.text(repeats), at: Point(x - 10, (top + bottom) / 2), .label.semibold, space.theme.ink, .trailing,
            in: space)
    }
}
