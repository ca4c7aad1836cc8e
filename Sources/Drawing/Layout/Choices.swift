import Platform
import Synchronization

/// The first of several arrangements that fits into the room there is; the last where none does.
public struct ThatFits: ComposedMark {
    public var marks: [AnyMark]

    public init(@MarkBuilder _ marks: () -> [AnyMark]) { self.marks = marks() }

    public func build(_ space: Space) -> AnyMark { settled(in: space).mark }

    public func settled(in space: Space) -> Settled {
        let room = Size(space.width, space.height)
        var last: Settled?
        for mark in marks {
            let found = mark.settled(in: space.plain)
            if found.extent.size.fits(in: room) { return space.isPlain ? found : mark.settled(in: space) }
            last = found
        }
        return last ?? Blank().settled(in: space)
    }
}

/// The first of ever smaller pictures that fits; the last where none does. Of pictures of one kind those are passed over
/// that would still be too large if all of them shrank as their counts do.
package struct Dwindling: ComposedMark {
    package struct Choice: Sendable {
        var kind: Int
        /// How many rows, columns and the like are drawn.
        var counts: [Int]
        var mark: AnyMark

        package init(kind: Int, counts: [Int], _ mark: some Mark) {
            self.kind = kind
            self.counts = counts
            self.mark = mark.any
        }

        /// How much of another one's length this has at least.
        fileprivate func leastShare(of other: Choice) -> Double {
            zip(counts, other.counts).reduce(1) { $1.1 > 0 ? min($0, Double($1.0) / Double($1.1)) : $0 }
        }
    }

    var choices: [Choice]

    package init(_ choices: [Choice]) { self.choices = choices }

    package func build(_ space: Space) -> AnyMark { settled(in: space).mark }

    package func settled(in space: Space) -> Settled {
        let room = Size(space.width, space.height)
        var before: (choice: Choice, excess: Excess, found: Settled)?
        for (place, choice) in choices.enumerated() {
            if let before, before.choice.kind == choice.kind, place < choices.count - 1,
                before.excess.factor * choice.leastShare(of: before.choice) > 1.05
            {
                continue
            }
            let found = choice.mark.settled(in: space.plain)
            let size = found.extent.size
            if size.fits(in: room) { return space.isPlain ? found : choice.mark.settled(in: space) }
            before = (choice, Excess(of: size, in: room), found)
        }
        return before?.found ?? Blank().settled(in: space)
    }
}

/// Of several arrangements of the same things the one that could be drawn largest in the room there is: a row on a wide
/// page, a column on a tall one. Where none fits, the one that is least too large.
package struct Fullest: ComposedMark {
    package var marks: [AnyMark]

    package init(@MarkBuilder _ marks: () -> [AnyMark]) { self.marks = marks() }

    package func build(_ space: Space) -> AnyMark { settled(in: space).mark }

    package func settled(in space: Space) -> Settled {
        let room = Size(space.width, space.height)
        var best: (mark: AnyMark, found: Settled, growth: Double)?
        var least: (found: Settled, excess: Double)?
        for mark in marks {
            let found = mark.settled(in: space.plain)
            let size = found.extent.size
            guard size.fits(in: room) else {
                let excess = Excess(of: size, in: room).factor
                if least.map({ excess < $0.excess }) ?? true { least = (found, excess) }
                continue
            }
            let growth = min(room.width / max(1, size.width), room.height / max(1, size.height))
            if growth > (best?.growth ?? 0) * 1.01 { best = (mark, found, growth) }
        }
        guard let best else { return least?.found ?? Blank().settled(in: space) }
        return space.isPlain ? best.found : best.mark.settled(in: space)
    }
}

/// A mark that is built when the surroundings are known: colours, density, language, room.
public struct Adaptive: ComposedMark {
    private let make: @Sendable (Space) -> AnyMark
    public init(_ make: @escaping @Sendable (Space) -> AnyMark) { self.make = make }
    public func build(_ space: Space) -> AnyMark { make(space) }
}

/// A mark that needs nothing of its surroundings to be built, but is built only where it is tried, and then once.
package struct Lazily: ComposedMark {
    private final class Kept: Sendable {
        private let make: @Sendable () -> AnyMark
        private let mark = Mutex<AnyMark?>(nil)

        init(_ make: @escaping @Sendable () -> AnyMark) { self.make = make }

        var built: AnyMark {
            if let known = mark.withLock({ $0 }) { return known }
            let made = make()
            mark.withLock { $0 = made }
            return made
        }
    }

    private let kept: Kept
    package init(_ make: @escaping @Sendable () -> AnyMark) { kept = Kept(make) }
    package func build(_ space: Space) -> AnyMark { kept.built }
}
