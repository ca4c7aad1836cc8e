import Drawing
import Tensors
import Tracing
import Wording

/// A generation as a whole, a pass a frame: keys and values are kept, and each new token adds one row.
package enum KeyValueCacheFigure: TraceFigure {
    package static let id = "key-value-cache"
    package static let title = Phrase(
        en: "The KV cache: what was computed once is kept", zh: "键值缓存（KV cache）：算过的不再算")
    package static let scope = FigureScope.perLayer
    package static let shows: [Label] = [.keysSoFar, .valuesSoFar, .pattern]

    package static func isPossible(_ request: FigureRequest) -> Bool { CachedPasses(request) != nil }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let passes = CachedPasses(request) else { throw request.missing(.keysSoFar) }
        let (keys, values) = (ClippedScale(edgesOf: [passes.keys]), ClippedScale(edgesOf: [passes.values]))
        let weights = PatternScale(passes.pattern)
        let scales = Scales(keys: keys.scale, values: values.scale, weights: weights.scale)
        let window = TokenWindow(count: passes.labels.count, named: passes.written.reversed())
        let frames = (0...passes.written.count).map { pass in
            let takeaway = takeaway(passes, pass)
            let alt = Phrase(
                en:
                    "Three tables of one head, a row for each token: keys, values and the pattern after pass {pass} of {passes}; the rows of this pass are framed. {takeaway}",
                zh: "一个头的三张表，每行一个词元：第 {pass} 遍（共 {passes} 遍）之后的键、值与注意力分布；这一遍算出的行加了框。{takeaway}"
            ).filled([
                "pass": Phrase(String(pass)), "passes": Phrase(String(passes.written.count)), "takeaway": takeaway,
            ])
            return Slide.Frame(caption: takeaway, altText: alt, takeaway: takeaway) { density in
                let columns = TokenWindow.columns(at: density, digits: [4], colours: 8)
                return window.arranged(at: density, columns: columns) { shown, width in
                    picture(passes, pass, scales, shown, width, density)
                }
            }
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Keys and values of tokens that were read stay as they are; a new token adds a row to each.",
                zh: "读过的词元，键和值不再改变；每来一个新词元，只各添一行。"),
            here: MiniMap(.attention, layer: request.layer, head: request.head),
            formula: Formula(
                #"\role{key}{K} \gets [\role{key}{K};\, \role{key}{k_n}] \qquad \role{value}{V} \gets [\role{value}{V};\, \role{value}{v_n}]"#
            ),
            legend: [
                keys.legend(Phrase("K")).any, values.legend(Phrase("V")).any, weights.legend,
                LegendKey(.frame(.highlight), Phrase(en: "computed in this pass", zh: "这一遍算的")).any,
                Text(Phrase(en: "above it: kept in the cache", zh: "它上面的：取自缓存")).font(.small).color(.muted).any,
            ],
            frames: frames)
    }

    private struct Scales: Sendable {
        var keys: ValueScale
        var values: ValueScale
        var weights: ValueScale
    }

    private static func picture(
        _ passes: CachedPasses, _ pass: Int, _ scales: Scales, _ shown: [Int],
        _ width: Int, _ density: Density
    ) -> AnyMark {
        let fresh = passes.fresh(pass)
        let state: @Sendable (Int, Int) -> Matrix.CellState = { row, _ in
            row > fresh.upperBound ? .empty : .plain
        }
        func table(
            _ cells: [[Float]], _ step: String, _ name: String, _ role: Role, _ words: Phrase, _ scale: ValueScale
        )
            -> Matrix
        {
            let head = passes.keyHead
            return Matrix(cells).rows(passes.labels).named(name, role, words).scaled(scale)
                .tagged(step) { [0, $0, head, $1] }
                .columnsElided(to: width, of: cells.first?.count ?? 0).showing(rows: shown).state(state)
                .highlighting(rows: fresh, columns: 0...max(0, (cells.first?.count ?? 1) - 1))
        }
        let keys = table(passes.keys, passes.keyStep, "K", .key, passes.keyWords, scales.keys)
        let values = table(passes.values, passes.valueStep, "V", .value, AttentionText.values.phrase, scales.values)
        let (head, prompt, steps) = (passes.head, passes.prompt, passes.patternSteps)
        let pattern = Matrix(passes.pattern).rows(passes.labels).columns(passes.labels).asPattern(scales.weights)
            .queriesByKeys()
            .showing(rows: shown, columns: shown)
            .tagged(rows: { steps[max(0, $0 - prompt + 1)] }) { [0, head, $0 < prompt ? $0 : 0, $1] }
            .state { row, column in
                let state = state(row, column)
                // A later token's key was not there when the row was computed.
                return state != .empty && column > row ? (column < prompt && row < prompt ? .masked : .empty) : state
            }
            .highlighting(rows: fresh, columns: 0...fresh.upperBound)
        return ThatFits {
            Fullest {
                HStack(spacing: density.gap * 1.3) {
                    keys
                    values
                    pattern
                }
                VStack(spacing: density.gap) {
                    HStack(spacing: density.gap * 1.3) {
                        keys
                        values
                    }
                    pattern
                }
            }
            if density.isLast {
                HStack(spacing: density.gap) {
                    keys
                    pattern
                }
            }
        }.any
    }

    private static func takeaway(_ passes: CachedPasses, _ pass: Int) -> Phrase {
        let fresh = passes.fresh(pass)
        let values: KeyValuePairs<String, Phrase> = [
            "count": Phrase(String(fresh.upperBound + 1)), "kept": Phrase(String(fresh.lowerBound)),
            "token": passes.labels.name(fresh.upperBound),
        ]
        guard pass > 0 else {
            if fresh.count == 1 {
                return Phrase(
                    en: "The first pass reads {token}; its key and value go into the cache.",
                    zh: "第一遍读{token}，它的键和值存入缓存。"
                ).filled(values)
            }
            return Phrase(
                en: "The first pass reads all {count} {count|token|tokens}; their keys and values go into the cache.",
                zh: "第一遍读完全部 {count} 个词元，它们的键和值存入缓存。"
            ).filled(values)
        }
        return Phrase(
            en: fresh.lowerBound == 1
                ? "{token} needs 1 row in place of {count}: its query meets 1 kept key and its own."
                : "{token} needs 1 row in place of {count}: its query meets {kept} kept keys and its own.",
            zh: "{token}只需算 1 行，而不是 {count} 行：它的查询与缓存里的 {kept} 个键和自己的键相遇。"
        ).filled(values)
    }
}

