import Drawing
import Wording

/// Two columns of boxes, upwards; shapes on the outer sides, and the way from the memory to the cross-attention between.
struct TwoStackPicture: ComposedMark {
    var levels: TwoStackLevels

    func build(_ space: Space) -> AnyMark {
        let font = space.density.label
        let encoder = column(levels.encoder, levels.encoderLayers, isLeft: true, space)
        let decoder = column(levels.decoder, levels.decoderLayers, isLeft: false, space)
        let least = space.width < space.height ? max(70, font.size * 4.5) : max(132, font.size * 8)
        let width = encoder.size(in: space).width + decoder.size(in: space).width + least
        let middle = least + (space.width.isFinite ? min(max(0, space.width - width), 160) : 0)
        // The texts stand under the columns.
        let line = levels.sourceText.isEmpty ? 0 : font.size * 1.7
        return HStack(.bottom, spacing: middle) {
            encoder
            decoder
        }.padding(Insets(bottom: line)).connected { anchors, rect, space, canvas in
            guard let source = anchors["encoder 0"], let target = anchors["decoder 0"] else { return }
            let center = (source.maxX + target.minX) / 2
            if line > 0 {
                // Each text keeps to its own half of the picture.
                for (text, column) in [(levels.sourceText, source), (levels.targetText, target)] {
                    let inside = abs(center - column.midX) - 20
                    let outside = min(column.midX - rect.minX, rect.maxX - column.midX) - font.size * 0.5
                    let shown = "“" + space.shortened(text, font, to: 2 * min(inside, outside)) + "”"
                    canvas.text(
                        shown, at: Point(column.midX, rect.maxY - line / 2 - 2), font, space.theme.muted, in: space)
                }
            }
            paintMemory(anchors, font, space, &canvas)
        }.any
    }

    static func times(_ layers: Int) -> Phrase {
        Phrase(en: layers == 1 ? "1 layer" : "× \(layers) layers", zh: "× \(layers) 层")
    }

    private func column(_ boxes: [TwoStackLevels.Box], _ layers: Int, isLeft: Bool, _ space: Space) -> AnyMark {
        let shapes = (boxes.map { space.width(of: Numbers.shape($0.shape), .mono(.small)) }.max() ?? 0) + 14
        let anchor = isLeft ? "encoder" : "decoder"
        return Stream(
            boxes.map {
                Stream.Level(.box(Stream.Box($0.words, $0.role, tag: $0.tag)), repeated: $0.isInBlock, note: "")
            }, upright: true, frame: (Self.times(layers), "")
        ).column(of: max(levels.encoder.count, levels.decoder.count), anchor: anchor, mirrored: !isLeft)
            .padding(Insets(left: isLeft ? shapes : 0, right: isLeft ? 0 : shapes))
            .connected { anchors, rect, space, canvas in
                let x = isLeft ? rect.minX + shapes - 10 : rect.maxX - shapes + 10
                for (index, box) in boxes.enumerated() {
                    guard let place = anchors["\(anchor) \(index)"] else { continue }
                    canvas.text(
                        Numbers.shape(box.shape), at: Point(x, place.midY), .mono(.small), space.theme.muted,
                        isLeft ? .trailing : .leading, in: space)
                }
                paintResiduals(boxes, anchors, anchor, isLeft, space, &canvas)
            }.any
    }

    /// How far a residual path stands off the boxes.
    private static let reach = 20.0

    /// Round each part, from the line below it to the side of the sum behind it.
    private func paintResiduals(
        _ boxes: [TwoStackLevels.Box], _ anchors: [String: Rect], _ anchor: String, _ isLeft: Bool, _ space: Space,
        _ canvas: inout Canvas
    ) {
        for (index, box) in boxes.enumerated() where box.isInBlock && box.sum != nil {
            guard let sum = anchors["\(anchor) \(index)"],
                let part = anchors["\(anchor) \(index - 1)"],
                let below = anchors["\(anchor) \(index - 2)"]
            else { continue }
            let start = Point(part.midX, (part.maxY + below.minY) / 2)
            let (side, edge) = isLeft ? (sum.minX - Self.reach, sum.minX - 2) : (sum.maxX + Self.reach, sum.maxX + 2)
            let stroke = Stroke(space.theme.accent(.residual), width: 2)
            canvas.fill(.circle(start, radius: 4), space.theme.accent(.residual))
            canvas.arrow(
                .polyline([start, Point(side, start.y), Point(side, sum.midY), Point(edge, sum.midY)]), stroke, head: 9)
        }
    }

    /// From the encoder's last box to the decoder's one that reads it.
    private func paintMemory(_ anchors: [String: Rect], _ font: Font, _ space: Space, _ canvas: inout Canvas) {
        guard let from = anchors["encoder \(levels.encoder.count - 1)"],
            let reader = levels.decoder.firstIndex(where: { $0.readsMemory }), let to = anchors["decoder \(reader)"]
        else { return }
        let middle = (from.maxX + to.minX) / 2
        canvas.arrow(
            .polyline([
                Point(from.maxX, from.midY), Point(middle, from.midY), Point(middle, to.midY),
                Point(to.minX - 3, to.midY),
            ]), Stroke(space.theme.accent(.key), width: 3), head: 12)
        canvas.text(
            "K, V", at: Point(middle - 8, (from.midY + to.midY) / 2), .math(size: font.size),
            space.theme.accent(.key), .trailing, in: space)
    }
}
