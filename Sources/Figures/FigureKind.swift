import Drawing
import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// One kind of figure, as the catalogue lists it.
package struct FigureKind: Sendable {
    package let id: String
    package let title: Phrase
    package let scope: FigureScope
    package let shows: [Label]
    package let isOfEachStack: Bool
    package let readsEveryPass: Bool
    /// Whether only those who ask for it by name are shown it.
    package let isOnDemand: @Sendable (FigureRequest) -> Bool
    let isOfWhole: @Sendable (FigureRequest) -> Bool
    package let isPossible: @Sendable (FigureRequest) -> Bool
    package let slide: @Sendable (FigureRequest) throws(Failure) -> Slide

    init<Kind: TraceFigure>(_ kind: Kind.Type) {
        id = Kind.id
        title = Kind.title
        scope = Kind.scope
        shows = Kind.shows
        isOfEachStack = Kind.isOfEachStack
        readsEveryPass = Kind.readsEveryPass
        isOnDemand = { Kind.isOnDemand($0) }
        isOfWhole = { Kind.isOfWhole($0) }
        isPossible = { Kind.isPossible($0) }
        slide = { (request) throws(Failure) in
            let own = try Kind.slide(request).begun
            let slide = ChangedRun(request.trace)?.said(of: own) ?? own
            let heads = request.trace.headCount(layer: request.layer, stack: request.stack)
            let head = Kind.scope == .perHead ? (place: request.head, count: heads) : nil
            let said = OddNumbers(request.trace, Kind.numbers(request), head: head)?.said(of: slide) ?? slide
            return request.style.isQuiet ? Story.agreed(said, Kind.id, request) : said
        }
    }
}

extension Slide {
    /// With sentences that begin large.
    fileprivate var begun: Slide {
        var slide = self
        slide.takeaway = takeaway?.begun
        for place in frames.indices {
            slide.frames[place].caption = frames[place].caption.begun
            slide.frames[place].takeaway = frames[place].takeaway?.begun
        }
        return slide
    }
}
