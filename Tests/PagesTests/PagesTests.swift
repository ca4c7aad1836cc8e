import Drawing
import Foundation
import Reading
import TestSupport
import Testing
import Wording

@testable import Pages

/// What every page of ours is made of.
@Suite struct PagesTests {
    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "' onload='x", "a & b &lt;",
        "\u{202E}cd\u{1B}[31m",
        "</title><b>", "שלום 12",
    ]

    /// Nothing that a text holds becomes markup or ends an attribute, wherever it stands.
    @Test(arguments: hostile) func textStaysText(_ text: String) {
        var document = Document(language: .english, title: text)
        document.description = text
        let page = document.page {
            Tag.p(.at(.title, text), .id(text)) { text }
            Markup.data("d", .array([.text(text), .number(0.5), .integer(3)]))
        }
        let html = String(decoding: page, as: UTF8.self)
        #expect(!html.contains("<script>a") && !html.contains("<img") && !html.contains("<b>"))
        #expect(!html.contains("\"><") || !text.hasPrefix("\"><") || html.contains("&quot;&gt;&lt;img"))
        #expect(!html.unicodeScalars.contains("\u{202E}") && !html.unicodeScalars.contains("\u{1B}"))
        #expect(html.ranges(of: "<p ").count == 1 && html.ranges(of: "</title>").count == 1)
        let data = html.split(separator: "class=\"d\">").last?.prefix { $0 != "<" } ?? ""
        let read = try? JSONSerialization.jsonObject(with: Data(data.utf8)) as? [Any]
        #expect(read?.first as? String == text && read?.count == 3)
    }

    private func figure(_ name: String, frames: Int, section: String?) -> IndexFigure {
        let frames = (0..<frames).map { Figure.Frame(items: [], caption: "caption \($0)", altText: "words of \(name)") }
        let names = frames.indices.map { "\(name)-\($0).svg" }
        return IndexFigure(
            name: name, title: "Title of \(name)", size: .slide, frames: frames,
            files: [("SVG", names), ("PDF", ["\(name).pdf"])],
            section: section.map { .init(id: $0, title: "Part \($0)") }, steps: ["blocks.0.attn.q"])
    }

    @Test(arguments: Language.allCases, Theme.Mode.allCases)
    func anIndexShowsEveryFigureInItsPlace(_ language: Language, _ mode: Theme.Mode) {
        let page = IndexPage(
            title: "a < b", command: "glassformer draw 'a < b'",
            figures: [
                figure("one", frames: 1, section: "in"), figure("two", frames: 3, section: "in"),
                figure("three", frames: 1, section: "out"),
            ], undrawn: [.init(name: "four", title: "Four", reason: "too small")], theme: .named(mode),
            language: language)
        let html = String(decoding: page.html, as: UTF8.self)
        #expect(html.hasPrefix("<!doctype html>") && html.contains("<html lang=\"\(language.rawValue)\""))
        let order = [
            "<li id=\"one\">", "<li id=\"two\">", "<section id=\"out\">", "<li id=\"three\">", "<li id=\"four\">",
        ]
        let places = order.compactMap { html.firstRange(of: $0)?.lowerBound }
        #expect(places.count == order.count && places == places.sorted())
        // Without a script each figure is a link; with one the reader knows all of it.
        for file in ["one-0.svg", "two-0.svg"] { #expect(html.contains("href=\"\(file)\"")) }
        for file in ["two-2.svg", "three.pdf"] { #expect(html.contains("\"\(file)\"")) }
        #expect(html.ranges(of: "words of two").count == 3)
        for control in ["select name=\"section\"", "select name=\"head\"", "name=\"play\"", "type=\"search\""] {
            #expect(html.contains(control), "\(control)")
        }
        #expect(html.contains("--paper: \(Theme.named(mode).paper.hex.lowercased());"))
        #expect(html.contains("data-theme=\"\(mode.rawValue)\"") && html.contains(PageWords.search[language]))
        // It asks nobody for anything.
        #expect(html.ranges(of: "http").count == 1 && html.contains("http-equiv=\"Content-Security-Policy\""))
    }

    /// A matrix' places share what they have in common, and frames share what stays.
    @Test func anIndexWritesAMatrixOnce() {
        let spots = (0..<6).map { place in
            let (row, column) = (place / 3, place % 3)
            return HotSpot(
                rect: Rect(Double(column) * 100, Double(row) * 50, 90, 40),
                tag: Drawing.Tag(step: "q", index: [row, column]),
                words: "Q [\(row), \(column)]", value: "\(place)")
        }
        let frame = Figure.Frame(items: [], hotSpots: spots)
        let other = Figure.Frame(items: [], hotSpots: [HotSpot(rect: Rect(0, 0, 9, 9), words: "a")] + spots)
        let rows = """
            {"rows":[{"s":"q","w":90,"h":40,"x":[0,100,200],"y":[0,50],"a":["Q [0, ","Q [1, "],"b":["0]","1]","2]"],\
            "v":["0","1","2","3","4","5"]},{"s":"","w":9,"h":9,"x":[0],"y":[0],"a":["a"],"b":[""],"v":[""]}],\
            "frames":[[0],[1,0]]}
            """
        #expect(SpotRows([frame, other], size: Size(1000, 1000)).text == rows)
        // Figures of one page share their sums.
        let sums = SpotRows([frame], size: Size(1000, 1000)) { $0.index == [0, 1] ? nil : "\($0.index[0]) + 1" }
        var shared = SharedTexts()
        #expect(sums.text(sharing: &shared).contains("\"m\":[0,-1,0,1,1,1]}"))
        #expect(shared.all == ["0 + 1", "1 + 1"] && sums.text.contains("\"m\":[\"0 + 1\",\"\",\"0 + 1\""))
    }

    /// What is long is packed, in letters that end no script; what is short stays readable.
    @Test func longDataArePacked() {
        let long = "{\"rows\":[" + (0..<400).map { "\"\($0) <果>\"" }.joined(separator: ",") + "]}"
        let packed = PackedText.of(long)
        #expect(packed.hasPrefix("~") && packed.utf8.count * 2 < long.utf8.count)
        #expect(packed.utf8.allSatisfy { (33..<127).contains($0) && !"<>&\"\\".utf8.contains($0) })
        #expect(PackedText.of("{\"rows\":[]}") == "{\"rows\":[]}")
        let html = String(
            decoding: IndexPage(
                title: "", command: "", figures: [], theme: .light, language: .english
            ).html, as: UTF8.self)
        #expect(html.contains("function inflated("))
    }

    @Test func anIndexMayReplaceItself() throws {
        let folder = try Places.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let page = IndexPage(title: "", command: "", figures: [], theme: .light, language: .english)
        try Data(page.html).write(to: URL(fileURLWithPath: folder + "/index.html"))
        #expect(OwnFile.isOurs(folder + "/index.html"))
    }

    @Test func thousandsOfFiguresAreAQuickPage() {
        let figures = (0..<4000).map { figure("f\($0)", frames: 1, section: "\($0 / 100)") }
        let page = IndexPage(title: "many", command: "", figures: figures, theme: .light, language: .english)
        let time = ContinuousClock().measure { #expect(page.html.count < 8_000_000) }
        #expect(time < .seconds(10), "\(time)")
    }

    /// A place in a frame, as the page's script knows it.
    @Test func valuesStandBesideTheirFigure() {
        let spot = HotSpot(rect: Rect(160, 90, 80, 45), words: "query 果", value: "0.123456789")
        var page = PageFigure(
            id: "figure-1", title: "a", size: .slide,
            frames: [Figure.Frame(items: [], caption: "c", hotSpots: [spot], altText: "w")],
            pictures: [[.init("a-light.svg", mode: .light), .init("a-dark.svg", mode: .dark)]], language: .english)
        page.downloads = [.init("SVG", "a-light.svg")]
        var writer = MarkupWriter()
        writer.write(page.markup(label: "Figure 1"))
        let html = String(decoding: writer.bytes, as: UTF8.self)
        #expect(html.contains("\"x\":[100],\"y\":[100],\"a\":[\"query 果\"],\"b\":[\"\"],\"v\":[\"0.123456789\"]}]"))
        for part in ["class=\"on-light\"", "class=\"on-dark\"", "aria-label=\"Figure 1: a\"", "<summary>Description"] {
            #expect(html.contains(part), "\(part)")
        }
        #expect(!html.contains("class=\"controls\""))
    }

    /// The figures' colours are the page's own.
    @Test func everyColourHasItsName() {
        let both = Kit.colors()
        for mode in Theme.Mode.allCases {
            let theme = Theme.named(mode)
            for role in Role.allCases {
                let variable = "--\(role.rawValue.replacing(" ", with: "-")): \(theme.accent(role).hex.lowercased());"
                #expect(both.contains(variable) && Kit.colors(mode).contains(variable))
            }
        }
        let used = (Kit.base + Kit.figure + Kit.index).matches(of: /var\(--([a-z-]+)\)/).map { String($0.output.1) }
        let fonts = ["text-font", "mono-font", "math-font"]
        for name in Set(used).subtracting(fonts) { #expect(both.contains("--\(name): "), "\(name)") }
    }
}
