import Drawing
import Tensors
import Tracing
import Wording

/// Every parameter of the model as an area to scale, and the share of each kind.
package enum Parameters: TraceFigure {
    package static let id = "parameters"
    package static let title = Phrase(en: "Where the parameters are", zh: "参数都在哪里")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.embedding, .positions, .queryWeight, .hiddenWeight, .unembedding]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.trace.steps.contains { $0.isParameter && $0.shape.rank > 1 }
    }

    package typealias Parameter = (name: StepName, shape: Shape)

    /// All parameters of one kind.
    package struct Share: Sendable {
        package let kind: ParameterKind
        package let count: Int
        /// Each shape that is there, and how often; those that hold most come first.
        package let shapes: [(shape: [Int], copies: Int)]
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        slide(
            request.trace.steps.filter { $0.isParameter }.map { ($0.name, $0.shape) },
            isTied: LogitsToProbabilities.isTied(request.trace))
    }

    /// What each kind holds; together they hold every parameter once.
    package static func shares(_ steps: [Parameter]) -> [Share] {
        ParameterKind.allCases.compactMap { kind in
            let own = steps.filter { ParameterKind($0.name.label) == kind }
            let count = own.reduce(0) { $0 + $1.shape.count }
            guard count > 0 else { return nil }
            var shapes: [(shape: [Int], copies: Int)] = []
            for step in own {
                if let place = shapes.firstIndex(where: { $0.shape == step.shape.dimensions }) {
                    shapes[place].copies += 1
                } else {
                    shapes.append((step.shape.dimensions, 1))
                }
            }
            shapes.sort { size($0) > size($1) }
            return Share(kind: kind, count: count, shapes: shapes)
        }
    }

    private static func size(_ shape: (shape: [Int], copies: Int)) -> Int {
        shape.shape.reduce(shape.copies, *)
    }

    /// Of a model that need not be there: its shapes are enough.
    package static func slide(_ steps: [Parameter], isTied: Bool = false) -> Slide {
        let total = steps.reduce(0) { $0 + $1.shape.count }
        let shares = shares(steps)
        let map = Treemap(root: ParameterTree.tree(steps))
        let takeaway = takeaway(shares, total)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Each area is to scale: one number of the model is one equal speck of it.",
                zh: "面积按比例画：模型里的每个数占同样大小的一点。"),
            here: .span(.embedding, .output), takeaway: takeaway,
            note: isTied
                ? Phrase(
                    en: "The output has no matrix of its own: it uses the embedding’s again.",
                    zh: "输出层没有自己的矩阵，与嵌入共用同一个。") : nil,
            altText: altText(shares, takeaway)
        ) { _ in ParametersPicture(map: map, shares: shares, total: total) }
    }

    private static func takeaway(_ shares: [Share], _ total: Int) -> Phrase {
        let most = shares.max { $0.count < $1.count }
        let isOne = (most?.shapes.reduce(0) { $0 + $1.copies } ?? 0) == 1
        return Phrase(
            en: "{total} {total|parameter|parameters} in all; {name} {verb} {share} of them.",
            zh: "一共 {total} 个参数，其中{name}占 {share}。"
        ).filled([
            "total": Phrase(Numbers.count(total)), "verb": Phrase(isOne ? "holds" : "hold"),
            "name": name(most?.kind ?? .other, isOne: isOne),
            "share": Phrase(Numbers.percent(Double(most?.count ?? 0) / Double(max(1, total)))),
        ])
    }

    private static func name(_ kind: ParameterKind, isOne: Bool) -> Phrase {
        switch kind {
        case .small, .other: kind.words
        default: Phrase(en: "the \(kind.words.english) \(isOne ? "matrix" : "matrices")", zh: kind.words.chinese)
        }
    }

    private static func altText(_ shares: [Share], _ takeaway: Phrase) -> Phrase {
        func list(_ language: Language) -> String {
            shares.map { "\($0.kind.words[language]) \(Numbers.count($0.count))" }
                .joined(separator: language == .english ? ", " : "，")
        }
        return Phrase(
            en: "Rectangles, one for each matrix, as large as it has numbers, a column a layer. {takeaway} {list}.",
            zh: "每个矩阵画成一个矩形，面积与其中的数成正比，每层一列。{takeaway}{list}。"
        ).filled(["takeaway": takeaway, "list": Phrase(en: list(.english), zh: list(.chinese))])
    }
}

/// The map, and beside it (on a high page below) what each kind holds.
private struct ParametersPicture: ComposedMark {
    var map: Treemap
    var shares: [Parameters.Share]
    var total: Int

    func build(_ space: Space) -> AnyMark {
        let isWide = space.width > space.height * 1.15
        return ThatFits {
            for (length, shapes) in [(200.0, true), (130, true), (80, true), (110, false), (70, false)] {
                let list = list(length, shapes, space)
                let size = list.extent(in: space)
                let (width, height) = (space.width - size.width - 36, space.height - size.height - 24)
                if isWide {
                    HStack(.axis, spacing: 36) {
                        map.frame(width: max(space.width * 0.55, width), height: max(180, space.height))
                        list
                    }
                } else {
                    VStack(.center, spacing: 24) {
                        map.frame(width: max(300, space.width), height: max(220, height))
                        list
                    }
                }
            }
        }.any
    }

    private func list(_ length: Double, _ showsShapes: Bool, _ space: Space) -> Table {
        let font = Font.label
        @Sendable func percent(_ share: Parameters.Share) -> String {
            Numbers.percent(Double(share.count) / Double(max(1, total)))
        }
        let most = shares.map { $0.count }.max() ?? 1
        let words = shares.map { space.width(of: percent($0), .mono(font)) }.max() ?? 0
        let tracks = [Table.Track(alignment: 1), Table.Track(gap: 12)]
        return Table(shares.count, tracks, pitch: showsShapes ? 46...64 : 28...44, fewest: shares.count) { place, _ in
            let share = shares[place]
            let bar = Bar(
                Double(share.count), limit: Double(most), .role(share.kind.role), text: percent(share)
            ).font(.mono(font)).length(length, words: words)
            let value = "\(share.count)"
            guard showsShapes else {
                return Table.Row([Text(share.kind.words).font(font).any, bar.any])
                    .explained(space.text(share.kind.words), value: value)
            }
            return Table.Row([
                Text(share.kind.words).font(font).any,
                VStack(.leading, spacing: 1) {
                    bar.frame(width: length + 12 + words, height: 20)
                    Text(shapes(share)).font(.mono(.small)).color(.muted)
                }.any,
            ]).explained(space.text(share.kind.words), value: value)
        }
    }

    /// `64 × 4 × 16, 12 of them`; of several shapes the one that holds most.
    private func shapes(_ share: Parameters.Share) -> Phrase {
        guard let first = share.shapes.first else { return "" }
        let one = Numbers.shape(first.shape)
        let times = first.copies > 1 ? "\(Numbers.count(first.copies)) × (\(one))" : one
        return Phrase(times + (share.shapes.count > 1 ? " …" : ""))
    }
}
