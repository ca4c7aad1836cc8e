import Wording

/// Sets a tree of mathematics as boxes, after appendix G of the TeXbook with the constants of Latin Modern Math.
struct MathLayout {
    var space: Space
    var color: Color
    var size: Double
    /// 0 display, 1 text, 2 script, 3 script of a script.
    var style = 0

    private static let axisHeight = 0.25
    private static let ruleThickness = 0.045
    private static let scriptScale = 0.7

    private var em: Double { size }
    private var axis: Double { MathLayout.axisHeight * size }
    private var rule: Double { max(1, MathLayout.ruleThickness * size) }

    private func smaller() -> MathLayout {
        var layout = self
        layout.style = min(3, max(2, style + 1))
        if layout.style != style || style < 3 {
            layout.size = max(Font.leastSize * 0.8, size * (style >= 2 ? 0.8 : MathLayout.scriptScale))
        }
        return layout
    }

    func box(_ node: MathNode) -> Formula.Box {
        switch node {
        case .identifier(let text): glyphs(MathSymbols.italic(text), leansRight: true)
        case .function(let text), .number(let text): glyphs(text)
        case .bold(let text): glyphs(MathSymbols.bold(text))
        case .text(let text): words(text)
        case .sign(let text, let kind): kind == .large ? largeSign(text) : glyphs(text)
        case .row(let nodes): row(nodes)
        case .fraction(let top, let bottom): fraction(top, bottom)
        case .root(let body, let degree): root(body, degree)
        case .scripts(let base, let sub, let sup): scripts(base, sub, sup)
        case .accent(let base, let mark): accent(base, mark)
        case .fenced(let open, let body, let close): fenced(open, body, close)
        case .matrix(let rows): matrix(rows)
        case .colored(let role, let node): with(space.theme.accent(role)).box(node)
        case .space(let ems): Formula.Box(width: ems * em)
        }
    }

    private func with(_ color: Color) -> MathLayout {
        var layout = self
        layout.color = color
        return layout
    }

    private func glyphs(_ text: String, leansRight: Bool = false, size: Double? = nil) -> Formula.Box {
        let font = Font.math(size: size ?? self.size)
        let metrics = space.metrics(text, font)
        let line = TextLine(text, font: font, color: color, origin: .zero, metrics: metrics)
        let overhang = leansRight ? max(0, metrics.inkRight - metrics.width) : 0
        return Formula.Box(
            width: metrics.width + overhang, ascent: metrics.inkAscent, descent: max(0, metrics.inkDescent),
            items: text.isEmpty ? [] : [Item(.text(line))])
    }

    private func words(_ text: String) -> Formula.Box {
        let isLatin = !text.unicodeScalars.contains { $0.isWide }
        let font = isLatin ? Font.math(size: size) : Font(size: max(Font.leastSize, size * 0.82))
        let metrics = space.metrics(text, font)
        let line = TextLine(text, font: font, color: color, origin: .zero, metrics: metrics)
        return Formula.Box(
            width: metrics.width, ascent: metrics.inkAscent, descent: max(0, metrics.inkDescent),
            items: [Item(.text(line))])
    }

    private func largeSign(_ text: String) -> Formula.Box {
        let box = glyphs(text, size: style == 0 ? size * 1.4 : size)
        // Centred on the axis, wherever the face puts it.
        let shift = (box.ascent - box.descent) / 2 - axis
        var result = Formula.Box(width: box.width)
        result.add(box, at: Point(0, shift))
        return result
    }

    private func row(_ nodes: [MathNode]) -> Formula.Box {
        var result = Formula.Box()
        var x = 0.0
        var last: MathNode.Kind?
        for (index, node) in nodes.enumerated() {
            var kind = node.kind
            let begins = last == nil || last == .binary || last == .relation || last == .opening || last == .punctuation
            if kind == .binary, begins || index == nodes.count - 1 { kind = .ordinary }
            let inner = box(node)
            if let last, let kind { x += gap(last, kind, node, index > 0 ? nodes[index - 1] : nil) }
            result.add(inner, at: Point(x, 0))
            x += inner.width
            if kind != nil { last = kind }
        }
        result.width = x
        return result
    }

