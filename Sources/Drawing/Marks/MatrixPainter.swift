import Wording

/// Puts the parts of a laid-out matrix on a canvas.
struct MatrixPainter {
    var matrix: Matrix
    var layout: MatrixLayout
    var space: Space
    var origin: Point

    /// Beyond this many cells they are painted as one picture, and hover speaks of the whole.
    static let mostCells = 4096

    /// So many cells of a quiet figure's matrix are there to be pointed at, however small.
    private static let mostSmallCells = 1536

    func paint(onto canvas: inout Canvas) {
        guard space.vectors != nil else { return paintAll(onto: &canvas) }
        canvas.group(matrix.groupTag(in: space)) { paintAll(onto: &$0) }
    }

    private func paintAll(onto canvas: inout Canvas) {
        let frame = layout.frame.moved(by: origin)
        paintHeader(frame, &canvas)
        paintLabels(frame, &canvas)
        let count = layout.rowBands.count * layout.columnBands.count
        let theme = space.theme
        let edge = matrix.role.map { theme.accent($0) } ?? theme.muted
        // Cells without room between them are one picture; those of a single row still speak for themselves.
        let most = space.vectors == nil ? 0 : MatrixPainter.mostSmallCells
        if layout.spacing == 0 && layout.rowBands.count > 1 && count > most || count > MatrixPainter.mostCells {
            paintPicture(frame, &canvas)
        } else {
            paintCells(&canvas)
        }
        canvas.stroke(
            .rounded(frame, radius: 7), Stroke(edge, width: 2),
            tag: matrix.groupTag(in: space))
        paintGaps(frame, &canvas)
        paintHighlights(&canvas)
        paintFooter(frame, &canvas)
    }

    private func paintHeader(_ frame: Rect, _ canvas: inout Canvas) {
        let theme = space.theme
        let baseline = origin.y + layout.header - (layout.name == nil ? 8 : 11)
        var x = frame.minX + 2
        let color = matrix.role.map { theme.accent($0) } ?? theme.ink
        if let name = layout.name {
            name.place(at: Point(x, baseline), onto: &canvas)
            x += name.width + 10
        }
        if let words = layout.nameWords {
            let font = layout.wordsFont
            let metrics = space.metrics(words, font)
            canvas.text(words, from: Point(x, baseline), font, layout.name == nil ? color : theme.muted, metrics)
        }
        if matrix.showsShape, !layout.shapeIsBelow, !space.isNarrow {
            let text = Numbers.shape(matrix.shape)
            let metrics = space.metrics(text, .small)
            let right = max(frame.maxX - 2, frame.minX + metrics.width)
            canvas.text(text, from: Point(right - metrics.width, baseline), .small, theme.muted, metrics)
        }
    }

    private func paintLabels(_ frame: Rect, _ canvas: inout Canvas) {
        let font = layout.labelFont
        for (position, band) in layout.rowBands.enumerated() where position % layout.rowLabelStride == 0 {
            guard case .shown(let row) = band.slot, row < matrix.rowLabels.count else { continue }
            let y = frame.minY + MatrixLayout.margin + band.start + band.length / 2
            TokenText.place(
                matrix.rowLabels[row], at: Point(frame.minX - 10, y), font, space.theme.ink,
                Alignment(horizontal: 1, vertical: 0.5), space, onto: &canvas)
        }
        for (position, band) in layout.columnBands.enumerated() where position % layout.columnLabelStride == 0 {
            guard case .shown(let column) = band.slot, column < matrix.columnLabels.count else { continue }
            let x = frame.minX + MatrixLayout.margin + band.start + band.length / 2
            let label = matrix.columnLabels[column]
            if layout.columnLabelsRunUp, label.isHan {
                // Chinese that runs down a column stands upright, a character above the other.
                for (place, character) in label.display.reversed().enumerated() {
                    let y = frame.minY - 9 - (Double(place) + 0.5) * font.size
                    canvas.text(String(character), at: Point(x, y), label.font(font), space.theme.ink, in: space)
                }
            } else if layout.columnLabelsRunUp {
                canvas.text(
                    label.display, at: Point(x, frame.minY - 7), label.font(font), space.theme.ink, .leading,
                    upward: true, in: space)
            } else {
                let y = frame.minY - layout.columnLabelHeight / 2 - 1
                TokenText.place(label, at: Point(x, y), font, space.theme.ink, .center, space, onto: &canvas)
            }
        }
        if let axis = layout.rowAxisName {
            let left = origin.x + frame.minX - origin.x - (layout.rowLabelWidth > 0 ? layout.rowLabelWidth + 10 : 0)
            canvas.text(
                axis, at: Point(left - MatrixLayout.lineHeight / 2 - 6, frame.midY), .small, space.theme.muted,
                .center, upward: true, in: space)
        }
    }

