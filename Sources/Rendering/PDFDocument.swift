import CPangoCairo
import Drawing
import Platform
import Wording

/// Pages of placed items, with bookmarks, named places, links between them and page labels, as one PDF. Lengths are
/// points; y grows downwards.
package struct PDFDocument: Sendable {
    /// Items as they were laid out, and where they stand on the page.
    package struct Piece: Sendable {
        package var items: [Item]
        package var zoom: Zoom
        /// What it is to who has the page read aloud; nil for what is not said to be anything.
        package var role: Role?

        package init(_ items: [Item], _ zoom: Zoom, role: Role? = nil) {
            self.items = items
            self.zoom = zoom
            self.role = role
        }

        /// The standard's own words for what stands on a page (ISO 32000, 14.8.4).
        package enum Role: Sendable, Hashable {
            case heading, paragraph
            /// With its words for who does not see it.
            case figure(String)

            fileprivate var name: String {
                switch self {
                case .heading: "H1"
                case .paragraph: "P"
                case .figure: "Figure"
                }
            }
        }
    }

    package struct Page: Sendable {
        package var pieces: [Piece]
        /// What readers call it: `iv`, `23`.
        package var label: String
        /// Where links that begin with `#` lead to. The first place of a name counts.
        package var places: [(name: String, y: Double)]

        package init(pieces: [Piece], label: String, places: [(name: String, y: Double)] = []) {
            self.pieces = pieces
            self.label = label
            self.places = places
        }
    }

    package struct Bookmark: Sendable, Hashable {
        package var title: String
        /// Counted from zero.
        package var page: Int
        package var y: Double
        /// 0 for what stands under nothing; a bookmark stands under the last one of a smaller level.
        package var level: Int

        package init(_ title: String, page: Int, y: Double, level: Int) {
            self.title = title
            self.page = page
            self.y = y
            self.level = level
        }
    }

    package var size: Size
    package var language: Language
    package var metadata: Figure.Metadata
    package var pages: [Page]
    package var bookmarks: [Bookmark]

    package init(
        size: Size, language: Language, metadata: Figure.Metadata, pages: [Page], bookmarks: [Bookmark] = []
    ) {
        self.size = size
        self.language = language
        self.metadata = metadata
        self.pages = pages
        self.bookmarks = bookmarks
    }

    /// Names that links lead to and no page has.
    package var brokenLinks: Set<String> {
        let known = Set(pages.flatMap { $0.places.map(\.name) })
        let led = links.map(\.target).filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
        return Set(led).subtracting(known)
    }

    /// What can be followed.
    package struct Link: Sendable, Hashable {
        /// Counted from zero.
        package var page: Int
        package var rect: Rect
        /// `#` and a place's name, or an address.
        package var target: String
    }

    package var links: [Link] {
        pages.enumerated().flatMap { number, page in
            page.pieces.flatMap { piece in
                piece.items.flatMap { item in
                    item.links.map { Link(page: number, rect: piece.zoom($0.rect), target: $0.target) }
                }
            }
        }
    }

    /// The page and the height of each place; the first of a name counts.
    private var placed: [String: (page: Int, y: Double)] {
        var placed: [String: (page: Int, y: Double)] = [:]
        for (number, page) in pages.enumerated() {
            for place in page.places where placed[place.name] == nil { placed[place.name] = (number, place.y) }
        }
        return placed
    }

    /// The same bytes at every call. A link without a place is painted as what it is around.
    /// - Throws: `RenderingError`.
    package func bytes() throws -> [UInt8] {
        guard !pages.isEmpty else { throw RenderingError.noFrame(figure: metadata.title, asked: 0, found: 0) }
        let written = try TypeSetterPool.shared.withSetter { try write($0) }
        guard let written else { throw RenderingError.cairo(task: .writingPDF, message: "Pango") }
        var update = PDFUpdate(written)
        let placed = placed
        for link in links {
            guard link.target.hasPrefix("#") else {
                update.add(link.rect, on: link.page, to: .address(link.target), height: size.height)
                continue
            }
            guard let place = placed[String(link.target.dropFirst())] else { continue }
            update.add(link.rect, on: link.page, to: .page(place.page, y: place.y), height: size.height)
        }
        update.alternatives = pages.flatMap { page in
            page.pieces.compactMap { if case .figure(let words)? = $0.role { words } else { nil } }
        }
        return update.finished(language)
    }

    private func write(_ setter: TypeSetter) throws -> [UInt8] {
        let output = try PDFOutput(size)
        // Later versions pack objects, which an update could not read.
        cairo_pdf_surface_restrict_to_version(output.pointer, CAIRO_PDF_VERSION_1_4)
        output.describe(metadata, author: "Glassformer")
        let context = output.context
        let painter = CairoPainter(context: context, setter: setter, keepsText: true, keepsLinks: false)
        for page in pages {
            cairo_pdf_surface_set_page_label(output.pointer, page.label)
            for piece in page.pieces {
                cairo_save(context)
                cairo_translate(context, piece.zoom.offset.x, piece.zoom.offset.y)
                cairo_scale(context, piece.zoom.factor, piece.zoom.factor)
                if let role = piece.role { cairo_tag_begin(context, role.name, "") }
                painter.paint(piece.items)
                if let role = piece.role { cairo_tag_end(context, role.name) }
                cairo_restore(context)
            }
            cairo_show_page(context)
        }
        var open: [(level: Int, id: Int32)] = []
        for mark in bookmarks where pages.indices.contains(mark.page) {
            open.removeAll { $0.level >= mark.level }
            let id = output.bookmark(
                mark.title, under: open.last?.id ?? CAIRO_PDF_OUTLINE_ROOT, page: mark.page + 1, y: mark.y,
                isOpen: mark.level == 0)
            open.append((mark.level, id))
        }
        return try output.finish()
    }
}

extension Item {
    /// The links in it, with the boxes of their lines.
    fileprivate var links: [(rect: Rect, target: String)] {
        switch content {
        case .link(let target, let items):
            items.lines.map { [(rect: $0, target: target)] } ?? []
        case .group(let items): items.flatMap(\.links)
        case .text, .path, .image: []
        }
    }
}

extension [Item] {
    /// The box of their lines of text, else of what is painted.
    fileprivate var lines: Rect? {
        let boxes = compactMap { item -> Rect? in if case .text(let line) = item.content { line.rect } else { nil } }
        return boxes.isEmpty ? ink : boxes.dropFirst().reduce(boxes[0]) { $0.union($1) }
    }
}
