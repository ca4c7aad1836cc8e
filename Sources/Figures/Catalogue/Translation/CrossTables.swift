import Drawing
import Tensors
import Tracing
import Wording

/// One head of the decoder's cross-attention as its figures read it: rows for what is written, in however many passes it
/// was written, and rows for the source.
struct CrossTables: Sendable {
    let request: FigureRequest
    let cross: CrossHead
    /// The place that the figure speaks of, and the source token that it looks at most.
    let focus: Int
    let strongest: Int

    var view: TranslationView { cross.view }
    var layer: Int { request.layer }
    var head: Int { request.head }

    /// nil for a trace without these steps of the layer's cross-attention.
    init?(_ request: FigureRequest, needs labels: [Label]) {
        guard let cross = CrossHead(request) else { return nil }
        self.request = request
        self.cross = cross
        focus = cross.focus(request.position)
        strongest = cross.strongest(focus)
        for label in labels where step(label, at: 0) == nil { return nil }
    }

    var here: MiniMap {
        MiniMap(.crossAttention, in: Stage.encoderDecoder, layer: layer, head: head)
    }

    /// The token that is written at the focus, and the one it looks at most.
    var writing: Phrase { view.written.name(focus) }
    var source: Phrase { view.source.name(strongest) }

    private func name(_ label: Label, pass: Int) -> StepName {
        let isOwn = label.rawValue.hasPrefix("attn.")
        return StepName(isOwn ? label.crossed : label, block: layer, stack: .decoder, pass: pass)
    }

    func step(_ label: Label, at place: Int) -> Step? {
        let pass = view.places.indices.contains(place) ? view.places[place].pass : 0
        return request.trace[name(label, pass: pass)]
    }

    // MARK: Tables

    /// This head's rows of `[batch, position, head, head width]`, a row a place that was written.
    func queries(_ label: Label) -> [[Float]] {
        view.places.indices.map { place in
            step(label, at: place)?.row(0, view.places[place].position, head) ?? []
        }
    }

    /// This head of `[batch, head, query, key]`, likewise.
    func cells(_ label: Label) -> [[Float]] {
        view.places.indices.map { place in
            step(label, at: place)?.row(0, head, view.places[place].position) ?? []
        }
    }

    /// Rows of `[batch, position, width]`, likewise.
    func vectors(_ label: Label) -> [[Float]] {
        view.places.indices.map { place in step(label, at: place)?.row(0, view.places[place].position) ?? [] }
    }

    /// This head's keys or values, a row a source token; they are computed once.
    func sources(_ label: Label) -> [[Float]] { step(label, at: 0)?.rows(head: head) ?? [] }

    // MARK: Matrices

    /// Rows for what is written, each with its own pass.
    func written(_ cells: [[Float]], _ label: Label) -> Matrix {
        let names = view.places.indices.map { step(label, at: $0)?.name.description ?? "" }
        let (places, head) = (view.places, head)
        let isVector = step(label, at: 0)?.shape.rank == 3
        let isSquare = step(label, at: 0)?.axes.dropFirst().first == .head
        return Matrix(cells).rows(view.written).tagged(rows: { names.indices.contains($0) ? names[$0] : "" }) {
            let position = places.indices.contains($0) ? places[$0].position : 0
            return isVector ? [0, position, $1] : isSquare ? [0, head, position, $1] : [0, position, head, $1]
        }.axes(rows: Phrase(en: "written", zh: "写出的词元")).highlighting(row: focus)
    }

    /// Rows for the source.
    func read(_ label: Label) -> Matrix {
        let (name, head) = (step(label, at: 0)?.name.description ?? "", head)
        return Matrix(sources(label)).rows(view.source).tagged(name) { [0, $0, head, $1] }
            .axes(rows: Phrase(en: "source", zh: "原文词元"))
    }

    // MARK: Fitting

    /// How much of the tables is drawn: rows of what is written, of the source, and numbers of a vector.
    struct Budget: Sendable {
        var written: [Int]
        var source: [Int]
        var width: Int
    }

    /// No table of vectors draws more of their numbers.
    static let mostColumns = 6

    /// From all to few; fewer tokens only where nothing smaller will be tried.
    func budgets(at density: Density) -> [Budget] {
        let rows = TokenWindow(count: view.places.count, named: [focus])
        let columns = TokenWindow(count: view.source.count, named: [strongest])
        let sizes = CrossHead.budgets(at: density, view.places.count, view.source.count)
        return sizes.flatMap { most, fewest in
            [Self.mostColumns, 4, 3].map { Budget(written: rows.shown(most), source: columns.shown(fewest), width: $0) }
        }
    }

    func arranged(at density: Density, _ build: @escaping @Sendable (Budget) -> AnyMark) -> AnyMark {
        ThatFits { for budget in budgets(at: density) { Lazily { build(budget) } } }.any
    }

    /// Factors and what they give in a line, or the result below, whichever can be drawn larger.
    func equation(_ factors: [AnyMark], _ sign: AnyMark, _ results: [AnyMark], _ density: Density) -> AnyMark {
        let stacked = VStack(.center, spacing: density.gap) {
            HStack(spacing: density.gap) { factors }
            HStack(spacing: density.gap) { [sign] + results }
        }
        return Fullest {
            HStack(spacing: density.gap) { factors + [sign] + results }
            stacked
        }.any
    }

    func altText(_ what: Phrase, _ takeaway: Phrase) -> Phrase { CrossHead.altText(view, what, takeaway) }
}

extension Matrix {
    /// At most so many numbers of a vector; what is left out is said in the gap.
    func vectors(_ width: Int) -> Matrix { elided(columns: width).axes(columns: AxisWords.headWidth.phrase) }
}