    private func paintCells(_ canvas: inout Canvas) {
        let radius = min(4, min(layout.cell.width, layout.cell.height) * 0.1)
        for vertical in layout.rowBands {
            guard case .shown(let row) = vertical.slot else { continue }
            for horizontal in layout.columnBands {
                guard case .shown(let column) = horizontal.slot else { continue }
                let rect = layout.rect(vertical, horizontal).moved(by: origin)
                paintCell(row, column, rect, radius, &canvas)
            }
        }
    }

    private func paintCell(_ row: Int, _ column: Int, _ rect: Rect, _ radius: Double, _ canvas: inout Canvas) {
        let theme = space.theme
        let value = matrix[row, column]
        let state = matrix.state(row, column)
        let tag =
            (matrix.rowStep?(row) ?? matrix.step).map { Tag(step: $0, index: matrix.index(row, column)) }
            ?? (space.vectors == nil
                ? nil : matrix.groupTag(in: space).map { Tag(step: $0.step, index: [row, column]) })
        if state == .empty {
            canvas.stroke(
                .rounded(rect.inset(by: 1.5), radius: radius), Stroke(theme.hairline, width: 1, dashes: [3, 3]))
            return
        }
        let words = tag != nil || matrix.explain != nil ? words(row, column) : nil
        // What a mask has put to −∞ is as it should be; any other number that is not finite is not.
        if let odd = OddNumber(value), state != .masked || odd != .minusInfinite {
            canvas.odd(odd, in: rect, font: layout.digitFont, tag: tag, in: space)
            if let words { canvas.hotSpot(rect, words, value: "\(value)", tag: tag) }
            return
        }
        let isOff = state == .masked
        var ground = isOff ? theme.panel : matrix.scale.color(Double(value), theme)
        var ink = isOff ? theme.quietInk(on: ground) : theme.contrastingInk(on: ground)
        if state == .faded {
            ground = ground.mixed(with: theme.paper, 0.75)
            ink = theme.quietInk(on: ground)
        }
        if ground != theme.paper || matrix.scale == .none {
            canvas.fill(.rounded(rect, radius: radius), ground, tag: tag)
        } else if tag != nil {
            canvas.fill(.rounded(rect, radius: radius), theme.paper, tag: tag)
        }
        if let font = layout.digitFont {
            let text = isOff && value == 0 ? "0" : matrix.string(value, decimals: layout.decimals)
            canvas.text(text, at: rect.center, font, ink, tag: tag, in: space)
        }
        if let words { canvas.hotSpot(rect, words, value: "\(value)", tag: tag) }
    }

    private func words(_ row: Int, _ column: Int) -> String {
        if let explain = matrix.explain { return explain(row, column) }
        let name = matrix.name.map(Self.spoken) ?? matrix.words.map(space.text) ?? ""
        let rowName = row < matrix.rowLabels.count ? matrix.rowLabels[row].display : String(row)
        let columnName = column < matrix.columnLabels.count ? matrix.columnLabels[column].display : String(column)
        return "\(name) [\(rowName), \(columnName)]"
    }

    /// A name as running text has it: `Kᵀ` for `K^\top`.
    private static func spoken(_ name: String) -> String {
        let backslash: Character = "\\"
        guard name.contains(backslash), let formula = try? Formula(parsing: name) else { return name }
        return formula.plainText
    }

