import Platform
import Synchronization
import Wording

/// A mark of any kind. It keeps what it measured: stacks, and arrangements that try each other's parts, ask many times
/// for the extent in the same room.
public struct AnyMark: Mark {
    private let kept: MeasuredMark

    public init(_ mark: some Mark) {
        kept = MeasuredMark(
            stretch: mark.stretch, isRoomBound: mark.isRoomBound, measure: { mark.extent(in: $0) },
            settle: { mark.settled(in: $0) },
            paint: { mark.place(in: $0, $1, onto: &$2) })
    }

    public init(_ mark: AnyMark) { self = mark }

    public var stretch: Stretch { kept.stretch }
    public var isRoomBound: Bool { kept.isRoomBound }
    public func extent(in space: Space) -> Extent { kept.extent(in: space) }
    public func settled(in space: Space) -> Settled { kept.settled(in: space) }
    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        kept.place(in: rect, space, onto: &canvas)
    }
    public var any: AnyMark { self }
}

/// A mark with what was measured of it.
private final class MeasuredMark: Sendable {
    /// All of a space that an extent depends on.
    private struct Key: Equatable {
        var width: Double
        var height: Double
        var density: Density
        var language: Language
        var mode: Theme.Mode
        var showsDigits: Bool
        var measurer: AnyTextMeasurer.Identity

        init(_ space: Space, isRoomBound: Bool) {
            width = isRoomBound ? space.width : .infinity
            height = isRoomBound ? space.height : .infinity
            density = space.density
            language = space.language
            mode = space.theme.mode
            showsDigits = space.showsDigits
            measurer = space.measurer.identity
        }
    }

    private struct Known {
        var key: Key
        var extent: Extent
        var settled: Settled?
    }

    let stretch: Stretch
    let isRoomBound: Bool
    private let measure: @Sendable (Space) -> Extent
    private let settle: @Sendable (Space) -> Settled
    private let paint: @Sendable (Rect, Space, inout Canvas) -> Void
    private let known = Mutex([Known]())

    /// Rooms that are remembered: an arrangement tries few.
    private static let most = 8

    init(
        stretch: Stretch, isRoomBound: Bool, measure: @escaping @Sendable (Space) -> Extent,
        settle: @escaping @Sendable (Space) -> Settled,
        paint: @escaping @Sendable (Rect, Space, inout Canvas) -> Void
    ) {
        self.stretch = stretch
        self.isRoomBound = isRoomBound
        self.measure = measure
        self.settle = settle
        self.paint = paint
    }

    private func key(_ space: Space) -> Key { Key(space, isRoomBound: isRoomBound) }

    private func found(_ key: Key) -> Known? { known.withLock { known in known.first { $0.key == key } } }

    private func keep(_ found: Known) {
        known.withLock { known in
            if found.settled != nil { known.removeAll { $0.key == found.key } }
            if known.count >= Self.most { known.removeFirst() }
            known.append(found)
        }
    }

    func extent(in space: Space) -> Extent {
        let key = key(space)
        if let found = found(key) { return found.extent }
        let extent = measure(space)
        keep(Known(key: key, extent: extent))
        return extent
    }

    func settled(in space: Space) -> Settled {
        let key = key(space)
        if let settled = found(key)?.settled { return settled }
        let settled = settle(space)
        keep(Known(key: key, extent: settled.extent, settled: settled))
        return settled
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        if let settled = found(key(space))?.settled {
            settled.mark.place(in: rect, space, onto: &canvas)
        } else {
            paint(rect, space, &canvas)
        }
    }
}

/// A text measurer of any kind.
public struct AnyTextMeasurer: TextMeasurer {
    fileprivate final class Box: Sendable {
        let measure: @Sendable (String, Font) -> TextMetrics
        init(_ measure: @escaping @Sendable (String, Font) -> TextMetrics) { self.measure = measure }
    }

    /// Equal of copies of one measurer.
    struct Identity: Equatable, Sendable {
        fileprivate let box: Box
        static func == (left: Identity, right: Identity) -> Bool { left.box === right.box }
    }

    private let box: Box

    public init(_ measure: @escaping @Sendable (String, Font) -> TextMetrics) { box = Box(measure) }

    var identity: Identity { Identity(box: box) }

    public func metrics(of string: String, in font: Font) -> TextMetrics { box.measure(string, font) }
    public var any: AnyTextMeasurer { self }
}
