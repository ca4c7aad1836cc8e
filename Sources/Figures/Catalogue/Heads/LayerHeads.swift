import Drawing
import Tracing
import Wording

/// The patterns of all heads of a layer, and what each mostly does on this text.
struct LayerHeads: Sendable {
    let layer: Int
    let view: HeadView
    /// `[head][query][key]`
    let patterns: [[[Float]]]
    let habits: [HeadHabit?]

    init(_ request: FigureRequest, layer: Int) {
        var part = request
        part.layer = layer
        self.layer = layer
        let (view, ids) = (HeadView(part), request.ids)
        self.view = view
        patterns = (0..<view.headCount).map { view.cells(.pattern, head: $0) }
        habits = patterns.map { HeadHabit($0, ids: ids) }
    }

    /// One small picture a head.
    ///
    /// - Parameter names: a head's name.
    func thumbnails(lit: Int? = nil, _ names: (_ head: Int) -> Phrase) -> [PatternThumbnails.Thumbnail] {
        patterns.enumerated().map { head, cells in
            PatternThumbnails.Thumbnail(names(head), habits[head], cells, head: head, of: view, isLit: head == lit)
        }
    }
}
