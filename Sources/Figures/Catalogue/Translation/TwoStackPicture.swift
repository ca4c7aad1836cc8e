import Drawing
import Wording

/// Two columns of boxes, upwards; shapes on the outer sides, and the way from the memory to the cross-attention between.
struct TwoStackPicture: Mark {
    var levels: TwoStackLevels

    private struct Measures {
        var font: Font
        var box: Double
        var gap: Double
        var left: Double
        var right: Double
        var leftShapes: Double
        var rightShapes: Double
        var bracket: Double
        var middle: Double

        var width: Double { leftShapes + bracket + left + middle + right + bracket + rightShapes }
    }

    private func measure(_ space: Space, room: Rect? = nil) -> Measures {
        let font = space.density.label
        func widest(_ boxes: [TwoStackLevels.Box]) -> Double {
            (boxes.map { space.width(of: space.text($0.words), font) }.max() ?? 0) + font.size * 1.6
        }
        func shapes(_ boxes: [TwoStackLevels.Box]) -> Double {
            (boxes.map { space.width(of: Numbers.shape($0.shape), .mono(.small)) }.max() ?? 0) + 14
        }
        let times = [levels.encoderLayers, levels.decoderLayers].map { space.width(of: "\($0) ×", font.semibold) }
        var m = Measures(
            font: font, box: (font.size * 1.95).rounded(), gap: max(9, space.density.gap * 0.5),
            left: widest(levels.encoder), right: widest(levels.decoder), leftShapes: shapes(levels.encoder),
            rightShapes: shapes(levels.decoder), bracket: (times.max() ?? 0) + 34, middle: max(132, font.size * 8))
        if let room {
            m.middle += min(max(0, room.width - m.width), 160)
            let count = Double(max(levels.encoder.count, levels.decoder.count))
            let free = room.height - line(m) - (count * m.box + (count - 1) * m.gap + Self.margin * 2)
            if free > 0, count > 1 { m.gap += min(free / (count - 1), m.gap * 1.6) }
        }
        return m
    }

    private static let margin = 10.0

    func extent(in space: Space) -> Extent {
        let m = measure(space)
        let count = Double(max(levels.encoder.count, levels.decoder.count))
        return Extent(m.width, count * m.box + (count - 1) * m.gap + 2 * Self.margin + line(m))
    }

    /// The texts under the columns.
    private func line(_ m: Measures) -> Double { levels.sourceText.isEmpty ? 0 : m.font.size * 1.7 }

    func place(in whole: Rect, _ space: Space, onto canvas: inout Canvas) {
        let m = measure(space, room: whole)
        let rect = Rect(whole.minX, whole.minY, whole.width, whole.height - line(m))
        let start = rect.minX + max(0, rect.width - m.width) / 2
        let left = Rect(start + m.leftShapes + m.bracket, rect.minY, m.left, rect.height)
        let right = Rect(left.maxX + m.middle, rect.minY, m.right, rect.height)
        // The encoder stands as high as the decoder, so that the blocks begin side by side.
        let bottoms = [levels.encoder, levels.decoder].map { boxes in
            boxes.indices.map { rect.maxY - Double($0 + 1) * m.box - Double($0) * m.gap - Self.margin }
        }
        let encoder = zip(levels.encoder, bottoms[0]).map { ($0, Rect(left.minX, $1, left.width, m.box)) }
        let decoder = zip(levels.decoder, bottoms[1]).map { ($0, Rect(right.minX, $1, right.width, m.box)) }
        frame(encoder, levels.encoderLayers, isLeft: true, m, space, &canvas)
        frame(decoder, levels.decoderLayers, isLeft: false, m, space, &canvas)
        column(encoder, isLeft: true, m, space, &canvas)
        column(decoder, isLeft: false, m, space, &canvas)
        if line(m) > 0 {
            // Each text keeps to its own half of the page.
            let middle = left.maxX + m.middle / 2
            for (text, column, room) in [
                (levels.sourceText, left, 2 * (middle - left.midX) - 16),
                (levels.targetText, right, 2 * (right.midX - middle) - 16),
            ] {
                var shown = "“\(text)”"
                while shown.count > 4, space.width(of: shown, m.font) > room {
                    shown = "“" + shown.dropFirst().prefix(max(shown.count - 4, 1)) + "…”"
                }
                canvas.text(
                    shown, at: Point(column.midX, rect.maxY + line(m) / 2 - 2), m.font, space.theme.muted, in: space)
            }
        }
        guard let from = encoder.last?.1, let to = decoder.first(where: { $0.0.readsMemory })?.1 else { return }
        let middle = from.maxX + m.middle / 2
        canvas.arrow(
            .polyline([
                Point(from.maxX, from.midY), Point(middle, from.midY), Point(middle, to.midY),
                Point(to.minX - 3, to.midY),
            ]), Stroke(space.theme.accent(.key), width: 3), head: 12)
        canvas.text(
            "K, V", at: Point(middle - 8, (from.midY + to.midY) / 2), .math(size: m.font.size),
            space.theme.accent(.key), .trailing, in: space)
    }

    private func frame(
        _ boxes: [(TwoStackLevels.Box, Rect)], _ layers: Int, isLeft: Bool, _ m: Measures, _ space: Space,
        _ canvas: inout Canvas
    ) {
        let inside = boxes.filter { $0.0.isInBlock }.map { $0.1 }
        guard let first = inside.first, let last = inside.last else { return }
        let frame = Rect(first.minX - 12, last.minY - 7, first.width + 24, first.maxY - last.minY + 14)
        canvas.fill(
            .rounded(frame, radius: 12), space.theme.panel.mixed(with: space.theme.paper, 0.35),
            stroke: Stroke(space.theme.muted, width: 1.5, dashes: [6, 5]))
        canvas.text(
            "\(layers) ×", at: Point(isLeft ? frame.minX - 8 : frame.maxX + 8, frame.minY + 12), m.font.semibold,
            space.theme.ink, isLeft ? .trailing : .leading, in: space)
    }

    private func column(
        _ boxes: [(TwoStackLevels.Box, Rect)], isLeft: Bool, _ m: Measures, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        for (index, (box, rect)) in boxes.enumerated() {
            canvas.fill(
                .rounded(rect, radius: 8), theme.tint(box.role), stroke: Stroke(theme.accent(box.role), width: 2),
                tag: box.tag)
            canvas.text(space.text(box.words), at: Point(rect.midX, rect.midY), m.font, theme.ink, in: space)
            canvas.text(
                Numbers.shape(box.shape),
                at: Point(isLeft ? rect.minX - m.bracket + 4 : rect.maxX + m.bracket - 4, rect.midY), .mono(.small),
                theme.muted, isLeft ? .trailing : .leading, in: space)
            canvas.hotSpot(rect, space.text(box.words), tag: box.tag)
            guard index + 1 < boxes.count else { continue }
            let above = boxes[index + 1].1
            canvas.arrow(
                Point(rect.midX, rect.minY), Point(rect.midX, above.maxY + 2),
                Stroke(theme.accent(.residual), width: 2.5), head: min(9, m.gap * 0.7))
        }
    }
}
