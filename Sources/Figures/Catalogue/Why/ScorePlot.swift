import Drawing
import Wording

/// Query over key, column by column; under them the products, and the sum as it grows from left to right.
struct ScorePlot: Mark {
    var parts: ScoreParts

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent { Extent(gutter(space) + (space.isNarrow ? 240 : 300) + ends(space), 250) }

    private static let names = [
        Phrase(en: "query of", zh: "查询："), Phrase(en: "key of", zh: "键："), Phrase(en: "products", zh: "乘积"),
        Phrase(en: "sum so far", zh: "累计和"),
    ]

    private func font(_ space: Space) -> Font { space.density.label }

    private func name(_ row: Int, _ space: Space) -> String {
        let words = space.text(Self.names[row])
        guard row < 2 else { return words }
        let token = (row == 0 ? parts.queryLabel : parts.keyLabel).shortened(to: 12).display
        return words + (space.language == .chinese ? "" : " ") + token
    }

    private func gutter(_ space: Space) -> Double {
        (0..<4).map { space.width(of: name($0, space), font(space)) }.max().map { $0 + 16 } ?? 16
    }

    /// The room at the right for the sum.
    private func ends(_ space: Space) -> Double {
        14 + space.width(of: Numbers.fixed(parts.total), .mono(font(space)).bold)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let gutter = gutter(space)
        let count = parts.products.count
        let pitch = (rect.width - gutter - ends(space)) / Double(max(1, count))
        let left = rect.minX + gutter
        let strip = min(64, max(26, rect.height * 0.1))
        let tops = [rect.minY, rect.minY + strip + 6]
        let axis = font(space).size * 2.2
        let rest = rect.maxY - axis - tops[1] - strip - 20
        let products = Rect(left, tops[1] + strip + 20, pitch * Double(count), rest * 0.46)
        let sums = Rect(left, products.maxY + rest * 0.06, products.width, rest * 0.48)
        for (row, values) in [parts.query, parts.key].enumerated() {
            let tag = row == 0 ? parts.tags.query : parts.tags.key
            let line = Rect(left, tops[row], products.width, strip)
            paint(values, tag, line, pitch, space, &canvas)
            canvas.stroke(.rounded(line, radius: 4), Stroke(theme.accent(row == 0 ? .query : .key), width: 2.5))
            label(row, line.midY, theme.accent(row == 0 ? .query : .key), rect, gutter, space, &canvas)
        }
        label(2, products.midY, theme.muted, rect, gutter, space, &canvas)
        label(3, sums.midY, theme.muted, rect, gutter, space, &canvas)
        paintProducts(products, pitch, space, &canvas)
        paintSums(sums, pitch, space, &canvas)
        columns(sums.maxY + axis / 2, left, pitch, space, &canvas)
    }

    private func label(
        _ row: Int, _ y: Double, _ color: Color, _ rect: Rect, _ gutter: Double, _ space: Space, _ canvas: inout Canvas
    ) {
        canvas.text(
            name(row, space), at: Point(rect.minX + gutter - 14, y), font(space), color, .trailing, in: space)
    }

    private func paint(
        _ values: [Float], _ tag: Tag, _ line: Rect, _ pitch: Double, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let font = Font.mono(font(space))
        let texts = values.map { Numbers.fixed(Double($0)) }
        let hasDigits = (texts.map { space.width(of: $0, font) }.max() ?? 0) + 6 <= pitch
        for (column, value) in values.enumerated() {
            let cell = Rect(line.minX + Double(column) * pitch, line.minY, pitch, line.height)
            let ground = parts.scale.color(Double(value), theme)
            let own = Tag(step: tag.step, index: tag.index + [column])
            canvas.fill(.rectangle(cell.inset(by: min(0.5, pitch * 0.05))), ground, tag: own)
            canvas.hotSpot(cell, "\(tag.step)", value: "\(value)", tag: own)
            guard hasDigits else { continue }
            canvas.text(texts[column], at: cell.center, font, theme.contrastingInk(on: ground), in: space)
        }
    }

