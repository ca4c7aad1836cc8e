import Drawing
import Tensors
import Tracing
import Wording

/// How much of every token is left in one position after each layer, and in all positions after the last.
package enum AttentionRolloutFigure: TraceFigure {
    package static let id = "attention-rollout"
    package static let title = Phrase(
        en: "What each token is made of", zh: "信息来自哪些词元")
    package static let scope = FigureScope.once
    package static let shows: [Label] = []
    package static let isOfEachStack = true
    package static let readsEveryPass = true

    /// More layers than this are drawn only in part.
    private static let mostLayers = 24

    package static func isPossible(_ request: FigureRequest) -> Bool {
        AttentionRollout.layerCount(request.trace, stack: request.stack) > 0
    }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        (0..<AttentionRollout.layerCount(request.trace, stack: request.stack)).map {
            StepName(.pattern, block: $0, stack: request.stack)
        }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let rollout = try AttentionRollout(request.trace, stack: request.stack)
        guard let last = rollout.stages.last, last.count > 0 else { throw request.missing(.pattern) }
        let table = RolloutTable(rollout, request)
        let (focus, layers) = (table.focus, table.layers.count)
        let takeaway = takeaway(table)
        let window = TokenWindow(count: table.count, named: [focus] + table.ranked.prefix(3))
        let layerWindow = TokenWindow(count: layers, named: [])
        // Where there is no height for both, one that is read goes before two that are not.
        let isShort = request.style.canvas.height < 640
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "Attention roll-out: each layer keeps half of a position and mixes in half by attention.",
                zh: "注意力展开（rollout）：每一层各保留一半，另一半按注意力从各处混入。"),
            here: MiniMap(ownAttention: request.stack),
            formula: Formula(
                #"\role{probability}{A_\ell} = \left(\frac{1}{2} \role{probability}{\bar P_\ell} + \frac{1}{2} I\right) \role{probability}{A_{\ell - 1}}, \quad \role{probability}{A_0} = I"#
            ),
            takeaway: takeaway,
            note: Phrase(
                en: "An estimate by Abnar & Zuidema (2020): values and the feed-forward network are left out.",
                zh: "Abnar 和 Zuidema（2020）提出的 attention rollout，只是估算：没有算进值向量和前馈网络。"),
            legend: [
                ColorScale(
                    table.scale,
                    table.isClipped
                        ? Phrase(en: "share, clipped at the end", zh: "所占比例（超出右端的按右端着色）")
                        : Phrase(en: "share", zh: "所占比例")
                ).any
            ],
            altText: request.altText(
                Phrase(
                    en: layers == 1
                        ? "Two heat maps: one token's shares after the only layer, and all tokens'."
                        : "Two heat maps: one token's shares after each of {layers} {layers|layer|layers}, and all tokens' after the last.",
                    zh: "两幅热力图：一个词元在 {layers} 层中每层之后的成分，以及最后一层之后所有词元的成分。"
                ).filled(["layers": Phrase(String(layers))]), takeaway)
        ) { density in
            guard table.count <= TokenWindow.most else { return table.whole(at: density) }
            // Both tables with fewer tokens and layers go before one of them with all.
            let pictures =
                isShort ? (density.isLast ? [false, true] : [true, false]) : density.isLast ? [true, false] : [true]
            return window.arranged(at: density, as: pictures) { shown, _, isBoth in
                ThatFits {
                    for most in density.isLast ? [mostLayers, 16, 12, 8, 5] : [mostLayers] {
                        let upper = table.byLayer(shown, layers: layerWindow.edges(most))
                        if isBoth {
                            RolloutTable.arranged(upper, table.byToken(shown), density)
                        } else {
                            upper
                        }
                    }
                }.any
            }
        }
    }

    private static func takeaway(_ table: RolloutTable) -> Phrase {
        guard let other = table.ranked.first(where: { $0 != table.focus }) else {
            return Phrase(en: "A single token can only stay itself.", zh: "只有一个词元，只能一直是自己。")
        }
        return Phrase(
            en: "By this estimate, after {layers} {token} is {own} itself and {share} {other}.",
            zh: "照此估算，经过 {layers}，{token}里自己占 {own}，{other}占 {share}。"
        ).filled([
            "layers": table.layers.count == 1
                ? Phrase(en: "one layer", zh: "一层")
                : Phrase(en: "\(table.layers.count) layers", zh: "\(table.layers.count) 层"),
            "token": table.token(table.focus), "own": Phrase(table.share(table.focus)),
            "other": table.token(other), "share": Phrase(table.share(other)),
        ])
    }
}

/// The numbers of a roll-out as the figure draws them.
private struct RolloutTable: Sendable {
    let labels: [TokenLabel]
    let language: Language
    /// Whose contents are followed.
    let focus: Int
    /// `[layer][token]`, of the focus.
    let layers: [[Float]]
    /// `[position][token]`, after the last layer.
    let last: [[Float]]
    let isCausal: Bool
    let scale: ValueScale
    /// Whether some shares lie beyond the end of the scale.
    let isClipped: Bool

    var count: Int { last.count }
    var shares: [Float] { layers.last ?? [] }
    func share(_ place: Int) -> String {
        Numbers.percent(shares.indices.contains(place) ? Double(shares[place]) : .nan)
    }
    /// The tokens that the focus is made of, the largest share first.
    let ranked: [Int]

