import Drawing
import Tracing
import Wording

/// The decoder as boxes on and beside the residual stream: upwards, with a table of live numbers beside it; on a low
/// page from left to right, with the shapes under it.
struct ArchitecturePicture: ComposedMark {
    var parts: ArchitectureLevels
    var token: String
    var focus: Int
    var layer: Int

    private func column(cells: Int) -> ArchitectureColumn {
        ArchitectureColumn(parts: parts, layer: layer, token: token, focus: focus, cells: cells)
    }

    func build(_ space: Space) -> AnyMark {
        ThatFits {
            for count in [8, 6, 5, 4, 3] { column(cells: count) }
            // Smaller letters before no numbers.
            if space.density.label.size <= Font.leastSize { column(cells: 0) }
            ArchitectureRow(parts: parts, layer: layer)
            column(cells: 3)
        }.any
    }
}

/// What both directions measure and paint alike.
struct ArchitectureStyle {
    var space: Space
    /// Whether a box's detail stands on a line of its own.
    var isStacked = false

    var font: Font { space.density.label }
    var boxHeight: Double { (font.size * (isStacked ? 3.1 : 1.95)).rounded() }
    var plusSize: Double { (font.size * 1.3).rounded() }
    var gap: Double { max(9, space.density.gap * 0.42) }

    func lines(_ box: ArchitectureLevels.Box) -> [String] {
        let words = space.text(box.words)
        guard let detail = box.detail.map(space.text) else { return [words] }
        return isStacked ? [words, detail] : [words + " · " + detail]
    }

    func width(_ box: ArchitectureLevels.Box) -> Double {
        (lines(box).map { space.width(of: $0, font) }.max() ?? 0) + font.size * (isStacked ? 1 : 1.5)
    }

    func paint(_ box: ArchitectureLevels.Box, in rect: Rect, _ canvas: inout Canvas) {
        let theme = space.theme
        canvas.fill(
            .rounded(rect, radius: 8), theme.tint(box.role), stroke: Stroke(theme.accent(box.role), width: 2),
            tag: box.tag)
        let lines = lines(box)
        let step = font.size * 1.25
        for (index, line) in lines.enumerated() {
            let y = rect.midY + (Double(index) - Double(lines.count - 1) / 2) * step
            canvas.text(line, at: Point(rect.midX, y), font, index == 0 ? theme.ink : theme.muted, in: space)
        }
        if let tag = box.tag { canvas.hotSpot(rect, lines.joined(separator: " "), tag: tag) }
    }

    func plus(at point: Point, _ canvas: inout Canvas) {
        let theme = space.theme
        let radius = plusSize / 2
        let stroke = Stroke(theme.accent(.residual), width: 2)
        canvas.fill(.circle(point, radius: radius), theme.paper, stroke: stroke)
        canvas.plus(point, arm: radius * 0.5, stroke)
    }

    var stream: Stroke { Stroke(space.theme.accent(.residual), width: 5) }
    func branch(_ role: Role) -> Stroke { Stroke(space.theme.accent(role), width: 2) }

    func layers(_ count: Int, shown: Int) -> (times: String, words: String) {
        (
            "\(count) ×",
            space.text(DrawingText.layer.phrase.filled(["count": Phrase(String(shown + 1))]))
        )
    }
}
