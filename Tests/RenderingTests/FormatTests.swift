import Drawing
import Foundation
import Rendering
import Testing
import Wording

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct FormatTests {
    private let renderer = Renderer()

    @Test func pngIsReadByOthers() throws {
        let figure = try sampleFigure()
        let picture = try #require(try withFile(try renderer.png(figure), ".png") { Picture(png: $0) })
        #expect(picture.width == 1600 && picture.height == 900)
        #expect(picture[0, 0] == 0xFFFF_FFFF)
        #expect(Set(picture.pixels).count > 200)
        let dark = try sampleFigure(.english, .dark, size: Size(1600, 1000))
        let twice = try #require(try withFile(try renderer.png(dark, scale: 1.5), ".png") { Picture(png: $0) })
        #expect(twice.width == 2400 && twice.height == 1500)
        #expect(twice[3, 3] == 0xFF11_161D)
    }

    @Test func transparentPaperIsLeftOut() throws {
        let figure = try sampleFigure()
        let clear = try #require(
            try withFile(try renderer.png(figure, transparent: true), ".png") { Picture(png: $0) })
        #expect(clear[0, 0] == 0)
        let solid = try #require(try withFile(try renderer.png(figure), ".png") { Picture(png: $0) })
        // Put back on white paper, every pixel is what it was, but for rounding.
        var worst = 0
        for (over, want) in zip(clear.pixels, solid.pixels) {
            for shift in [0, 8, 16] as [UInt32] {
                let value = Int(over >> shift & 255) + 255 - Int(over >> 24)
                worst = max(worst, abs(value - Int(want >> shift & 255)))
            }
        }
        #expect(worst <= 3)
    }

    @Test func everyFileSaysWhatItIs() throws {
        let figure = try sampleFigure()
        let png = Data(try renderer.png(figure))
        for text in ["Title", "注意力，从头到尾", "glassformer draw \"我爱吃苹果\" <&>"] {
            #expect(png.range(of: Data(text.utf8)) != nil, "\(text)")
        }
        let svg = try renderer.svg(figure)
        #expect(svg.contains("注意力，从头到尾</title>"))
        #expect(svg.contains("role=\"img\""))
        #expect(svg.contains("&quot;我爱吃苹果&quot; &lt;&amp;&gt;</metadata>"))
    }

    @Test(arguments: Language.allCases, [false, true])
    func svgIsWellFormedAndSmall(_ language: Language, readersFonts: Bool) throws {
        let figure = try sampleFigure(language)
        var writer = SVGWriter(letters: SVGLetters())
        let svg =
            readersFonts
            ? try writer.write(figure, figure.frames[0], transparent: false).string : try renderer.svg(figure)
        let reader = IdentifierReader()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = reader
        #expect(parser.parse())
        #expect(reader.identifiers.count == Set(reader.identifiers).count)
        #expect(reader.uses.isSubset(of: Set(reader.identifiers)))
        // A matrix says its name once, a cell and its digits their place once.
        #expect(reader.names == 1)
        #expect(reader.cells == (0..<16).map { "blocks.0.attn.attn_scores 0,0,\($0 / 4),\($0 % 4)" })
        #expect(svg.utf8.count < 150_000)
        #expect(!svg.contains("<style") && !svg.contains("font-family"))
    }

    /// Nothing that a text holds can break a file, act in it, or become markup.
    @Test(arguments: [
        "a\u{C}b", "\u{1B}[31m", "\u{0}\(Unicode.Scalar(UInt16(0xFFFE)) ?? "?")", "ab\u{202E}cd 12 ef",
        "<script>]]>&\"'", "\u{7F}\u{9B}",
        "a" + String(repeating: "\u{301}", count: 10_000), "👩\u{200D}👩", "\u{E0041}",
    ])
    func everyFormatHoldsEveryText(_ text: String) throws {
        let slide = Slide(
            id: "text", title: Phrase(text), takeaway: Phrase("“\(text)”"), altText: Phrase(text)
        ) { _ in
            VStack {
                Text(text)
                Chip(TokenLabel(display: text))
            }
        }
        var style = SlideStyle(size: Size(9000, 900), language: .english, measurer: renderer.measurer)
        style.command = text
        let figure = try slide.figure(style)
        let svg = try renderer.svg(figure)
        #expect(XMLParser(data: Data(svg.utf8)).parse())
        #expect(!svg.contains("<script"))
        let files = [Array(svg.utf8), try renderer.png(figure), try renderer.pdf(figure)]
        for bytes in files { #expect(!bytes.isEmpty) }
        for scalar in text.unicodeScalars where scalar.isUnseen && scalar != "\u{200D}" {
            #expect(!svg.unicodeScalars.contains(scalar))
        }
    }

    @Test func aMatrixOfNumbersIsCompact() throws {
        let matrix = Matrix(rows: 12, columns: 12) { Float($0 * 7 - $1 * 5) / 9 }.named("Q", .query)
        let slide = Slide(id: "twelve", title: "12 × 12", densities: [.comfortable]) { _ in matrix }
        let figure = try slide.figure(SlideStyle(language: .english, measurer: renderer.measurer))
        #expect(try renderer.svg(figure).utf8.count < 60_000)
    }

    @Test func otherProgramsDrawTheSVGAlike() throws {
        let figure = try sampleFigure()
        let ours = try #require(try withFile(try renderer.png(figure), ".png") { Picture(png: $0) })
        let theirs = try withFile(Array(try renderer.svg(figure).utf8), ".svg") { path -> Picture? in
            let result = path + ".png"
            defer { try? FileManager.default.removeItem(atPath: result) }
            guard try output(of: "rsvg-convert", ["-o", result, path]) != nil else { return nil }
            return Picture(png: result)
        }
        guard let theirs else { return }
        #expect(ours.difference(from: theirs) < 0.4)
    }

    @Test func pdfHasSelectableTextAndBookmarks() throws {
        let figures = [try sampleFigure(.chinese), try sampleFigure(.english)]
        let pdf = try renderer.pdf(figures)
        #expect(pdf.starts(with: Array("%PDF-".utf8)))
        guard let text = try withFile(pdf, ".pdf", { try output(of: "pdftotext", [$0, "-"]) }) else { return }
        for words in ["注意力，从头到尾", "Attention, end to end", "大半给了一个词。", "softmax", "分数"] {
            #expect(text.contains(words), "\(words)")
        }
        guard let facts = try withFile(pdf, ".pdf", { try output(of: "pdfinfo", [$0]) }) else { return }
        #expect(facts.contains("注意力，从头到尾"))
        #expect(facts.contains("Pages:           2"))
        #expect(facts.contains("960 x 540"))
        #expect(facts.contains("我爱吃苹果"))
    }

    @Test func aMissingFrameIsAnError() throws {
        let figure = try sampleFigure()
        #expect(throws: RenderingError.noFrame(figure: "sample", asked: 3, found: 1)) {
            _ = try renderer.png(figure, frame: 3)
        }
        #expect(throws: RenderingError.tooLarge(width: 160_000, height: 90_000, most: 100_000_000)) {
            _ = try renderer.png(figure, scale: 100)
        }
        #expect(throws: RenderingError.noFrame(figure: "", asked: 0, found: 0)) { _ = try renderer.pdf([]) }
    }
}