    init(_ rollout: AttentionRollout, _ request: FigureRequest) {
        func row(_ tensor: Tensor, _ place: Int) -> [Float] {
            let count = tensor.shape[-1]
            return tensor.withUnsafeBuffer { Array($0[place * count..<(place + 1) * count]) }
        }
        let last = rollout.stages.last.map { stage in (0..<stage.shape[0]).map { row(stage, $0) } } ?? []
        let isCausal = last.enumerated().allSatisfy { query, shares in
            shares.dropFirst(query + 1).allSatisfy { $0 == 0 }
        }
        let labels = request.labels
        // Where all see all, the token that has become least itself; its own share is what it is compared by.
        let words = last.indices.filter { $0 < labels.count && labels[$0].kind != .special }
        let mixed = words.min { last[$0][$0] < last[$1][$1] } ?? last.count - 1
        let focus = request.position.map { min(max($0, 0), last.count - 1) } ?? (isCausal ? last.count - 1 : mixed)
        let layers = rollout.stages.map { row($0, focus) }
        self.labels = labels
        self.language = request.language
        self.focus = focus
        self.layers = layers
        self.last = last
        self.isCausal = isCausal
        let shares = layers.last ?? []
        ranked = shares.ranked
        let largest = Double((layers + last).joined().max() ?? 1)
        let others = shares.enumerated().filter { $0.offset != focus }.map { $0.element }.max()
        // Deep down an encoder mixes all tokens evenly: fitted to what a token keeps at first, the rest would be white.
        // Of a long text, what two in a hundred exceed: else one token that all look at would leave the rest white.
        let seen = last.count > TokenWindow.most ? last.joined().filter { $0 > 0 }.sorted() : []
        let ordinary =
            seen.isEmpty ? others.map(Double.init) ?? largest : Double(seen[min(seen.count - 1, seen.count * 49 / 50)])
        isClipped = ordinary > 0 && largest > 6 * ordinary
        let end = isClipped ? ordinary : largest
        scale = .sequential(limit: PatternScale.roundEnd(end))
    }

    func token(_ place: Int) -> Phrase { labels.name(place) }

    static func arranged(_ byLayer: Matrix, _ byToken: Matrix, _ density: Density) -> AnyMark {
        Fullest {
            HStack(.bottom, spacing: density.gap * 2) {
                byLayer
                byToken
            }
            VStack(.trailing, spacing: density.gap) {
                byLayer
                byToken
            }
        }.any
    }

    /// All of a long text, in cells as small as they must be.
    func whole(at density: Density) -> AnyMark {
        let shown = TokenWindow(count: count, named: [focus]).shown(400)
        let drawn = TokenWindow(count: layers.count, named: []).edges(24)
        return Adaptive { space in
            let room = space.room(or: Size(1100, 420))
            let isTall = room.height > room.width
            // Labels take more or less room, as the words are.
            return ThatFits {
                for rest in [150.0, 190, 240, 320] {
                    let side =
                        isTall
                        ? min(room.width - rest * 0.8, (room.height - 2 * rest) * 0.7)
                        : min(room.height - rest, room.width / 2 - rest * 0.8)
                    let wide = max(0.5, Matrix.cellWidth(in: max(40, side), columns: shown.count))
                    let left = isTall ? room.height - 2 * rest - side : side
                    let high = max(wide, min(24, left / Double(max(1, drawn.count)) - 2))
                    Self.arranged(
                        byLayer(shown, layers: drawn).cell(Size(wide, high)).digits(.none),
                        byToken(shown).cell(Size(wide, wide)).digits(.none), density)
                }
            }.any
        }.any
    }

    private func name(_ place: Int) -> String { token(place)[language] }

    /// A single column is made wider: there is nothing beside it.
    private var factor: Double { count == 1 ? 1.8 : 1 }

    /// The focus after each layer: a row a layer, a column a token.
    func byLayer(_ shown: [Int], layers drawn: [Int]) -> Matrix {
        let words = Phrase(en: "{token} after each layer", zh: "{token}在每一层之后").filled(["token": token(focus)])
        return Matrix(layers).rows(layers.indices.map { TokenLabel("L\($0)") }).columns(labels).cellScaled(factor, 1)
            .showing(rows: drawn, columns: shown).named(words: words, .probability).scaled(scale)
            .axes(rows: AxisWords.layer.phrase, columns: AxisWords.token.phrase)
            .state { [isCausal, focus] in isCausal && $1 > focus ? .masked : .plain }
            .highlighting(row: layers.count - 1)
            .explained { layer, place in
                Phrase(
                    en: "\(name(place)) in \(name(focus)) after L\(layer)",
                    zh: "L\(layer) 之后，\(name(focus))里的\(name(place))")[language]
            }
    }

    /// All positions after the last layer: a row a position, a column a token.
    func byToken(_ shown: [Int]) -> Matrix {
        Matrix(last).rows(labels).columns(labels).showing(rows: shown, columns: shown).cellScaled(factor, 1)
            .named(
                words: Phrase(en: "every token after L{count}", zh: "L{count} 之后的每个词元").filled([
                    "count": Phrase(String(layers.count - 1))
                ]), .probability
            ).scaled(scale)
            .axes(rows: AxisWords.position.phrase, columns: AxisWords.token.phrase)
            .state { [isCausal] in isCausal && $1 > $0 ? .masked : .plain }
            .highlighting(row: focus)
            .explained { row, place in
                Phrase(
                    en: "\(name(place)) in \(name(row)) after L\(layers.count - 1)",
                    zh: "L\(layers.count - 1) 之后，\(name(row))里的\(name(place))")[language]
            }
    }
}
