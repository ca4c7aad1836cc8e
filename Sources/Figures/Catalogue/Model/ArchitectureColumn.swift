import Drawing
import Tracing
import Wording

/// The decoder upwards: the diagram on the left; on the right, level by level, name, shape and the focus token's numbers.
struct ArchitectureColumn: Mark {
    var parts: ArchitectureLevels
    var layer: Int
    var token: String
    var focus: Int
    /// How many numbers of each vector are shown.
    var cells: Int

    private struct Measures {
        var style: ArchitectureStyle
        /// The height of each level, from the bottom upwards.
        var heights: [Double]
        var bracket: Double
        var half: Double
        var branch: Double
        var letters: Double
        var shapes: Double
        var numbers: Double
        var gap: Double

        var diagram: Double { bracket + half + max(half, branch) }
        var width: Double { diagram + 44 + letters + 20 + shapes + (numbers > 0 ? 20 + numbers : 0) }
        var height: Double {
            heights.reduce(0, +) + gap * Double(max(0, heights.count - 1)) + 2 * blockMargin
        }
        let blockMargin = 8.0
    }

    private static let lead = 46.0
    /// Above the numbers: whose they are.
    private static let header = 28.0

    private func measure(_ space: Space) -> Measures {
        let style = ArchitectureStyle(space: space)
        let heights = parts.levels.map { level -> Double in
            if case .plus = level.kind { style.plusSize + 4 } else { style.boxHeight }
        }
        var half = 30.0
        var branch = 0.0
        for level in parts.levels {
            switch level.kind {
            case .box(let box): half = max(half, style.width(box) / 2)
            case .plus(let side): if let side { branch = max(branch, Self.lead + style.width(side)) }
            case .branch(let boxes):
                let width = boxes.reduce(Self.lead) { $0 + style.width($1) } + 22 * Double(boxes.count - 1)
                branch = max(branch, width + 26)
            }
        }
        let marks = style.layers(parts.layerCount, shown: layer)
        let bracket =
            max(space.width(of: marks.times, style.font.semibold), space.width(of: marks.words, .small)) + 20
        let shapes = parts.levels.map { space.width(of: Numbers.shape($0.shape), .mono(.small)) }.max() ?? 0
        let words = parts.levels.map { wordsMark($0, space).size(in: space).width }.max() ?? 0
        let title = space.width(of: "first numbers of “\(token)”", .small)
        var measures = Measures(
            style: style, heights: heights, bracket: bracket, half: half, branch: branch,
            letters: space.width(of: "ℓ̂′′", .math(size: style.font.size * 1.3)) + 16, shapes: shapes,
            numbers: cells == 0 ? 0 : max(words, title, (cellSize(space).width + 2) * Double(cells) + 34),
            gap: style.gap)
        // A high page is filled: its levels stand further apart.
        let free = space.height - measures.height - (cells > 0 ? Self.header : 0)
        if free.isFinite, free > 0, heights.count > 1 {
            measures.gap += min(free / Double(heights.count - 1), style.gap * 2)
        }
        return measures
    }

    private func cellSize(_ space: Space) -> Size {
        Size(space.density.label.size >= 17 ? 56 : 48, max(22, space.density.label.size * 1.5))
    }

    func extent(in space: Space) -> Extent {
        let measures = measure(space)
        return Extent(measures.width, measures.height + (cells > 0 ? Self.header : 0))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let measures = measure(space)
        let stream = rect.minX + measures.bracket + measures.half
        // The levels' middles, from the bottom upwards; the block's frame needs a little room of its own.
        var middles: [Double] = []
        var y = rect.maxY
        for (index, level) in parts.levels.enumerated() {
            if index > 0 { y -= measures.gap }
            if level.isInBlock != (index > 0 && parts.levels[index - 1].isInBlock) { y -= measures.blockMargin }
            middles.append(y - measures.heights[index] / 2)
            y -= measures.heights[index]
        }
        if cells > 0 {
            let words = Phrase(en: "first numbers of “{token}”", zh: "“{token}”的前几个数").filled(["token": Phrase(token)])
            let x = rect.minX + measures.diagram + 44 + measures.letters + 20 + measures.shapes + 20
            canvas.text(space.text(words), at: Point(x, rect.minY + 9), .small, space.theme.muted, .leading, in: space)
        }
        paintBlock(rect, middles, measures, space, &canvas)
        paintStream(stream, middles, measures, &canvas)
        for (index, level) in parts.levels.enumerated() {
            paint(level, index, stream, middles, measures, space, &canvas)
            paintNumbers(level, rect.minX + measures.diagram + 44, middles[index], measures, space, &canvas)
        }
    }

