import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// A changed run beside the run that it was made of.
struct RunPair: Sendable {
    /// The pattern that changed most.
    struct PatternChange: Sendable {
        var layer: Int
        var head: Int
        var before: [[Float]]
        var after: [[Float]]
        var row: Int
        var column: Int
        var step: String

        var scale: ValueScale { .fitting(difference.joined()) }
        /// Of the weights themselves, before and after.
        var weights: PatternScale { PatternScale(heads: [before, after]) }
        var difference: [[Float]] { zip(before, after).map { $1.subtracting($0) } }

        func matrices(_ labels: [TokenLabel], _ shown: [Int]) -> [Matrix] {
            let tables: [(cells: [[Float]], words: Phrase)] = [
                (before, Phrase(en: "before", zh: "改动前")), (after, Phrase(en: "after", zh: "改动后")),
                (difference, Phrase(en: "difference", zh: "差")),
            ]
            let weights = weights.scale
            return tables.enumerated().map { order, table in
                let matrix = Matrix(table.cells).rows(labels).columns(labels).showing(rows: shown, columns: shown)
                    .named(order < 2 ? "P" : #"\Delta P"#, .probability, table.words).withoutShape()
                    .highlighting(cell: row, column).queriesByKeys()
                let (step, head) = (step, head)
                let scaled = matrix.scaled(order < 2 ? weights : scale)
                return order == 1 ? scaled.tagged(step) { [0, head, $0, $1] } : scaled
            }
        }
    }

    let words: Phrase
    let labels: [TokenLabel]
    let best: [RankedToken]
    let after: [RankedToken]
    /// Candidates of either run, the likeliest before the change first.
    let shown: [Int]
    var pattern: PatternChange?
    let tag: Tag
    private let rows: (before: [Float], after: [Float])
    private var names: [Int: TokenLabel] = [:]

    func label(_ id: Int) -> TokenLabel { names[id] ?? TokenLabel(display: "#\(id)") }
    func old(_ id: Int) -> Double { rows.before.indices.contains(id) ? Double(rows.before[id]) : .nan }
    func share(_ id: Int) -> Double { rows.after.indices.contains(id) ? Double(rows.after[id]) : .nan }

    init?(_ request: FigureRequest) throws(Failure) {
        guard let now = Watched(request), let earlier = try request.trace.undoingChanges(),
            let step = earlier[now.step.name]
        else { return nil }
        let old = now.isClass ? step.row(0) : step.row(0, now.position)
        guard old.count == now.row.count else { return nil }
        rows = (old, now.row)
        labels = request.labels
        words = Self.words(request.trace)
        best = largest(old, 6)
        after = largest(now.row, 6)
        var ids = best.map { $0.id }
        for token in after where !ids.contains(token.id) { ids.append(token.id) }
        let changes = ids.map { id in abs(Double(now.row[id]) - Double(old[id])) }
        // Of many candidates those that either run holds likely.
        let order = ids.indices.sorted {
            (max(old[ids[$0]], now.row[ids[$0]]), changes[$0]) > (max(old[ids[$1]], now.row[ids[$1]]), changes[$1])
        }
        shown = order.prefix(8).map { ids[$0] }.sorted { old[$0] > old[$1] }
        tag = Tag(step: now.step.name.description, index: now.isClass ? [0] : [0, now.position])
        for id in ids { names[id] = now.isClass ? Self.className(request, id) : request.label(id: id) }
        pattern = Self.pattern(earlier, request)
    }

    private static func className(_ request: FigureRequest, _ id: Int) -> TokenLabel {
        let names = request.trace.model.classNames
        return TokenLabel(display: names.indices.contains(id) ? names[id] : String(id))
    }

    private static func pattern(_ earlier: Trace, _ request: FigureRequest) -> PatternChange? {
        var found: PatternChange?
        var most: Float = 0.005
        for step in request.trace.steps
        where step.name.label == .pattern && step.name.pass == 0 && step.shape.rank == 4 && step.name.stack == .single {
            guard let before = earlier[step.name], before.shape == step.shape, let layer = step.name.block,
                step.shape[2] == request.labels.count, step.shape[3] == request.labels.count
            else { continue }
            for head in 0..<step.shape[1] {
                let (old, new) = (before.cells(head: head), step.cells(head: head))
                for row in new.indices {
                    for column in new[row].indices {
                        let change = abs(new[row][column] - old.cell(row, column))
                        guard change > most else { continue }
                        most = change
                        found = PatternChange(
                            layer: layer, head: head, before: old, after: new, row: row, column: column,
                            step: step.name.description)
                    }
                }
            }
        }
        return found
    }

    /// What was done, as it was asked for where it is one of the usual changes.
    private static func words(_ trace: Trace) -> Phrase {
        var parts: [String] = []
        var (english, chinese): ([String], [String]) = ([], [])
        for step in trace.changedSteps where step.name.pass == 0 {
            let name = step.name
            let stack = name.stack.prefix()
            let place = name.block.map { "\(stack)L\($0)" } ?? ""
            if let part = step.operation as? ScalePart, part.factor == 0,
                name.label == .z || name.label == Label.z.crossed
            {
                parts.append((name.label == .z ? place : "cross.L\(name.block ?? 0)") + "H\(part.place)")
            } else if let part = step.operation as? ScalePart {
                english.append("column \(part.place) of \(name) times \(Numbers.significant(part.factor))")
                chinese.append("把 \(name) 的第 \(part.place) 维乘以 \(Numbers.significant(part.factor))")
            } else if let all = step.operation as? Magnify, all.factor == 0,
                name.label == .attentionOut || name.label == .feedForwardOut
            {
                parts.append(place + (name.label == .attentionOut ? "A" : "M"))
            } else if let all = step.operation as? Magnify {
                english.append("\(name) times \(Numbers.significant(all.factor))")
                chinese.append("把 \(name) 乘以 \(Numbers.significant(all.factor))")
            } else {
                english.append("\(name) taken from another text")
                chinese.append("把 \(name) 换成另一段文本的")
            }
        }
        if !parts.isEmpty {
            let shown = parts.prefix(6).joined(separator: ", ") + (parts.count > 6 ? " …" : "")
            english.insert("\(shown) off", at: 0)
            chinese.insert("关掉 \(shown)", at: 0)
        }
        return Phrase(en: english.prefix(3).joined(separator: ", "), zh: chinese.prefix(3).joined(separator: "，"))
    }
}
