import Drawing
import Wording

/// One frame of the word chain: the text so far, what the model expects, and the chosen token on its way to the end.
struct ChainFrame: ComposedMark {
    var scene: ChainScene
    var index: Int

    func build(_ space: Space) -> AnyMark {
        ThatFits {
            for (count, scale) in [(8, 1.7), (8, 1.3), (6, 1.3), (5, 1.2), (4, 1.1), (3, 1)] {
                for length in [640.0, 520, 420, 300, 220, 140] {
                    Fullest {
                        picture(count, length * space.density.stretch.width, scale, isTall: false, space)
                        picture(count, length * space.density.stretch.width, scale, isTall: true, space)
                    }
                }
            }
        }.any
    }

    /// - Parameter isTall: whether the bars stand under the model, and not beside it.
    private func picture(
        _ count: Int, _ length: Double, _ scale: Double, isTall: Bool, _ space: Space
    ) -> AnyMark {
        let gap = space.density.gap
        let model = model(space).anchored("model")
        let bars = scene.bars(index, count, length: length, rowHeight: rowHeight(space)).anchored("bars")
        return VStack(.leading, spacing: gap * 2) {
            text(scale, space).anchored("text")
            // With room for the way back up.
            if isTall {
                VStack(.leading, spacing: gap * 0.5) {
                    model
                    Arrow(.down, length: max(40, gap * 1.2)).padding(Insets(horizontal: 60))
                    HStack(.axis, spacing: gap) {
                        bars
                        Blank(40, 1)
                    }
                }
            } else {
                HStack(.axis, spacing: gap) {
                    model
                    Arrow(.right, length: max(40, gap * 1.6))
                    bars
                    Blank(40, 1)
                }
            }
        }.connected { anchors, _, space, canvas in
            draw(anchors, count, length, space, &canvas)
        }.any
    }

    private func text(_ scale: Double, _ space: Space) -> AnyMark {
        let shown = scene.prompt.count + index + 1
        let font = space.density.label.size(space.density.label.size * scale)
        let chips = scene.chips
        let slots = Elision(chips.count, most: 40).slots
        let marks: [AnyMark] = slots.map { slot in
            switch slot {
            case .gap(let count): return ElisionMark(count: count).any
            case .shown(let place):
                let isNew = place == shown - 1
                let chip = Chip(
                    chips[place], tint: place < scene.prompt.count ? nil : .role(.probability), lit: isNew
                ).font(font)
                if place >= shown { return Hidden(mark: chip.any).any }
                return isNew ? chip.anchored("new").any : chip.anchored("read \(place)").any
            }
        }
        return Flow(.bottom, spacing: Size(font.size * 0.45, 10), marks).any
    }

    private func model(_ space: Space) -> AnyMark {
        VStack(spacing: 4) {
            Text(Phrase(en: "transformer", zh: "Transformer")).font(space.density.label.semibold)
            if scene.layers > 0 {
                Text(
                    Phrase(en: "{count} {count|layer|layers}", zh: "{count} 层").filled([
                        "count": Phrase(String(scene.layers))
                    ])
                )
                .font(.small).color(.muted)
            }
        }.padding(Insets(horizontal: 18, vertical: 14)).panel(fill: .panel, frame: .role(.residual), lineWidth: 2).any
    }

    private func rowHeight(_ space: Space) -> Double {
        max(28, space.density.cell.height * 0.78) * space.density.stretch.height
    }

    /// A bracket under all tokens that are read, line by line, and from it the arrow into the model.
    private func enter(
        _ read: [Rect], _ model: Rect, _ new: Rect?, _ theme: Theme, _ canvas: inout Canvas
    ) {
        guard let last = read.last else { return }
        let stroke = Stroke(theme.muted, width: 2)
        var lines: [(from: Double, to: Double, y: Double)] = []
        for box in read {
            if let line = lines.last, abs(line.y - box.maxY) < 1 {
                lines[lines.count - 1].to = box.maxX
            } else {
                lines.append((box.minX, box.maxX, box.maxY))
            }
        }
        for line in lines {
            let y = line.y + 5
            canvas.stroke(
                .polyline([
                    Point(line.from, y - 4), Point(line.from, y), Point(line.to, y), Point(line.to, y - 4),
                ]), stroke)
        }
        let line = lines[lines.count - 1]
        var x = max(line.from, min(model.midX, line.to))
        // On a line of its own the new token stands in the way.
        if let new, new.minY > last.maxY, new.minX - 8 < x, x < new.maxX + 8 { x = min(line.to, new.maxX + 14) }
        let start = Point(x, last.maxY + 5)
        guard abs(x - model.midX) > 1 else {
            return canvas.arrow(start, Point(x, model.minY - 4), stroke, head: 11)
        }
        let level = (max(last.maxY, new?.maxY ?? 0) + model.minY) / 2
        let corners = [Point(x, level), Point(model.midX, level), Point(model.midX, model.minY - 4)]
        canvas.arrow(.turning([start] + corners, radius: 10), stroke, head: 11)
    }

    /// The text goes into the model; the chosen token goes from its bar to the end of the text.
    private func draw(
        _ anchors: [String: Rect], _ count: Int, _ length: Double, _ space: Space, _ canvas: inout Canvas
    ) {
        guard let text = anchors["text"], let model = anchors["model"], let bars = anchors["bars"] else { return }
        let theme = space.theme
        let read = (0..<scene.prompt.count + index).compactMap { anchors["read \($0)"] }
        enter(read, model, anchors["new"], theme, &canvas)
        guard let new = anchors["new"],
            let path = scene.way(
                index, count, length: length, rowHeight: rowHeight(space), bars: bars, right: bars.maxX + 28,
                level: text.maxY + space.density.gap * 1.3, to: Point(new.midX, new.maxY + 5), space)
        else { return }
        canvas.arrow(path, Stroke(theme.highlight, width: 3), head: 13)
    }
}

/// Takes its room but is not painted: what later frames will show.
struct Hidden: Mark {
    var mark: AnyMark
    func extent(in space: Space) -> Extent { mark.extent(in: space) }
    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {}
}
