import Drawing
import Rendering
import Wording

/// Puts a book's parts one after another: those whose pages are counted first, then those that name these pages.
struct PrintedPages {
    let course: Course
    let style: PrintStyle
    let answered: [AnsweredChapter]
    let chapters: [ChapterID: [PrintBand]]
    let extras: [BookPage]
    let glossary: [(word: String, chapter: ChapterID?)]
    /// The title page's picture.
    let cover: PrintFigure?

    private var language: Language { style.language }
    private var front: PrintFront { PrintFront(style: style) }

    var document: PDFDocument {
        var body = PrintPages()
        for part in course.parts {
            let own = course.chapters.filter { $0.part == part.number }
            guard !own.isEmpty else { continue }
            body.add(front.part(part, own))
            for chapter in own { body.add(chapters[chapter.id] ?? []) }
        }
        body.add(key(body.pages))
        for extra in extras { body.add(extra.bands(text)) }
        let counted = body.pages
        let sections = indexSections(counted)
        let index = sections.flatMap(self.pages)
        var pages = counted + index
        for page in pages.indices { pages[page].places.append((Self.place(page), -PrintStyle.top)) }

        let titles = self.titles(sections)
        var before = PrintPages()
        before.add(front.title(course, picture: cover))
        before.add(front.reading(PrintProse(text, style.body)))
        before.add(front.contents(course, after: titles, page: Self.finder(pages)))
        let labels =
            before.pages.indices.map { Self.roman($0 + 1) } + pages.indices.map { "\($0 + 1)" }
        return finished(before.pages + pages, labels)
    }

    /// Links of pages that belong to no chapter.
    private var text: PrintText {
        let course = course
        var text = PrintText(setter: PrintSetter(style: style))
        text.place = { id, _ in course.chapter(id).map { _ in PrintChapter.place(id) } }
        return text
    }

    /// What the contents list after the chapters.
    private func titles(_ index: [IndexSection]) -> [(title: String, place: String)] {
        [(PrintWords.answerKey[language], "answers")]
            + extras.map { ($0.title[language].plainText, "p-\($0.name)") }
            + index.prefix(1).map { ($0.title[language], $0.place) }
    }

    private func key(_ pages: [PrintPages.Page]) -> [PrintBand] {
        let page = Self.finder(pages)
        var bands = front.opening(PrintWords.answerKey[language], place: "answers")
        for chapter in answered {
            let own = PrintChapter(chapter: chapter, course: course, style: style, figures: [:])
            let text = own.text
            bands += PrintQuestions(chapter: chapter, text: text, prose: PrintProse(text, style.small)).key(page: page)
        }
        return bands
    }

    // MARK: Index

    /// Words, then figures; none that is empty.
    private struct IndexSection {
        var title: Phrase
        var place: String
        var isFirst: Bool
        var bands: [PrintBand]
    }

    private func indexSections(_ pages: [PrintPages.Page]) -> [IndexSection] {
        let index = PrintIndex(pages.enumerated().map { ($0.offset, $0.element.terms) }, glossary: glossary, style)
        let sections = [(PrintWords.index, index.words, "index"), (.figures, index.figures, "index-figures")]
            .filter { !$0.1.isEmpty }
        return sections.enumerated().map { number, section in
            IndexSection(
                title: section.0.phrase, place: section.2, isFirst: number == 0,
                bands: index.bands(section.1, label: { "\($0 + 1)" }, place: Self.place))
        }
    }

