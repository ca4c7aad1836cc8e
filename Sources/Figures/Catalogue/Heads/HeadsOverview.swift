import Drawing
import Tracing
import Wording

/// Every head of every layer at a glance.
package enum HeadsOverview: TraceFigure {
    package static let id = "heads-overview"
    package static let title = Phrase(en: "Every head of every layer", zh: "所有层的所有头")
    package static let scope = FigureScope.once
    package static let shows: [Label] = []
    package static let isOfEachStack = true
    package static let readsEveryPass = true

    /// More layers than this are drawn only in part.
    private static let mostLayers = 32

    package static func isPossible(_ request: FigureRequest) -> Bool { !layers(request).isEmpty }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        layers(request).map { StepName(.pattern, block: $0, stack: request.stack) }
    }

    private static func layers(_ request: FigureRequest) -> [Int] {
        request.trace.layers.filter {
            request.trace[StepName(.pattern, block: $0, stack: request.stack)] != nil
        }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let all = layers(request)
        guard !all.isEmpty else { throw request.missing(.pattern) }
        let chosen = TokenWindow(count: all.count, named: []).shown(mostLayers).map { all[$0] }
        let layers = all.map { LayerHeads(request, layer: $0) }
        let patterns = layers.flatMap { $0.patterns }
        let habits = layers.map { $0.habits }
        let best = clearest(habits)
        let thumbnails = layers.enumerated().filter { chosen.contains($0.element.layer) }.map {
            place, heads -> [PatternThumbnails.Thumbnail?] in
            let pictures = heads.thumbnails(lit: best.flatMap { $0.layer == place ? $0.head : nil }) {
                PlaceName.head($0, of: heads.layer)
            }
            // One by one: a page's compiler casts no arrays.
            return pictures.map { Optional($0) }
        }
        let isCausal = layers.first?.view.isCausal ?? true
        let scale = PatternScale(heads: patterns)
        let takeaway = takeaway(
            habits, HeadHabit.none(patterns), best.map { (all[$0.layer], $0.head, $0.habit) })
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Each picture is one attention pattern: rows are queries, columns are keys.",
                zh: "每幅小图是一个头的注意力分布：行是查询，列是键。"),
            here: MiniMap(ownAttention: request.stack), takeaway: takeaway,
            note: note(all.count, chosen.count),
            legend: [scale.legend],
            altText: request.altText(
                Phrase(
                    en: chosen.count == 1
                        ? "A row of small heat maps, one for each head of the only layer that is drawn."
                        : "A grid of small heat maps, a row for each of {layers} {layers|layer|layers}, a column for each head.",
                    zh: "小热力图排成的方阵：{layers} 层，每层一行，每个头一列。"
                ).filled(["layers": Phrase(String(chosen.count))]), takeaway)
        ) { _ in HeadsGrid(thumbnails: thumbnails, layers: chosen, isCausal: isCausal, scale: scale.scale) }
    }

    /// The head whose habit is strongest, of those that have one worth its name.
    private static func clearest(_ habits: [[HeadHabit?]]) -> (layer: Int, head: Int, habit: HeadHabit)? {
        var best: (layer: Int, head: Int, habit: HeadHabit)?
        for (layer, heads) in habits.enumerated() {
            for (head, habit) in heads.enumerated() {
                guard let habit, habit.kind != .spread, habit.rank > best?.habit.rank ?? 0 else { continue }
                best = (layer, head, habit)
            }
        }
        return best
    }

    private static func takeaway(
        _ habits: [[HeadHabit?]], _ none: Phrase, _ best: (layer: Int, head: Int, habit: HeadHabit)?
    ) -> Phrase {
        let known = habits.joined().compactMap { $0 }
        guard !known.isEmpty else { return none }
        guard let best else {
            return Phrase(
                en: "On this text all {count} {count|head|heads} spread their attention.",
                zh: "对这段文字，{count} 个头都把注意力分散开了。"
            ).filled(["count": Phrase(String(known.count))])
        }
        let alike = known.count { $0.kind == best.habit.kind }
        return Phrase(
            en: "{alike} of {count} {count|head|heads} {habit}, most of all L{layer} · H{head}: {share}.",
            zh: "{count} 个头里有 {alike} 个{habit}，最明显的是 L{layer} · H{head}：{share}。"
        ).filled([
            "alike": Phrase(String(alike)), "count": Phrase(String(known.count)),
            "habit": alike == 1 ? best.habit.kind.clause : best.habit.kind.plural,
            "layer": Phrase(String(best.layer)), "head": Phrase(String(best.head)),
            "share": Phrase(best.habit.amount),
        ])
    }

    private static func note(_ all: Int, _ drawn: Int) -> Phrase? {
        guard drawn < all else { return nil }
        return Phrase(en: "{drawn} of {all} {all|layer|layers} are drawn.", zh: "共 {all} 层，画出 {drawn} 层。").filled([
            "drawn": Phrase(String(drawn)), "all": Phrase(String(all)),
        ])
    }
}
