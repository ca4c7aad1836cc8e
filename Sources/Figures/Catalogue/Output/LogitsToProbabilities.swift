import Drawing
import Tracing
import Wording

/// From the last vector of a token to the word that may follow: logits, softmax, probabilities.
package enum LogitsToProbabilities: TraceFigure {
    package static let id = "logits"
    package static let title = Phrase(en: "Which token comes next?", zh: "下一个词元是什么？")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.probabilities, .logits]

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let places = request.outputPlaces
        guard let last = places.last else { throw .unknownStep("probabilities", nearest: []) }
        let index = request.position.map { min(max($0, 0), places.count - 1) } ?? places.count - 1
        let place = places.indices.contains(index) ? places[index] : last
        let name = places.map { $0.label }.name(index)
        let picture = Picture(request, place)
        let takeaway = takeaway(request, name, picture.probabilities, picture.words)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "The finished vector is compared with every token of the vocabulary; softmax turns the scores into probabilities.",
                zh: "算好的向量与词表中每个词元比一比，得到得分；softmax 再把得分变成概率。"),
            here: MiniMap(.output, of: request), formula: formula(request), takeaway: takeaway,
            altText: request.altText(
                Phrase(
                    en:
                        "At the left a vector, beside it the scores of the best candidates as bars, at the right their probabilities.",
                    zh: "左边是一个向量，中间是几个最可能的词元的得分，右边是它们的概率，都用条表示。"), takeaway)
        ) { _ in picture }
    }

    private static func formula(_ request: FigureRequest) -> Formula {
        Formula(
            #"\#(Symbols.probability.math) = \softmax\left(\#(Symbols.normed.math)\, \#(matrix(request.trace))\#(bias(request.trace))\right)"#
        )
    }

    /// The output matrix; a tied one is the embedding matrix, turned round.
    static func matrix(_ trace: Trace) -> String {
        isTied(trace) ? Symbols.embeddingMatrix.math + #"^\top"# : Symbols.unembedding.math
    }

    /// `+ b_U`, where there is one.
    static func bias(_ trace: Trace) -> String {
        guard let logits = trace[StepName(.logits)], let bias = trace.place(of: StepName(.unembeddingBias)),
            logits.inputs.contains(bias)
        else { return "" }
        return " + " + Symbols.unembeddingBias.math
    }

    /// Whether the logits were made with the embedding matrix (Press & Wolf 2017).
    static func isTied(_ trace: Trace) -> Bool {
        guard let logits = trace[StepName(.logits)], let table = trace.place(of: StepName(.embedding)) else {
            return false
        }
        return logits.inputs.contains(table)
    }

    private static func takeaway(
        _ request: FigureRequest, _ name: Phrase, _ probabilities: [Float], _ shares: Shares
    ) -> Phrase {
        guard let best = largest(probabilities, 1).first else { return title }
        guard shares.areWhole else {
            return Phrase(
                en:
                    "After {token} the largest of {count} {count|number|numbers} is that of {next}: {share}. They do not add up to 1.",
                zh: "{token}之后，{count} 个数中最大的是{next}的 {share}；它们合计不为 1。"
            ).filled([
                "token": name, "next": request.label(id: best.id).spoken,
                "count": Phrase(Numbers.count(probabilities.count)), "share": shares.phrase(best.value),
            ])
        }
        return Phrase(
            en: "After {token}: {next} with {share}; the other {count} {count|token|tokens} share {rest}.",
            zh: "{token}之后：{next}占 {share}，其余 {count} 个词元合占 {rest}。"
        ).filled([
            "token": name, "next": request.label(id: best.id).spoken,
            "share": Phrase(Numbers.percent(Double(best.value))),
            "count": Phrase(Numbers.count(probabilities.count - 1)),
            "rest": Phrase(Numbers.percent(max(0, 1 - Double(best.value)))),
        ])
    }
}

private struct Picture: ComposedMark {
    var position: Int
    var label: TokenLabel
    var steps: (probabilities: String, logits: String)
    var probabilities: [Float]
    /// How they are written, and the value of a bar of full length.
    var words: Shares
    var limit: Double
    var logits: [Float]
    var final: (name: String, row: [Float])?
    /// What the vector is multiplied by.
    var matrix: String
    var labels: [Int: TokenLabel]
    var most: Int

    static let mostCandidates = 12

    init(_ request: FigureRequest, _ place: OutputPlace) {
        position = place.position
        steps = (
            place.probabilities.name.description,
            place.logits?.name.description ?? StepName(.logits).description
        )
        probabilities = place.probabilities.row(0, position)
        words = Shares(row: probabilities)
        limit = ValueScale.shares(probabilities).limit
        logits = place.logits?.row(0, position) ?? []
        most = max(1, min(request.top ?? Self.mostCandidates, Self.mostCandidates))
        label = place.label
        matrix = LogitsToProbabilities.matrix(request.trace) + LogitsToProbabilities.bias(request.trace)
        final = place.final.map { ($0.name.description, $0.row(0, place.position)) }
        if final?.row.isEmpty == true { final = nil }
        labels = Dictionary(
            uniqueKeysWithValues: largest(probabilities, Self.mostCandidates).map { ($0.id, request.label(id: $0.id)) })
    }

    func build(_ space: Space) -> AnyMark {
        if space.isNarrow {
            return ThatFits {
                for count in [8, 6, 5, 4, 3].map({ min($0, most) }) {
                    for length in [180.0, 140, 100] { narrow(count, length) }
                }
            }.any
        }
        return ThatFits {
            // Smaller letters before fewer candidates.
            for count in (space.density.cell.width > 46 ? [10, 8, 6] : [10, 8, 6, 5, 4, 3]).map({ min($0, most) }) {
                for length in [260.0, 200, 150, 100] {
                    Fullest {
                        row(count, length, space)
                        if final != nil { column(count, length, space) }
                    }
                }
            }
        }.any
    }