    private func pages(_ section: IndexSection) -> [PrintPages.Page] {
        let name = section.title[language]
        var heading = front.opening(name, place: section.place, level: section.isFirst ? 0 : 1)
        heading[0].opens = nil
        let height = heading.reduce(14) { $0 + $1.height }
        let size = Size(PrintIndex.column, PrintStyle.height)
        var columns = PrintPages(size, headed: (2, height))
        columns.add(section.bands)
        var head = PrintPages()
        head.add(heading)
        return stride(from: 0, to: columns.pages.count, by: 2).map { left in
            var page = left == 0 ? head.pages.first ?? PrintPages.Page() : PrintPages.Page(head: (name, ""))
            for column in left..<min(left + 2, columns.pages.count) {
                for var piece in columns.pages[column].pieces {
                    if column > left { piece.zoom.offset.x += PrintIndex.column + PrintIndex.gap }
                    page.pieces.append(piece)
                }
            }
            return page
        }
    }

    // MARK: Pages

    private static func place(_ page: Int) -> String { "page-\(page + 1)" }

    /// The label of the page that a place is on.
    private static func finder(_ pages: [PrintPages.Page]) -> (String) -> String? {
        var known: [String: String] = [:]
        for (index, page) in pages.enumerated() {
            for place in page.places where known[place.name] == nil { known[place.name] = "\(index + 1)" }
        }
        return { known[$0] }
    }

    static func roman(_ number: Int) -> String {
        let values = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")]
        let smaller = [(50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
        var (rest, text) = (number, "")
        for (value, letters) in values + smaller {
            while rest >= value {
                text += letters
                rest -= value
            }
        }
        return text
    }

    private func finished(_ pages: [PrintPages.Page], _ labels: [String]) -> PDFDocument {
        var bookmarks: [PDFDocument.Bookmark] = []
        let made = zip(pages, labels).enumerated().map { number, one in
            let (page, label) = one
            bookmarks += page.bookmarks.map {
                PDFDocument.Bookmark($0.mark.title, page: number, y: $0.y + PrintStyle.top - 24, level: $0.mark.level)
            }
            // What only decorates lies under all: what is read is then not cut into parts.
            var pieces = page.pieces.filter(\.parts.isEmpty) + page.pieces.filter { !$0.parts.isEmpty }
            for piece in pieces.indices {
                pieces[piece].zoom.offset = pieces[piece].zoom.offset + Point(PrintStyle.left, PrintStyle.top)
            }
            pieces.append(PDFDocument.Piece(around(page, label, isTitle: number == 0), Zoom(1)))
            let places = page.places.map { (name: $0.name, y: $0.y + PrintStyle.top - 14) }
            return PDFDocument.Page(pieces: pieces, label: label, places: places)
        }
        let title = course.title[language]
        return PDFDocument(
            size: PrintStyle.page, language: language,
            metadata: Figure.Metadata(title: title, description: BookWords.tagline[language]), pages: made,
            bookmarks: bookmarks)
    }

    /// Head and number of a page.
    private func around(_ page: PrintPages.Page, _ label: String, isTitle: Bool) -> [Item] {
        guard !isTitle else { return [] }
        let kind = style.quiet
        let width = style.measurer.metrics(of: label, in: kind.font).width
        func text(_ words: String, _ x: Double, _ y: Double) -> Item {
            let metrics = style.measurer.metrics(of: words, in: kind.font)
            return Item(
                .text(TextLine(words, font: kind.font, color: kind.color, origin: Point(x, y), metrics: metrics)))
        }
        var items = [text(label, (PrintStyle.page.width - width) / 2, PrintStyle.page.height - 46)]
        guard let head = page.head else { return items }
        let y = PrintStyle.top - 36
        let right = PrintStyle.left + PrintStyle.width
        items.append(text(head.left, PrintStyle.left, y))
        if !head.right.isEmpty {
            let shown = style.space.shortened(head.right, kind.font, to: PrintStyle.width * 0.55)
            items.append(text(shown, right - style.measurer.metrics(of: shown, in: kind.font).width, y))
        }
        let rule = Path.line(Point(PrintStyle.left, y + 8), Point(right, y + 8))
        items.append(Item(.path(rule, fill: nil, stroke: Stroke(PrintStyle.hairline, width: 0.6, isRound: false))))
        return items
    }
}