/// One head of one layer over all passes of a generation.
struct CachedPasses: Sendable {
    /// How many tokens the first pass read.
    let prompt: Int
    /// The places of the tokens that later passes read.
    let written: [Int]
    let labels: [TokenLabel]
    let head: Int
    /// Which key and value head belongs to it.
    let keyHead: Int
    let keys: [[Float]]
    let values: [[Float]]
    /// A row a token, as wide as the whole text; what no row saw is not a number.
    let pattern: [[Float]]
    let keyStep: String
    let valueStep: String
    /// “keys”, and that they are kept turned where positions turn them.
    let keyWords: Phrase
    /// The step of each pass's pattern.
    let patternSteps: [String]

    /// No more passes than a deck has room for.
    static let most = 6

    /// nil where the trace has no pass with kept keys, or lacks a step of one.
    init?(_ request: FigureRequest) {
        let trace = request.trace
        func step(_ label: Label, _ pass: Int) -> Step? {
            trace[StepName(label, block: request.layer, pass: pass)]
        }
        guard let first = step(.pattern, 0), first.shape.rank == 4, first.shape[2] == first.shape[3],
            first.shape.count > 0
        else { return nil }
        prompt = first.shape[2]
        head = request.head
        var rows = first.cells(head: head)
        var steps = [first.name.description]
        var last: (keys: Step, values: Step)?
        for pass in 1...Self.most {
            guard let keys = step(.keysSoFar, pass), let values = step(.valuesSoFar, pass),
                let pattern = step(.pattern, pass), pattern.shape.rank == 4, pattern.shape[2] == 1,
                keys.shape.rank == 4, keys.shape[1] == prompt + pass, values.shape == keys.shape,
                pattern.shape[3] == prompt + pass
            else { break }
            last = (keys, values)
            rows += pattern.cells(head: head)
            steps.append(pattern.name.description)
        }
        let count = prompt + steps.count - 1
        guard let last, trace.tokens.count >= count else { return nil }
        written = Array(prompt..<count)
        labels = trace.tokens.prefix(count).map { FigureRequest.label($0) }
        let own = last.keys.shape[2]
        let heads = trace.headCount(layer: request.layer)
        keyHead = heads > 0 ? request.head * own / heads : request.head
        keys = last.keys.rows(head: keyHead)
        values = last.values.rows(head: keyHead)
        (keyStep, valueStep) = (last.keys.name.description, last.values.name.description)
        keyWords =
            step(.rotatedKey, 0) == nil
            ? AttentionText.keys.phrase
            : AttentionText.turned.phrase.filled(["vectors": AttentionText.keys.phrase])
        pattern = rows.map { $0 + Array(repeating: .nan, count: max(0, count - $0.count)) }
        patternSteps = steps
    }

    /// The rows that a pass computes.
    func fresh(_ pass: Int) -> ClosedRange<Int> {
        pass == 0 ? 0...max(0, prompt - 1) : (prompt + pass - 1)...(prompt + pass - 1)
    }
}
