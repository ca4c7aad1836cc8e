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
        #expect(whole.ranges(of: "data-at=\"0,0\"").count == 1)
    }

    @Test func everyFormatMayBeWithoutItsPaper() throws {
        let figure = try sampleFigure()
        for format in Renderer.Format.allCases where format != .json {
            let solid = try format.bytes(figure)
            #expect(try format.bytes(figure, .init(isTransparent: true)) != solid)
            #expect(try format.bytes(figure) == solid)
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
