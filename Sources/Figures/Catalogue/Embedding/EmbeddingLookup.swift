import Drawing
import Platform
import Tensors
import Tokenizers
import Tracing
import Wording

/// How a number becomes a vector: each id picks its row of the embedding matrix.
package enum EmbeddingLookup: TraceFigure {
    package static let id = "embedding-lookup"
    package static let title = Phrase(en: "A number picks a row", zh: "按编号取一行")
    package static let scope = FigureScope.once
    package static let isOfEachStack = true
    package static let shows: [Label] = [.embed, .tokens]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        // Recorded elsewhere without ids, nothing says which rows were picked.
        request.trace[StepName(.embed, stack: request.stack)] != nil
            && !(request.trace.isElsewhere && request.trace[StepName(.tokens, stack: request.stack)] == nil)
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        // Where rows are made larger afterwards (by √width), the rows themselves are shown.
        let embed =
            if let unscaled = request.trace[StepName(.unscaledEmbed, stack: request.stack)] { unscaled } else {
                try request.step(StepName(.embed, stack: request.stack))
            }
        let ids = request.promptIDs
        let scale = ValueScale.visible(
            [embed.rowsByPosition], rows: 8, columns: request.plan == nil ? 12 : .max)
        let parts = LookupParts(request: request, embed: embed, ids: ids, scale: scale)
        let takeaway = takeaway(request, ids)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The embedding matrix holds a row for every token of the vocabulary; a token's id says which row.",
                zh: "嵌入矩阵为词表里的每个词元存着一行数；编号是几，就取第几行。"),
            here: MiniMap(.embedding, of: request),
            formula: EmbeddingMatrix.formula,
            takeaway: takeaway, legend: [ColorScale(scale).any],
            altText: request.altText(
                Phrase(
                    en: "Lines lead from each token's id to its row of the embedding matrix, and on to the result.",
                    zh: "连线从每个词元的编号引到嵌入矩阵的那一行，再引到结果。"), takeaway)
        ) { _ in parts }
    }

    private static func takeaway(_ request: FigureRequest, _ ids: [Int]) -> Phrase {
        let labels = request.labels
        // Only of tokens that are drawn however small the page is.
        let shown = Set(Elision(ids.count, most: ids.count > 8 ? 4 : 8).shown)
        if let (first, second) = EmbeddingMatrix.repeated(ids), shown.contains(first), shown.contains(second) {
            let count = ids.count { $0 == ids[second] }
            return Phrase(
                en: "{token} occurs {count} times and picks row {id} each time: same token, same vector.",
                zh: "{token}出现 {count} 次，每次取的都是第 {id} 行：词元相同，向量就相同。"
            ).filled([
                "token": request.label(at: second).spoken, "count": Phrase(String(count)),
                "id": Phrase(String(ids[second])),
            ])
        }
        let focus = request.focus
        return Phrase(en: "{token} is number {id}, so it gets row {id}.", zh: "{token}的编号是 {id}，取出的就是第 {id} 行。")
            .filled([
                "token": labels.name(focus),
                "id": Phrase(String(ids.indices.contains(focus) ? ids[focus] : 0)),
            ])
    }
}

/// Tokens on the left, the rows they pick in the middle, what comes out on the right.
private struct LookupParts: ComposedMark {
    var tokens: [(label: TokenLabel, id: Int)]
    var vectors: [[Float]]
    var embedName: String
    var tokensName: String
    /// The vocabulary's size, where the trace knows it.
    var vocabulary: Int?
    var tableName: String?
    var scale: ValueScale

    init(request: FigureRequest, embed: Step, ids: [Int], scale: ValueScale) {
        vectors = embed.rowsByPosition
        tokens = zip(zip(request.labels, ids), vectors).map { (label: $0.0.0, id: $0.0.1) }
        embedName = embed.name.description
        let table = request.trace[StepName(.embedding, stack: request.stack)] ?? request.trace[StepName(.embedding)]
        tokensName = StepName(.tokens, stack: request.stack).description
        tableName = table?.name.description
        vocabulary =
            table.flatMap { $0.shape.dimensions.first } ?? request.trace.model.numbers["vocabulary"].map {
                Int(clamping: $0)
            }
            ?? request.tokenizer?.vocabularySize
        self.scale = scale
    }

