import Drawing
import Rendering
import Wording

/// Sets a worksheet as pages of A4: to fill in, filled in, and where its numbers come from.
package struct SheetPages: Sendable {
    package let sheet: Worksheet
    package let language: Language
    let measurer: AnyTextMeasurer

    package init(_ sheet: Worksheet, language: Language, measurer: any TextMeasurer = PangoMeasurer()) {
        (self.sheet, self.language, self.measurer) = (sheet, language, measurer.any)
    }

    /// In points.
    package static let size = Size(595.28, 841.89)
    package static let margin = 42.0
    /// Marks are laid out in the figures' pixels, so many points each, and smaller where a page is full.
    private static let most = 0.62
    private static let least = 0.3
    /// Between parts, at least and at most, in pixels.
    private static let gaps = 16.0...56.0
    static let hintWidth = 180.0
    static let hintGap = 24.0

    /// Dark enough to be copied, and light enough not to compete with what is written.
    private var theme: Theme {
        var theme = Theme.light
        theme.hairline = theme.muted
        return theme
    }

    private func space(_ zoom: Double) -> Space {
        var density = Density.comfortable
        density.label = .small
        return Space(
            theme: theme, language: language, density: density, measurer: measurer,
            width: (Self.size.width - 2 * Self.margin) / zoom)
    }

    package var document: PDFDocument {
        let made: [(title: Phrase, mark: (Double, Double) -> AnyMark)] = [
            (sheet.title, { work(isAnswered: false, width: $0, gap: $1) }),
            (SheetWords.answers.phrase, { work(isAnswered: true, width: $0, gap: $1) }),
            (SheetWords.origin.phrase, { width, _ in SheetOrigin(sheet: sheet, width: width).mark }),
        ]
        // What is filled in stands where the blanks are.
        let zoom = zoom(made[0].mark)
        let pages = made.enumerated().map { number, page in
            PDFDocument.Page(
                pieces: [piece(page.mark, zoom), foot(number, of: made.count)], label: "\(number + 1)")
        }
        let bookmarks = made.enumerated().map {
            PDFDocument.Bookmark($0.element.title[language], page: $0.offset, y: 0, level: 0)
        }
        return PDFDocument(
            size: Self.size, language: language,
            metadata: Figure.Metadata(
                title: sheet.title[language], description: sheet.story[language], command: sheet.command(language)),
            pages: pages, bookmarks: bookmarks)
    }

    private static let height = size.height - 2 * margin - 16

    /// The largest at which all of a page fits.
    private func zoom(_ mark: (Double, Double) -> AnyMark) -> Double {
        var zoom = Self.most
        while zoom > Self.least {
            let space = space(zoom)
            let extent = mark(space.width, Self.gaps.lowerBound).extent(in: space)
            if extent.height * zoom <= Self.height, extent.width <= space.width + 0.5 { return zoom }
            zoom -= 0.01
        }
        return Self.least
    }

    /// With what is left of the page's height shared out between its parts.
    private func piece(_ mark: (Double, Double) -> AnyMark, _ zoom: Double) -> PDFDocument.Piece {
        let space = space(zoom)
        let least = mark(space.width, Self.gaps.lowerBound).extent(in: space).height
        let spare = (Self.height / zoom - least) / Double(max(1, sheet.sections.count))
        let made = mark(space.width, min(Self.gaps.upperBound, Self.gaps.lowerBound + max(0, spare)))
        let extent = made.extent(in: space)
        var canvas = Canvas()
        made.place(in: Rect(0, 0, space.width, extent.height), space.with(height: extent.height), onto: &canvas)
        return PDFDocument.Piece(canvas.items, Zoom(zoom, offset: Point(Self.margin, Self.margin)))
    }

    private func foot(_ page: Int, of count: Int) -> PDFDocument.Piece {
        let font = Font(size: 7.6)
        let y = Self.size.height - Self.margin + 12
        let space = space(1)
        var canvas = Canvas()
        canvas.text(
            sheet.command(language), at: Point(Self.margin, y), .mono(font), theme.muted, .leading, in: space)
        let label = SheetWords.page.phrase.filled(["page": "\(page + 1)", "count": "\(count)"])
        canvas.text(
            space.text(label), at: Point(Self.size.width - Self.margin, y), font, theme.muted, .trailing, in: space)
        return PDFDocument.Piece(canvas.items, Zoom(1))
    }

    // MARK: The work

    private func work(isAnswered: Bool, width: Double, gap: Double) -> AnyMark {
        VStack(
            .leading, spacing: gap,
            [head(isAnswered: isAnswered, width: width)]
                + sheet.sections.enumerated().map { number, section in
                    SectionMark(section: section, number: number + 1, isAnswered: isAnswered, width: width).mark
                }
        ).any
    }

    private func head(isAnswered: Bool, width: Double) -> AnyMark {
        VStack(.leading, spacing: 10) {
            SheetHead(
                title: isAnswered ? sheet.title.joined(SheetWords.answers.phrase) : sheet.title, isAnswered: isAnswered,
                width: width)
            Text(sheet.story).font(Font(size: 16)).wrapped(width: width)
        }.any
    }
}

