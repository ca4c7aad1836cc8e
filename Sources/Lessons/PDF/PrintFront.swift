import Drawing
import Rendering
import Wording

/// What stands before the first chapter, and the pages that parts begin with.
struct PrintFront: Sendable {
    let style: PrintStyle

    private var language: Language { style.language }
    private var setter: PrintSetter { PrintSetter(style: style) }

    /// The title of what begins a page and belongs to no chapter.
    func opening(_ title: String, place: String, level: Int = 0) -> [PrintBand] {
        var bands = setter.plain(title, style.title).told(as: .heading(level + 1)).leading
        guard !bands.isEmpty else { return [] }
        bands[0].opens = PrintBand.Opening(head: (title, ""))
        bands[0].places = [place]
        bands[0].bookmark = PrintBand.Bookmark(title: title, level: level)
        return bands + [PrintBand(height: 8)]
    }

    // MARK: Title

    /// The title page.
    /// - Parameter picture: drawn under the title, from the course's first pages.
    func title(_ course: Course, picture: PrintFigure?) -> [PrintBand] {
        var bands = [PrintBand(height: 96)]
        bands[0].opens = PrintBand.Opening()
        let brand = PrintStyle.Kind(font: style.label.font.size(11), leading: 16, color: PrintStyle.computed)
        bands += setter.plain("Glassformer", brand)
        var big = style.title
        big.font = big.font.size(big.font.size * 1.45)
        big.leading *= 1.4
        bands += setter.plain(course.title[language], big, before: 10).told(as: .heading(1))
        bands += setter.plain(BookWords.tagline[language], style.goal, before: 12)
        bands.append(
            PrintBand([line(0, 72, Stroke(PrintStyle.computed, width: 2, isRound: false))], height: 2, before: 22))
        let first = course.chapters.first.map { "\($0.id)" } ?? ""
        let last = course.chapters.last.map { "\($0.id)" } ?? ""
        if !first.isEmpty {
            let chapters = PrintWords.chapters.text(language, ["first": Phrase(first), "last": Phrase(last)])
            bands += setter.plain(chapters, style.quiet, before: 14)
        }
        if let picture {
            var band = picture.band(setter)
            band.before = 46
            bands.append(band)
        }
        return bands.together
    }

    private func line(_ from: Double, _ to: Double, _ stroke: Stroke) -> Item {
        Item(.path(.line(Point(from, 1), Point(to, 1)), fill: nil, stroke: stroke))
    }

    /// What marks mean.
    func reading(_ prose: PrintProse) -> [PrintBand] {
        let bands = opening(PrintWords.reading[language], place: "reading")
        let body = style.body
        var list: [PrintBand] = []
        for words in [PrintWords.howMeasured, .howQuoted, .howFact, .howCommand, .howKey, .howIndex] {
            var run = PrintRun(content: .text(words[language]), font: body.font, color: body.color)
            if words == .howMeasured { run.color = PrintStyle.computed }
            if words == .howQuoted { run.mark = .quoted }
            list += prose.marked(
                "•", setter.narrowed(by: 16).paragraph([run], body, alignment: .left), body
            ).before(6)
        }
        return bands + list.joined
    }

    // MARK: Parts and contents

    /// A page for a part: its name, its document and its chapters.
    func part(_ part: Course.Part, _ chapters: [Chapter]) -> [PrintBand] {
        let name = PrintWords.part.text(language, ["number": "\(part.number)"])
        var bands = [PrintBand(height: 120)]
        bands[0].opens = PrintBand.Opening(head: (part.title[language], ""))
        bands[0].places = ["part-\(part.number)"]
        bands[0].bookmark = PrintBand.Bookmark(title: "\(name) · \(part.title[language])", level: 0)
        bands += setter.plain(name, style.goal)
        bands += setter.plain(part.title[language], style.title, before: 4).told(as: .heading(1))
        bands += setter.plain(
            BookWords.mirrors[language] + (style.isChinese ? "：" : ": ") + part.document, style.quiet, before: 8)
        for (index, chapter) in chapters.enumerated() {
            let title = "\(chapter.id)  \(chapter.title[language].plainText)"
            bands += setter.plain(
                title, style.body, before: index == 0 ? 34 : 5, link: "#" + PrintChapter.place(chapter.id))
        }
        return bands.together
    }

    /// A line of the contents: its name, dots, its page.
    func line(
        _ name: String, _ kind: PrintStyle.Kind, indent: Double, page: String?, place: String, before: Double
    ) -> PrintBand {
        let number = page ?? ""
        let width = style.measurer.metrics(of: number, in: kind.font).width
        let room = PrintSetter(style: style, width: setter.width - width - 16)
        let (item, end) = room.single(name, kind.font, kind.color, at: indent)
        let baseline = kind.leading * 0.72
        var items = [item]
        let dots = Path.line(Point(indent + end + 6, -1), Point(setter.width - width - 6, -1))
        if indent + end + 12 < setter.width - width - 6 {
            items.append(
                Item(
                    .path(
                        dots, fill: nil,
                        stroke: Stroke(PrintStyle.theme.muted, width: 0.6, dashes: [0.6, 3], isRound: false))))
        }
        items.append(setter.single(number, kind.font, kind.color, at: setter.width - width).item)
        var band = PrintBand(height: kind.leading, before: before)
        band.pieces = [
            PDFDocument.Piece(
                [Item(.link("#" + place, items))], Zoom(1, offset: Point(0, baseline)), role: .contentsLine)
        ]
        return band
    }

    /// - Parameters:
    ///   - page: of a place.
    ///   - after: what follows the chapters: titles and places.
    func contents(_ course: Course, after: [(title: String, place: String)], page: (String) -> String?) -> [PrintBand] {
        let head = opening(PrintWords.contents[language], place: "contents")
        var bands: [PrintBand] = []
        let strong = PrintStyle.Kind(font: style.body.font.semibold, leading: style.body.leading)
        for part in course.parts {
            let chapters = course.chapters.filter { $0.part == part.number }
            guard !chapters.isEmpty else { continue }
            let name = PrintWords.part.text(language, ["number": "\(part.number)"])
            let place = "part-\(part.number)"
            var head = line(
                "\(name) · \(part.title[language])", strong, indent: 0, page: page(place), place: place, before: 12)
            head.keepsNext = true
            bands.append(head)
            for chapter in chapters {
                let place = PrintChapter.place(chapter.id)
                bands.append(
                    line(
                        "\(chapter.id)  \(chapter.title[language].plainText)", style.body, indent: 14,
                        page: page(place), place: place, before: 0.5))
            }
        }
        for (index, one) in after.enumerated() {
            bands.append(
                line(
                    one.title, strong, indent: 0, page: page(one.place), place: one.place,
                    before: index == 0 ? 12 : 1))
        }
        return head + bands.within(.contents)
    }
}
