import Drawing
import Rendering
import Wording

/// What a deck can be written as.
package enum DeckFormat: String, Sendable, Hashable, CaseIterable {
    case pptx, pdf, png, svg

    /// Whether each slide is a file of its own.
    package var isOfPages: Bool { self == .png || self == .svg }
}

extension Deck {
    /// The deck as a presentation to edit.
    /// - Throws: `ArchiveError`, `RenderingError`.
    package func pptx() throws -> [UInt8] { try Presentation(self).bytes() }

    /// One slide as a picture, its number in its corner.
    /// - Throws: `RenderingError`.
    package func page(_ place: Int, as format: DeckFormat) throws -> [UInt8] {
        let figure = numbered(place)
        return format == .svg ? Array(try Renderer().svg(figure).utf8) : try Renderer().png(figure)
    }

    /// A slide as a figure of one frame.
    func numbered(_ place: Int) -> Figure {
        guard slides.indices.contains(place) else {
            return Figure(id: "", title: title, size: Deck.size, paper: theme.paper, language: language, frames: [])
        }
        let slide = slides[place]
        var frame = slide.frame
        frame.items.append(number(place))
        return Figure(
            id: slide.id, title: slide.title, size: Deck.size, paper: slide.paper, language: language, frames: [frame],
            metadata: Figure.Metadata(title: slide.title, description: frame.altText, command: command))
    }

    /// Where a presentation has its number, too.
    func number(_ place: Int) -> Item {
        let font = Font(size: 18)
        let string = "\(place + 1)"
        let metrics = Renderer().measurer.metrics(of: string, in: font)
        return Item(
            .text(
                TextLine(
                    string, font: font, color: theme.muted,
                    origin: Point(Deck.size.width - 67.2 - metrics.width, 882.5),
                    metrics: metrics)))
    }
}
