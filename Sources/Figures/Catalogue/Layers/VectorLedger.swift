import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// Vectors of one width under each other, as a sum is written on paper: each row's name, its cells, the number of one
/// column, and the row's size as a bar. The cells are as wide as the room allows.
struct VectorLedger: ComposedMark {
    struct Row: Sendable {
        /// How a row meets the line of the residual stream at the left.
        enum Kind: Sendable, Hashable {
            /// The stream itself.
            case stream
            /// Added to the stream.
            case addition
            /// The stream after a normalisation.
            case normalized
        }

        var kind: Kind
        var name: Phrase
        var role: Role
        var step: StepName
        var values: [Float]
        /// The place in the step's tensor, but for the last axis.
        var index: [Int]
        /// The size that the bar shows.
        var size: Double
        /// Whether a line above says that this row is the sum of those before it.
        var isTotal = false

        init(_ kind: Kind, _ name: Phrase, _ role: Role, _ step: Step, position: Int) {
            self.kind = kind
            self.name = name
            self.role = role
            self.step = step.name
            let place = min(position, max(0, (step.shape.rank > 1 ? step.shape[1] : 1) - 1))
            index = [0, place]
            values = step.row(0, place)
            size = values.rootMeanSquare
        }
    }

    var rows: [Row]
    /// The column whose numbers are written out.
    var column: Int?
    var scale: ValueScale
    var cellsTitle: Phrase
    var sizeTitle: Phrase

    private static let header = 30.0
    private static let footer = 26.0
    /// Where the line of the stream runs, and how wide its track is.
    private static let spine = (middle: 13.0, width: 40.0)

    func build(_ space: Space) -> AnyMark {
        let room = space.room(or: Size(1200, 520))
        let most = rows.reduce(0) { $1.size.isFinite ? max($0, $1.size) : $0 }
        let sizes = rows.map { space.width(of: Numbers.significant($0.size), .mono(.small)) }.max() ?? 0
        let bar = max(60, min(190, room.width * 0.12))
        let isNarrow = space.isNarrow
        let table = Table(
            rows.count, isNarrow ? Array(tracks.prefix(4)) : tracks, pitch: 22...84, header: Self.header, fewest: 7
        ) { place, height in
            let row = rows[place]
            let showsStep = height >= 52 && room.width >= 1000
            let font = height >= 34 && !isNarrow ? Font.label : .small
            let strip = Drawn(0, 0, stretch: .both) { rect, space, canvas in
                self.strip(row, place, Size(rect.width, min(44, height * (showsStep ? 0.62 : 0.7))), space)
                    .place(at: Point(rect.minX, rect.midY), .leading, space, onto: &canvas)
            }
            let cells: [AnyMark?] = [
                Drawn(Self.spine.width, 0, stretch: .vertical) { _, _, _ in }.anchored("row \(place)").any,
                VStack(.leading, spacing: 2) {
                    Text(row.name).font(font.semibold).color(.role(row.role))
                    if showsStep { Text(row.step.description).font(.mono(.small)).color(.muted) }
                }.any,
                strip.anchored("strip").any, number(row, place, .mono(font)),
                Bar(row.size, limit: most, .role(row.role), text: Numbers.significant(row.size)).font(.mono(.small))
                    .length(bar, words: sizes).any,
            ]
            return Table.Row(isNarrow ? Array(cells.prefix(4)) : cells)
        }
        let rest = Self.header + Self.footer
        return table.gaps(track: 1).padding(Insets(bottom: Self.footer)).connected { anchors, rect, space, canvas in
            let body = rect.inset(by: Insets(top: Self.header, bottom: Self.footer))
            guard rect.height > rest, let strip = anchors["strip"] else { return }
            paintColumn(anchors, body, space.theme, &canvas)
            paintSpine(anchors, rect, space.theme, &canvas)
            let shown = columns(in: strip.width, space).shown.count
            let words =
                shown == width
                ? BlockText.widthAxis.phrase
                : BlockText.shownOf.phrase.filled(["shown": Phrase(String(shown)), "all": Phrase(String(width))])
            canvas.text(
                space.text(words), at: Point(strip.midX, rect.maxY - 10), .small, space.theme.muted, in: space)
        }.any
    }

    private var width: Int { rows.map { $0.values.count }.max() ?? 0 }

    private var tracks: [Table.Track] {
        func head(_ words: Phrase, _ tint: Tint = .muted) -> AnyMark { Text(words).font(.small).color(tint).any }
        let shape = Numbers.shape([1, rows.first?.values.count ?? 0])
        let title = Drawn(0, 20, stretch: .horizontal) { rect, space, canvas in
            let (words, muted) = (space.text(cellsTitle), space.theme.muted)
            canvas.text(shape, at: Point(rect.maxX, rect.midY), .mono(.small), muted, .trailing, in: space)
            let used = space.width(of: words, .small) + space.width(of: shape, .mono(.small)) + 16
            guard used <= rect.width else { return }
            canvas.text(words, at: Point(rect.minX, rect.midY), .small, muted, .leading, in: space)
        }
        return [
            Table.Track(), Table.Track(),
            Table.Track(120...max(120, Double(width) * 78 + 8), gap: 18, head: title.any),
            Table.Track(
                alignment: 1, gap: column == nil ? 0 : 24,
                head: column.map {
                    head(BlockText.column.phrase.filled(["number": Phrase(String($0))]), .ink)
                }), Table.Track(gap: 24, head: head(sizeTitle)),
        ]
    }