    /// The space between two kinds, in pixels; scripts keep only that of functions.
    private func gap(_ left: MathNode.Kind, _ right: MathNode.Kind, _ node: MathNode, _ before: MathNode?) -> Double {
        let unit = em / 18
        if style < 2 {
            if left == .relation || right == .relation { return left == right ? 0 : 5 * unit }
            if left == .binary || right == .binary { return 4 * unit }
            if left == .punctuation { return 3 * unit }
        }
        if left == .large || right == .large { return right == .opening || left == .opening ? 0 : 3 * unit }
        let afterFunction = before?.isFunction == true && right == .ordinary && !(node.isFence && style >= 2)
        let beforeFunction = node.isFunction && left == .ordinary
        if afterFunction || beforeFunction { return 3 * unit }
        if before?.isFence == true && right == .ordinary { return 3 * unit }
        return 0
    }

    private func fraction(_ top: MathNode, _ bottom: MathNode) -> Formula.Box {
        var inner = self
        inner.style = style + 1
        if style == 1 { inner = smaller() }
        let (above, below) = (inner.box(top), inner.box(bottom))
        let clear = style == 0 ? 0.2 * em : 0.12 * em
        let width = max(above.width, below.width) + 0.24 * em
        var result = Formula.Box(width: width + 0.16 * em)
        let left = 0.08 * em
        result.add(above, at: Point(left + (width - above.width) / 2, -axis - rule / 2 - clear - above.descent))
        result.add(below, at: Point(left + (width - below.width) / 2, -axis + rule / 2 + clear + below.ascent))
        result.items.append(
            Item(.path(.rectangle(Rect(left, -axis - rule / 2, width, rule)), fill: color, stroke: nil)))
        return result
    }

    private func root(_ body: MathNode, _ degree: MathNode?) -> Formula.Box {
        let inner = box(body)
        let clear = 0.12 * em
        let top = max(inner.ascent, 0.5 * em) + clear
        let bottom = max(inner.descent, 0.06 * em)
        let hook = 0.62 * em
        var left = 0.0
        var result = Formula.Box()
        if let degree {
            let index = smaller().box(degree)
            result.add(index, at: Point(0, bottom - (top + bottom) * 0.6 - 0.08 * em - index.descent))
            left = max(0, index.width - 0.2 * em)
        }
        let right = left + hook + inner.width + 0.08 * em
        result.add(inner, at: Point(left + hook + 0.02 * em, 0))
        let foot = Point(left + hook * 0.55, bottom + 0.06 * em)
        let knee = Point(left + hook * 0.26, bottom - (top + bottom) * 0.52)
        result.stroke(
            .polyline([Point(left + hook * 0.06, knee.y + 0.07 * em), knee, foot]), Stroke(color, width: rule * 1.7))
        result.stroke(
            .polyline([foot, Point(left + hook - 0.02 * em, -top), Point(right, -top)]), Stroke(color, width: rule))
        result.ascent = max(result.ascent, top + rule)
        result.descent = max(result.descent, foot.y)
        result.width = right + 0.04 * em
        return result
    }

    private func scripts(_ base: MathNode, _ sub: MathNode?, _ sup: MathNode?) -> Formula.Box {
        let body = box(base)
        let small = smaller()
        let (below, above) = (sub.map(small.box), sup.map(small.box))
        var result = Formula.Box(width: body.width)
        if base.kind == .large, style == 0 {
            let width = max(body.width, below?.width ?? 0, above?.width ?? 0)
            result.add(body, at: Point((width - body.width) / 2, 0))
            if let above {
                result.add(
                    above, at: Point((width - above.width) / 2, -body.ascent - 0.14 * em - above.descent))
            }
            if let below {
                result.add(below, at: Point((width - below.width) / 2, body.descent + 0.14 * em + below.ascent))
            }
            result.width = width
            return result
        }
        result.add(body, at: .zero)
        let isHigh = body.ascent > 0.8 * em
        var width = body.width
        if case .sign(let primes, _)? = sup, primes.allSatisfy({ $0 == "′" }) {
            // The face's prime is already raised.
            let prime = glyphs(primes)
            result.add(prime, at: Point(body.width + 0.03 * em, 0))
            width += 0.03 * em + prime.width
        } else if let above {
            let shift = max(isHigh ? body.ascent - 0.38 * em : 0, 0.4 * em)
            result.add(above, at: Point(body.width + 0.04 * em, -shift))
            width = max(width, body.width + 0.04 * em + above.width)
        }
        if let below {
            let isLow = body.descent > 0.3 * em
            var shift = max(isLow ? body.descent + 0.05 * em : 0, 0.17 * em)
            if above != nil { shift = max(shift, 0.24 * em) }
            let lean = base.leans ? -0.05 * em : 0
            result.add(below, at: Point(body.width + 0.02 * em + lean, shift))
            width = max(width, body.width + 0.02 * em + lean + below.width)
        }
        result.width = width + 0.05 * em
        return result
    }

