import Drawing
import Rendering

/// Puts bands on pages. A heading is never the last, a figure never apart from its caption; a figure without room is
/// made a little smaller, or stands at the head of the next page while the text goes on.
struct PrintPages: Sendable {
    struct Page: Sendable {
        var pieces: [PDFDocument.Piece] = []
        var places: [(name: String, y: Double)] = []
        var bookmarks: [(mark: PrintBand.Bookmark, y: Double)] = []
        var terms: [PrintBand.Term] = []
        var head: (left: String, right: String)?
    }

    private(set) var pages: [Page] = []
    /// The room of a page or of a column.
    let size: Size
    /// What the first pages leave free at their heads, and how many of them do.
    private let headed: (pages: Int, height: Double)
    private var y = 0.0
    private var top = 0.0
    private var waiting: [[PrintBand]] = []
    private var head: (left: String, right: String)?

    /// Less than this at a page's foot, and text does not pass a figure for it.
    private static let worthFilling = 70.0

    init(_ size: Size = Size(PrintStyle.width, PrintStyle.height), headed: (pages: Int, height: Double) = (0, 0)) {
        self.size = size
        self.headed = headed
    }

    /// Bands after those that are there.
    mutating func add(_ bands: [PrintBand]) {
        for group in Self.groups(bands) { add(group: group) }
        clear()
    }

    /// Bands that stand together.
    static func groups(_ bands: [PrintBand]) -> [[PrintBand]] {
        var groups: [[PrintBand]] = []
        var open: [PrintBand] = []
        for band in bands {
            if band.opens != nil, !open.isEmpty {
                groups.append(open)
                open = []
            }
            open.append(band)
            if !band.keepsNext {
                groups.append(open)
                open = []
            }
        }
        return open.isEmpty ? groups : groups + [open]
    }

    private mutating func add(group: [PrintBand]) {
        guard let first = group.first else { return }
        if let opening = first.opens {
            clear()
            // The title of what begins is head enough.
            begin(head: nil)
            head = opening.head
        } else if first.clears {
            clear()
        }
        if pages.isEmpty { begin(head: head) }
        let floats = group.contains(where: \.floats)
        if floats, !waiting.isEmpty { return waiting.append(group) }
        if let fitting = fitted(group) { return place(fitting) }
        // What leads to a figure stays, the figure goes on.
        if floats, first.floats, size.height - y > Self.worthFilling { return waiting.append(group) }
        turn()
        place(fitted(group) ?? group)
    }

    /// The group as it fits what is left of the page; nil where it does not.
    private func fitted(_ group: [PrintBand]) -> [PrintBand]? {
        let left = size.height - y
        let height = height(group)
        guard height > left else { return group }
        guard let place = group.firstIndex(where: { $0.least < 1 }) else { return nil }
        let figure = group[place].height
        let factor = (figure - (height - left)) / max(1, figure)
        guard factor >= group[place].least else { return nil }
        var group = group
        group[place] = group[place].shrunk(to: factor, width: size.width)
        return group
    }

    private func height(_ group: [PrintBand]) -> Double {
        group.enumerated().reduce(0) { $0 + $1.element.height + ($1.offset == 0 && y == top ? 0 : $1.element.before) }
    }

    /// Where not even a page is enough, the group goes on on the next.
    private mutating func place(_ group: [PrintBand]) {
        for band in group {
            if y > top, y + band.before + band.height > size.height + 0.01 { begin(head: head) }
            if y > top { y += band.before }
            put(band)
        }
    }

    private mutating func put(_ band: PrintBand) {
        guard !pages.isEmpty else { return }
        let last = pages.count - 1
        for var piece in band.pieces {
            piece.zoom.offset.y += y
            pages[last].pieces.append(piece)
        }
        pages[last].places += band.places.map { ($0, y) }
        if let mark = band.bookmark { pages[last].bookmarks.append((mark, y)) }
        pages[last].terms += band.terms
        y += band.height
    }

    private mutating func begin(head: (left: String, right: String)?) {
        pages.append(Page(head: head))
        top = pages.count <= headed.pages ? headed.height : 0
        y = top
    }

    /// The next page, with the figures that wait for it.
    private mutating func turn() {
        begin(head: head)
        let figures = waiting
        waiting = []
        for (index, figure) in figures.enumerated() {
            guard let fitting = fitted(figure) ?? (y == top ? figure : nil) else {
                waiting = Array(figures[index...])
                return
            }
            place(fitting)
        }
    }

    private mutating func clear() {
        while !waiting.isEmpty {
            if let next = waiting.first, y > top, let fitting = fitted(next) {
                waiting.removeFirst()
                place(fitting)
            } else {
                turn()
            }
        }
    }
}
