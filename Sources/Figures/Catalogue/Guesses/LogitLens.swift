import Drawing
import Tensors
import Tracing
import Wording

/// What the model would say after each layer: the last norm and the output layer applied to the stream so early.
package enum LogitLens: TraceFigure {
    package static let id = "logit-lens"
    package static let title = Phrase(en: "What it would say after each layer", zh: "每一层之后就作答，会怎么猜？")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.probabilities]

    package static func isPossible(_ request: FigureRequest) -> Bool { LensReadings(request) != nil }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        Watched(request).map { [$0.step.name] } ?? []
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let lens = LensReadings(request) else { throw request.missing(.probabilities, block: .some(nil)) }
        let takeaway = takeaway(lens)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The output layer reads the stream of every layer as if it were the last one's.",
                zh: "把每一层的残差流都当作最后一层的，直接交给输出层。"),
            here: MiniMap(.output, of: request),
            formula: Formula(
                #"\role{probability}{p_\ell} = \softmax\left(\mathrm{norm}(\role{residual}{h_\ell})\, W_U\right)"#),
            takeaway: takeaway,
            legend: [
                LegendKey(.frame(.highlight), Phrase(en: "the final first choice", zh: "最终的首选")).any,
                ColorScale(.probability, Phrase(en: "probability", zh: "概率")).any,
            ],
            altText: request.altText(altText(lens), takeaway)
        ) { _ in LensTable(lens: lens) }
    }

    private static func takeaway(_ lens: LensReadings) -> Phrase {
        guard let last = lens.rows.last, let first = lens.rows.first else { return title }
        let word = lens.watched.label.spoken
        // From where on it is first and stays so.
        let lead = lens.rows.lastIndex { $0.rank > 1 }.map { $0 + 1 } ?? 0
        let phrase: Phrase =
            lead == 0
            ? Phrase(
                en: "{word} is first from the embedding on, {early} there, {late} in the end.",
                zh: "{word}从词嵌入起就排第一：那时 {early}，最后 {late}。")
            : lead >= lens.rows.count
                ? Phrase(
                    en: "{word} has {late} in the end, and is not first: number {rank}.",
                    zh: "{word}最后的概率是 {late}，并非第一，排第 {rank}。")
                : lead == lens.rows.count - 1
                    ? Phrase(
                        en: "Only the last layer puts {word} first, {late}; at the embedding it was number {rank}.",
                        zh: "直到最后一层，{word}才排到第一：{late}；在词嵌入处它排第 {rank}。")
                    : Phrase(
                        en:
                            "{word} is first from {layer} on: {then} there, {late} in the end; at the embedding it was number {rank}.",
                        zh: "{word}从 {layer} 起一直排第一：那时 {then}，最后 {late}；在词嵌入处它排第 {rank}。")
        let there = lens.rows[min(lead, lens.rows.count - 1)]
        return phrase.filled([
            "word": word, "early": Phrase(Numbers.percent(first.share)), "late": Phrase(Numbers.percent(last.share)),
            "then": Phrase(Numbers.percent(there.share)), "layer": there.name,
            "rank": Phrase(Numbers.count(lead >= lens.rows.count ? last.rank : first.rank)),
        ])
    }

    private static func altText(_ lens: LensReadings) -> Phrase {
        let english = lens.rows.map {
            "\($0.name.english): \($0.best.first.map { lens.label($0.id).spoken.english } ?? "–"), rank of the winner \($0.rank)"
        }
        let chinese = lens.rows.map {
            "\($0.name.chinese)：\($0.best.first.map { lens.label($0.id).spoken.chinese } ?? "–")，最终首选排第 \($0.rank)"
        }
        return Phrase(
            en: "A row a layer, with its first candidates. " + english.joined(separator: "; ") + ".",
            zh: "每层一行，列出它的前几个候选。" + chinese.joined(separator: "；") + "。")
    }
}

