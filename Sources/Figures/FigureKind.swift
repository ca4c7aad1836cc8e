import Drawing
import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// One kind of figure, as the catalogue lists it.
public struct FigureKind: Sendable {
    public let id: String
    public let title: Phrase
    public let scope: FigureScope
    public let shows: [Label]
    public let isOfEachStack: Bool
    public let readsEveryPass: Bool
    let isOfWhole: @Sendable (FigureRequest) -> Bool
    public let isPossible: @Sendable (FigureRequest) -> Bool
    public let slide: @Sendable (FigureRequest) throws(Failure) -> Slide

    init<Kind: TraceFigure>(_ kind: Kind.Type) {
        id = Kind.id
        title = Kind.title
        scope = Kind.scope
        shows = Kind.shows
        isOfEachStack = Kind.isOfEachStack
        readsEveryPass = Kind.readsEveryPass
        isOfWhole = { Kind.isOfWhole($0) }
        isPossible = { Kind.isPossible($0) }
        slide = { (request) throws(Failure) in
            let slide = try Kind.slide(request)
            let heads = request.trace.headCount(layer: request.layer, stack: request.stack)
            let head = Kind.scope == .perHead ? (place: request.head, count: heads) : nil
            return OddNumbers(request.trace, Kind.numbers(request), head: head)?.said(of: slide) ?? slide
        }
    }
}
