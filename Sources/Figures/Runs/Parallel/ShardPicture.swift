import Drawing
import Tensors
import Tracing
import Wording

/// Two matrices cut over workers: what goes in, the first cut by columns, what each worker has between, the second cut
/// by rows, a partial result for each, and their sum.
struct ShardPicture: Mark {
    /// The shapes and names of what is drawn, from the whole model's run.
    struct Pieces: Sendable {
        var input: [Int]
        var first: [Int]
        var between: [Int]
        var second: [Int]
        var firstName: String
        var betweenName: String
        var secondName: String
        var role: Role
        /// What happens between the matrices.
        var middle: Phrase

        /// - Throws: `TracingError.unknownStep(_:nearest:)`.
        init(whole: Trace, part: TensorParallelFigure.Part, layer: Int) throws {
            func shape(_ label: Label) throws -> [Int] { try whole.step(.block(layer, label)).shape.dimensions }
            let output = try shape(part.output)
            let rows = output.count == 3 ? output[0] * output[1] : output.first ?? 1
            input = [rows, output.last ?? 1]
            role = part.role
            switch part {
            case .attention:
                let weight = try shape(.outputWeight)
                second = weight
                // The three side by side; keys and values may have fewer heads.
                first = [
                    input[1],
                    try [Label.queryWeight, .keyWeight, .valueWeight].reduce(0) {
                        $0 + (try shape($1)).dropFirst().reduce(1, *)
                    },
                ]
                between = [rows, weight[0]]
                (firstName, betweenName, secondName) = ("W_{QKV}", "Z", "W_O")
                middle = Phrase(en: "each its own heads", zh: "各算各的头")
            case .feedForward:
                second = try shape(.feedForwardWeight)
                first = try shape(.hiddenWeight)
                between = [rows, second[0]]
                (firstName, betweenName, secondName) = ("W_1", "f(H)", "W_2")
                middle = Phrase(en: "each its own neurons", zh: "各算各的神经元")
            }
        }
    }

    var pieces: Pieces
    var workers: Int

    // Not to scale: a model's true sizes would leave no room for a text of four tokens.
    private static let width = 96.0
    private static let inner = 150.0
    private static let rows = 62.0
    private static let gap = 46.0
    private static let shift = 9.0
    private static let natural = Size(
        2 * inner + 4 * width + 5 * gap + 70, 150)

    private func zoom(_ space: Space) -> Double {
        min(max(space.density.zoom, 0.72), 1.3, max(0.55, space.width / Self.natural.width))
    }

    func extent(in space: Space) -> Extent {
        let zoom = zoom(space)
        return Extent(Self.natural.width * zoom, Self.natural.height * zoom + 56)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let zoom = zoom(space)
        let theme = space.theme
        let middle = rect.minY + 28 + Self.natural.height * zoom / 2
        var x = rect.minX + (rect.width - Self.natural.width * zoom) / 2
        func box(_ width: Double, _ height: Double) -> Rect {
            let rect = Rect(x, middle - height * zoom / 2, width * zoom, height * zoom)
            x += width * zoom
            return rect
        }
        func sign(_ text: String) {
            canvas.text(text, at: Point(x + Self.gap * zoom / 2, middle), .heading, theme.ink, in: space)
            x += Self.gap * zoom
        }
        func name(_ text: String, _ rect: Rect) {
            let formula = Formula(text).size(22).color(.role(pieces.role))
            let size = formula.size(in: space)
            formula.place(
                in: Rect(rect.midX - size.width / 2, rect.minY - size.height - 4, size.width, size.height), space,
                onto: &canvas)
        }
        func shape(_ sizes: [Int], _ rect: Rect, extra: Phrase? = nil) {
            let words = extra.map { " · " + space.text($0) } ?? ""
            canvas.text(
                Numbers.shape(sizes) + words, at: Point(rect.midX, rect.maxY + 14), .mono(.small), theme.muted,
                in: space)
        }
        func plain(_ rect: Rect) {
            canvas.fill(.rectangle(rect), theme.panel, stroke: Stroke(theme.color(.role(.residual)), width: 2))
        }
        let input = box(Self.width, Self.rows)
        plain(input)
        name("X", input)
        shape(pieces.input, input)
        sign("×")
        let first = box(Self.inner, Self.width)
        cut(first, upright: true, space, &canvas)
        name(pieces.firstName, first)
        shape(pieces.first, first)
        arrow(&x, Self.gap * zoom, middle, theme, &canvas)
        let between = box(Self.inner, Self.rows)
        cut(between, upright: true, space, &canvas)
        name(pieces.betweenName, between)
        canvas.text(
            space.text(pieces.middle), at: Point(between.midX, between.maxY + 32), .small, theme.muted, in: space)
        shape(pieces.between, between)
        sign("×")
        let second = box(Self.width, Self.inner)
        cut(second, upright: false, space, &canvas)
        name(pieces.secondName, second)
        shape(pieces.second, second)
        sign("=")
        // Partial results lie on one another like sheets.
        let first0 = box(Self.width, Self.rows)
        let shift = min(Self.shift, 46 / Double(max(workers - 1, 1))) * zoom
        for worker in (0..<workers).reversed() {
            let offset = (Double(worker) - Double(workers - 1) / 2) * shift
            let sheet = first0.moved(by: Point(Double(worker) * shift, offset))
            canvas.fill(.rectangle(sheet), theme.paper)
            WorkerLook(worker: worker).paint(sheet, theme, onto: &canvas)
        }
        name("Y_w", first0.moved(by: Point(Double(workers - 1) * shift / 2, -Double(workers - 1) * shift / 2)))
        let count = Phrase(en: "{n} parts", zh: "{n} 份").filled(["n": Phrase("\(workers)")])
        canvas.text(
            space.text(count),
            at: Point(
                first0.midX + Double(workers - 1) * shift / 2, first0.maxY + Double(workers - 1) * shift / 2 + 14),
            .small, theme.muted, in: space)
        x += Double(workers - 1) * shift + 4
        arrow(&x, Self.gap * zoom, middle, theme, &canvas, word: "Σ", space)
        let sum = box(Self.width, Self.rows)
        plain(sum)
        name("Y", sum)
        shape(pieces.input, sum)
    }

    private func arrow(
        _ x: inout Double, _ width: Double, _ y: Double, _ theme: Theme, _ canvas: inout Canvas, word: String = "",
        _ space: Space? = nil
    ) {
        canvas.arrow(Point(x + 6, y), Point(x + width - 6, y), Stroke(theme.ink, width: 2.5), head: 11)
        if let space { canvas.text(word, at: Point(x + width / 2, y - 18), .heading, theme.ink, in: space) }
        x += width
    }

    /// A matrix as its workers' pieces.
    private func cut(_ rect: Rect, upright: Bool, _ space: Space, _ canvas: inout Canvas) {
        for worker in 0..<workers {
            let (start, share) = (Double(worker) / Double(workers), 1 / Double(workers))
            let piece =
                upright
                ? Rect(rect.minX + start * rect.width, rect.minY, share * rect.width, rect.height)
                : Rect(rect.minX, rect.minY + start * rect.height, rect.width, share * rect.height)
            WorkerLook(worker: worker).paint(piece.inset(by: 1), space.theme, onto: &canvas)
            canvas.hotSpot(piece, space.text(WorkerLook.name(worker)))
        }
    }
}
