import Archives
import Dispatch
import Drawing
import Rendering
import Synchronization
import Wording

/// A deck as a presentation that PowerPoint, WPS, Keynote and LibreOffice open and edit (ECMA-376): shapes are shapes and
/// text is text. A matrix is a group named by its step, behind the two exclamation marks by which PowerPoint's morph pairs
/// things from slide to slide; a cell bears its step and its index.
struct Presentation {
    private let deck: Deck
    private let media: Media

    init(_ deck: Deck) {
        self.deck = deck
        media = Media(deck.slides.map(\.frame.items))
    }

    /// One part of the package: its name, its bytes, and whether they are not packed.
    struct Part: Sendable {
        var name: String
        var bytes: [UInt8]
        var isStored = false
    }

    /// The same bytes at every call.
    /// - Throws: `ArchiveError`, `RenderingError`.
    func bytes() throws -> [UInt8] {
        var archive = ZIPArchive()
        for part in try parts() { archive.add(part.bytes, as: part.name, isStored: part.isStored) }
        return try archive.bytes(effort: 3)
    }

    /// - Throws: `RenderingError`.
    func parts() throws -> [Part] {
        let language = deck.language
        let made = Mutex([Result<Made, any Error>?](repeating: nil, count: deck.slides.count))
        DispatchQueue.concurrentPerform(iterations: deck.slides.count) { place in
            let result = Result { try write(place) }
            made.withLock { $0[place] = result }
        }
        var parts: [Part] = []
        func add(_ text: String, _ name: String, _ isStored: Bool = false) {
            parts.append(Part(name: name, bytes: Array(text.utf8), isStored: isStored))
        }
        let count = deck.slides.count
        add(XMLParts.contentTypes(slides: count, media: media.count), "[Content_Types].xml")
        // As it is: the mark by which a file is known as ours.
        add(XMLParts.application(slides: count), "docProps/app.xml", true)
        add(
            XMLParts.relations([
                ("officeDocument", "ppt/presentation.xml"), ("metadata/core-properties", "docProps/core.xml"),
                ("extended-properties", "docProps/app.xml"),
            ]), "_rels/.rels")
        add(XMLParts.core(deck.metadata, language), "docProps/core.xml")
        addPresentation { add($0, $1, $2) }
        addMasters { add($0, $1, $2) }
        for (place, result) in made.withLock({ $0 }).enumerated() {
            guard let slide = try result?.get() else { continue }
            let number = place + 1
            parts.append(Part(name: "ppt/slides/slide\(number).xml", bytes: slide.slide))
            add(slide.relations, "ppt/slides/_rels/slide\(number).xml.rels")
            add(XMLParts.notes(deck.slides[place].notes, language), "ppt/notesSlides/notesSlide\(number).xml")
            add(
                XMLParts.relations([
                    ("notesMaster", "../notesMasters/notesMaster1.xml"), ("slide", "../slides/slide\(number).xml"),
                ]), "ppt/notesSlides/_rels/notesSlide\(number).xml.rels")
        }
        for (number, picture) in try media.pictures().enumerated() {
            parts.append(Part(name: "ppt/media/image\(number + 1).png", bytes: picture, isStored: true))
        }
        return parts
    }

    private struct Made: Sendable {
        var slide: [UInt8]
        var relations: String
    }

    private func write(_ place: Int) throws -> Made {
        let media = media
        var writer = SlideWriter(deck.slides[place], language: deck.language, theme: deck.theme) {
            media.number(of: $0, $1)
        }
        try writer.write()
        var targets = [
            (kind: "slideLayout", target: "../slideLayouts/slideLayout1.xml"),
            (kind: "notesSlide", target: "../notesSlides/notesSlide\(place + 1).xml"),
        ]
        for target in writer.relations.targets {
            switch target {
            case .image(let number): targets.append(("image", "../media/image\(number).png"))
            case .address(let address): targets.append(("hyperlink", address))
            }
        }
        return Made(slide: writer.xml.bytes, relations: XMLParts.relations(targets))
    }