    private func accent(_ base: MathNode, _ mark: String) -> Formula.Box {
        let body = box(base)
        var result = Formula.Box(width: body.width)
        result.add(body, at: .zero)
        let y = -body.ascent - 0.1 * em
        let middle = body.width / 2 + (base.leans ? 0.06 * em : 0)
        let reach = min(0.22 * em, max(0.14 * em, body.width * 0.4))
        let stroke = Stroke(color, width: rule)
        var path = Path()
        switch mark {
        case "^":
            path = .polyline([Point(middle - reach, y), Point(middle, y - 0.12 * em), Point(middle + reach, y)])
        case "~":
            path.move(to: Point(middle - reach, y))
            path.curve(
                to: Point(middle + reach, y - 0.04 * em), Point(middle - reach * 0.3, y - 0.16 * em),
                Point(middle + reach * 0.3, y + 0.1 * em))
        case "→":
            path = .line(Point(middle - reach, y - 0.03 * em), Point(middle + reach, y - 0.03 * em))
            path.add(
                .polyline([
                    Point(middle + reach - 0.07 * em, y - 0.1 * em), Point(middle + reach, y - 0.03 * em),
                    Point(middle + reach - 0.07 * em, y + 0.04 * em),
                ]))
        case "˙":
            let dot = Path.circle(Point(middle, y - 0.03 * em), radius: 0.05 * em)
            result.items.append(Item(.path(dot, fill: color, stroke: nil)))
        default: path = .line(Point(middle - reach, y), Point(middle + reach, y))
        }
        if !path.elements.isEmpty { result.stroke(path, stroke) }
        result.ascent = body.ascent + 0.26 * em
        return result
    }

    private func fenced(_ open: String, _ body: MathNode, _ close: String) -> Formula.Box {
        // Cases read from the left, matrices from the middle.
        let inner: Formula.Box =
            if case .matrix(let rows) = body { matrix(rows, centred: !close.isEmpty) } else { box(body) }
        // As far above the axis as below it, and a little more than the content.
        let reach = max(inner.ascent - axis, inner.descent + axis) + 0.06 * em
        var result = Formula.Box()
        var x = 0.0
        let isDrawn = reach >= 0.58 * em
        for (index, sign) in [open, close].enumerated() {
            if index == 1 {
                result.add(inner, at: Point(x, 0))
                x += inner.width
            }
            guard !sign.isEmpty else { continue }
            guard isDrawn else {
                let fence = glyphs(sign)
                result.add(fence, at: Point(x, 0))
                x += fence.width
                continue
            }
            let fence = MathFence(layout: self, reach: reach).box(sign)
            let (inside, outside) = (0.09 * em, 0.07 * em)
            result.add(fence, at: Point(x + (index == 0 ? outside : inside), 0))
            x += outside + fence.width + inside
        }
        result.width = x
        return result
    }

    private func matrix(_ rows: [[MathNode]], centred: Bool = true) -> Formula.Box {
        let boxes = rows.map { row in row.map { box($0) } }
        let columns = boxes.map { $0.count }.max() ?? 0
        let widths = (0..<columns).map { column in
            boxes.compactMap { column < $0.count ? $0[column].width : nil }.max() ?? 0
        }
        let (gapX, gapY) = (0.7 * em, 0.3 * em)
        let ups = boxes.map { row in max(0.7 * em, row.map { $0.ascent }.max() ?? 0) }
        let downs = boxes.map { row in max(0.2 * em, row.map { $0.descent }.max() ?? 0) }
        let height = zip(ups, downs).reduce(0) { $0 + $1.0 + $1.1 } + gapY * Double(max(0, rows.count - 1))
        var result = Formula.Box()
        var y = -axis - height / 2
        for (index, row) in boxes.enumerated() {
            var x = 0.0
            for (column, cell) in row.enumerated() {
                result.add(cell, at: Point(x + (centred ? (widths[column] - cell.width) / 2 : 0), y + ups[index]))
                x += widths[column] + gapX
            }
            y += ups[index] + downs[index] + gapY
        }
        result.width = widths.reduce(0, +) + gapX * Double(max(0, columns - 1))
        result.ascent = max(result.ascent, axis + height / 2)
        result.descent = max(result.descent, height / 2 - axis)
        return result
    }
}
