import Drawing
import Rendering

/// A strip of a page that is not divided: a line, a row of a table, a figure.
struct PrintBand: Sendable {
    /// Below its `before`.
    var height: Double
    /// From the left end of the text and the band's own upper edge.
    var pieces: [PDFDocument.Piece] = []
    /// Free above it, but at the top of a page.
    var before = 0.0
    /// Whether the next one stands on the same page.
    var keepsNext = false
    /// Where links lead to.
    var places: [String] = []
    var bookmark: Bookmark?
    /// What the index names this page for.
    var terms: [Term] = []
    /// How small a figure may become to fit the page that it belongs to, as a share of its height.
    var least = 1.0
    /// Whether it may move to the head of the next page, while the text goes on.
    var floats = false
    /// Whether what floats must stand before it.
    var clears = false
    /// Begins a page.
    var opens: Opening?

    struct Bookmark: Sendable {
        var title: String
        var level: Int
    }

    struct Term: Sendable, Hashable {
        enum Kind: Sendable, Hashable {
            /// Set in bold: introduced here.
            case introduced
            /// One of the words of the glossary, in running text.
            case mentioned
            case figure
        }

        var name: String
        var kind: Kind
        var chapter: ChapterID?
    }

    struct Opening: Sendable {
        /// What the pages after this one say at their heads, left and right.
        var head: (left: String, right: String)?
    }

    init(_ items: [Item] = [], height: Double, before: Double = 0) {
        self.height = height
        self.before = before
        if !items.isEmpty { pieces = [PDFDocument.Piece(items, Zoom(1))] }
    }

    /// The same, smaller about the middle of its upper edge.
    func shrunk(to factor: Double, width: Double) -> PrintBand {
        var band = self
        band.height *= factor
        band.pieces = pieces.map { piece in
            var piece = piece
            piece.zoom.factor *= factor
            piece.zoom.offset = Point(
                width / 2 + (piece.zoom.offset.x - width / 2) * factor, piece.zoom.offset.y * factor)
            return piece
        }
        return band
    }

    func moved(_ x: Double) -> PrintBand {
        var band = self
        for index in band.pieces.indices { band.pieces[index].zoom.offset.x += x }
        return band
    }
}

extension [PrintBand] {
    /// All on one page.
    var together: [PrintBand] {
        var bands = self
        for index in bands.indices.dropLast() { bands[index].keepsNext = true }
        return bands
    }

    func before(_ space: Double) -> [PrintBand] {
        var bands = self
        if !bands.isEmpty { bands[0].before = space }
        return bands
    }

    /// Not the last on a page.
    var leading: [PrintBand] {
        var bands = together
        if !bands.isEmpty { bands[bands.count - 1].keepsNext = true }
        return bands
    }
}