    private func paintProducts(_ area: Rect, _ pitch: Double, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        let (low, high) = (min(0, parts.products.min() ?? 0), max(0, parts.products.max() ?? 0))
        let span = max(high - low, 1e-9)
        // Above and below the bars there is room for the numbers of the largest.
        let pad = font(space).size * 1.5
        let unit = max(1, area.height - 2 * pad) / span
        let zero = area.minY + pad + high * unit
        for (column, value) in parts.products.enumerated() {
            let x = area.minX + Double(column) * pitch
            let height = max(1, abs(value) * unit)
            let bar = Rect(x + pitch * 0.14, value < 0 ? zero : zero - height, pitch * 0.72, height)
            canvas.fill(.rectangle(bar), value < 0 ? theme.negative : theme.positive)
            canvas.hotSpot(
                bar, space.text(Phrase(en: "product of column \(column)", zh: "第 \(column) 维的乘积")), value: "\(value)")
        }
        // The largest first: where two stand too close, its number is the one that is said.
        var taken: [Rect] = []
        for column in parts.strongest(pitch >= 12 ? 3 : 2) where column < parts.products.count {
            let value = parts.products[column]
            let end = zero - value * unit
            let x = area.minX + Double(column) * pitch
            let text = Numbers.fixed(value)
            let half = space.width(of: text, .mono(font(space))) / 2
            let middle = min(max(x + pitch / 2, area.minX + half), area.maxX - half)
            let point = Point(middle, value < 0 ? end + pad * 0.5 : end - pad * 0.5)
            let box = Rect(middle - half - 4, point.y - pad * 0.5, 2 * half + 8, pad)
            guard !taken.contains(where: { $0.intersection(box) != nil }) else { continue }
            taken.append(box)
            canvas.text(text, at: point, .mono(font(space)), theme.ink, in: space)
        }
        canvas.line(Point(area.minX, zero), Point(area.maxX, zero), Stroke(theme.muted, width: 1.5))
    }

    private func paintSums(_ area: Rect, _ pitch: Double, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        var sums = [0.0]
        for value in parts.products { sums.append((sums.last ?? 0) + value) }
        let (low, high) = (sums.min() ?? 0, sums.max() ?? 0)
        let unit = (area.height - 8) / max(high - low, 1e-9)
        func y(_ value: Double) -> Double { area.minY + 4 + (high - value) * unit }
        canvas.line(Point(area.minX, y(0)), Point(area.maxX, y(0)), Stroke(theme.hairline, width: 1.5))
        var points = [Point(area.minX, y(0))]
        for (column, sum) in sums.dropFirst().enumerated() {
            let x = area.minX + Double(column) * pitch
            points.append(Point(x + pitch / 2, points.last?.y ?? 0))
            points.append(Point(x + pitch / 2, y(sum)))
        }
        points.append(Point(area.maxX, y(sums.last ?? 0)))
        canvas.stroke(.polyline(points), Stroke(theme.accent(.scores), width: 3))
        guard let end = points.last else { return }
        canvas.fill(.circle(end, radius: 6), theme.accent(.scores), tag: parts.tags.total)
        canvas.text(
            Numbers.fixed(parts.total), at: Point(end.x + 12, end.y), .mono(font(space)).bold, theme.ink, .leading,
            in: space)
        if let tag = parts.tags.total {
            canvas.hotSpot(
                Rect(end.x - 8, end.y - 8, 16, 16), space.text(Phrase(en: "the dot product", zh: "点积")),
                value: "\(Float(parts.total))", tag: tag)
        }
    }

    private func columns(_ y: Double, _ left: Double, _ pitch: Double, _ space: Space, _ canvas: inout Canvas) {
        let font = Font.mono(font(space))
        let count = parts.products.count
        let step = [1, 2, 4, 8, 16, 32].first { pitch * Double($0) > font.size * 2 } ?? 64
        for column in stride(from: 0, to: count, by: step) {
            canvas.text(
                String(column), at: Point(left + (Double(column) + 0.5) * pitch, y), font, space.theme.muted, in: space)
        }
    }
}
