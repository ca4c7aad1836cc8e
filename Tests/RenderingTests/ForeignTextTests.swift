import Drawing
import Testing
import Wording

@testable import Rendering

/// Texts of other scripts: their direction, and what no font has.
@Suite struct ForeignTextTests {
    private let renderer = Renderer()

    @Test func aTextThatRunsTheOtherWayKeepsItsPlace() throws {
        let setter = try #require(TypeSetter())
        let line = try #require(setter.line("“שלום” gives 62 to “עולם”", .body)).shaped
        #expect(line.parts.count == 5)
        #expect(zip(line.parts, line.parts.dropFirst()).allSatisfy { $0.x < $1.x })
        // Alone it is set as it is, quoted or not.
        let alone = try #require(setter.line("שלום", .body)).shaped
        #expect(abs(line.parts[2].x - line.parts[1].x - alone.metrics.width) < 0.01)
        let reversed = alone.runs.flatMap(\.glyphs).map(\.x)
        #expect(reversed.count == 4)
        // Arabic letters are joined: the word is narrower than its letters.
        let word = try #require(setter.line("سلام", .body)).metrics.width
        let letters = try "سلام".map { try #require(setter.line(String($0), .body)).metrics.width }.reduce(0, +)
        #expect(word < letters)
    }

    @Test func aLineMayBeOfAnyLength() throws {
        let measurer = PangoMeasurer()
        let one = measurer.metrics(of: "中", in: .body).width
        let many = measurer.metrics(of: String(repeating: "中", count: 60_000), in: .body).width
        #expect(abs(many / one - 60_000) < 1)
    }

    private func picture(of text: String) throws -> Figure {
        let slide = Slide(id: "a", title: "a", altText: "a") { _ in Text(text) }
        return try slide.figure(SlideStyle(language: .english, measurer: renderer.measurer))
    }

    @Test func whatNoFontHasIsItsCodePointInEveryFormat() throws {
        let (missing, shown) = try (picture(of: "a\u{10FFFD}b"), picture(of: "a‹U+10FFFD›b"))
        #expect(try renderer.svg(missing) == renderer.svg(shown))
        #expect(try renderer.png(missing) == renderer.png(shown))
        #expect(try renderer.pdf(missing) == renderer.pdf(shown))
    }

    @Test func oneLineNamesWhatIsMissingAndWhoHasIt() throws {
        let warning = try #require(MissingLetters.warning(["\u{1F34E}", "\u{0E2A}", "\u{10FFFD}"]))
        for words in [
            "🍎 U+1F34E".replacing("U+1F34E", with: "‹U+1F34E›"), "‹U+10FFFD›", "fonts-noto-color-emoji",
            "fonts-noto-core",
        ] {
            #expect(warning.english.contains(words) && warning.chinese.contains(words), "\(warning)")
        }
        #expect(MissingLetters.warning([]) == nil)
        #expect(try #require(MissingLetters.warning(["\u{10FFFD}"])).english.contains("install") == false)
    }

    /// With a font of emoji, one is a picture of kilobytes, once in a file however often it is drawn.
    @Test func anEmojiIsOneSmallPicture() throws {
        guard renderer.measurer.unknownGlyphs(in: "🍎") == 0 else {
            return print("SKIPPED: no font here has emoji, so their pictures are not looked at")
        }
        let (one, many) = try (picture(of: "🍎"), picture(of: String(repeating: "🍎", count: 9)))
        for (first, second) in try [
            (Array(renderer.svg(one).utf8), Array(renderer.svg(many).utf8)), (renderer.pdf(one), renderer.pdf(many)),
        ] {
            #expect(first.count < 60_000)
            #expect(second.count < first.count + 3000)
        }
        #expect(try renderer.svg(many).split(separator: "data:image/png").count == 2)
    }
}
