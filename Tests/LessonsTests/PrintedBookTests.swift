import Drawing
import Foundation
import Rendering
import Testing
import Wording

@testable import Lessons

/// The book as a PDF: how lines and pages end, and that everything leads somewhere.
@Suite struct PrintedBookTests {
    private static func style(_ language: Language) -> PrintStyle {
        PrintStyle(language: language, measurer: FixedMeasurer().any)
    }

    private static func lines(_ text: String, width: Double = 120) -> [PrintLine] {
        let run = PrintRun(content: .text(text), font: Font(size: 10), color: .black)
        return PrintParagraph(runs: [run], measurer: FixedMeasurer().any).lines(width: width)
    }

    // MARK: Lines

    @Test(arguments: [
        "One guess, one small piece; then it guesses again, and it is not holding a finished sentence back.",
        "先猜一次，只猜一小块；然后再猜一次（也就是说，“下一个”是什么），并没有藏着一整句话。",
        "a-word-without-any-space-that-is-far-longer-than-the-line-it-has-to-be-set-in", "中",
    ])
    func linesKeepAllWordsAndFit(_ text: String) {
        let lines = Self.lines(text)
        let whole = lines.map(\.text).joined(separator: " ").filter { $0 != " " }
        #expect(whole == text.filter { $0 != " " })
        for line in lines {
            #expect(line.width <= 120.5, "\(line.text)")
            #expect(!"，。；：、）”".contains(line.text.first ?? "x"), "\(line.text)")
            #expect(!"（“".contains(line.text.last ?? "x"), "\(line.text)")
        }
    }

    @Test func noLineIsMuchLooserThanOthers() {
        let lines = Self.lines(
            String(repeating: "a few words of some length, and others, ", count: 12), width: 240)
        #expect(lines.count > 5)
        for line in lines.dropLast() { #expect(abs(line.width - 240) < 0.5 || line.width > 190, "\(line.text)") }
    }

    // MARK: Pages

    private static func band(_ height: Double, keeps: Bool = false, floats: Bool = false, least: Double = 1)
        -> PrintBand
    {
        var band = PrintBand(height: height)
        band.keepsNext = keeps
        band.floats = floats
        band.least = least
        band.places = ["\(Int(height))"]
        return band
    }

    private static func pages(_ bands: [PrintBand]) -> [[String]] {
        var pages = PrintPages(Size(100, 200))
        pages.add(bands)
        return pages.pages.map { $0.places.map(\.name) }
    }

    @Test func aHeadingIsNeverTheLast() {
        let bands = [Self.band(150), Self.band(20, keeps: true), Self.band(40), Self.band(10)]
        #expect(Self.pages(bands) == [["150"], ["20", "40", "10"]])
    }

    @Test func aFigureMovesOnWithItsCaptionWhileTheTextGoesOn() {
        let figure = [Self.band(110, keeps: true, floats: true), Self.band(12)]
        let bands = [Self.band(120)] + figure + [Self.band(30), Self.band(31)]
        #expect(Self.pages(bands) == [["120", "30", "31"], ["110", "12"]])
    }

    @Test func aFigureIsMadeSmallerWhereThatIsEnough() {
        let bands = [Self.band(90), Self.band(120, keeps: true, floats: true, least: 0.7), Self.band(10)]
        #expect(Self.pages(bands) == [["90", "120", "10"]])
    }

    @Test func whatNoPageHoldsGoesOnOnTheNext() {
        let bands = (0..<30).map { Self.band(Double(20 + $0), keeps: true) }
        let pages = Self.pages(bands)
        #expect(pages.count > 3 && pages.flatMap { $0 }.count == 30)
    }

    // MARK: The whole

    private static func book(
        _ course: Course, _ language: Language, _ source: SketchSource = SketchSource()
    ) -> PrintedBook<SketchSource> {
        PrintedBook(course, answered: course.answered(by: source).chapters, source: source, language: language)
    }

    @Test(arguments: Language.allCases) func everythingLeadsSomewhere(_ language: Language) throws {
        let scratch = try SmallCourse.twoChapters { _ in }
        let course = try scratch.with { try Course.load($0) }
        let book = Self.book(course, language)
        let (document, findings) = try book.document()
        #expect(findings.isEmpty, "\(findings)")
        #expect(document.brokenLinks.isEmpty, "\(document.brokenLinks)")
        let marks = document.bookmarks.map(\.title)
        for chapter in course.chapters {
            #expect(marks.contains { $0.hasPrefix("\(chapter.id) ") })
            for step in chapter.steps { #expect(marks.contains(step.title[language].plainText)) }
        }
        for words in [PrintWords.contents, .answerKey, .figures] { #expect(marks.contains(words[language])) }
        #expect(document.bookmarks.allSatisfy { document.pages.indices.contains($0.page) })
        #expect(document.links.count > 10)
        let bytes = try document.bytes()
        #expect(bytes.starts(with: Array("%PDF-".utf8)))
        #expect(try document.bytes() == bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("/Lang (\(language.rawValue))"))
        #expect(text.ranges(of: "/Subtype /Link").count == document.links.count)
        // Read aloud: every link is a part, every picture and formula has its words.
        #expect(text.ranges(of: "/OBJR").count == document.links.count { $0.isRead })
        let parts = document.pages.flatMap { $0.pieces.flatMap(\.parts) }.filter(\.begins)
        for role in [PDFDocument.Part.Role.heading(1), .heading(3), .list, .caption, .contents] {
            #expect(parts.contains { $0.role == role })
        }
        #expect(text.contains("/S /Document") && text.contains("/Alt <FEFF") && text.contains("/Marked true"))
    }

    @Test func whatCannotBeDrawnIsNamedAndStopsNothing() throws {
        let scratch = try SmallCourse.twoChapters { _ in }
        let course = try scratch.with { try Course.load($0) }
        var source = SketchSource(refusedFigures: ["scores"])
        source.refusedQueries = [.probability]
        let (document, findings) = try Self.book(course, .english, source).document()
        #expect(!findings.isEmpty && findings.allSatisfy { $0.message.english.contains("scores") })
        #expect(document.pages.count > 6)
        #expect(throws: BookError.self) {
            try PrintedBook(course, answered: [], source: source, language: .english).make()
        }
    }
}