    private func paintBlock(
        _ rect: Rect, _ middles: [Double], _ measures: Measures, _ space: Space, _ canvas: inout Canvas
    ) {
        let inside = parts.levels.indices.filter { parts.levels[$0].isInBlock }
        guard let first = inside.first, let last = inside.last else { return }
        let theme = space.theme
        let top = middles[last] - measures.heights[last] / 2 - measures.blockMargin
        let bottom = middles[first] + measures.heights[first] / 2 + measures.blockMargin
        let frame = Rect(
            rect.minX + measures.bracket - 6, top, measures.diagram - measures.bracket + 12, bottom - top)
        canvas.fill(
            .rounded(frame, radius: 12), theme.panel.mixed(with: theme.paper, 0.35),
            stroke: Stroke(theme.muted, width: 1.5, dashes: [6, 5]))
        let marks = measures.style.layers(parts.layerCount, shown: layer)
        let middle = frame.midY
        let x = rect.minX + (measures.bracket - 12) / 2
        canvas.text(marks.times, at: Point(x, middle - 11), measures.style.font.semibold, theme.ink, in: space)
        canvas.text(marks.words, at: Point(x, middle + 12), .small, theme.muted, in: space)
    }

    /// From box to box, so that no line runs under a word.
    private func paintStream(_ x: Double, _ middles: [Double], _ measures: Measures, _ canvas: inout Canvas) {
        var from: Double?
        for (index, level) in parts.levels.enumerated() {
            guard case .box = level.kind else { continue }
            let half = measures.style.boxHeight / 2
            if let from { canvas.line(Point(x, from), Point(x, middles[index] + half), measures.style.stream) }
            from = middles[index] - half
        }
        guard let from, let last = middles.last, last < from else { return }
        canvas.line(Point(x, from), Point(x, last), measures.style.stream)
    }

    private func paint(
        _ level: ArchitectureLevels.Level, _ index: Int, _ stream: Double, _ middles: [Double], _ measures: Measures,
        _ space: Space, _ canvas: inout Canvas
    ) {
        let style = measures.style
        let y = middles[index]
        switch level.kind {
        case .box(let box):
            let width = style.width(box)
            style.paint(box, in: Rect(stream - width / 2, y - style.boxHeight / 2, width, style.boxHeight), &canvas)
        case .plus(let side):
            if let side {
                let box = Rect(
                    stream + Self.lead, y - style.boxHeight / 2, style.width(side), style.boxHeight)
                canvas.arrow(
                    Point(box.minX, y), Point(stream + style.plusSize / 2, y), style.branch(side.role), head: 10)
                style.paint(side, in: box, &canvas)
            }
            style.plus(at: Point(stream, y), &canvas)
        case .branch(let boxes):
            var x = stream
            var from = Point(stream, y)
            for (place, box) in boxes.enumerated() {
                x += place == 0 ? Self.lead : 22
                canvas.arrow(from, Point(x, y), style.branch(box.role), head: 9)
                let rect = Rect(x, y - style.boxHeight / 2, style.width(box), style.boxHeight)
                style.paint(box, in: rect, &canvas)
                x = rect.maxX
                from = Point(x, y)
            }
            canvas.fill(.circle(Point(stream, y), radius: 5), space.theme.accent(.residual))
            guard index + 1 < middles.count, let role = boxes.last?.role else { return }
            let up = middles[index + 1]
            canvas.arrow(
                .polyline([
                    from, Point(from.x + 16, y), Point(from.x + 16, up), Point(stream + style.plusSize / 2 + 4, up),
                ]), style.branch(role), head: 10)
        }
    }

    private func wordsMark(_ level: ArchitectureLevels.Level, _ space: Space) -> AnyMark {
        let shown = Elision(level.words.count, most: 6).slots
        return HStack(spacing: 6) {
            shown.map { slot -> AnyMark in
                switch slot {
                case .shown(let place):
                    Chip(level.words[place].shortened(to: 10), tint: .role(.token)).font(.small).any
                case .gap: Text("⋯").font(.small).color(.muted).any
                }
            }
            if let note = level.wordsNote { Text(note).font(.mono(space.density.label)) }
        }.any
    }

    private func paintNumbers(
        _ level: ArchitectureLevels.Level, _ x: Double, _ y: Double, _ measures: Measures, _ space: Space,
        _ canvas: inout Canvas
    ) {
        let theme = space.theme
        guard let step = level.step else { return }
        let symbol = StepSymbol.of(step)
        let letter = Formula(symbol.notation).size(measures.style.font.size * 1.3).color(.role(symbol.role))
        letter.place(at: Point(x, y), .leading, space, onto: &canvas)
        let shapeX = x + measures.letters + 20
        canvas.text(
            Numbers.shape(level.shape), at: Point(shapeX, y), .mono(.small), theme.muted, .leading, in: space)
        let numbersX = shapeX + measures.shapes + 20
        guard cells > 0 else { return }
        if !level.words.isEmpty {
            wordsMark(level, space).place(at: Point(numbersX, y), .leading, space, onto: &canvas)
            return
        }
        let values = Array(level.row.prefix(cells))
        guard !values.isEmpty else { return }
        let position = focus
        let cell = cellSize(space)
        let strip = Matrix([values]).named(nil, symbol.role).withoutShape().scaled(.fitting(values)).cell(
            Size(cell.width, min(cell.height, measures.style.plusSize + 2))
        ).tagged(step.description) { [0, position, $1] }
        let size = strip.place(at: Point(numbersX, y), .leading, space, onto: &canvas)
        if level.row.count > values.count {
            canvas.text(
                "⋯", at: Point(numbersX + size.width + 14, y), .mono(.small), theme.muted, in: space)
        }
    }
}
