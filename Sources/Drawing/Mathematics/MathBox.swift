extension Formula {
    /// A laid-out formula: items around the left end of its baseline, which lies at (0, 0).
    public struct Box: Sendable, Hashable {
        public var width: Double
        /// Above and below the baseline.
        public var ascent: Double
        public var descent: Double
        public var items: [Item]

        public init(width: Double = 0, ascent: Double = 0, descent: Double = 0, items: [Item] = []) {
            self.width = width
            self.ascent = ascent
            self.descent = descent
            self.items = items
        }

        public var height: Double { ascent + descent }

        /// Adds another box with its baseline's left end at `offset`; the width is the caller's.
        mutating func add(_ other: Box, at offset: Point) {
            let zoom = Zoom(1, offset: offset)
            items += other.items.map { zoom($0) }
            ascent = max(ascent, other.ascent - offset.y)
            descent = max(descent, other.descent + offset.y)
        }

        mutating func stroke(_ path: Path, _ stroke: Stroke) {
            items.append(Item(.path(path, fill: nil, stroke: stroke)))
        }

        public func place(at baseline: Point, onto canvas: inout Canvas) {
            let zoom = Zoom(1, offset: baseline)
            canvas.items += items.map { zoom($0) }
        }
    }
}