    private func row(_ count: Int, _ length: Double, _ space: Space) -> AnyMark {
        HStack(.axis, spacing: space.density.gap * 0.7) {
            if let final { vector(final, count: count, rowHeight(space), isWhole: space.vectors != nil) }
            if !logits.isEmpty { arrow(.right) }
            outcome(count, length, space)
        }.any
    }

    /// For a phone: the vector, its scores and their shares under each other.
    private func narrow(_ count: Int, _ length: Double) -> AnyMark {
        let best = largest(probabilities, min(count, probabilities.count))
        return VStack(.leading, spacing: 8) {
            if let final {
                Matrix([final.row]).named(Symbols.normed.notation, .residual).withoutShape().elided(columns: 64)
                    .vectors(.horizontal).cell(Size(20, 20)).tagged(final.name) { [0, position, $1] }
            }
            if !logits.isEmpty {
                scores(best, length, 24)
                Arrow(.down, above: Text("softmax").font(.small).color(.muted).any, length: 26)
            }
            shares(best, length, 24, showsLabels: true)
        }.any
    }

    /// For a tall page: the vector as a row, and under it what comes of it.
    private func column(_ count: Int, _ length: Double, _ space: Space) -> AnyMark {
        VStack(spacing: space.density.gap * 0.7) {
            if let final {
                Matrix([final.row]).named(Symbols.normed.notation, .residual).elided(
                    columns: min(final.row.count, space.vectors == nil ? 8 : 64)
                )
                .vectors(.horizontal)
                .cell(Size(64, rowHeight(space) - 4)).shaped([1, final.row.count])
                .tagged(final.name) { _, column in [0, position, column] }
                .captioned(Chip(label, tint: .role(.token)))
            }
            if !logits.isEmpty { arrow(.down) }
            outcome(count, length, space)
        }.any
    }

    /// The scores and what softmax makes of them; the shares alone where no scores are known.
    private func outcome(_ count: Int, _ length: Double, _ space: Space) -> AnyMark {
        let best = largest(probabilities, min(count, probabilities.count))
        let (height, length) = (rowHeight(space), length * space.density.stretch.width)
        return HStack(.axis, spacing: space.density.gap * 0.7) {
            if !logits.isEmpty {
                scores(best, length * 0.8, height)
                Arrow(.right, above: Text("softmax").font(.label).color(.muted).any, length: 56)
            }
            shares(best, length, height, showsLabels: logits.isEmpty)
        }.any
    }

    private func rowHeight(_ space: Space) -> Double {
        max(30, space.density.cell.height * 0.85) * space.density.stretch.height
    }

    private func arrow(_ direction: Arrow.Direction) -> Arrow {
        Arrow(direction, above: Formula(#"\times\, "# + matrix).size(22).any, length: 56)
    }

    private func vector(
        _ final: (name: String, row: [Float]), count: Int, _ height: Double, isWhole: Bool
    ) -> AnyMark {
        Matrix(final.row.map { [$0] }).named(Symbols.normed.notation, .residual).elided(
            rows: min(final.row.count, isWhole ? 64 : count)
        )
        .vectors(.vertical).cell(Size(isWhole ? 40 : 76, height - 4)).shaped([1, final.row.count])
        .tagged(final.name) { row, _ in [0, position, row] }
        .captioned(Chip(label, tint: .role(.token))).any
    }

    private func scores(_ best: [RankedToken], _ length: Double, _ height: Double) -> AnyMark {
        let bars = best.map { token in
            let logit = logits.indices.contains(token.id) ? Double(logits[token.id]) : .nan
            return Bars.Bar(
                labels[token.id] ?? TokenLabel("#\(token.id)"), logit,
                text: Numbers.fixed(logit), tint: .role(.scores),
                tag: Tag(step: steps.logits, index: [0, position, token.id]))
        }
        let rest = Bars.Bar(others(best), 0, text: "…")
        return Bars(bars + (hasRest(best) ? [rest] : []), length: length).rowHeight(height)
            .titled(Text(Phrase(en: "scores (logits)", zh: "得分（logits）")).font(.label.semibold).color(.role(.scores)))
            .any
    }

    private func shares(_ best: [RankedToken], _ length: Double, _ height: Double, showsLabels: Bool) -> AnyMark {
        var bars = best.enumerated().map { rank, token in
            Bars.Bar(
                showsLabels ? labels[token.id] ?? TokenLabel("#\(token.id)") : TokenLabel(display: ""),
                Double(token.value), text: words.barText(token.value), lit: rank == 0,
                tag: Tag(step: steps.probabilities, index: [0, position, token.id]))
        }
        if hasRest(best), words.areWhole {
            let rest = max(0, 1 - best.reduce(0) { $0 + Double($1.value) })
            bars.append(Bars.Bar(showsLabels ? others(best) : TokenLabel(display: ""), rest, tint: .muted))
        }
        return Bars(bars, limit: limit, length: length).rowHeight(height)
            .titled(Text(BlockText.probabilities.phrase).font(.label.semibold).color(.role(.probability))).any
    }

    private func hasRest(_ best: [RankedToken]) -> Bool { best.count < probabilities.count }

    private func others(_ best: [RankedToken]) -> TokenLabel {
        TokenLabel(display: "… \(Numbers.count(probabilities.count - best.count))")
    }
}
