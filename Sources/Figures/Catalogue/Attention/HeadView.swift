import Drawing
import Tensors
import Tracing
import Wording

/// One attention head as the figures inside attention read it from a trace: its tables and who is asked about.
struct HeadView: Sendable {
    let request: FigureRequest
    /// The keys' tokens; the queries are the last of them.
    let labels: [TokenLabel]
    /// How many keys come before the first query: rows that another pass computed are empty here.
    let earlier: Int
    var layer: Int { request.layer }
    var head: Int { request.head }
    /// The query asked about.
    let focus: Int
    let headCount: Int
    /// Whether queries do not see later keys.
    private(set) var isCausal = true
    /// Where each query of a decoder stack was computed; empty where all were computed in one pass.
    private let places: [FigureRequest.Place]

    init(_ request: FigureRequest) {
        self.request = request
        labels = request.keyLabels
        earlier = request.earlier
        focus = request.focus + earlier
        headCount = request.trace.headCount(layer: request.layer, stack: request.stack)
        let places = request.stack == .decoder ? request.decoderPlaces : []
        self.places = places.contains { $0.pass > 0 } ? places : []
        isCausal = hidesLaterKeys
    }

    func name(_ label: Label) -> String { request.name(label).description }

    func has(_ label: Label) -> Bool { request.trace[request.name(label)] != nil }

    /// A token as sentences name it.
    func token(_ place: Int) -> Phrase { labels.name(place) }

    /// A token's label where there is little room.
    func display(_ place: Int) -> String { labels.indices.contains(place) ? labels[place].display : String(place) }

    /// `“cat” looks at`, over the weights of a query.
    func sees(_ query: Int) -> Phrase { AttentionText.sees.phrase.filled(["query": token(query)]) }

    /// This head's place on the map.
    var here: MiniMap { MiniMap(ownAttention: request.stack, layer: layer, head: head) }

    /// Which heads read the same keys and values; nil where each has its own.
    var sharing: Phrase? {
        guard let keys = request.trace[request.name(.key)], keys.shape.rank == 4, keys.shape[2] > 0,
            headCount > keys.shape[2], headCount % keys.shape[2] == 0
        else { return nil }
        let size = headCount / keys.shape[2]
        let (first, last) = (head / size * size, head / size * size + size - 1)
        guard keys.shape[2] > 1 else {
            return Phrase(
                en: "All {count} {count|head|heads} share one set of keys and values.", zh: "全部 {count} 个头共用一组键和值。"
            )
            .filled(["count": Phrase(String(headCount))])
        }
        return Phrase(
            en: "Heads {first}–{last} share these keys and values.", zh: "H{first}–H{last} 共用这一组键和值。"
        ).filled(["first": Phrase(String(first)), "last": Phrase(String(last))])
    }

    // MARK: Tables

    /// One head's rows of `[batch, position, head, head width]`, and how they are indexed.
    ///
    /// With grouped queries several heads share one key and one value.
    struct Projection: Sendable {
        let name: String
        let cells: [[Float]]
        let head: Int
        /// How many rows come before the first that the step holds.
        let earlier: Int
        var width: Int { cells.last?.count ?? 0 }

        func matrix() -> Matrix {
            let (head, earlier) = (head, earlier)
            return Matrix(cells).starting(atRow: earlier).tagged(name) { [0, $0 - earlier, head, $1] }
        }

        /// With positions as columns: Kᵀ.
        func transposed() -> Matrix {
            let (head, cells, earlier) = (head, cells, earlier)
            return Matrix(rows: width, columns: cells.count) { $0 < cells[$1].count ? cells[$1][$0] : .nan }
                .tagged(name) { [0, $1 - earlier, head, $0] }
        }
    }

    /// - Parameter isRead: only the rows that were read, for figures without the keys of earlier passes.
    func projection(_ label: Label, isRead: Bool = false) -> Projection? {
        request.trace[request.name(label)].map { projection($0, isRead: isRead) }
    }

    private func projection(_ step: Step, isRead: Bool = false) -> Projection {
        let own = step.shape.rank == 4 ? step.shape[2] : 1
        let head = headCount > 0 ? self.head * own / headCount : self.head
        let rows = step.rows(head: head)
        let missing = isRead || rows.count + earlier > labels.count ? 0 : earlier
        return Projection(
            name: step.name.description, cells: [[Float]](repeating: [], count: missing) + rows, head: head,
            earlier: missing)
    }

    /// What the dot products really read: the turned queries and keys of a rotary model, else `attn.q` and `attn.k`.
    var compared: (queries: Projection, keys: Projection)? {
        if let step = request.trace[request.name(.dotProducts)], step.operation is DotProducts, step.inputs.count == 2 {
            return (projection(request.trace.steps[step.inputs[0]]), projection(request.trace.steps[step.inputs[1]]))
        }
        guard let queries = projection(.rotatedQuery) ?? projection(.query),
            let keys = projection(.rotatedKey) ?? projection(.key)
        else { return nil }
        return (queries, keys)
    }

    /// “queries”, and that they were turned where they were.
    func words(_ table: Projection, _ words: AttentionText) -> Phrase {
        let isTurned = [Label.rotatedQuery, .rotatedKey].contains { name($0) == table.name }
        return isTurned ? AttentionText.turned.phrase.filled(["vectors": words.phrase]) : words.phrase
    }

