/// Builds the `d` attribute of a path, with relative lines, and whatever is shorter to write.
package struct SVGPathText {
    private var text = SVGText()
    private let decimals: Int
    /// Whether it is only ever filled: then nobody sees whether it is closed, and it may be written where it is wanted.
    private let isFilled: Bool
    /// Where a filled one begins, which its text leaves out; the rest of it is relative.
    package private(set) var first: Point?
    /// As it is written, and as it was given.
    private var current = Point.zero
    private var exact = Point.zero
    private var start = Point.zero
    private var exactStart = Point.zero
    private var isAnyClosed = false
    /// The last letter, which the next of its kind need not repeat.
    private var command = Command.close
    /// The point that bent the last curve, as a reader finds it; of one with two the second.
    private var control: Point?
    private var second: Point?
    /// Where a last move begins after which nothing was drawn.
    private var idleMove: Int?

    private enum Command { case move, line, across, along, curve, reflected, bend, smooth, close }

    package init(decimals: Int = 0, isFilled: Bool = false) {
        self.decimals = decimals
        self.isFilled = isFilled
    }

    /// The path in tenths.
    package init(_ path: Path) {
        self.init(decimals: 1)
        for element in path.elements {
            switch element {
            case .move(let point): move(point)
            case .line(let point): line(point)
            case .curve(let first, let second, let end): curve(first, second, end)
            case .close: close()
            }
        }
    }

    private mutating func begin(_ next: Command, _ letter: StaticString) -> Bool {
        let isNew = next != command
        if isNew { text.raw(letter) }
        command = next
        return isNew
    }

    /// A number stands clear of the one before it, by its sign or a space.
    private mutating func number(_ value: Double, isFirst: Bool) {
        if !isFirst, units(value) >= 0 { text.raw(" ") }
        text.number(value, decimals: decimals)
    }

    private mutating func pair(_ point: Point, isFirst: Bool) {
        number(point.x, isFirst: isFirst)
        number(point.y, isFirst: false)
    }

    private var unitsPerPixel: Double { decimals == 0 ? 1 : 10 }

    private func units(_ value: Double) -> Double { decimals == 0 ? value.rounded() : SVGText.tenths(value) }

    /// Rounded first, so that the sum of relative steps does not drift.
    private func rounded(_ point: Point) -> Point {
        Point(units(point.x) / unitsPerPixel, units(point.y) / unitsPerPixel)
    }

    package mutating func move(_ point: Point) {
        (exact, exactStart, control, second) = (point, point, nil, nil)
        let point = rounded(point)
        idleMove = isAnyClosed ? text.bytes.count : nil
        if !isFilled {
            command = .move
            text.raw("M")
            pair(point, isFirst: true)
        } else if first == nil {
            first = point
        } else {
            text.raw("m")
            pair(point - current, isFirst: true)
            // A line after it needs no letter.
            command = .line
        }
        current = point
        start = point
    }

    package mutating func line(_ point: Point) {
        (exact, control, second) = (point, nil, nil)
        let point = rounded(point)
        let step = point - current
        idleMove = nil
        if step.y == 0 {
            number(step.x, isFirst: begin(.across, "h"))
        } else if step.x == 0 {
            number(step.y, isFirst: begin(.along, "v"))
        } else {
            pair(step, isFirst: begin(.line, "l"))
        }
        current = point
    }

    package mutating func curve(_ first: Point, _ second: Point, _ end: Point) {
        let bend = bend(first, second, end)
        exact = end
        let end = rounded(end)
        idleMove = nil
        guard let bend else {
            // Most curves go on as straight as the last one ended.
            let (known, other) = (self.second.map { current * 2 - $0 }, rounded(second))
            if let known, (known - first).length * unitsPerPixel < 0.75 {
                pair(other - current, isFirst: begin(.reflected, "s"))
            } else {
                pair(rounded(first) - current, isFirst: begin(.curve, "c"))
                pair(other - current, isFirst: false)
            }
            pair(end - current, isFirst: false)
            (current, control, self.second) = (end, nil, other)
            return
        }
        self.second = nil
        // The next curve of a face goes on as the last one ended, more often than not: then only its end is written.
        let smooth = control.map { current * 2 - $0 }
        if let smooth, (smooth - bend).length < 0.75 {
            pair(end - current, isFirst: begin(.smooth, "t"))
            control = smooth
        } else {
            let bend = rounded(bend)
            pair(bend - current, isFirst: begin(.bend, "q"))
            pair(end - current, isFirst: false)
            control = bend
        }
        current = end
    }

    /// The one point that bends a curve where a face meant one: faces of that kind are handed on with two. Of a picture's
    /// own paths it would save little.
    private func bend(_ first: Point, _ second: Point, _ end: Point) -> Point? {
        guard decimals == 0 else { return nil }
        let one = (first * 3 - exact) * 0.5
        let other = (second * 3 - end) * 0.5
        return (one - other).length < 0.5 ? (one + other) * 0.5 : nil
    }

    package mutating func close() {
        idleMove = nil
        isAnyClosed = true
        (exact, control, second) = (exactStart, nil, nil)
        guard !isFilled else { return }
        text.raw("z")
        command = .close
        current = start
    }

    /// A face closes its outlines and then moves once more, to nowhere.
    package var finished: SVGText { idleMove.map { text.prefix($0) } ?? text }
}
