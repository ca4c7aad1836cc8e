import Drawing
import Tensors
import Tracing
import Wording

/// A token that stands twice in the text: one vector when it is looked up, two when its position has been added, and
/// what the layers make of them.
package enum SameToken: TraceFigure {
    package static let id = "same-token"
    package static let title = Phrase(en: "The same token at two places", zh: "同一个词元，两个位置")
    package static let scope = FigureScope.once
    package static let isOfEachStack = true
    package static let shows: [Label] = [.embed, .positionEmbed, .residualPre]

    /// The last two places of the token that is asked about, else of the first that stands twice.
    private static func places(_ request: FigureRequest) -> (Int, Int)? {
        let ids = request.ids
        let start = request.position == nil ? nil : request.focus
        for place in (start.map { [$0] } ?? Array(ids.indices)) where ids.indices.contains(place) {
            let same = ids.indices.filter { ids[$0] == ids[place] }
            if let first = same.first, let last = same.last, first < last { return (first, last) }
        }
        return nil
    }

    private static func stages(_ request: FigureRequest, _ places: (Int, Int)) -> [TokenStage] {
        func stage(_ label: Label, _ block: Int?, _ letter: String, _ words: Phrase, _ role: Role) -> TokenStage? {
            guard let step = request.trace[StepName(label, block: block, stack: request.stack)], step.shape.rank == 3,
                places.1 < step.shape[1]
            else { return nil }
            let rows = [step.row(0, places.0), step.row(0, places.1)]
            return TokenStage(letter: letter, words: words, role: role, step: step.name.description, rows: rows)
        }
        let layers = request.trace.layers(of: request.stack)
        let last = layers.last ?? 0
        return [
            stage(.embed, nil, "x", Phrase(en: "embedding", zh: "词嵌入"), .embedding),
            stage(.positionEmbed, nil, Symbols.position.notation, Phrase(en: "position", zh: "位置"), .position),
            stage(.residualPre, layers.first ?? 0, "h", Phrase(en: "into L0", zh: "进入 L0"), .residual),
            stage(.normalizedPost, last, "h", Phrase(en: "after L\(last)", zh: "L\(last) 之后"), .residual)
                ?? stage(.residualPost, last, "h", Phrase(en: "after L\(last)", zh: "L\(last) 之后"), .residual),
        ].compactMap { $0 }
    }

    package static func isPossible(_ request: FigureRequest) -> Bool {
        guard let places = places(request) else { return false }
        let all = stages(request, places)
        return all.count > 1 && all[0].role == .embedding
    }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        [StepName(.embed, stack: request.stack), StepName(.residualPre, block: 0, stack: request.stack)]
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let places = places(request) else { throw request.missing(.embed, block: .some(nil)) }
        let stages = stages(request, places)
        let labels = [places.0, places.1].map { place in
            TokenLabel(display: "\(request.label(at: place).shortened(to: 10).display) · \(place)")
        }
        let takeaway = takeaway(request, places, stages)
        let numbers = [places.0, places.1]
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "{token} at positions {first} and {last}: looked up in the same row, then told apart.",
                zh: "{token}在位置 {first} 和 {last}：查到的是同一行，随后才有了区别。"
            ).filled([
                "token": request.label(at: places.0).spoken, "first": Phrase(String(places.0)),
                "last": Phrase(String(places.1)),
            ]),
            here: MiniMap(.position, of: request),
            formula: Formula(
                #"\role{residual}{h_i} = \role{embedding}{x}"#
                    + (stages.contains { $0.role == .position } ? " + \(Symbols.position.at("i"))" : "")),
            takeaway: takeaway,
            note: Phrase(
                en: "Each pair of rows has its own colours, up to its largest number.", zh: "每一对行各用自己的色标，以其中最大的数为限。"),
            altText: request.altText(
                Phrase(
                    en: "Pairs of rows, the token at its two places, one pair for each stage: {stages}.",
                    zh: "成对的行，是同一词元在两个位置的向量，每个阶段一对：{stages}。"
                ).filled([
                    "stages": Phrase(
                        en: stages.map { $0.words.english }.joined(separator: ", "),
                        zh: stages.map { $0.words.chinese }.joined(separator: "、"))
                ]), takeaway)
        ) { density in
            Adaptive { space in
                let counts = density.cell.width >= 46 ? [16, 12, 10, 8, 6, 5, 4] : [32, 24, 16, 12, 8, 6, 4]
                return ThatFits {
                    for count in counts {
                        VStack(.leading, spacing: density.gap * 1.1) {
                            for stage in stages {
                                HStack(.axis, spacing: density.gap) {
                                    stage.matrix(labels, numbers).columnsElided(to: count, of: stage.width)
                                    stage.likeness(space)
                                }
                            }
                        }
                    }
                }.any
            }.any
        }
    }

    private static func takeaway(_ request: FigureRequest, _ places: (Int, Int), _ stages: [TokenStage]) -> Phrase {
        let text = { (stage: TokenStage?) in Phrase(stage.map { Numbers.fixed($0.cosine) } ?? "–") }
        let into = stages.first { $0.role == .residual }
        let last = stages.last
        let isSame = stages[0].rows[0] == stages[0].rows[1]
        guard isSame, let into, let last, last.step != into.step else {
            return Phrase(
                en: "The cosine of the two is {first} when looked up and {last} at the end.",
                zh: "两者的余弦：查到时 {first}，最后 {last}。"
            ).filled(["first": text(stages.first), "last": text(stages.last)])
        }
        return Phrase(
            en: "Looked up, the two vectors are equal; into L0 their cosine is {into}, {after} {last}.",
            zh: "刚查到时两个向量完全相同；进入 L0 时余弦为 {into}，{after} {last}。"
        ).filled([
            "into": text(into),
            "after": Phrase(en: last.words.english, zh: last.words.chinese), "last": text(last),
        ])
    }
}

/// A token's vectors at two places in one stage.
struct TokenStage: Sendable {
    let letter: String
    let words: Phrase
    let role: Role
    let step: String
    /// Two rows.
    let rows: [[Float]]

    var width: Int { rows[0].count }
    var cosine: Double { rows[0].cosine(rows[1]) }

    func matrix(_ labels: [TokenLabel], _ places: [Int]) -> Matrix {
        Matrix(rows).named(letter, role, words).rows(labels).withoutShape()
            .tagged(step) { [0, places[min($0, 1)], $1] }
    }

    /// How alike the two are, in words, at the end of the rows.
    func likeness(_ space: Space) -> AnyMark {
        let isSame = rows[0] == rows[1]
        let words = isSame ? Phrase(en: "equal", zh: "相同") : Phrase("cos \(Numbers.fixed(cosine))")
        return Text(words).font(isSame ? space.density.label.semibold : .mono(space.density.label)).color(
            isSame ? .ink : .role(role)
        ).any
    }
}
