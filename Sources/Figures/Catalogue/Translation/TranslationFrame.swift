import Drawing
import Wording

/// One frame of a translation: the source goes through the encoder to the decoder, the text so far comes to it from
/// below, and the chosen candidate goes to the end of that text.
struct TranslationFrame: ComposedMark {
    var scene: TranslationScene
    var index: Int

    func build(_ space: Space) -> AnyMark {
        ThatFits {
            for (count, scale) in [(6, 1.5), (5, 1.3), (4, 1.15), (3, 1.0), (2, 1.0)] {
                for length in [520.0, 420, 300, 200, 120] { picture(count, length, scale, space) }
            }
        }.any
    }

    private func picture(_ count: Int, _ length: Double, _ scale: Double, _ space: Space) -> AnyMark {
        let gap = space.density.gap
        let font = space.density.label.size(space.density.label.size * scale)
        return VStack(.leading, spacing: gap * 2.1) {
            VStack(.leading, spacing: 6) {
                Text(Phrase(en: "source", zh: "原文")).font(.small.semibold).color(.muted)
                Flow(.bottom, spacing: Size(font.size * 0.4, 8), sourceChips(font))
            }.anchored("source")
            HStack(.axis, spacing: gap) {
                box(Phrase(en: "encoder", zh: "编码器"), scene.encoderLayers, space).anchored("encoder")
                Arrow(.right, length: max(36, gap * 1.4))
                box(Phrase(en: "decoder", zh: "解码器"), scene.decoderLayers, space).anchored("decoder")
                Arrow(.right, length: max(36, gap * 1.4))
                scene.bars(index, count, length: length, rowHeight: rowHeight(space)).anchored("bars")
                // Room for the way back down.
                Blank(36, 1)
            }
            // The words below, so that the way to the new token crosses nothing.
            VStack(.leading, spacing: 6) {
                HStack(spacing: font.size * 0.4) { targetChips(font, space) }
                Text(
                    WrittenWords(scene.view.trace)(
                        Phrase(en: "translation so far", zh: "已写出的译文"), Phrase(en: "text so far", zh: "已写出的文本"))
                ).font(.small.semibold).color(.muted)
            }.anchored("target")
        }.connected { anchors, _, space, canvas in
            draw(anchors, count, length, space, &canvas)
        }.any
    }

    private func sourceChips(_ font: Font) -> [AnyMark] {
        Elision(scene.view.source.count, most: 40).slots.map { slot in
            switch slot {
            case .gap(let count): ElisionMark(count: count).any
            case .shown(let place): Chip(scene.view.source[place]).font(font).any
            }
        }
    }

    /// On one line, so that the ways to and from it cross no other: as many as it holds, the new one among them.
    private func targetChips(_ font: Font, _ space: Space) -> [AnyMark] {
        let chips = scene.view.read.prefix(1) + scene.view.written
        let widths = chips.map { Chip($0).font(font).size(in: space).width + font.size * 0.4 }
        let slots = [40, 28, 20, 15, 11, 8, 6, 4].lazy.map { Elision(chips.count, most: $0, keeping: index + 1).slots }
        let fitting = slots.first { slots in
            let width = slots.reduce(0.0) { sum, slot in
                switch slot {
                case .shown(let place): sum + widths[place]
                case .gap(let count): sum + ElisionMark(count: count).size(in: space).width + font.size * 0.4
                }
            }
            return width <= (space.width.isFinite ? space.width : 1200)
        }
        return (fitting ?? Elision(chips.count, most: 3, keeping: index + 1).slots).map { slot -> AnyMark in
            switch slot {
            case .gap(let count): return ElisionMark(count: count).any
            case .shown(let place):
                let isNew = place == index + 1
                let chip = Chip(chips[place], tint: place == 0 ? nil : .role(.probability), lit: isNew).font(font)
                if place > index + 1 { return Hidden(mark: chip.any).any }
                if place == index { return (place == 0 ? chip.anchored("first").any : chip.any).anchored("last").any }
                if place == 0 { return chip.anchored("first").any }
                return isNew ? chip.anchored("new").any : chip.any
            }
        }
    }

    private func box(_ words: Phrase, _ layers: Int, _ space: Space) -> AnyMark {
        VStack(spacing: 4) {
            Text(words).font(space.density.label.semibold)
            if layers > 0 {
                Text(
                    Phrase(en: "{count} {noun}", zh: "{count} 层").filled([
                        "count": Phrase(String(layers)), "noun": Phrase(layers == 1 ? "layer" : "layers"),
                    ])
                ).font(.small).color(.muted)
            }
        }.padding(Insets(horizontal: 16, vertical: 12)).panel(fill: .panel, frame: .role(.residual), lineWidth: 2).any
    }

    private func rowHeight(_ space: Space) -> Double { max(28, space.density.drawnCell.height * 0.74) }

    private func bracket(
        _ left: Double, _ right: Double, at y: Double, towards depth: Double, _ stroke: Stroke, _ canvas: inout Canvas
    ) {
        canvas.stroke(
            .polyline([
                Point(left, y), Point(left, y + depth), Point(right, y + depth), Point(right, y),
            ]), stroke)
    }

    private func draw(
        _ anchors: [String: Rect], _ count: Int, _ length: Double, _ space: Space, _ canvas: inout Canvas
    ) {
        guard let source = anchors["source"], let encoder = anchors["encoder"], let decoder = anchors["decoder"],
            let bars = anchors["bars"], let target = anchors["target"]
        else { return }
        let theme = space.theme
        let quiet = Stroke(theme.muted, width: 2)
        // All of the source goes in.
        bracket(source.minX, source.maxX, at: source.maxY + 5, towards: 5, quiet, &canvas)
        canvas.arrow(Point(encoder.midX, source.maxY + 10), Point(encoder.midX, encoder.minY - 4), quiet, head: 11)
        // What is read stands above what is written, so that the two ways do not cross.
        let base = max(bars.maxY, decoder.maxY)
        let room = target.minY - base
        if let last = anchors["last"] {
            let height = base + room * 0.3
            // All that was written is read, and not its last token alone.
            let first = anchors["first"] ?? last
            let middle = (first.minX + last.maxX) / 2
            bracket(first.minX, last.maxX, at: last.minY - 5, towards: -5, quiet, &canvas)
            canvas.arrow(
                .polyline([
                    Point(middle, last.minY - 10), Point(middle, height), Point(decoder.midX, height),
                    Point(decoder.midX, decoder.maxY + 4),
                ]), quiet, head: 11)
        }
        guard let new = anchors["new"],
            let path = scene.way(
                index, count, length: length, rowHeight: rowHeight(space), bars: bars, right: bars.maxX + 26,
                level: base + room * 0.62, to: Point(new.midX, new.minY - 5), space)
        else { return }
        canvas.arrow(path, Stroke(theme.highlight, width: 3), head: 13)
    }
}
