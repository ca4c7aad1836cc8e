import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// The tokens' embeddings among their neighbours in the vocabulary, in the plane that keeps most of their spread, and
/// the way that the first layer's attention moves one of them.
package enum EmbeddingMap: TraceFigure {
    package static let id = "embedding-map"
    package static let title = Phrase(en: "A map of embeddings", zh: "词嵌入的地图")
    package static let scope = FigureScope.once
    package static let isOfEachStack = true
    package static let shows: [Label] = [.embedding]

    /// The most tokens of the text, and the neighbours that each of them brings.
    static let most = (tokens: 10, neighbours: 3)

    /// The parameter that a stack's tokens are looked up in, its own or one that both stacks share.
    private static func table(_ request: FigureRequest) -> Step? {
        let step =
            request.trace[StepName(.embedding, stack: request.stack)] ?? request.trace[StepName(.embedding)]
        return step.flatMap { $0.shape.rank == 2 ? $0 : nil }
    }

    package static func isPossible(_ request: FigureRequest) -> Bool {
        guard let table = table(request), table.shape[0] > 4, table.shape[1] > 1 else { return false }
        return Set(request.ids).contains { $0 >= 0 && $0 < table.shape[0] }
    }

    package static func isOnDemand(_ request: FigureRequest) -> Bool {
        guard let table = table(request) else { return false }
        return Double(table.shape[0]) * Double(table.shape[1]) * Double(most.tokens) > 1e9
    }

    package static func numbers(_ request: FigureRequest) -> [StepName] { table(request).map { [$0.name] } ?? [] }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let table = table(request), let map = MappedTokens(request, table) else {
            throw request.missing(.embedding, block: .some(nil))
        }
        let takeaway = takeaway(map)
        var legend: [AnyMark] = [
            LegendKey(.dot(.role(.embedding)), Phrase(en: "tokens of the text", zh: "文中的词元")).any,
            LegendKey(.dot(.muted), Phrase(en: "their nearest in the vocabulary", zh: "词表中与它们最近的词元")).any,
        ]
        if !map.way.isEmpty {
            legend.append(
                LegendKey(
                    .line(.role(.attentionOutput), dashed: false), Phrase(en: "attention of L0 adds", zh: "L0 注意力的增量")
                ).any)
            if map.way.count > 2 {
                legend.append(
                    LegendKey(.line(.role(.position), dashed: true), Phrase(en: "position adds", zh: "位置的增量")).any)
            }
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The plane of these points' two principal components; it keeps {share} of their spread.",
                zh: "这些点的前两个主成分张成的平面，保留了它们 {share} 的离散程度。"
            ).filled(["share": Phrase(Numbers.percent(map.share))]),
            here: MiniMap(.embedding, of: request),
            formula: Formula(
                #"\role{embedding}{x} \mapsto (\role{embedding}{x} \cdot u_1,\; \role{embedding}{x} \cdot u_2)"#),
            takeaway: takeaway, legend: legend,
            altText: request.altText(altText(map), takeaway)
        ) { _ in MapPicture(map: map).steady() }
    }

    private static func takeaway(_ map: MappedTokens) -> Phrase {
        guard let near = map.nearest else { return title }
        return Phrase(
            en:
                "Of these tokens {token} has the closest neighbour: no other word of the vocabulary is nearer to it than {neighbour}, cosine {cosine}.",
            zh: "这些词元中，{token}的邻居离得最近：整个词表里与它最近的是{neighbour}，余弦 {cosine}。"
        ).filled([
            "token": map.points[near.token].label.spoken,
            "neighbour": near.label.spoken, "cosine": Phrase(Numbers.fixed(near.cosine)),
        ])
    }

    private static func altText(_ map: MappedTokens) -> Phrase {
        let count = map.points.count { $0.isOwn }
        return Phrase(
            en:
                "A plane with a dot for each of {count} {count|token|tokens} and {others} dots of neighbours in the vocabulary, each with its word beside it.",
            zh: "平面上有 {count} 个文中词元的点和 {others} 个词表邻居的点，旁边写着各自的词。"
        ).filled(["count": Phrase(String(count)), "others": Phrase(String(map.points.count - count))])
    }
}

/// Tokens and neighbours with their places in the plane.
struct MappedTokens: Sendable {
    struct Dot: Sendable {
        var label: TokenLabel
        var place: Point
        var isOwn: Bool
        var tag: Tag
    }

    var points: [Dot] = []
    /// How much of the spread the plane keeps.
    let share: Double
    /// Of the token in focus: the embedding, then with its position where one is added, then with what attention adds.
    var way: [Point] = []
    /// Of all tokens the one whose nearest neighbour is nearest.
    var nearest: (token: Int, label: TokenLabel, cosine: Double)?

