import Drawing
import Rendering
import Testing
import Wording

@Suite struct MeasuringTests {
    private let measurer = PangoMeasurer()

    /// Pango counts bytes; a length counted in characters would cut Chinese text to a third.
    @Test func chineseIsMeasuredWhole() {
        let font = Font(size: 20)
        let one = measurer.metrics(of: "注", in: font).width
        #expect(one > 15)
        #expect(abs(measurer.metrics(of: "注意力", in: font).width - 3 * one) < 1)
        #expect(
            measurer.metrics(of: "注意力 attention", in: font).width > 3 * one
                + measurer.metrics(
                    of: "attention", in: font
                ).width)
    }

    @Test func numbersAreTabular() {
        let font = Font(.mono, size: 16)
        let widths = Set(["0.00", "1.11", "8.88", "3.50"].map { measurer.metrics(of: $0, in: font).width })
        #expect(widths.count == 1)
    }

    @Test func sizesScaleWithoutHinting() {
        let small = measurer.metrics(of: "attention", in: Font(size: 14)).width
        let large = measurer.metrics(of: "attention", in: Font(size: 140)).width
        #expect(abs(large / small - 10) < 0.02)
    }

    @Test func inkLiesInsideTheLine() {
        let metrics = measurer.metrics(of: "Qgy", in: .body)
        #expect(metrics.inkAscent > 10 && metrics.inkAscent <= metrics.ascent)
        #expect(metrics.inkDescent > 2 && metrics.inkDescent <= metrics.descent)
        #expect(measurer.metrics(of: "", in: .body).width == 0)
    }

    @Test(arguments: Font.Family.allCases, ["␣⏎⇥‹E4 B8›…", "−∞ 0.65 × ⋯", "注意力（attention）", "“果”——‘吃’"])
    func everySignHasALetter(_ family: Font.Family, _ string: String) {
        #expect(measurer.unknownGlyphs(in: string, Font(family, size: 16)) == 0)
    }

    @Test func whatNoFontHasIsNoticed() {
        #expect(measurer.unknownGlyphs(in: "a\u{10FFFD}b") == 1)
    }

    @Test func theFontsOfTheDesignAreHere() {
        for missing in measurer.missingFaces { print("note: \(missing.warning.english)") }
        #expect(measurer.missingFaces.allSatisfy { !$0.substitute.isEmpty })
    }

    @Test(
        arguments: DrawingText.allCases.map(\.phrase) + RenderingText.allCases.map(\.phrase)
            + Stage.allCases.map(\.phrase))
    func everyTextHasLetters(_ phrase: Phrase) {
        for language in Language.allCases { #expect(measurer.unknownGlyphs(in: phrase[language]) == 0) }
        #expect(phrase.english != phrase.chinese)
    }

    @Test(arguments: Language.allCases, [Size.slide, .wide, .square])
    func nothingOverlapsInRealLetters(_ language: Language, _ size: Size) throws {
        #expect(try sampleFigure(language, size: size).faults == [])
    }
}
