import Drawing
import Foundation
import Testing
import Wording

@testable import Decks

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A deck as a presentation: whole, as the standard wants it, and named by what it shows.
@Suite struct DeckTests {
    private static func parts(_ deck: Deck) throws -> [String: [UInt8]] {
        let parts = try Presentation(deck).parts()
        #expect(Set(parts.map(\.name)).count == parts.count)
        return Dictionary(parts.map { ($0.name, $0.bytes) }) { first, _ in first }
    }

    private static let looks: [(Language, Theme)] = Language.allCases.flatMap { language in
        [Theme.light, .dark].map { (language, $0) }
    }

    @Test(arguments: looks)
    func everyPartIsDeclaredReachedAndWellFormed(_ language: Language, _ theme: Theme) throws {
        let parts = try Self.parts(Sample.deck(language, theme: theme))
        let types = try XMLReader(parts["[Content_Types].xml"])
        let declared = Set(types.values("PartName").map { String($0.dropFirst()) })
        let endings = Set(types.values("Extension"))
        var reached: Set<String> = []
        for (name, bytes) in parts where name != "[Content_Types].xml" {
            if name.hasSuffix(".png") || name.hasSuffix(".rels") {
                #expect(endings.contains(String(name.split(separator: ".").last ?? "")))
            } else {
                #expect(declared.contains(name), "\(name) has no type")
            }
            guard !name.hasSuffix(".png") else { continue }
            let xml = try XMLReader(bytes)
            guard name.hasSuffix(".rels") else { continue }
            // `ppt/slides/_rels/slide1.xml.rels` speaks of `ppt/slides/slide1.xml`.
            let folder = name.components(separatedBy: "_rels/")[0]
            let owner = folder + String(name.components(separatedBy: "_rels/")[1].dropLast(5))
            for relation in xml.elements("Relationship") where relation["TargetMode"] != "External" {
                let target = URL(fileURLWithPath: "/" + folder + (relation["Target"] ?? "")).standardized.path
                #expect(parts[String(target.dropFirst())] != nil, "\(name) leads to \(target)")
                reached.insert(String(target.dropFirst()))
            }
            guard let bytes = parts[owner] else { continue }
            let used = try XMLReader(bytes).values("r:id") + XMLReader(bytes).values("r:embed")
            #expect(Set(used).isSubset(of: xml.elements("Relationship").compactMap { $0["Id"] }), "\(owner)")
        }
        #expect(declared.isSubset(of: parts.keys))
        #expect(declared.subtracting(reached).isEmpty, "\(declared.subtracting(reached)) is reached from nowhere")
        for wanted in ["presProps", "viewProps", "tableStyles", "theme/theme2", "notesMasters/notesMaster1"] {
            #expect(parts["ppt/\(wanted).xml"] != nil)
        }
    }

