import Wording

/// What waits to be written at one level of groups. Nobody sees in which order things are painted that do not lie on each
/// other: lines of text wait until a shape comes that would cover one, and are then written together, so that what is
/// of one kind says its kind once; cells wait for their neighbours.
struct SVGLevel {
    var lines: [TextLine] = []
    var cells: [SVGCell] = []

    /// Whether a shape among them would lie on a line that waits.
    func isCovered(by items: [Item]) -> Bool {
        guard !lines.isEmpty else { return false }
        return items.contains { item in
            switch item.content {
            case .text: false
            case .path(let path, let fill, let stroke): isCovered(by: path, fill, stroke)
            case .image(_, let rect): isCovered(by: rect)
            case .group(let inner), .link(_, let inner): isCovered(by: inner)
            }
        }
    }

    func isCovered(by rect: Rect) -> Bool { lines.contains { $0.inkRect.overlaps(rect) } }

    private func isCovered(by path: Path, _ fill: Color?, _ stroke: Stroke?) -> Bool {
        let half = (stroke?.width ?? 0) / 2
        // The frame around a matrix lies on nothing within.
        if fill == nil, case .rectangle(let rect, let radius)? = path.whole {
            let (outer, inner) = (rect.outset(by: half), rect.inset(by: half + radius * 0.3))
            return lines.contains { line in
                let ink = line.inkRect
                return ink.overlaps(outer) && !inner.contains(ink)
            }
        }
        return path.bounds.map { isCovered(by: $0.outset(by: half)) } ?? false
    }
}

extension Rect {
    /// Whether the two share an area, or a line.
    fileprivate func overlaps(_ other: Rect) -> Bool {
        minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
    }
}

extension SVGWriter {
    private var top: Int { levels.count - 1 }

    mutating func add(_ line: TextLine) {
        guard !line.string.isEmpty else { return }
        guard letters.sharesShapes else { return write([line]) }
        levels[top].lines.append(line)
    }

    mutating func add(_ cell: SVGCell) {
        if levels[top].isCovered(by: cell.rect) { flush() }
        if let last = levels[top].cells.last, !last.isLike(cell) { flushCells() }
        levels[top].cells.append(cell)
    }

    /// Before shapes are written that belong upon what waits.
    mutating func makeRoom(for items: [Item]) {
        guard letters.sharesShapes else { return }
        flushCells()
        if levels[top].isCovered(by: items) { flush() }
    }

    mutating func beginLevel(of items: [Item]) {
        makeRoom(for: items)
        levels.append(SVGLevel())
    }

    mutating func endLevel() {
        flush()
        levels.removeLast()
    }

    mutating func flush() {
        flushCells()
        let lines = levels[top].lines
        levels[top].lines = []
        if !lines.isEmpty { write(lines) }
    }

    private mutating func flushCells() {
        let cells = levels[top].cells
        levels[top].cells = []
        if !cells.isEmpty { write(cells) }
    }

    private mutating func write(_ lines: [TextLine]) {
        body.hole()
        layers.append(lines)
    }
}

extension Array {
    /// What has the same key together, in the order in which the keys come first.
    package func grouped<Key: Hashable>(by key: (Element) -> Key) -> [[Element]] {
        var (places, groups): ([Key: Int], [[Element]]) = ([:], [])
        for element in self {
            let key = key(element)
            if let place = places[key] {
                groups[place].append(element)
            } else {
                places[key] = groups.count
                groups.append([element])
            }
        }
        return groups
    }
}
