import Wording

/// Placed things, and the names of what they show.
extension SVGWriter {
    /// What of a tag is written: nothing of it where what stands around says so already.
    struct Name {
        var step: String?
        var index: [Int] = []
        /// Which of the index counts on in those that follow, and up to what.
        var range: (place: Int, last: Int)?
        /// The step of what stands around, where `step` is not written again.
        var around: String?

        var isEmpty: Bool { step == nil && index.isEmpty }
    }

    // MARK: Names

    /// Items in their order. Neighbours that show the same step are a group of its name (`data-step`), those that show
    /// one number of it bear its index (`data-at`): a matrix says its name once.
    /// - Parameter step: that the group around is named by.
    mutating func write(_ items: [Item], of step: String?) {
        let items = letters.sharesShapes ? items.withJoinedPictures : items
        var place = 0
        while place < items.count {
            guard use == .anywhere, let tag = items[place].tag, !tag.step.isEmpty else {
                write(items[place], Name(), of: step)
                place += 1
                continue
            }
            var end = place + 1
            while end < items.count, items[end].tag?.step == tag.step { end += 1 }
            let isNamed = tag.step == step
            if end == place + 1 {
                if !isNamed, case .group(let inner) = items[place].content, tag.index.isEmpty {
                    beginGroup(tag, of: inner)
                    write(inner, of: tag.step)
                    endGroup()
                } else {
                    let name = Name(step: isNamed ? nil : tag.step, index: tag.index, around: step)
                    write(items[place], name, of: tag.step)
                }
            } else if isNamed {
                writeCells(items[place..<end], of: tag.step)
            } else {
                beginGroup(tag, of: Array(items[place..<end]))
                writeCells(items[place..<end], of: tag.step)
                endGroup()
            }
            place = end
        }
    }

    /// A group of its own name; where it was asked for, with the steps that it grows out of.
    private mutating func beginGroup(_ tag: Tag, of items: [Item]) {
        hasGroups = true
        beginLevel(of: items)
        body.raw("<g")
        write(Name(step: tag.step))
        body.attribute("inkscape:label", tag.derivedName ?? tag.step)
        if let from = origins[tag.step], !from.isEmpty { body.attribute("data-from", from.joined(separator: " ")) }
        body.raw(">")
    }

    private mutating func beginGroup(_ name: Name, of items: [Item]) {
        beginLevel(of: items)
        body.raw("<g")
        write(name)
        body.raw(">")
    }

    private mutating func endGroup() {
        endLevel()
        body.raw("</g>")
    }

    /// Items of one step.
    private mutating func writeCells(_ items: ArraySlice<Item>, of step: String) {
        var place = items.startIndex
        while place < items.endIndex {
            let index = items[place].tag?.index ?? []
            var end = place + 1
            while end < items.endIndex, items[end].tag?.index == index { end += 1 }
            let (own, name) = (items[place..<end], Name(index: index, around: step))
            if index.isEmpty || own.count == 1 {
                for item in own { write(item, name, of: step) }
            } else if letters.sharesShapes, own.allSatisfy({ $0.isText || $0.isPath }),
                own.count(where: { $0.isPath }) == 1
            {
                // A cell bears the index, and its digits stand with those of the others.
                for item in own { write(item, item.isPath ? name : Name(), of: step) }
            } else {
                beginGroup(name, of: Array(own))
                for item in own { write(item, Name(), of: step) }
                endGroup()
            }
            place = end
        }
    }

    mutating func write(_ name: Name) {
        let derived = (name.step ?? name.around).flatMap { Tag(step: $0).derivedName }
        if let step = name.step {
            if let derived { body.attribute("data-name", derived) } else { body.attribute("data-step", step) }
        }
        guard !name.index.isEmpty else { return }
        body.raw(derived == nil ? " data-at=\"" : " data-cell=\"")
        for (place, number) in name.index.enumerated() {
            if place > 0 { body.raw(",") }
            body.integer(number)
            if let range = name.range, range.place == place {
                body.raw("..")
                body.integer(range.last)
            }
        }
        body.raw("\"")
    }

    // MARK: Items