    func build(_ space: Space) -> AnyMark {
        // Smaller cells before fewer tokens, fewer tokens before numbers that cannot be read.
        let isSmall = space.density.cell.width <= 46
        let counts = [8, 6, 5, 4, 3, 2].filter { isSmall && $0 < tokens.count }
        let most = space.isNarrow ? [5, 4, 3, 2].map { min($0, tokens.count) } : [min(8, tokens.count)] + counts
        let columns = space.density.cell.width >= 46 ? [7, 6, 5, 4, 3, 2] : [12, 8, 6, 4]
        // Of a page's figure vectors are whole; on a phone what comes out is left to the next figure.
        let tries = space.vectors == nil ? columns : StoryPlan.columns
        // Of a single token all stands under each other where that is larger, with more of its numbers.
        if tokens.count == 1, space.vectors == nil, space.height > space.width * 0.45 {
            return Fullest {
                ThatFits { for column in [12, 8, 6, 4, 3, 2] { upright(column, space) } }
                ThatFits { for column in columns { picture(1, column, space) } }
            }.any
        }
        return ThatFits {
            for count in most {
                for column in tries { picture(count, column, space) }
                if space.isNarrow { picture(count, StoryPlan.columns[0], space, hasResult: false) }
            }
        }.any
    }

    /// Rows of one number's height: wide enough for its digits at the least size.
    private func cell(_ space: Space) -> Size {
        let drawn = space.density.drawnCell
        return Size(drawn.width >= 46 ? max(50, drawn.width) : drawn.width, max(24, drawn.height * 0.8))
    }

    /// One token, the row that it picks, and what comes out, one under the other.
    private func upright(_ columns: Int, _ space: Space) -> AnyMark {
        let cell = cell(space)
        return VStack(.center, spacing: max(44, space.density.gap * 2)) {
            token(0, space.density.label.size(space.density.label.size * 1.2))
            table([0], columns, cell, space)
            result([0], columns, cell)
        }.connected { anchors, _, space, canvas in
            guard let chip = anchors["token-0"], let row = anchors["row-\(tokens[0].id)"],
                let cells = anchors["cells-\(tokens[0].id)"], let goal = anchors["goals"]
            else { return }
            let first = Stroke(space.theme.accent(.token), width: 2)
            let second = Stroke(space.theme.accent(.embedding), width: 2)
            canvas.arrow(Point(chip.midX, chip.maxY + 6), Point(chip.midX, row.minY - 6), first)
            canvas.arrow(Point(cells.midX, row.maxY + 6), Point(cells.midX, goal.minY - 44), second)
        }.any
    }

    private func picture(_ most: Int, _ columns: Int, _ space: Space, hasResult: Bool = true) -> AnyMark {
        let elision = Elision(tokens.count, most: most)
        let shown = elision.shown
        let cell = cell(space)
        return HStack(.axis, spacing: max(44, space.density.gap * 2.6)) {
            VStack(.trailing, spacing: max(6, cell.height * 0.3) * space.density.spread.height) {
                elision.slots.map { slot -> AnyMark in
                    switch slot {
                    case .shown(let place): token(place, space.density.label.size(space.density.label.size * 1.2))
                    case .gap(let count): ElisionMark(count: count).any
                    }
                }
            }
            table(shown, columns, cell, space)
            if hasResult { result(shown, columns, cell) }
        }.connected { anchors, _, space, canvas in
            for place in shown {
                let id = tokens[place].id
                guard let chip = anchors["token-\(place)"], let row = anchors["row-\(id)"],
                    let cells = anchors["cells-\(id)"]
                else { continue }
                let first = Stroke(space.theme.accent(.token), width: 2)
                let second = Stroke(space.theme.accent(.embedding), width: 2)
                canvas.arrow(
                    .ribbon(Point(chip.maxX + 6, chip.midY), Point(row.minX - 8, cells.midY)), first)
                guard let out = anchors["out"], let goal = anchors["goal-\(place)"] else { continue }
                canvas.arrow(.ribbon(Point(row.maxX + 6, cells.midY), Point(out.minX - 8, goal.midY)), second)
            }
        }.any
    }

