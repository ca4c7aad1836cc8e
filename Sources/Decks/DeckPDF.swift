import Drawing
import Rendering
import Wording

extension Deck {
    /// Points of a pixel: a slide is 960 points wide.
    private static let unit = 0.6

    /// The deck as pages: bookmarks by parts and titles, text that can be chosen and searched.
    /// - Throws: `RenderingError`.
    package func pdf() throws -> [UInt8] {
        let pages = slides.indices.map { place in
            PDFDocument.Page(pieces: pieces(place, Zoom(Self.unit)), label: "\(place + 1)")
        }
        return try PDFDocument(
            size: Size(Deck.size.width * Self.unit, Deck.size.height * Self.unit), language: language,
            metadata: metadata, pages: pages, bookmarks: bookmarks(page: { $0 })
        ).bytes()
    }

    /// A slide's title, its picture and its number, in the order in which they are read aloud.
    fileprivate func pieces(_ place: Int, _ zoom: Zoom) -> [PDFDocument.Piece] {
        guard slides.indices.contains(place) else { return [] }
        let slide = slides[place]
        var items = slide.frame.items
        let title = TextRead.title(slide.title, in: items)
        let heading = title.map { Array(items[$0.range]) } ?? []
        if let title { items.removeSubrange(title.range) }
        let paper = Item(.path(.rectangle(Rect(origin: .zero, size: Deck.size)), fill: slide.paper, stroke: nil))
        return [
            .init([paper], zoom), .init(heading, zoom, role: .heading(1)),
            .init(items, zoom, role: .figure(slide.frame.altText)), .init([number(place)], zoom, role: .paragraph),
        ].filter { !$0.items.isEmpty }
    }

    /// - Parameter page: of a slide.
    private func bookmarks(page: (Int) -> Int) -> [PDFDocument.Bookmark] {
        let sections = sections
        var marks: [PDFDocument.Bookmark] = []
        for section in sections {
            let isNamed = sections.count > 1
            if isNamed {
                marks.append(.init(section.name, page: page(section.slides.lowerBound), y: 0, level: 0))
            }
            for place in section.slides where !slides[place].isMotion {
                let title = slides[place].title
                // A part of one slide of its own name is said once.
                if isNamed, section.slides.count == 1, title == section.name { continue }
                marks.append(.init(title, page: page(place), y: 0, level: isNamed ? 1 : 0))
            }
        }
        return marks
    }

    /// What is said to each slide, under a small picture of it: pages to print.
    /// - Throws: `RenderingError`.
    package func notesPDF() throws -> [UInt8] {
        let sheet = NotesSheet(self)
        var pages: [PDFDocument.Page] = []
        var first: [Int] = []
        for place in slides.indices {
            first.append(pages.count)
            for pieces in sheet.pages(place) { pages.append(.init(pieces: pieces, label: "\(pages.count + 1)")) }
        }
        var metadata = metadata
        metadata.title = DeckText.notesOf.phrase.filled(["title": Phrase(title)])[language]
        return try PDFDocument(
            size: NotesSheet.size, language: language, metadata: metadata, pages: pages,
            bookmarks: bookmarks(page: { first[$0] })
        ).bytes()
    }
}

/// Lays out a slide's notes on A4, in points.
private struct NotesSheet {
    static let size = Size(595, 842)
    private static let margin = 56.0
    private static let gap = 10.0

    private let deck: Deck
    private let space: Space

    init(_ deck: Deck) {
        self.deck = deck
        // Printed: on white.
        space = SlideStyle(
            size: Self.size, theme: .light, language: deck.language, measurer: Renderer().measurer
        ).space.with(width: Self.size.width - 2 * Self.margin)
    }

    private var width: Double { Self.size.width - 2 * Self.margin }

    /// The first page has the picture; what is too long goes on without.
    func pages(_ place: Int) -> [[PDFDocument.Piece]] {
        let factor = width / Deck.size.width
        let picture = Rect(Self.margin, Self.margin, width, Deck.size.height * factor)
        let frame = Item(
            .path(.rectangle(picture), fill: nil, stroke: Stroke(space.theme.hairline, width: 0.75, isRound: false)))
        var pieces = deck.pieces(place, Zoom(factor, offset: picture.origin)) + [.init([frame], Zoom(1))]
        var pages: [[PDFDocument.Piece]] = []
        var y = picture.maxY + 2 * Self.gap
        for paragraph in deck.slides[place].notes {
            let text = Text(paragraph).font(Font(size: 11)).wrapped(width: width)
            let size = text.size(in: space)
            if y + size.height > Self.size.height - Self.margin, y > Self.margin {
                pages.append(pieces)
                (pieces, y) = ([], Self.margin)
            }
            var canvas = Canvas()
            text.place(in: Rect(Self.margin, y, width, size.height), space, onto: &canvas)
            pieces.append(.init(canvas.items, Zoom(1), role: .paragraph))
            y += size.height + Self.gap
        }
        return pages + [pieces]
    }
}
