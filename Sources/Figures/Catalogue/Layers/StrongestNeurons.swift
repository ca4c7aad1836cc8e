import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// The neurons of a layer that answer a token most, and the vector that each of them adds to the stream.
package enum StrongestNeurons: TraceFigure {
    package static let id = "strongest-neurons"
    package static let title = Phrase(en: "The neurons that answer most", zh: "反应最强的神经元")
    package static let scope = FigureScope.perLayer
    package static let isOfEachStack = true
    package static let shows: [Label] = [.hiddenPost, .feedForwardOut]

    /// How many neurons are drawn, from many to few.
    private static let counts = [10, 8, 6, 5, 4, 3]
    private static let most = 10

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let post = try request.step(.hiddenPost)
        let row = HiddenRow(request, post)
        let ranked = row.ranked
        let weight = request.trace[request.name(.feedForwardWeight)]
        let token = row.token(request)
        let added = weight.map { weight in
            ranked.prefix(Self.most).map { neuron in weight.row(neuron).map { $0 * row.values[neuron] } }
        }
        let scale = ValueScale.fitting((added ?? []).joined())
        let tokens = post.rowsByPosition
        let name = post.name.description
        return Slide(
            id: id, title: title,
            subtitle: added == nil
                ? Phrase(en: "Each neuron answers some tokens more than others.", zh: "每个神经元对不同的词元反应不同。")
                : Phrase(
                    en: "An active neuron adds its own row of W₂, times its activation.",
                    zh: "被激活的神经元，把自己在 W₂ 中的那一行乘以激活值，加进残差流。"),
            here: MiniMap(.feedForward, of: request), formula: formula(request),
            takeaway: takeaway(row, token),
            legend: [
                ColorScale(
                    added == nil ? .fitting(row.values) : scale,
                    added == nil ? BlockText.scale.phrase : Phrase(en: "what it adds", zh: "它加上的数")
                ).any
            ],
            altText: request.altText(
                Phrase(
                    en:
                        "Bars of the neurons that answer most, and beside each bar the vector that it adds, as colours.",
                    zh: "反应最强的神经元各画一条，旁边是它加进去的向量，用颜色表示。"), takeaway(row, token))
        ) { _ in
            Adaptive { space in
                let most = space.height.isFinite ? space.height : 520
                // Where the rows end at every token, the tokens' names stand above them.
                let font = space.density.label
                let names = request.labels.map { space.width(of: $0.display, $0.font(font)) }.max() ?? 0
                let above = added == nil ? names + 10 : 0
                let pitch = { (count: Int) in min(62, (most - 64 - above) / Double(count)) }
                let count = min(row.values.count, Self.counts.first { pitch($0) >= 34 } ?? 3)
                let height = max(24, pitch(count))
                let chosen = Array(ranked.prefix(count))
                let bars = bars(chosen, row, token, name, pitch: height, space)
                let used = bars.extent(in: space).width + 56
                let room = max(120, space.width - used)
                if let added {
                    return HStack(.top, spacing: 40) {
                        bars
                        contributions(Array(added.prefix(count)), chosen, scale, Size(room, height))
                    }.any
                }
                return HStack(.bottom, spacing: 40) {
                    bars
                    activations(chosen, tokens, request, name, Size(room, height))
                }.any
            }.any
        }
    }

    private static func formula(_ request: FigureRequest) -> Formula {
        let hasBias =
            request.trace[request.name(.feedForwardOut)].map { FeedForwardFigure.hasBias($0, request) } ?? true
        return Formula(
            #"\#(Symbols.feedForwardOut.math) = \sum_{i} \#(Symbols.activation.at("i")) \cdot \#(Symbols.downMatrix.row("i"))"#
                + (hasBias ? " + \(Symbols.downBias.math)" : ""))
    }

    /// The activations of some neurons at one token, a bar each, beside the rows of a matrix without digits of its own.
    private static func bars(
        _ neurons: [Int], _ row: HiddenRow, _ token: Phrase, _ step: String, pitch: Double, _ space: Space
    ) -> AnyMark {
        let length = min(300, max(90, space.width * 0.18)) / max(space.density.zoom, 0.1)
        let bars = neurons.map { neuron in
            let value = row.values.indices.contains(neuron) ? row.values[neuron] : .nan
            let name = space.text(BlockText.neuron.phrase.filled(["number": Phrase(String(neuron))]))
            var bar = Bars.Bar(
                TokenLabel(display: name), Double(value), text: Numbers.fixed(Double(value)),
                tag: Tag(step: step, index: [0, row.position, neuron]))
            bar.exact = "\(value)"
            return bar
        }
        // As high as a matrix’s name and margin, so that bars and rows line up.
        let title = Text(BlockText.activationAt.phrase.filled(["token": token]))
        return Bars(bars, length: length).color(.role(.feedForward)).rowHeight(pitch)
            .titled(title.font(.label.semibold).color(.role(.feedForward)), gap: 8).padding(Insets(bottom: 4)).any
    }

    /// One row a neuron: its activation times its row of the output matrix.
    private static func contributions(
        _ rows: [[Float]], _ neurons: [Int], _ scale: ValueScale, _ room: Size
    ) -> AnyMark {
        let width = max(1, rows.first?.count ?? 1)
        let most = max(8, min(width, Int(clamping: (room.width - 12) / 4)))
        let shown = min(width, most)
        let narrow = Matrix.cellWidth(in: room.width - 4, columns: shown)
        let cell = Size(min(60, narrow), room.height - 2)
        let matrix = Matrix(rows).scaled(scale)
        return
            (width > most ? matrix.elided(columns: max(8, most - 16)) : matrix.whole())
            .named(words: Phrase(en: "what each adds", zh: "各自加上的向量"), .feedForward)
            .axes(columns: AxisWords.width.phrase).cell(cell).digits(.none)
            .shaped([rows.count, width])
            .explained { row, column in "\(neurons[row]) → \(column)" }.any
    }

    /// One row a neuron: its activation at every token.
    private static func activations(
        _ neurons: [Int], _ tokens: [[Float]], _ request: FigureRequest, _ name: String, _ room: Size
    ) -> AnyMark {
        let shown = TokenWindow(count: tokens.count, named: [request.focus]).shown(
            min(24, Int(clamping: room.width / 44)))
        let cell = Size(min(76, (room.width - 12) / Double(max(1, shown.count)) - 2), room.height - 2)
        return Matrix(rows: neurons.count, columns: tokens.count) { tokens.cell($1, neurons[$0]) }
            .named(words: Phrase(en: "at every token", zh: "在每个词元处"), .feedForward)
            .columns(request.labels).showing(columns: shown).cell(cell)
            .tagged(name) { [0, $1, neurons[$0]] }.any
    }

    private static func takeaway(_ row: HiddenRow, _ token: Phrase) -> Phrase {
        let all = row.values.reduce(0) { $0 + abs(Double($1)) }
        // As many as are drawn however low the page is.
        let count = min(Self.counts.last ?? 3, row.values.count)
        let top = row.ranked.prefix(count).reduce(0) { $0 + abs(Double(row.values[$1])) }
        return Phrase(
            en: "For {token}, the strongest {count} of {all} {all|neuron|neurons} carry {share} of all activation.",
            zh: "对{token}来说，{all} 个神经元中最强的 {count} 个占了全部激活的 {share}。"
        ).filled([
            "token": token, "count": Phrase(String(count)), "all": Phrase(Numbers.count(row.values.count)),
            "share": Phrase(Numbers.percent(all > 0 ? top / all : 0)),
        ])
    }
}
