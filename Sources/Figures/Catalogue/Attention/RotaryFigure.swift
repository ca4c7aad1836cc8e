import Drawing
import Tracing
import Wording

/// Rotary positions: the numbers of a query or a key, two by two, as hands that their position turns.
package enum RotaryFigure: TraceFigure {
    package static let id = "rotary"
    package static let title = Phrase(en: "Positions turn queries and keys", zh: "位置让查询和键转动")
    package static let scope = FigureScope.perHead
    package static let isOfEachStack = true
    package static let shows: [Label] = [.rotatedQuery, .rotatedKey, .query, .key, .queryNorm, .keyNorm]

    private static func turns(_ view: HeadView) -> [(words: Phrase, turns: Turns)] {
        func read(_ plain: Label, _ normalized: Label) -> Label {
            view.request.has([normalized]) ? normalized : plain
        }
        let queries = Turns(view, read(.query, .queryNorm), .rotatedQuery, .query).map {
            (AttentionText.queries.phrase, $0)
        }
        let keys = Turns(view, read(.key, .keyNorm), .rotatedKey, .key).map { (AttentionText.keys.phrase, $0) }
        return [queries, keys].compactMap { $0 }
    }

    package static func isPossible(_ request: FigureRequest) -> Bool { !turns(HeadView(request)).isEmpty }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let view = HeadView(request)
        let both = turns(view)
        guard let first = both.first?.turns else { throw request.missing(.rotatedQuery) }
        let focus = min(request.focus, first.positions - 1)
        let labels = Array(view.labels.prefix(first.positions))
        let takeaway = takeaway(view, first, focus)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Two numbers make a hand; each position turns it further, every pair at its own speed.",
                zh: "每两个数是一根指针；位置越往后转得越多，每一对各有各的快慢。"),
            here: view.here,
            formula: Formula(
                #"\role{query}{\tilde{q}_m} \cdot \role{key}{\tilde{k}_n} = \role{query}{q_m^\top}\,\role{position}{R_{n-m}}\,\role{key}{k_n}"#
            ),
            takeaway: takeaway,
            note: view.sharing, legend: legend,
            altText: request.altText(
                Phrase(
                    en:
                        "Dials of queries and of keys: a row for each token, a column for each pair of numbers, two hands and the angle between them.",
                    zh: "查询与键的表盘：一行一个词元，一列一对数；每个表盘有两根指针和它们之间的角度。"), takeaway)
        ) { density in
            Adaptive { space in
                let room = space.room(or: Size(1400, 560))
                let (gap, count) = (density.gap * 1.5, Double(max(1, both.count)))
                let dials = both.map { words, turns in
                    Dials(
                        turns: turns, words: words, allWords: both.map { $0.words }, labels: labels, focus: focus)
                }
                guard room.width >= room.height else {
                    let height = (room.height - gap * (count - 1)) / count
                    return VStack(spacing: gap, dials.map { $0.frame(height: height).any }).any
                }
                let width = (room.width - gap * (count - 1)) / count
                return HStack(.top, spacing: gap, dials.map { $0.frame(width: width).any }).any
            }
        }
    }

    private static var legend: [AnyMark] {
        [
            LegendKey(.line(.muted, dashed: true), Phrase(en: "before", zh: "转动之前")).any,
            LegendKey(.line(.muted, dashed: false), Phrase(en: "after", zh: "转动之后")).any,
            LegendKey(.fill(.role(.position)), Phrase(en: "the turn", zh: "转过的角度")).any,
            Text(
                Phrase(en: "Hands show directions; turning keeps their lengths.", zh: "指针只画方向；转动不改变长度。")
            ).font(.small).color(.muted).any,
        ]
    }

    /// What the lit token's fastest and slowest pair did; of a first token, that nothing turned.
    private static func takeaway(_ view: HeadView, _ turns: Turns, _ focus: Int) -> Phrase {
        let angles = (0..<turns.pairs).map { turns.angle(position: focus, pair: $0) }
        let values: KeyValuePairs<String, Phrase> = [
            "token": view.labels.indices.contains(focus + view.earlier)
                ? view.labels[focus + view.earlier].spoken : view.token(focus + view.earlier),
            "place": Phrase(String(turns.start + focus)),
            "first": Phrase(Dials.degrees(angles.first ?? 0)), "last": Phrase(Dials.degrees(angles.last ?? 0)),
        ]
        guard turns.start + focus > 0 else {
            return Phrase(
                en: "{token} stands at position 0: nothing turns.", zh: "{token}在位置 0，不转动。"
            ).filled(values)
        }
        return Phrase(
            en:
                "{token} at position {place}: the first pair has turned {first}, the last {last}. Positions enter a score only by how far apart two tokens are.",
            zh: "{token}在位置 {place}：第一对转了 {first}，最后一对转了 {last}。位置只通过两个词元的距离影响得分。"
        ).filled(values)
    }
}