    private func addPresentation(_ add: (String, String, Bool) -> Void) {
        let slides = (0..<deck.slides.count).map { (kind: "slide", target: "slides/slide\($0 + 1).xml") }
        add(
            XMLParts.presentation(slides: deck.slides.count, sections: deck.sections, language: deck.language),
            "ppt/presentation.xml", false)
        add(
            XMLParts.relations(
                [
                    ("slideMaster", "slideMasters/slideMaster1.xml"), ("notesMaster", "notesMasters/notesMaster1.xml"),
                    ("presProps", "presProps.xml"), ("viewProps", "viewProps.xml"), ("theme", "theme/theme1.xml"),
                    ("tableStyles", "tableStyles.xml"),
                ] + slides), "ppt/_rels/presentation.xml.rels", false)
        add(XMLParts.presentationProperties, "ppt/presProps.xml", false)
        add(XMLParts.viewProperties, "ppt/viewProps.xml", false)
        add(XMLParts.tableStyles, "ppt/tableStyles.xml", false)
    }

    private func addMasters(_ add: (String, String, Bool) -> Void) {
        let language = deck.language
        add(XMLParts.theme(deck.theme, name: "Glassformer"), "ppt/theme/theme1.xml", false)
        // Notes are printed: on white.
        add(XMLParts.theme(.light, name: "Glassformer"), "ppt/theme/theme2.xml", false)
        add(XMLParts.master(deck.theme, language), "ppt/slideMasters/slideMaster1.xml", false)
        add(
            XMLParts.relations([
                ("slideLayout", "../slideLayouts/slideLayout1.xml"),
                ("slideLayout", "../slideLayouts/slideLayout2.xml"),
                ("theme", "../theme/theme1.xml"),
            ]), "ppt/slideMasters/_rels/slideMaster1.xml.rels", false)
        for (number, hasText) in [(1, false), (2, true)] {
            add(XMLParts.layout(hasText: hasText, language), "ppt/slideLayouts/slideLayout\(number).xml", false)
            add(
                XMLParts.relations([("slideMaster", "../slideMasters/slideMaster1.xml")]),
                "ppt/slideLayouts/_rels/slideLayout\(number).xml.rels", false)
        }
        add(XMLParts.notesMaster(language), "ppt/notesMasters/notesMaster1.xml", false)
        add(
            XMLParts.relations([("theme", "../theme/theme2.xml")]), "ppt/notesMasters/_rels/notesMaster1.xml.rels",
            false)
    }
}

extension Deck {
    /// Slides that follow each other under one name.
    var sections: [(name: String, slides: Range<Int>)] {
        var sections: [(name: String, slides: Range<Int>)] = []
        for (place, slide) in slides.enumerated() {
            let name = slide.section ?? title
            if let last = sections.last, last.name == name {
                sections[sections.count - 1].slides = last.slides.lowerBound..<place + 1
            } else {
                sections.append((name, place..<place + 1))
            }
        }
        return sections
    }
}

/// The rasters of a deck, each kept once for each size that it is shown in.
private struct Media: Sendable {
    private struct Key: Hashable, Sendable {
        var raster: Raster
        var width: Int
        var height: Int

        init(_ raster: Raster, _ rect: Rect) {
            self.raster = raster
            width = XMLText.emu(rect.width)
            height = XMLText.emu(rect.height)
        }
    }

    private var numbers: [Key: Int] = [:]
    private var order: [(raster: Raster, size: Size)] = []

    init(_ slides: [[Item]]) { for items in slides { collect(items) } }

    var count: Int { order.count }

    private mutating func collect(_ items: [Item]) {
        for item in items {
            switch item.content {
            case .image(let raster, let rect):
                guard raster.width > 0, raster.height > 0, numbers[Key(raster, rect)] == nil else { continue }
                order.append((raster, rect.size))
                numbers[Key(raster, rect)] = order.count
            case .group(let inner), .link(_, let inner): collect(inner)
            case .text, .path: break
            }
        }
    }

    func number(of raster: Raster, _ rect: Rect) -> Int { numbers[Key(raster, rect)] ?? 1 }

    func pictures() throws -> [[UInt8]] { try order.map { try Renderer().png(of: $0.raster, shownAs: $0.size) } }
}