    private mutating func write(_ item: Item, _ name: Name, of step: String?) {
        switch item.content {
        case .text(let line):
            if name.isEmpty { return add(line) }
            beginGroup(name, of: [item])
            add(line)
            endGroup()
        case .path(let path, let fill, let stroke):
            guard !path.elements.isEmpty else { return }
            if stroke == nil, let fill, letters.sharesShapes, let cell = SVGCell(path, fill, name) { return add(cell) }
            makeRoom(for: [item])
            write(path, fill.map { .color($0) } ?? .none, stroke, name)
        case .image(let raster, let rect):
            makeRoom(for: [item])
            write(raster, rect, name)
        case .group(let items):
            // A group without a name would say nothing.
            if letters.sharesShapes, name.isEmpty { return write(items, of: step) }
            beginGroup(name, of: items)
            write(items, of: step)
            endGroup()
        case .link(let target, let items):
            beginLevel(of: items)
            body.raw("<a")
            body.attribute("href", target)
            write(name)
            body.raw(">")
            write(items, of: step)
            endLevel()
            body.raw("</a>")
        }
    }

    enum Fill {
        case color(Color)
        case none
        /// What stands around says it.
        case around
    }

    mutating func write(_ path: Path, _ fill: Fill, _ stroke: Stroke?, _ name: Name) {
        if !isSliver(path, stroke, name), let shape = SVGShapes.Shape(path, stroke), let known = shapes.name(shape) {
            if known.isNew { define(path, stroke, known.name) }
            body.raw("<use href=\"#")
            body.beginName()
            body.raw(known.name)
            body.raw("\"")
            let origin = path.whole?.origin ?? .zero
            body.attribute("x", origin.x, decimals: 1)
            body.attribute("y", origin.y, decimals: 1)
        } else if isSliver(path, stroke, name) {
            body.raw("<path")
            body.attribute("d", SVGPathText(path).finished)
        } else {
            Self.begin(path, at: path.whole?.origin, &body)
            if let stroke { strokes.write(stroke, of: path, &body) }
        }
        switch fill {
        case .color(let color): body.attribute("fill", color, opacity: "fill-opacity")
        case .none: if strokes.around == nil { body.attribute("fill", "none") }
        case .around: break
        }
        write(name)
        body.raw("/>")
    }

    /// A bar among hundreds, at which nobody can point: its outline in tenths is the shortest that can be said of it.
    private func isSliver(_ path: Path, _ stroke: Stroke?, _ name: Name) -> Bool {
        guard letters.sharesShapes, stroke == nil, name.isEmpty, case .rectangle(let rect, let radius)? = path.whole
        else { return false }
        return SVGText.hundredths(radius) <= 0 && min(rect.width, rect.height) < SVGCell.leastNamed
    }

    /// A shape at the origin, without what fills it.
    private mutating func define(_ path: Path, _ stroke: Stroke?, _ name: String) {
        Self.begin(path, at: nil, &definitions)
        definitions.raw(" id=\"")
        definitions.beginName()
        definitions.raw(name)
        definitions.raw("\"")
        if let stroke { strokes.write(stroke, of: path, &definitions) }
        definitions.raw("/>")
    }

    /// - Parameter origin: of a rectangle or a circle; nil where it is the picture's.
    private static func begin(_ path: Path, at origin: Point?, _ text: inout SVGText) {
        switch path.whole {
        case .rectangle(let rect, let radius)?:
            text.raw("<rect")
            if let origin {
                text.attribute("x", origin.x)
                text.attribute("y", origin.y)
            }
            text.attribute("width", rect.width)
            text.attribute("height", rect.height)
            if SVGText.hundredths(radius) > 0 { text.attribute("rx", radius) }
        case .circle(_, let radius)?:
            text.raw("<circle")
            if let origin {
                text.attribute("cx", origin.x)
                text.attribute("cy", origin.y)
            }
            text.attribute("r", radius)
        case nil:
            text.raw("<path")
            text.attribute("d", SVGPathText(path).finished)
        }
    }

    mutating func write(_ rect: Rect) {
        body.attribute("x", rect.minX)
        body.attribute("y", rect.minY)
        body.attribute("width", rect.width)
        body.attribute("height", rect.height)
    }
}

extension Item {
    var isText: Bool { if case .text = content { true } else { false } }
    var isPath: Bool { if case .path = content { true } else { false } }
}