/// The guesses that the output layer makes of each layer's stream at one place.
package struct LensReadings: Sendable {
    struct Row: Sendable {
        var name: Phrase
        var best: [RankedToken]
        /// The final winner's probability, and its place among all.
        var share: Double
        var rank: Int
    }

    static let most = 6

    let watched: Watched
    var rows: [Row] = []
    private var labels: [Int: TokenLabel] = [:]

    func label(_ id: Int) -> TokenLabel { labels[id] ?? TokenLabel(display: "#\(id)") }

    /// How many readings there are: one before the first layer, one after each.
    package var count: Int { rows.count }

    /// What is first after so many layers, and how the final first choice stands there: its probability, and its place
    /// among all from one.
    package func reading(after layers: Int) -> (first: Int, probability: Double, rank: Int)? {
        guard rows.indices.contains(layers), let first = rows[layers].best.first else { return nil }
        return (first.id, rows[layers].share, rows[layers].rank)
    }

    package init?(_ request: FigureRequest) {
        guard let watched = Watched(request), !watched.isClass else { return nil }
        self.watched = watched
        let trace = request.trace
        let name = watched.step.name
        let stack: Stack = trace.stacks.contains(.decoder) ? .decoder : .single
        func step(_ label: Label, _ layer: Int) -> Step? {
            trace[StepName(label, block: layer, stack: stack, pass: name.pass)]
        }
        let layers = trace.layers(of: stack)
        var streams = layers.compactMap { layer in
            (step(.normalizedPost, layer) ?? step(.residualPost, layer)).map { (Phrase("L\(layer)"), $0) }
        }
        guard let first = layers.first, let start = step(.residualPre, first), let last = streams.last?.1 else {
            return nil
        }
        streams.insert((Phrase(en: "embedding", zh: "词嵌入"), start), at: 0)
        for (layer, stream) in streams {
            let place = watched.position
            guard stream.shape.rank == 3, stream.shape == last.shape, place < stream.shape[1] else { return nil }
            let numbers = stream.row(0, place)
            do throws(Failure) {
                let row = try Tensor([1, 1, numbers.count], numbers)
                let said = try trace.reading(name, from: last.name, with: row).scalars
                guard said.count == watched.row.count else { return nil }
                let rank = Watched.rank(of: watched.id, in: said)
                rows.append(
                    Row(name: layer, best: largest(said, Self.most), share: Double(said[watched.id]), rank: rank))
            } catch {
                return nil
            }
        }
        // The last row is the run's own: where it is not, tokens are mixed behind the layers, and nothing is known.
        guard let share = rows.last?.share, abs(share - watched.share) < 1e-3 else { return nil }
        for token in rows.flatMap({ $0.best }) { labels[token.id] = request.label(id: token.id) }
    }
}

private struct LensTable: ComposedMark {
    var lens: LensReadings

    func build(_ space: Space) -> AnyMark {
        let room = space.room(or: Size(1200, 520))
        let font = space.density.label
        let cells =
            [6, 5, 4, 3, 2, 1].first {
                room.width - (room.width < 800 ? 310 : 420) >= Double($0) * font.size * (room.width < 800 ? 5.6 : 7)
            } ?? 1
        let heads = [
            Phrase(en: "after", zh: "在此之后"), Phrase(en: "rank", zh: "名次"),
            lens.watched.label.spoken,
        ]
        func head(_ place: Int) -> AnyMark { Text(heads[place]).font(.small).color(.muted).any }
        var tracks = [
            Table.Track(alignment: 1, head: head(0)),
            Table.Track(90...220, gap: 18, head: head(2)),
            Table.Track(alignment: 1, gap: 10),
            Table.Track(alignment: 1, gap: 18, head: head(1)),
        ]
        for place in 0..<cells {
            let words = Text("\(place + 1).").font(.small).color(.muted)
            tracks.append(Table.Track((font.size * 5.5)...320, gap: place == 0 ? 26 : 8, head: words.any))
        }
        let lens = lens
        return Table(lens.rows.count, tracks, pitch: (font.size * 1.9)...84, header: 34) { place, height in
            let row = lens.rows[place]
            let isFirst = row.rank == 1
            let share = Text(Numbers.percent(row.share)).font(.mono(isFirst ? font.semibold : font))
            var marks: [AnyMark?] = [
                Text(row.name).font(font.semibold).any, Bar(row.share, limit: 1).any, share.any,
                Text(Numbers.count(row.rank)).font(.mono(font)).color(isFirst ? .ink : .muted).any,
            ]
            for candidate in row.best.prefix(cells) {
                marks.append(
                    GuessCell(
                        label: lens.label(candidate.id), share: Double(candidate.value),
                        isLit: candidate.id == lens.watched.id,
                        height: min(height - 4, 60 * space.density.stretch.height)
                    ).any)
            }
            return Table.Row(marks)
        }.any
    }
}

/// A candidate on a ground as dark as it is probable.
struct GuessCell: Mark {
    var label: TokenLabel
    var share: Double
    var isLit: Bool
    var height: Double

    var stretch: Stretch { .horizontal }
    func extent(in space: Space) -> Extent { Extent(space.density.label.size * 4, height) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let ground = theme.sequential(share)
        canvas.fill(
            .rounded(rect.inset(by: 1.5), radius: 6), ground,
            stroke: Stroke(isLit ? theme.highlight : theme.hairline, width: isLit ? 3 : 1))
        let ink = theme.contrastingInk(on: ground)
        let font = label.font(space.density.label)
        let number = Numbers.percent(share)
        let width = space.width(of: number, .mono(.small))
        let room = rect.width - 18
        let name = label.display
        canvas.hotSpot(rect, "\(label.whole): \(number)", value: "\(Float(share))")
        // Beside each other, above each other, or the word alone.
        let isUpright = rect.height > rect.width * 0.6
        if !isUpright, space.width(of: name, font) + 10 + width <= room {
            canvas.text(name, at: Point(rect.minX + 9, rect.midY), font, ink, .leading, in: space)
            canvas.text(number, at: Point(rect.maxX - 9, rect.midY), .mono(.small), ink, .trailing, in: space)
            return
        }
        let isHigh = rect.height >= font.size * 2.9 && width <= room
        let middle = isHigh ? Point(rect.midX, rect.midY - font.size * 0.68) : rect.center
        canvas.text(space.shortened(name, font, to: room), at: middle, font, ink, in: space)
        guard isHigh else { return }
        canvas.text(
            number, at: Point(rect.midX, rect.midY + font.size * 0.75), .mono(.small), ink, in: space)
    }
}