    private func token(_ place: Int, _ font: Font) -> AnyMark {
        let (label, id) = tokens[place]
        return HStack(spacing: 12) {
            Chip(label, tint: .role(.token)).font(font)
            Text(String(id)).font(.mono(font)).color(.token)
                .tagged(Tag(step: tokensName, index: [0, place]))
        }.anchored("token-\(place)").any
    }

    private func table(_ shown: [Int], _ columns: Int, _ cell: Size, _ space: Space) -> AnyMark {
        // An id that no row has is not shown among the rows.
        let ids = Set(shown.map { tokens[$0].id }).sorted().filter { 0 <= $0 && $0 < vocabulary ?? 1 << 30 }
        var marks: [AnyMark] = []
        var next = 0
        for id in ids {
            if id > next { marks.append(gap(id - next)) }
            marks.append(row(id, columns, cell))
            next = id + 1
        }
        if let vocabulary, vocabulary > next { marks.append(gap(vocabulary - next)) }
        let shape = vocabulary.map { Numbers.shape([$0, vectors.first?.count ?? 0]) } ?? ""
        // Less than from part to part, which a stack would spread once more.
        let apart = min(space.density.gap * 0.75, 5 + 12 * (space.density.spread.height - 1))
        return VStack(.trailing, spacing: apart) { marks }
            .padding(Insets(horizontal: 14, vertical: 10))
            .panel(fill: .paper, frame: .role(.embedding), lineWidth: 2, dashes: [6, 5])
            .titled(
                HStack(spacing: 14) {
                    Formula(Symbols.embeddingMatrix.math).size(26)
                    Text(shape).font(.mono(.small)).color(.muted)
                }
            ).any
    }

    private func gap(_ count: Int) -> AnyMark {
        let words =
            count == 1
            ? Phrase(en: "⋮ 1 row", zh: "⋮ 1 行")
            : Phrase(en: "⋮ {count} {count|row|rows}", zh: "⋮ {count} 行").filled([
                "count": Phrase(Numbers.count(count))
            ])
        return Text(words).font(.small).color(.muted).any
    }

    private func row(_ id: Int, _ columns: Int, _ cell: Size) -> AnyMark {
        let place = tokens.firstIndex { $0.id == id } ?? 0
        // Without parameters in the trace the row is known all the same: what came out is what was picked.
        let matrix = base([vectors[place]], columns, cell).withoutShape().rows([TokenLabel(String(id))])
            .anchoring("cells-\(id)", rows: 0...0, columns: 0...max(0, (vectors.first?.count ?? 1) - 1))
        let (tableName, embedName) = (tableName, embedName)
        return
            (tableName.map { name in matrix.tagged(name) { [id, $1] } } ?? matrix.tagged(embedName) { [0, place, $1] })
            .anchored("row-\(id)").any
    }

    private func result(_ shown: [Int], _ columns: Int, _ cell: Size) -> AnyMark {
        var matrix = base(shown.map { vectors[$0] }, columns, cell).named(
            Symbols.embedding.matrix, .embedding, Phrase(embedName)
        )
        .rows(shown.map { tokens[$0].label }).axes(columns: AxisWords.width.phrase)
        .shaped([vectors.count, vectors.first?.count ?? 0])
        .tagged(embedName) { [0, shown[$0], $1] }
        for (row, place) in shown.enumerated() {
            matrix = matrix.anchoring("goal-\(place)", rows: row...row, columns: 0...0)
        }
        matrix = matrix.anchoring(
            "goals", rows: 0...max(0, shown.count - 1), columns: 0...max(0, (vectors.first?.count ?? 1) - 1))
        // The labels stand left of the cells: lines end before them.
        return matrix.anchored("out").any
    }

    private func base(_ rows: [[Float]], _ columns: Int, _ cell: Size) -> Matrix {
        Matrix(rows).named(nil, .embedding).scaled(scale).elided(rows: .max, columns: columns).vectors(.horizontal)
            .cell(cell)
    }
}