    /// This head of `[batch, head, query, key]`; empty where the trace has no such step.
    func cells(_ label: Label) -> [[Float]] { cells(label, head: head) }

    /// Passes of a decoder that went on word by word each give a row; what a row could not see yet has no weight.
    func cells(_ label: Label, head: Int) -> [[Float]] {
        guard !places.isEmpty else {
            let rows = request.trace[request.name(label)]?.cells(head: head) ?? []
            return rows.isEmpty ? [] : [[Float]](repeating: [], count: earlier) + rows
        }
        return places.map { place in
            var name = request.name(label)
            name.pass = place.pass
            guard let step = request.trace[name], step.shape.rank == 4 else { return [] }
            let row = step.row(0, head, place.position)
            return row + [Float](repeating: 0, count: max(0, places.count - row.count))
        }
    }

    /// Which number of the trace a cell shows; hidden ones of a decoder that went on word by word were never computed.
    func tag(_ label: Label, head: Int, _ query: Int, _ key: Int) -> Tag {
        guard places.indices.contains(query) else {
            return Tag(step: name(label), index: [0, head, query - earlier, key])
        }
        var name = request.name(label)
        name.pass = places[query].pass
        let index = [0, head, places[query].position, key]
        let isThere = key < request.trace[name]?.shape.dimensions.last ?? 0
        return Tag(step: name.description, index: isThere ? index : Array(index.prefix(3)))
    }

    /// The queries' rows of this head, a column a key, tagged and labelled.
    func square(_ label: Label, _ cells: [[Float]], showing shown: [Int]) -> Matrix {
        let matrix = Matrix(cells).starting(atRow: earlier).rows(labels).columns(labels)
            .showing(rows: shown, columns: shown)
        let (head, earlier) = (head, earlier)
        guard !places.isEmpty else { return matrix.tagged(name(label)) { [0, head, $0 - earlier, $1] } }
        let view = self
        return matrix.tagged(
            rows: { view.tag(label, head: head, $0, 0).step }, { view.tag(label, head: head, $0, $1).index })
    }

    /// A query's weights as bars, beside the rows of a matrix that shows the same keys.
    func bars(
        _ pattern: [[Float]], of query: Int, showing shown: [Int], lit: Int? = nil, length: Double = 180
    ) -> Bars {
        Bars(
            weights: pattern.row(query), of: labels, shares: Shares(pattern), lit: lit,
            limit: PatternScale(pattern).limit(holding: pattern.row(query)), length: length,
            isHidden: { [isCausal] in isCausal && $0 > query },
            tag: { [head] in tag(.pattern, head: head, query, $0) }
        ).besideRows(shown)
    }

    // MARK: Masks

    /// From the scores where they are, else from a pattern without any weight
    /// above its diagonal.
    private var hidesLaterKeys: Bool {
        for label in [Label.scores, .pattern] where label == .pattern || places.isEmpty {
            let cells = cells(label)
            guard cells.count > earlier + 1 else { continue }
            let hidden: Float = label == .scores ? -.infinity : 0
            return cells.enumerated().allSatisfy { row, values in values.dropFirst(row + 1).allSatisfy { $0 == hidden }
            }
        }
        return true
    }

    /// The key that a query's row gives most, among those it sees.
    func strongest(_ row: [Float], of query: Int) -> Int {
        let seen = isCausal ? min(query + 1, row.count) : row.count
        return row.prefix(seen).greatestPlace ?? 0
    }
}

extension Bars {
    /// One query's weights, a bar a key.
    ///
    /// - Parameters:
    ///   - shares: how the weights are written.
    ///   - limit: the weight of a bar as long as its track.
    ///   - isHidden: keys that the query does not see.
    init(
        weights: [Float], of labels: [TokenLabel], shares: Shares, lit: Int?, limit: Double, length: Double,
        isHidden: (Int) -> Bool = { _ in false }, tag: (Int) -> Tag
    ) {
        self.init(
            weights.enumerated().map { key, weight in
                var bar = Bar(
                    labels.indices.contains(key) ? labels[key] : TokenLabel(String(key)), Double(weight),
                    text: shares.text(weight), lit: key == lit, tag: tag(key))
                bar.isHidden = isHidden(key)
                bar.exact = "\(weight)"
                return bar
            }, limit: limit, length: length)
    }
}

extension Matrix {
    /// Named and coloured as a head's weights.
    func asPattern(_ scale: ValueScale = .probability) -> Matrix {
        named("P", .probability, AttentionText.pattern.phrase).scaled(scale)
    }

    /// Each row a query, each column a key.
    func queriesByKeys() -> Matrix { axes(rows: AxisWords.query.phrase, columns: AxisWords.key.phrase) }

    /// At most this many columns, all that there are where one more would fit into the gap's place.
    func columnsElided(to most: Int, of count: Int) -> Matrix {
        elided(columns: count <= most + 1 ? count : most).vectors(.horizontal)
    }
    func rowsElided(to most: Int, of count: Int) -> Matrix {
        elided(rows: count <= most + 1 ? count : most).vectors(.vertical)
    }
}

extension ValueScale {
    /// One diverging scale for several tables, so that their colours compare.
    static func fitting(tables: [[[Float]]]) -> ValueScale { .fitting(tables.lazy.joined().joined()) }
}