/// The title, and lines for a name and a date in the room that it leaves.
private struct SheetHead: ComposedMark {
    var title: Phrase
    var isAnswered: Bool
    var width: Double

    private static let font = Font(size: 30, weight: .bold)
    private static let name = 60.0...190.0
    private static let date = 100.0

    func build(_ space: Space) -> AnyMark {
        let title = Text(title).font(Self.font).any
        guard !isAnswered else { return SpreadRow(left: title, right: Blank(0, 30).any, width: width).any }
        func fields(_ length: Double) -> AnyMark {
            HStack(.axis, spacing: 18) {
                SheetField(words: SheetWords.name.phrase, length: length)
                SheetField(words: SheetWords.date.phrase, length: Self.date)
            }.any
        }
        let left = width - title.size(in: space).width - 24 - fields(0).size(in: space).width
        return SpreadRow(
            left: title, right: fields(max(Self.name.lowerBound, min(Self.name.upperBound, left))), width: width
        ).any
    }
}

extension Phrase {
    fileprivate func joined(_ other: Phrase) -> Phrase {
        Phrase(en: english + " · " + other.english, zh: chinese + " · " + other.chinese)
    }
}

extension Worksheet {
    /// What makes it again.
    package func command(_ language: Language) -> String {
        "glassformer worksheet --kind \(kind.rawValue) --seed \(seed)"
            + (language == .english ? "" : " --language \(language.rawValue)")
    }
}

/// Words and a line to write on.
struct SheetField: ComposedMark {
    var words: Phrase
    var length: Double
    var answer: Phrase?
    var font = Font(size: 15)

    func build(_ space: Space) -> AnyMark {
        let (answer, font) = (answer, font)
        return HStack(.axis, spacing: 8) {
            Text(words).font(font)
            Drawn(length, 30, axis: 17) { rect, space, canvas in
                canvas.line(
                    Point(rect.minX, rect.maxY - 4), Point(rect.maxX, rect.maxY - 4),
                    Stroke(space.theme.muted, width: 1))
                guard let answer else { return }
                canvas.text(
                    space.text(answer), at: Point(rect.midX, rect.minY + 14), font.bold, space.theme.accent(.query),
                    in: space)
            }
        }.any
    }
}

/// One mark at the left edge, one at the right.
struct SpreadRow: Mark {
    var left: AnyMark
    var right: AnyMark
    var width: Double

    func extent(in space: Space) -> Extent {
        Extent(width, max(left.extent(in: space).height, right.extent(in: space).height))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        left.place(at: Point(rect.minX, rect.midY), .leading, space, onto: &canvas)
        right.place(at: Point(rect.minX + width, rect.midY), .trailing, space, onto: &canvas)
    }
}
