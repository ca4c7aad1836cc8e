import Drawing
import Tracing
import Wording

/// The decoder as boxes on and beside the residual stream: upwards, with a table of live numbers beside it; on a low
/// page from left to right, with the shapes under it.
struct ArchitecturePicture: ComposedMark {
    var parts: ArchitectureLevels
    var token: Phrase
    var focus: Int
    var layer: Int

    private func column(cells: Int) -> ArchitectureColumn {
        ArchitectureColumn(parts: parts, layer: layer, token: token, focus: focus, cells: cells)
    }

    func build(_ space: Space) -> AnyMark {
        ThatFits {
            for count in [14, 12, 10, 8, 6, 5, 4, 3] { column(cells: count) }
            if space.height > space.width { column(cells: 2) }
            // On a high page letters that can be read come before the numbers.
            if space.height > space.width * 1.3 { column(cells: 0) }
            // Smaller letters before no numbers.
            if space.density.label.size <= Font.leastSize { column(cells: 0) }
            // From left to right only where the page is a band: elsewhere the levels stand above one another.
            if space.height < space.width * 0.36 || space.density.label.size <= Font.leastSize {
                parts.stream(upright: false, layer: layer)
            }
            column(cells: 3)
        }.any
    }
}

/// The decoder upwards: the diagram on the left; on the right, level by level, name, shape and the focus token's numbers.
struct ArchitectureColumn: ComposedMark {
    var parts: ArchitectureLevels
    var layer: Int
    var token: Phrase
    var focus: Int
    /// How many numbers of each vector are shown.
    var cells: Int

    /// Above the numbers: whose they are.
    private static let header = 28.0

    private struct Measures {
        var letters: Double
        var shapes: Double
        var numbers: Double

        var width: Double { 44 + letters + 20 + shapes + (numbers > 0 ? 20 + numbers : 0) }
    }

    private func measure(_ space: Space) -> Measures {
        let shapes = parts.levels.map { space.width(of: Numbers.shape($0.shape), .mono(.small)) }.max() ?? 0
        let words = parts.levels.map { wordsMark($0, space).size(in: space).width }.max() ?? 0
        let title = space.width(of: space.text(Self.title(token)), .small)
        return Measures(
            letters: space.width(of: "ℓ̂′′", .math(size: space.density.label.size * 1.3)) + 16, shapes: shapes,
            numbers: cells == 0 ? 0 : max(words, title, (cellSize(space).width + 2) * Double(cells) + 34))
    }

    private static func title(_ token: Phrase) -> Phrase {
        Phrase(en: "first numbers of {token}", zh: "{token}的前几个数").filled(["token": token])
    }

    private func cellSize(_ space: Space) -> Size {
        let size = space.density.label.size
        return Size(size >= 17 ? 56 : 48, min(max(22, size * 1.5), (size * 1.3).rounded() + 2))
    }

    func build(_ space: Space) -> AnyMark {
        let measures = measure(space)
        let insets = Insets(top: cells > 0 ? Self.header : 0, right: measures.width)
        return parts.stream(upright: true, layer: layer).padding(insets).connected { anchors, rect, space, canvas in
            let x = rect.maxX - measures.width + 44
            if cells > 0 {
                let words = Self.title(token)
                canvas.text(
                    space.text(words), at: Point(x + measures.letters + 20 + measures.shapes + 20, rect.minY + 9),
                    .small, space.theme.muted, .leading, in: space)
            }
            for (index, level) in parts.levels.enumerated() {
                guard let place = anchors["level \(index)"] else { continue }
                paintNumbers(level, x, place.midY, measures, space, &canvas)
            }
        }.any
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
        let letter = Formula(symbol.notation).size(space.density.label.size * 1.3).color(.role(symbol.role))
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
        // A wide number costs a decimal, not the digits of all.
        let isWide = values.contains { $0 <= -9.995 || $0 >= 99.995 }
        let strip = Matrix([values]).named(nil, symbol.role).withoutShape().scaled(.fitting(values))
            .digits(isWide ? .decimals(1) : .automatic)
            .cell(cellSize(space)).tagged(step.description) { [focus] in [0, focus, $1] }
        let size = strip.place(at: Point(numbersX, y), .leading, space, onto: &canvas)
        if level.row.count > values.count {
            canvas.text(
                "⋯", at: Point(numbersX + size.width + 14, y), .mono(.small), theme.muted, in: space)
        }
    }
}
