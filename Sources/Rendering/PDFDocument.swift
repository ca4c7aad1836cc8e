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
        /// What it is to who has the page read aloud, from the outermost part inwards; empty for what is not read.
        package var parts: [Part]

        package init(_ items: [Item], _ zoom: Zoom, role: Part.Role? = nil) {
            self.items = items
            self.zoom = zoom
            parts = role.map { [Part($0, begins: true)] } ?? []
        }

        /// Whether its own words are read aloud, and not others in their place.
        fileprivate var isRead: Bool { parts.last.map { $0.role.alternative == nil } ?? false }
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
        /// Whether it stands in what is read aloud.
        package var isRead: Bool
    }

    package var links: [Link] {
        pages.enumerated().flatMap { number, page in
            page.pieces.flatMap { piece in
                piece.items.flatMap { item in
                    item.links.map {
                        Link(
                            page: number, rect: piece.zoom($0.rect), target: $0.target, isRead: piece.isRead)
                    }
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

    /// The words of what is seen only, in its order.
    private var alternatives: [String] {
        pages.flatMap { page in
            var last: [Part] = []
            return page.pieces.flatMap { piece -> [String] in
                let kept = zip(last, piece.parts).prefix { $0.role == $1.role && !$1.begins }.count
                last = piece.parts
                return piece.parts[kept...].compactMap(\.role.alternative)
            }
        }
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
            let place = link.target.hasPrefix("#") ? placed[String(link.target.dropFirst())] : nil
            let target = place.map { PDFUpdate.Target.page($0.page, y: $0.y) } ?? .address(link.target)
            update.add(link.rect, on: link.page, to: target, height: size.height, isRead: link.isRead)
        }
        update.alternatives = alternatives
        return update.finished(language)
    }

    /// Which pieces belong to a part that has a link in it: Cairo 1.16 knows as read only what is within no other part,
    /// so that what stands beside a link has to be a part of its own.
    private static func mixed(_ pieces: [Piece]) -> [Bool] {
        var mixed: [Bool] = []
        var start = 0
        for (place, piece) in pieces.enumerated() {
            let goesOn =
                place > start && piece.parts.allSatisfy { !$0.begins }
                && piece.parts.map(\.role) == pieces[place - 1].parts.map(\.role)
            if !goesOn { start = place }
            let hasLinks = piece.isRead && piece.items.contains { !$0.links.isEmpty }
            mixed.append(hasLinks || (goesOn && mixed[place - 1]))
            if hasLinks { for before in start..<place { mixed[before] = true } }
        }
        return mixed
    }

    private func paint(_ piece: Piece, isMixed: Bool, _ painter: CairoPainter) {
        guard isMixed else { return painter.paint(piece.items) }
        var place = 0
        while place < piece.items.count {
            let hasLinks = !piece.items[place].links.isEmpty
            var end = place + 1
            while end < piece.items.count, piece.items[end].links.isEmpty != hasLinks { end += 1 }
            if !hasLinks { cairo_tag_begin(painter.context, Part.Role.words.name, "") }
            painter.paint(Array(piece.items[place..<end]))
            if !hasLinks { cairo_tag_end(painter.context, Part.Role.words.name) }
            place = end
        }
    }

    private func write(_ setter: TypeSetter) throws -> [UInt8] {
        let output = try PDFOutput(size)
        // Later versions pack objects, which an update could not read.
        cairo_pdf_surface_restrict_to_version(output.pointer, CAIRO_PDF_VERSION_1_4)
        output.describe(metadata, author: "Glassformer")
        let context = output.context
        var painter = CairoPainter(context: context, setter: setter, keepsText: true, keepsLinks: false)
        let isTagged = pages.contains { $0.pieces.contains { !$0.parts.isEmpty } }
        if isTagged { cairo_tag_begin(context, Part.Role.document.name, "") }
        for page in pages {
            cairo_pdf_surface_set_page_label(output.pointer, page.label)
            var open: [Part] = []
            let mixed = Self.mixed(page.pieces)
            for (place, piece) in page.pieces.enumerated() {
                // What goes on is not begun again; what stands around it stays open.
                let kept = zip(open, piece.parts).prefix { $0.role == $1.role && !$1.begins }.count
                for part in open[kept...].reversed() { cairo_tag_end(context, part.role.name) }
                for part in piece.parts[kept...] { cairo_tag_begin(context, part.role.name, "") }
                open = piece.parts
                cairo_save(context)
                cairo_translate(context, piece.zoom.offset.x, piece.zoom.offset.y)
                cairo_scale(context, piece.zoom.factor, piece.zoom.factor)
                painter.linkTag = piece.isRead ? Part.Role.link.name : nil
                paint(piece, isMixed: mixed[place], painter)
                cairo_restore(context)
            }
            for part in open.reversed() { cairo_tag_end(context, part.role.name) }
            cairo_show_page(context)
        }
        if isTagged { cairo_tag_end(context, Part.Role.document.name) }
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
