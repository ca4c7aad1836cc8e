import Drawing
import Foundation
import Rendering
import Testing
import Wording

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What stands for letters, for a legend and for the frames of a motion in an SVG.
@Suite struct LettersTests {
    private let renderer = Renderer()

    @Test(arguments: Language.allCases) func realLettersAreTextInNamedFonts(_ language: Language) throws {
        let figure = try sampleFigure(language)
        let real = try renderer.svg(figure, letters: .real)
        #expect(XMLParser(data: Data(real.utf8)).parse())
        #expect(real.contains(">\(figure.title)</text>") && !real.contains("<path id"))
        for font in ["Inter,", "Noto Sans CJK SC", "JetBrains Mono,", "PingFang SC"] { #expect(real.contains(font)) }
        let outlines = try renderer.svg(figure)
        #expect(outlines.contains("<use") && !outlines.contains("<text") && !outlines.contains("font-family"))
        #expect(real.utf8.count < outlines.utf8.count)
        for svg in [real, outlines] {
            #expect(!svg.contains("rgba("))
            // Inkscape shows a matrix by its name; a legend is one strip.
            #expect(svg.contains("inkscape:label=\"blocks.0.attn.attn_scores\""))
            #expect(svg.ranges(of: "<linearGradient").count == 1 && (2...12).contains(svg.ranges(of: "<stop").count))
        }
    }

    @Test func oneFileHoldsTheFramesOfAMotion() throws {
        let frames = (0..<4).map { step in
            Slide.Frame(caption: Phrase("step \(step)")) { _ in
                Matrix(rows: 2, columns: 4) { Float($0 + $1) }.highlighting(row: step % 2).tagged("m") { [$0, $1] }
            }
        }
        let figure = try Slide(id: "motion", title: "A motion", frames: frames).figure(
            SlideStyle(language: .english, measurer: renderer.measurer))
        let whole = try renderer.svg(figure, frame: nil)
        #expect(XMLParser(data: Data(whole.utf8)).parse())
        let anchors = SVGWriter.anchors(in: Array(whole.utf8))
        #expect(anchors.count == 4 && Set(anchors).count == 4)
        for anchor in anchors { #expect(whole.contains("#\(anchor):target~.\(anchor){display:inline}")) }
        // Who knows no style sheets sees the last; what all frames share is there once.
        let last = try #require(anchors.last)
        #expect(whole.contains("class=\"\(last)\">") && !whole.contains("class=\"\(last)\" display"))
        let single = try renderer.svg(figure)
        #expect(SVGWriter.anchors(in: Array(single.utf8)).isEmpty)
        #expect(whole.utf8.count < single.utf8.count * 2)
        #expect(whole.ranges(of: "data-at=\"0,0..3\"").count == 1)
    }

    @Test func everyFormatMayBeWithoutItsPaper() throws {
        let figure = try sampleFigure()
        for format in Renderer.Format.allCases where format != .json {
            let solid = try format.bytes(figure)
            #expect(try format.bytes(figure, .init(isTransparent: true)) != solid)
            #expect(try format.bytes(figure) == solid)
        }
    }

    /// Whatever stands for letters stands for those that were there, where they were, and nothing for others.
    @Test(arguments: [1, 2, 7, 40]) func whatRepeatsIsNamedAndComesBack(_ different: Int) {
        var state: UInt64 = 0x9E37_79B9
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var lines: [[LetterGrammar.Placed]] = []
        for _ in 0..<60 {
            var x = 0
            let line = (0..<random(30) + 1).map { _ in
                defer { x += 100 + random(2) }
                return LetterGrammar.Placed(symbol: random(different), x: x, y: random(8) == 0 ? 5 : 0)
            }
            if !lines.contains(line) { lines.append(line) }
        }
        let grammar = LetterGrammar(lines, counts: lines.indices.map { $0 % 4 + 1 }, letters: different)
        func spelt(_ items: [LetterGrammar.Placed]) -> Set<LetterGrammar.Placed> {
            items.reduce(into: []) { found, item in
                let letters = item.symbol < different ? [] : spelt(grammar.symbols[item.symbol - different])
                if item.symbol < different { found.insert(item) }
                for letter in letters {
                    found.insert(.init(symbol: letter.symbol, x: item.x + letter.x, y: item.y + letter.y))
                }
            }
        }
        for (line, written) in zip(lines, grammar.lines) { #expect(spelt(written) == Set(line)) }
    }

    /// Of few colours a PNG has a palette, of many their parts; each comes back as it was.
    @Test(arguments: [11, 255, 1500], [1.0, 0.5]) func aPictureInAnSVGKeepsItsColours(_ count: Int, alpha: Double)
        throws
    {
        let raster = Raster(width: 70, height: 60) { x, y in
            let number = UInt32((x * 60 + y) % count)
            return Color(number &* 2_654_435 & 0xFFFFFF, alpha: number == 3 ? alpha : 1)
        }
        let frame = Figure.Frame(items: [Item(.image(raster, Rect(0, 0, 140, 120)))])
        let figure = Figure(
            id: "picture", title: "", size: Size(140, 120), paper: .white, language: .english, frames: [frame])
        let svg = try renderer.svg(figure)
        let data = try #require(svg.components(separatedBy: "base64,").last?.components(separatedBy: "\"").first)
        let png = try #require(Data(base64Encoded: data))
        let picture = try #require(try withFile(Array(png), ".png") { Picture(png: $0) })
        let factor = picture.width / 70
        #expect(picture.width == 70 * factor && picture.height == 60 * factor)
        for (x, y) in [(0, 0), (69, 59), (13, 31), (40, 7)] {
            let color = raster.bytes[(y * 70 + x) * 4..<(y * 70 + x) * 4 + 3].reduce(UInt32(0xFF)) {
                $0 << 8 | UInt32($1)
            }
            guard raster.bytes[(y * 70 + x) * 4 + 3] == 255 else { continue }
            #expect(picture[x * factor, y * factor] == color)
            #expect(picture[(x + 1) * factor - 1, (y + 1) * factor - 1] == color)
        }
    }

    /// JetBrains Mono's own is hardly longer than its hyphen.
    @Test func aMinusIsNoHyphen() {
        func width(_ text: String) -> Double {
            let metrics = renderer.measurer.metrics(of: text, in: Font(.mono, size: 100))
            return metrics.inkRight - metrics.inkLeft
        }
        #expect(width("−") > width("-") * 1.1)
    }
}