    @Test(arguments: Language.allCases)
    func shapesAreNamedByWhatTheyShow(_ language: Language) throws {
        let parts = try Self.parts(Sample.deck(language))
        for number in 1...3 {
            let slide = try XMLReader(parts["ppt/slides/slide\(number).xml"])
            let shapes = slide.elements("p:cNvPr")
            let ids = shapes.compactMap { $0["id"] }
            #expect(Set(ids).count == ids.count)
            let names = shapes.compactMap { $0["name"] }
            #expect(names.contains("!!" + Sample.step))
            for cell in Sample.cells {
                let name = Sample.step + "[" + cell.map(String.init).joined(separator: ",") + "]"
                #expect(names.count { $0 == name } == 1, "\(name)")
            }
            // The numbers stand in their cells; the title and all other words are text.
            let title = language == .chinese ? "每个查询与每个键" : "Every query & \"every\" key"
            for words in [title, "0.20", "0.23", "query", "link"] { #expect(slide.texts.contains(words), "\(words)") }
            #expect(slide.elements("p:ph").compactMap { $0["type"] } == ["title", "sldNum"])
            #expect(shapes.contains { $0["name"] == "!!" + Sample.step && $0["descr"] == "Four cells & an arrow." })
            for kind in ["p:cxnSp", "p:pic", "a:custGeom", "a:tailEnd", "a:custDash", "a:alpha", "a:hlinkClick"] {
                #expect(!slide.elements(kind).isEmpty, "\(kind)")
            }
            #expect(slide.elements("a:bodyPr").contains { $0["vert"] == "vert270" })
            #expect(slide.texts.joined().contains("第 1 句话，“民”看“华” 🙂 <&>"))
            #expect(slide.elements("p159:morph").count == (number == 2 ? 1 : 0))
        }
        let notes = try XMLReader(parts["ppt/notesSlides/notesSlide1.xml"])
        #expect(notes.texts == ["said 0", "glassformer draw 'a & b' <x>"])
        let presentation = try XMLReader(parts["ppt/presentation.xml"])
        #expect(presentation.elements("p14:section").compactMap { $0["name"] } == ["One", "Two"])
    }

    /// From frame to frame only what changes does: every object keeps its name and its place.
    @Test func framesStayInPlace() throws {
        let parts = try Self.parts(Sample.deck(.english))
        let slides = try (1...2).map { try XMLReader(parts["ppt/slides/slide\($0).xml"]) }
        for kind in ["p:cNvPr", "a:off", "a:ext"] {
            #expect(slides[0].elements(kind) == slides[1].elements(kind), "\(kind)")
        }
        #expect(slides[0].values("val") != slides[1].values("val"))
    }

    @Test(arguments: Language.allCases)
    func theSameBytesTwice(_ language: Language) throws {
        let deck = Sample.deck(language)
        let bytes = try deck.pptx()
        #expect(bytes == (try deck.pptx()))
        #expect(bytes.prefix(4) == [0x50, 0x4B, 3, 4])
        #expect(String(decoding: bytes, as: UTF8.self).contains("<Application>Glassformer</Application>"))
        #expect(try deck.pdf() == deck.pdf())
    }

    /// A figure of another size is shown whole, in its shape.
    @Test func largerFiguresAreShownSmaller() throws {
        var figure = Sample.figure(.english)
        figure.size = Size(3200, 2400)
        let slide = try #require(DeckSlide.slides(of: figure).first)
        let ink = try #require(slide.frame.items.ink)
        #expect(Rect(origin: .zero, size: Deck.size).contains(ink))
        // 900 of 2400 pixels high, in the middle of 1600.
        #expect(abs(slide.frame.hotSpots[0].rect.minX - (200 + 200 * 0.375)) < 1e-9)
    }

    @Test func pagesHaveBookmarksLabelsAndNotes() throws {
        let deck = Sample.deck(.chinese)
        for bytes in [try deck.pdf(), try deck.notesPDF()] {
            let text = String(decoding: bytes, as: Unicode.ASCII.self)
            #expect(text.hasPrefix("%PDF"))
            for mark in ["/Outlines", "/PageLabels", "/Lang (zh-Hans)", "/Creator (Glassformer)"] {
                #expect(text.contains(mark), "\(mark)")
            }
        }
        #expect(try deck.page(0, as: .png).prefix(4) == [0x89, 0x50, 0x4E, 0x47])
        #expect(String(decoding: try deck.page(2, as: .svg), as: UTF8.self).hasPrefix("<svg"))
    }
}

/// Elements with their attributes, and texts between them, in their order.
private final class XMLReader: NSObject, XMLParserDelegate {
    private var found: [(name: String, attributes: [String: String])] = []
    private(set) var texts: [String] = []
    private var isText = false

    init(_ bytes: [UInt8]?) throws {
        super.init()
        let parser = XMLParser(data: Data(try #require(bytes)))
        parser.delegate = self
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
    }

    func elements(_ name: String) -> [[String: String]] { found.filter { $0.name == name }.map(\.attributes) }

    func values(_ attribute: String) -> [String] { found.compactMap { $0.attributes[attribute] } }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        found.append((name, attributes))
        isText = name == "a:t"
        if isText { texts.append("") }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        isText = false
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if isText, !texts.isEmpty { texts[texts.count - 1] += string }
    }
}
