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
            items += other.items.map { $0.moved(by: offset) }
            ascent = max(ascent, other.ascent - offset.y)
            descent = max(descent, other.descent + offset.y)
        }

        mutating func stroke(_ path: Path, _ stroke: Stroke) {
            items.append(Item(.path(path, fill: nil, stroke: stroke)))
        }

        public func place(at baseline: Point, onto canvas: inout Canvas) {
            canvas.items += items.map { $0.moved(by: baseline) }
        }
    }
}

extension Item {
    public func moved(by offset: Point) -> Item {
        switch content {
        case .text(var line):
            line.origin = line.origin + offset
            return Item(.text(line), tag: tag)
        case .path(let path, let fill, let stroke):
            return Item(.path(path.moved(by: offset), fill: fill, stroke: stroke), tag: tag)
        case .image(let raster, let rect): return Item(.image(raster, rect.moved(by: offset)), tag: tag)
        case .group(let items): return Item(.group(items.map { $0.moved(by: offset) }), tag: tag)
        case .link(let target, let items):
            return Item(.link(target, items.map { $0.moved(by: offset) }), tag: tag)
        }
    }
}