private final class IdentifierReader: NSObject, XMLParserDelegate {
    var identifiers: [String] = []
    var uses: Set<String> = []
    /// How often a step is named.
    var names = 0
    /// What is shown at a place: the step that it stands in, and the index.
    var cells: [String] = []
    private var steps: [String] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        if let identifier = attributes["id"] { identifiers.append(identifier) }
        if name == "use", let target = attributes["href"] { uses.insert(String(target.dropFirst())) }
        if attributes["data-step"] != nil { names += 1 }
        steps.append(attributes["data-step"] ?? steps.last ?? "")
        if let index = attributes["data-at"] { counted = Self.places(index) }
        if !counted.isEmpty { cells.append("\(steps.last ?? "") \(counted.removeFirst())") }
    }

    /// What the neighbours after an element show, as it says.
    private var counted: [String] = []

    /// `0,3..5` is three of them.
    private static func places(_ index: String) -> [String] {
        let parts = index.split(separator: ",").map { $0.split(separator: ".").compactMap { Int($0) } }
        guard let place = parts.firstIndex(where: { $0.count == 2 }) else { return [index] }
        return (parts[place][0]...parts[place][1]).map { number in
            parts.indices.map { "\($0 == place ? number : parts[$0][0])" }.joined(separator: ",")
        }
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) { steps.removeLast() }
}
