import Drawing
import Tracing
import Wording

/// Puts a laid-out ledger on a canvas.
struct VectorLedgerPainter {
    var ledger: VectorLedger
    var layout: VectorLedgerLayout
    var space: Space
    var origin: Point

    private var theme: Theme { space.theme }
    private var stripX: Double { origin.x + layout.stripX }

    private func middle(_ row: Int) -> Double { origin.y + layout.header + (Double(row) + 0.5) * layout.pitch }

    func paint(onto canvas: inout Canvas) {
        paintTitles(&canvas)
        paintSpine(&canvas)
        let starts = layout.starts
        let most = ledger.rows.reduce(0) { $1.size.isFinite ? max($0, $1.size) : $0 }
        for (place, slot) in layout.rowSlots.enumerated() {
            let y = middle(place)
            switch slot {
            case .gap(let count):
                let start = Point(origin.x + layout.gutter, y)
                canvas.text("⋯ \(space.more(count)) ⋯", at: start, .small, theme.muted, .leading, in: space)
            case .shown(let index):
                let row = ledger.rows[index]
                paintName(row, y, &canvas)
                paintCells(row, y, starts, &canvas)
                paintNumber(row, y, isFirst: index == 0, &canvas)
                paintBar(row, y, most, &canvas)
                if row.isTotal { paintRule(above: y, &canvas) }
            }
        }
        paintColumn(starts, &canvas)
    }

    private func paintTitles(_ canvas: inout Canvas) {
        let y = origin.y + layout.header / 2 - 3
        let shape = Numbers.shape([1, ledger.rows.first?.values.count ?? 0])
        let mono = Font.mono(.small)
        let right = stripX + layout.stripWidth
        canvas.text(shape, at: Point(right, y), mono, theme.muted, .trailing, in: space)
        let title = space.text(ledger.cellsTitle)
        if space.width(of: title, .small) + space.width(of: shape, mono) + 16 <= layout.stripWidth {
            canvas.text(title, at: Point(stripX, y), .small, theme.muted, .leading, in: space)
        }
        if let column = ledger.column {
            canvas.text(
                space.text(VectorLedgerLayout.columnTitle(column)),
                at: Point(origin.x + layout.numberX + layout.numberWidth, y), .small, theme.ink, .trailing, in: space)
        }
        canvas.text(
            space.text(ledger.sizeTitle), at: Point(origin.x + layout.barX, y), .small, theme.muted, .leading, in: space
        )
        let hidden = layout.slots.reduce(0) { sum, slot in
            if case .gap(let count) = slot { sum + count } else { sum }
        }
        let count = ledger.rows.first?.values.count ?? 0
        let words =
            hidden == 0
            ? BlockText.widthAxis.phrase
            : BlockText.shownOf.phrase.filled(["shown": Phrase(String(count - hidden)), "all": Phrase(String(count))])
        canvas.text(
            space.text(words), at: Point(stripX + layout.stripWidth / 2, origin.y + layout.height - 10), .small,
            theme.muted, in: space)
    }

    private func paintName(_ row: VectorLedger.Row, _ y: Double, _ canvas: inout Canvas) {
        let x = origin.x + layout.gutter
        let lift = layout.showsSteps ? 10.0 : 0
        canvas.text(
            space.text(row.name), at: Point(x, y - lift), layout.nameFont, theme.accent(row.role), .leading, in: space)
        guard layout.showsSteps else { return }
        canvas.text(
            row.step.description, at: Point(x, y + 12), .mono(.small), theme.muted, .leading, in: space)
    }

    private func paintCells(_ row: VectorLedger.Row, _ y: Double, _ starts: [Double], _ canvas: inout Canvas) {
        let height = layout.thickness
        let gap = layout.cell >= 14 ? 2.0 : layout.cell >= 8 ? 1.0 : 0
        for (slot, start) in zip(layout.slots, starts) {
            switch slot {
            case .gap:
                let center = Point(stripX + start + VectorLedgerLayout.gap / 2, y)
                canvas.text("⋯", at: center, .small, theme.muted, in: space)
            case .shown(let column):
                guard column < row.values.count else { continue }
                let value = row.values[column]
                let rect = Rect(stripX + start, y - height / 2 + 4, layout.cell - gap, height - 8)
                let ground = ledger.scale.color(Double(value), theme)
                let tag = Tag(step: row.step.description, index: row.index + [column])
                if let odd = OddNumber(value) {
                    canvas.odd(odd, in: rect, font: layout.digitFont, tag: tag, in: space)
                } else {
                    canvas.fill(.rounded(rect, radius: min(3, layout.cell * 0.15)), ground, tag: tag)
                }
                if let font = layout.digitFont, value.isFinite {
                    canvas.text(
                        Numbers.fixed(Double(value)), at: rect.center, font, theme.contrastingInk(on: ground),
                        tag: tag, in: space)
                }
                canvas.hotSpot(
                    rect, "\(space.text(row.name)) [\(column)]", value: "\(value)", tag: tag)
            }
        }
        canvas.stroke(
            .rounded(Rect(stripX, y - height / 2, layout.stripWidth, height), radius: 6),
            Stroke(theme.accent(row.role), width: 2), tag: Tag(step: row.step.description))
    }

