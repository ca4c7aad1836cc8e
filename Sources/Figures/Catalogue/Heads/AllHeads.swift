import Drawing
import Tensors
import Tracing
import Wording

/// The patterns of all heads of a layer, each with the habit that its weights show on this text.
package enum AllHeads: TraceFigure {
    package static let id = "all-heads"
    package static let title = Phrase(en: "Heads of one layer, different habits", zh: "同一层的各个头，习惯各不同")
    package static let scope = FigureScope.perLayer
    package static let shows: [Label] = [.pattern]
    package static let isOfEachStack = true
    package static let readsEveryPass = true

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let step = try request.step(.pattern)
        let heads = step.shape.rank == 4 ? step.shape[1] : 0
        let layer = LayerHeads(request, layer: request.layer)
        let (view, patterns, habits) = (layer.view, layer.patterns, layer.habits)
        let best = habits.enumerated().max { ($0.element?.rank ?? 0) < ($1.element?.rank ?? 0) }
        let thumbnails = layer.thumbnails { PlaceName.head($0) }
        let isCausal = view.isCausal
        let scale = PatternScale(heads: patterns)
        let takeaway = takeaway(best?.offset, best?.element ?? nil, heads, HeadHabit.none(patterns))
        func words(_ language: Language) -> String {
            thumbnails.map { $0.words[language] }.joined(separator: language == .english ? "; " : "；")
                + (language == .english ? "." : "。")
        }
        return Slide(
            id: id, title: heads == 1 ? Phrase(en: "The only head of this layer", zh: "这一层唯一的头") : title,
            subtitle: Phrase(
                en: "One picture a head: rows are queries, columns are keys. The word is what it mostly does here.",
                zh: "每个头一幅图：行是查询，列是键；文字说的是它在这里多半在看什么。"),
            here: MiniMap(ownAttention: request.stack, layer: view.layer),
            formula: Formula(#"\role{probability}{P} = \softmax(\role{scores}{S})"#),
            takeaway: takeaway,
            note: habits.contains { $0 != nil }
                ? Phrase(
                    en:
                        "Percentages: mean weight there from the third query on; focused, spread: of each query's largest.",
                    zh: "百分数：第三个查询起，在该处的平均权重；“集中”和“分散”取每个查询最大权重的平均。") : nil,
            legend: [scale.legend],
            altText: request.altText(
                Phrase(
                    en: "One heat map a head, each with its habit: \(words(.english))",
                    zh: "每个头一幅热力图，附上它的习惯：\(words(.chinese))"), takeaway)
        ) { _ in
            PatternThumbnails(thumbnails: thumbnails, labels: view.labels, isCausal: isCausal, scale: scale.scale)
        }
    }

    private static func takeaway(_ head: Int?, _ habit: HeadHabit?, _ heads: Int, _ none: Phrase) -> Phrase {
        guard let head, let habit else { return none }
        return Phrase(
            en: habit.kind.isPlace
                ? "Most at one place of all {count} {count|head|heads}: H{head} {habit}, {share} on average."
                : "No head keeps to one place; H{head} {habit}, its largest weight {share} on average.",
            zh: habit.kind.isPlace
                ? "{count} 个头中，最专注于一处的是 H{head}：{habit}，平均 {share}。"
                : "没有哪个头只看一处；H{head} {habit}，最大权重平均 {share}。"
        ).filled([
            "count": Phrase(String(heads)), "head": Phrase(String(head)), "habit": habit.kind.clause,
            "share": Phrase(habit.amount),
        ])
    }

}