    init?(_ request: FigureRequest, _ table: Step) {
        let vocabulary = table.shape[0]
        let all = request.ids.filter { $0 >= 0 && $0 < vocabulary }
        var ids: [Int] = []
        for id in all.reversed() where !ids.contains(id) && ids.count < EmbeddingMap.most.tokens {
            ids.insert(id, at: 0)
        }
        let focus = request.ids.indices.contains(request.focus) ? request.ids[request.focus] : ids.last ?? -1
        if focus >= 0, focus < vocabulary, !ids.contains(focus) { ids[0] = focus }
        let own = ids.map { table.row($0) }
        var neighbours: [Int] = []
        for (order, id) in ids.enumerated() {
            let near = Self.nearest(to: own[order], in: table, count: EmbeddingMap.most.neighbours * 3 + 1)
            let plain = near.filter { $0.id != id && request.label(id: $0.id).kind == .plain }
            if let first = plain.first, Double(first.value) > nearest?.cosine ?? -2 {
                nearest = (order, request.label(id: first.id), Double(first.value))
            }
            for one in plain.prefix(EmbeddingMap.most.neighbours)
            where !ids.contains(one.id) && !neighbours.contains(one.id) {
                neighbours.append(one.id)
            }
        }
        guard let plane = PrincipalPlane(own + neighbours.map { table.row($0) }) else { return nil }
        share = plane.share
        func dot(_ order: Int, _ id: Int) -> Dot {
            Dot(
                label: request.label(id: id), place: Point(plane.points[order][0], -plane.points[order][1]),
                isOwn: order < ids.count, tag: Tag(step: table.name.description, index: [id]))
        }
        points = (ids + neighbours).enumerated().map { dot($0.offset, $0.element) }
        way = Self.way(request, table, plane)
    }

    /// The nearest rows by cosine.
    private static func nearest(to row: [Float], in table: Step, count: Int) -> [RankedToken] {
        let width = row.count
        let norm = Float(row.norm)
        guard norm > 0 else { return [] }
        let cosines: [Float] = table.tensor.withUnsafeBuffer { cells in
            (0..<table.shape[0]).map { id in
                var (dot, square) = (Float(0), Float(0))
                for column in 0..<width {
                    let cell = cells[id * width + column]
                    dot += cell * row[column]
                    square += cell * cell
                }
                return square > 0 ? dot / (norm * square.squareRoot()) : -1
            }
        }
        return largest(cosines, count)
    }

    private static func way(_ request: FigureRequest, _ table: Step, _ plane: PrincipalPlane) -> [Point] {
        let place = request.focus
        guard request.ids.indices.contains(place),
            let start = request.trace[StepName(.residualPre, block: 0, stack: request.stack)],
            let added = request.trace[StepName(.attentionOut, block: 0, stack: request.stack)],
            request.ids[place] >= 0, request.ids[place] < table.shape[0]
        else { return [] }
        let own = table.row(request.ids[place])
        let (into, addition) = (start.row(0, place), added.row(0, place))
        guard into.count == own.count, addition.count == own.count else { return [] }
        let position = request.trace[StepName(.positionEmbed, stack: request.stack)]?.row(0, place) ?? []
        // An embedding that was scaled or normalised lies elsewhere than its row of the table.
        let sum = position.count == own.count ? own.adding(position) : own
        let distance = sum.subtracting(into).norm
        guard distance <= 1e-3 * max(into.norm, 1e-9) else { return [] }
        func point(_ row: [Float]) -> Point {
            let place = plane.projected(row)
            return Point(place[0], -place[1])
        }
        let rows = (position.count == own.count ? [own, into] : [own]) + [into.adding(addition)]
        return rows.map(point)
    }
}

private struct MapPicture: Mark {
    var map: MappedTokens

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent { Extent(400, 220) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let font = space.density.label
        let all = map.points.map { $0.place } + map.way
        // On a tall page the widest direction stands upright.
        let isTall = rect.height > rect.width
        func turned(_ point: Point) -> Point { isTall ? Point(-point.y, -point.x) : point }
        let (xs, ys) = (all.map { turned($0).x }, all.map { turned($0).y })
        let (left, right, top, bottom) = (xs.min() ?? 0, xs.max() ?? 1, ys.min() ?? 0, ys.max() ?? 1)
        let box = rect.inset(by: Insets(horizontal: min(120, rect.width * 0.14), vertical: font.size * 2))
        let scale = min(box.width / max(right - left, 1e-9), box.height / max(bottom - top, 1e-9))
        let middle = Point((left + right) / 2, (top + bottom) / 2)
        func at(_ point: Point) -> Point { box.center + (turned(point) - middle) * scale }
        canvas.fill(.rounded(rect, radius: 12), theme.panel.mixed(with: theme.paper, 0.5))
        var places = FreePlaces(in: rect.inset(by: 6))
        for dot in map.points {
            let point = at(dot.place)
            places.block(Rect(point.x - 8, point.y - 8, 16, 16))
        }
        let way = map.way.map(at)
        for (from, to) in zip(way, way.dropFirst()) { places.block(from, to) }
        for (order, pair) in zip(way, way.dropFirst()).enumerated() {
            let isAttention = order == way.count - 2
            if isAttention {
                canvas.arrow(pair.0, pair.1, Stroke(theme.accent(.attentionOutput), width: 4), head: 16)
            } else {
                canvas.line(pair.0, pair.1, Stroke(theme.accent(.position), width: 3, dashes: [8, 6]))
            }
        }
        for dot in map.points.reversed() {
            let point = at(dot.place)
            canvas.fill(
                .circle(point, radius: dot.isOwn ? 9 : 6),
                dot.isOwn ? theme.accent(.embedding) : theme.muted.mixed(with: theme.paper, 0.25), tag: dot.tag)
            canvas.hotSpot(Rect(point.x - 9, point.y - 9, 18, 18), dot.label.whole, tag: dot.tag)
        }
        // The text's own words first; a neighbour whose word finds no place keeps its dot.
        for dot in map.points {
            let label = dot.label.shortened(to: 14)
            let own = label.font(dot.isOwn ? font.semibold : font)
            let size = Size(space.width(of: label.display, own) + 4, own.size * 1.25)
            guard let place = places.place(size, beside: at(dot.place), gap: 11) else { continue }
            canvas.text(label.display, at: place, own, dot.isOwn ? theme.ink : theme.muted, in: space)
        }
    }
}
