/// The same picture at another size: a point `p` goes to `p · factor + offset`.
///
/// Letters, lines and gaps grow alike, so that what was laid out once need not be laid out again.
package struct Zoom: Sendable, Hashable {
    package var factor: Double
    package var offset: Point

    package init(_ factor: Double, offset: Point = .zero) {
        self.factor = factor
        self.offset = offset
    }

    package func callAsFunction(_ point: Point) -> Point { point * factor + offset }
    package func callAsFunction(_ size: Size) -> Size { Size(size.width * factor, size.height * factor) }
    package func callAsFunction(_ rect: Rect) -> Rect { Rect(origin: self(rect.origin), size: self(rect.size)) }

    package func callAsFunction(_ path: Path) -> Path { path.scaled(self) }

    package func callAsFunction(_ stroke: Stroke) -> Stroke {
        Stroke(
            stroke.color, width: stroke.width * factor, dashes: stroke.dashes.map { $0 * factor },
            isRound: stroke.isRound)
    }

    package func callAsFunction(_ line: TextLine) -> TextLine {
        TextLine(
            line.string, font: line.font.size(line.font.size * factor), color: line.color, origin: self(line.origin),
            metrics: line.metrics.scaled(by: factor), isUpward: line.isUpward)
    }

    package func callAsFunction(_ item: Item) -> Item {
        let content: Item.Content =
            switch item.content {
            case .text(let line): .text(self(line))
            case .path(let path, let fill, let stroke): .path(self(path), fill: fill, stroke: stroke.map { self($0) })
            case .image(let raster, let rect): .image(raster, self(rect))
            case .group(let items): .group(items.map { self($0) })
            case .link(let target, let items): .link(target, items.map { self($0) })
            }
        return Item(content, tag: item.tag)
    }

    package func callAsFunction(_ spot: HotSpot) -> HotSpot {
        HotSpot(rect: self(spot.rect), tag: spot.tag, words: spot.words, value: spot.value)
    }

    package func callAsFunction(_ frame: Figure.Frame) -> Figure.Frame {
        Figure.Frame(
            items: frame.items.map { self($0) }, caption: frame.caption, hotSpots: frame.hotSpots.map { self($0) },
            altText: frame.altText)
    }
}