    private func paintPicture(_ frame: Rect, _ canvas: inout Canvas) {
        let rows = layout.rowBands.compactMap { band -> Int? in
            if case .shown(let row) = band.slot { row } else { nil }
        }
        // One picture for each run of columns between gaps, so that the gap stays a gap.
        var start = 0
        while start < layout.columnBands.count {
            guard case .shown = layout.columnBands[start].slot else {
                start += 1
                continue
            }
            var end = start
            while end + 1 < layout.columnBands.count, case .shown = layout.columnBands[end + 1].slot { end += 1 }
            let columns = layout.columnBands[start...end].compactMap { band -> Int? in
                if case .shown(let column) = band.slot { column } else { nil }
            }
            let first = layout.columnBands[start]
            let last = layout.columnBands[end]
            let area = Rect(
                frame.minX + MatrixLayout.margin + first.start, frame.minY + MatrixLayout.margin,
                last.start + last.length - first.start, frame.height - 2 * MatrixLayout.margin)
            let theme = space.theme
            let tag = matrix.step.map { Tag(step: $0) }
            if rows.count == layout.rowBands.count {
                canvas.add(
                    .image(
                        Raster(width: columns.count, height: rows.count) { x, y in
                            pixel(rows[y], columns[x], theme)
                        }, area), tag: tag)
            } else {
                for band in layout.rowBands {
                    guard case .shown(let row) = band.slot else { continue }
                    let strip = Rect(area.minX, area.minY + band.start, area.width, band.length)
                    canvas.add(
                        .image(
                            Raster(width: columns.count, height: 1) { x, _ in pixel(row, columns[x], theme) }, strip),
                        tag: tag)
                }
            }
            start = end + 1
        }
        if let step = matrix.step {
            canvas.hotSpot(frame, matrix.name ?? matrix.words.map(space.text) ?? step, tag: Tag(step: step))
        }
    }

    private func pixel(_ row: Int, _ column: Int, _ theme: Theme) -> Color {
        let value = matrix[row, column]
        let isOff = matrix.state(row, column) == .masked
        if let odd = OddNumber(value), !isOff || odd != .minusInfinite { return OddNumber.color(theme) }
        return isOff ? theme.panel : matrix.scale.color(Double(value), theme)
    }

    private func paintHighlights(_ canvas: inout Canvas) {
        for highlight in matrix.lit {
            guard let rect = rect(highlight.rows, highlight.columns) else { continue }
            canvas.stroke(
                .rounded(rect.outset(by: 1.5), radius: 5), Stroke(space.theme.color(highlight.tint), width: 3))
        }
        for (name, place) in matrix.places {
            canvas.anchors[name] = rect(place.rows, place.columns)
        }
    }

    /// The box around what is drawn of a block of cells.
    func rect(_ rows: ClosedRange<Int>, _ columns: ClosedRange<Int>) -> Rect? {
        func shown(_ bands: [MatrixLayout.Band], _ range: ClosedRange<Int>) -> [MatrixLayout.Band] {
            bands.filter { band in if case .shown(let place) = band.slot { range.contains(place) } else { false } }
        }
        let (vertical, horizontal) = (shown(layout.rowBands, rows), shown(layout.columnBands, columns))
        guard let top = vertical.first, let bottom = vertical.last, let left = horizontal.first,
            let right = horizontal.last
        else { return nil }
        return layout.rect(top, left).union(layout.rect(bottom, right)).moved(by: origin)
    }

    private func paintFooter(_ frame: Rect, _ canvas: inout Canvas) {
        var y = frame.maxY + 6 + MatrixLayout.lineHeight / 2
        for text in layout.footer {
            canvas.text(text, at: Point(frame.midX, y), .small, space.theme.muted, in: space)
            y += MatrixLayout.lineHeight
        }
    }
}

extension Matrix {
    /// What its group is named by: the step, or in a quiet figure what it is called where it is none.
    func groupTag(in space: Space) -> Tag? {
        if let step { return Tag(step: step) }
        guard space.vectors != nil else { return nil }
        return .derived(derivedName ?? name ?? words?.english ?? "matrix")
    }
}