    private func paintNumber(_ row: VectorLedger.Row, _ y: Double, isFirst: Bool, _ canvas: inout Canvas) {
        guard let column = ledger.column, column < row.values.count else { return }
        canvas.text(
            layout.number(row, column, isFirst: isFirst), at: Point(origin.x + layout.numberX + layout.numberWidth, y),
            row.kind == .addition ? layout.numberFont : layout.numberFont.bold, theme.ink, .trailing,
            tag: Tag(step: row.step.description, index: row.index + [column]), in: space)
    }

    private func paintBar(_ row: VectorLedger.Row, _ y: Double, _ most: Double, _ canvas: inout Canvas) {
        let x = origin.x + layout.barX
        var width = most > 0 && row.size.isFinite ? max(2, row.size / most * layout.barLength) : 0
        let height = min(20, layout.pitch * 0.4)
        if let odd = OddNumber(row.size) {
            width = canvas.oddBar(odd, at: Point(x, y), thickness: height, in: space)
        } else {
            canvas.fill(
                .rounded(Rect(x, y - height / 2, width, height), radius: min(4, width / 2)), theme.accent(row.role))
        }
        canvas.text(
            Numbers.significant(row.size), at: Point(x + width + 8, y), .mono(.small), theme.muted, .leading, in: space)
    }

    private func paintRule(above y: Double, _ canvas: inout Canvas) {
        let line = y - layout.pitch / 2
        canvas.line(
            Point(origin.x + layout.gutter, line), Point(origin.x + layout.width, line),
            Stroke(theme.ink, width: 1.5))
    }

    /// The frame around the column whose numbers are written out.
    private func paintColumn(_ starts: [Double], _ canvas: inout Canvas) {
        guard let column = ledger.column, let place = layout.slots.firstIndex(of: .shown(column)) else { return }
        let top = origin.y + layout.header + 1
        let gap = layout.cell >= 14 ? 2.0 : layout.cell >= 8 ? 1.0 : 0
        let rect = Rect(
            stripX + starts[place] - 2, top, layout.cell - gap + 4,
            layout.pitch * Double(layout.rowSlots.count) - 2)
        canvas.stroke(.rounded(rect, radius: 5), Stroke(theme.highlight, width: 3))
    }

    private func paintSpine(_ canvas: inout Canvas) {
        let x = origin.x + 13
        let last = layout.rowSlots.count - 1
        guard last >= 0 else { return }
        let color = theme.accent(.residual)
        canvas.line(
            Point(x, middle(0) - layout.pitch * 0.4), Point(x, middle(last)), Stroke(color, width: 4))
        for (place, slot) in layout.rowSlots.enumerated() {
            guard case .shown(let index) = slot else { continue }
            let row = ledger.rows[index]
            let center = Point(x, middle(place))
            let radius = min(11, layout.pitch * 0.4)
            switch row.kind {
            case .stream: canvas.fill(.circle(center, radius: radius * 0.68), color)
            case .normalized:
                let box = Rect(center.x - radius * 0.8, center.y - radius * 0.8, radius * 1.6, radius * 1.6)
                canvas.fill(.rounded(box, radius: 4), theme.tint(.residual), stroke: Stroke(color, width: 2.5))
            case .addition:
                let accent = theme.accent(row.role)
                canvas.arrow(
                    Point(origin.x + layout.gutter - 3, center.y), Point(center.x + radius, center.y),
                    Stroke(accent, width: 2), head: 7)
                canvas.fill(.circle(center, radius: radius), theme.paper, stroke: Stroke(color, width: 2.5))
                canvas.plus(center, arm: radius * 0.55, Stroke(color, width: 2.5))
            }
        }
    }
}