    /// Which columns are drawn; with two gaps at most, where the kept column lies in the middle.
    private func columns(in length: Double, _ space: Space) -> Elision {
        guard Double(width) * (space.vectors == nil ? 5.5 : 1.7) > length else {
            return Elision(showing: Array(0..<width), of: width)
        }
        return Elision(width, most: max(4, Int(clamping: (length - 120) / 13)), keeping: column)
    }

    private func strip(_ row: Row, _ place: Int, _ size: Size, _ space: Space) -> Matrix {
        let columns = columns(in: size.width, space)
        let cell = min(76, Matrix.cellWidth(in: size.width, columns: columns.shown.count, gaps: columns.gapCount))
        let name = space.text(row.name)
        let matrix = Matrix([row.values]).named(nil, row.role).withoutShape().scaled(scale).digits(.decimals(2))
            .showing(columns: columns.shown).cell(Size(cell, max(8, size.height - 8)))
            .tagged(row.step.description) { row.index + [$1] }.explained { "\(name) [\($1)]" }
        return column.map { matrix.anchoring("column \(place)", rows: 0...0, columns: $0...$0) } ?? matrix
    }

    /// The column's number as a line of the sum.
    private func number(_ row: Row, _ place: Int, _ font: Font) -> AnyMark? {
        guard let column, column < row.values.count else { return nil }
        let value = Double(row.values[column])
        let sign =
            switch row.kind {
            case .addition: value >= 0 ? "+" : ""
            case .stream: place == 0 ? "" : addsUp(column, upTo: place) ? "= " : "≈ "
            case .normalized: "→ "
            }
        return Text(sign + Numbers.fixed(value)).font(row.kind == .addition ? font : font.bold)
            .tagged(Tag(step: row.step.description, index: row.index + [column])).any
    }

    /// Whether the numbers above a sum give it as they are written.
    private func addsUp(_ column: Int, upTo place: Int) -> Bool {
        var parts: [Double] = []
        for row in rows[..<place] where column < row.values.count {
            if row.kind != .addition { parts = [] }
            parts.append(Double(row.values[column]))
        }
        return ShownArithmetic.sign(sum: parts, Double(rows[place].values[column])) == "="
    }

    /// The picture in words.
    static let picture = Phrase(
        en:
            "Vectors under each other as coloured cells, what is added with a plus, the sums between; at the right one column in numbers and each vector's size as a bar.",
        zh: "向量上下排列，用颜色表示，加上去的带加号，中间是和；右边写出一列的数，并用条表示各向量的大小。")

    /// The frame around the column whose numbers are written out.
    private func paintColumn(_ anchors: [String: Rect], _ body: Rect, _ theme: Theme, _ canvas: inout Canvas) {
        let cells = rows.indices.compactMap { anchors["column \($0)"] }
        guard let first = cells.first else { return }
        canvas.stroke(
            .rounded(Rect(first.minX - 2, body.minY + 1, first.width + 4, body.height - 2), radius: 5),
            Stroke(theme.highlight, width: 3))
    }

    /// The residual stream from row to row, what is added to it, and a line over a sum.
    private func paintSpine(_ anchors: [String: Rect], _ rect: Rect, _ theme: Theme, _ canvas: inout Canvas) {
        let shown = rows.indices.compactMap { place in anchors["row \(place)"].map { (rows[place], $0) } }
        guard let first = shown.first?.1, let last = shown.last?.1 else { return }
        let (x, color) = (rect.minX + Self.spine.middle, theme.accent(.residual))
        canvas.line(
            Point(x, first.midY - first.height * 0.4), Point(x, last.midY), Stroke(color, width: 4))
        for (row, line) in shown {
            let center = Point(x, line.midY)
            let radius = min(11, line.height * 0.4)
            switch row.kind {
            case .stream: canvas.fill(.circle(center, radius: radius * 0.68), color)
            case .normalized:
                let box = Rect(center.x - radius * 0.8, center.y - radius * 0.8, radius * 1.6, radius * 1.6)
                canvas.fill(.rounded(box, radius: 4), theme.tint(.residual), stroke: Stroke(color, width: 2.5))
            case .addition:
                canvas.arrow(
                    Point(line.maxX - 3, center.y), Point(center.x + radius, center.y),
                    Stroke(theme.accent(row.role), width: 2), head: 7)
                canvas.fill(.circle(center, radius: radius), theme.paper, stroke: Stroke(color, width: 2.5))
                canvas.plus(center, arm: radius * 0.55, Stroke(color, width: 2.5))
            }
            guard row.isTotal else { continue }
            canvas.line(
                Point(line.maxX, line.minY), Point(rect.maxX, line.minY), Stroke(theme.ink, width: 1.5))
        }
    }
}
