import Drawing
import Wording

/// The parts that every presentation has (ECMA-376, part 1, 13), but for its slides.
enum XMLParts {
    static let declaration: StaticString = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    static let namespaces: StaticString =
        " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""
    /// Of a tree of shapes.
    static let root: StaticString =
        "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>"
    /// What has nothing to say to who does not see it.
    static let decorative: StaticString =
        "<a:extLst><a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\"><adec:decorative xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/></a:ext></a:extLst>"
    /// From frame to frame of a motion: PowerPoint moves what bears the same name, others fade.
    static let morph: StaticString =
        "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice xmlns:p159=\"http://schemas.microsoft.com/office/powerpoint/2015/09/main\" Requires=\"p159\"><p:transition spd=\"med\"><p159:morph option=\"byObject\"/></p:transition></mc:Choice><mc:Fallback><p:transition spd=\"med\"><p:fade/></p:transition></mc:Fallback></mc:AlternateContent>"

    private static let office = "application/vnd.openxmlformats-officedocument."

    /// What each part is.
    static func contentTypes(slides: Int, media: Int) -> String {
        var parts = [
            ("presentation", "presentationml.presentation.main"), ("presProps", "presentationml.presProps"),
            ("viewProps", "presentationml.viewProps"), ("tableStyles", "presentationml.tableStyles"),
            ("slideMasters/slideMaster1", "presentationml.slideMaster"),
            ("slideLayouts/slideLayout1", "presentationml.slideLayout"),
            ("slideLayouts/slideLayout2", "presentationml.slideLayout"),
            ("notesMasters/notesMaster1", "presentationml.notesMaster"), ("theme/theme1", "theme"),
            ("theme/theme2", "theme"),
        ]
        for number in 1...max(slides, 1) {
            parts.append(("slides/slide\(number)", "presentationml.slide"))
            parts.append(("notesSlides/notesSlide\(number)", "presentationml.notesSlide"))
        }
        let overrides = parts.map { "<Override PartName=\"/ppt/\($0.0).xml\" ContentType=\"\(office)\($0.1)+xml\"/>" }
        return "\(declaration)<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + (media > 0 ? "<Default Extension=\"png\" ContentType=\"image/png\"/>" : "") + overrides.joined()
            + "<Override PartName=\"/docProps/core.xml\" "
            + "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
            + "<Override PartName=\"/docProps/app.xml\" ContentType=\"\(office)extended-properties+xml\"/></Types>"
    }

    /// What a part refers to, numbered from one.
    static func relations(_ targets: [(kind: String, target: String)]) -> String {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        let package = "http://schemas.openxmlformats.org/package/2006/relationships"
        let entries = targets.enumerated().map { place, entry in
            let kind = entry.kind.hasPrefix("metadata/") ? package + "/" + entry.kind : office + entry.kind
            let mode = entry.kind == "hyperlink" ? " TargetMode=\"External\"" : ""
            return "<Relationship Id=\"rId\(place + 1)\" Type=\"\(kind)\" Target=\"\(entry.target.escaped)\"\(mode)/>"
        }
        return "\(declaration)<Relationships xmlns=\"\(package)\">\(entries.joined())</Relationships>"
    }

    static func presentation(slides: Int, sections: [(name: String, slides: Range<Int>)], language: Language) -> String
    {
        let list = (0..<slides).map { "<p:sldId id=\"\(256 + $0)\" r:id=\"rId\($0 + 7)\"/>" }.joined()
        let levels = (1...9).map { level in
            "<a:lvl\(level)pPr marL=\"\((level - 1) * 457_200)\" algn=\"l\" defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\" "
                + "latinLnBrk=\"0\" hangingPunct=\"1\"><a:defRPr sz=\"1800\" kern=\"1200\"><a:solidFill>"
                + "<a:schemeClr val=\"tx1\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/><a:ea typeface=\"+mn-ea\"/>"
                + "<a:cs typeface=\"+mn-cs\"/></a:defRPr></a:lvl\(level)pPr>"
        }.joined()
        return "\(declaration)<p:presentation\(namespaces) saveSubsetFonts=\"1\"><p:sldMasterIdLst>"
            + "<p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst><p:notesMasterIdLst>"
            + "<p:notesMasterId r:id=\"rId2\"/></p:notesMasterIdLst><p:sldIdLst>\(list)</p:sldIdLst>"
            + "<p:sldSz cx=\"12192000\" cy=\"6858000\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/><p:defaultTextStyle>"
            + "<a:defPPr><a:defRPr lang=\"\(language.tag)\"/></a:defPPr>\(levels)</p:defaultTextStyle>"
            + self.sections(sections) + "</p:presentation>"
    }

    /// PowerPoint's own list of a deck's parts, with names that are the same at every writing.
    private static func sections(_ sections: [(name: String, slides: Range<Int>)]) -> String {
        guard sections.count > 1 else { return "" }
        let parts = sections.enumerated().map { place, section in
            let digits = String(place + 1, radix: 16, uppercase: true)
            let number = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
            let slides = section.slides.map { "<p14:sldId id=\"\(256 + $0)\"/>" }.joined()
            return
                "<p14:section name=\"\(section.name.shownInLine.escaped)\" id=\"{6C617373-0000-4000-8000-\(number)}\">"
                + "<p14:sldIdLst>\(slides)</p14:sldIdLst></p14:section>"
        }
        return "<p:extLst><p:ext uri=\"{521415D9-36F7-43E2-AB2F-B90AF26B5E84}\"><p14:sectionLst "
            + "xmlns:p14=\"http://schemas.microsoft.com/office/powerpoint/2010/main\">\(parts.joined())</p14:sectionLst>"
            + "</p:ext></p:extLst>"
    }

    static let presentationProperties = "\(declaration)<p:presentationPr\(namespaces)/>"
    static let viewProperties = "\(declaration)<p:viewPr\(namespaces)/>"
    static let tableStyles =
        "\(declaration)<a:tblStyleLst xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
        + "def=\"{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}\"/>"

    static func core(_ metadata: Figure.Metadata, _ language: Language) -> String {
        func words(_ text: String) -> String { text.shownInLine.escaped }
        return "\(declaration)<cp:coreProperties "
            + "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
            + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
            + "xmlns:dcmitype=\"http://purl.org/dc/dcmitype/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
            + "<dc:title>\(words(metadata.title))</dc:title><dc:subject>\(words(metadata.description))</dc:subject>"
            + "<dc:creator>Glassformer</dc:creator><cp:keywords>\(words(metadata.command))</cp:keywords>"
            + "<cp:lastModifiedBy>Glassformer</cp:lastModifiedBy><cp:revision>1</cp:revision>"
            + "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2026-01-01T00:00:00Z</dcterms:created>"
            + "<dcterms:modified xsi:type=\"dcterms:W3CDTF\">2026-01-01T00:00:00Z</dcterms:modified>"
            + "<dc:language>\(language.rawValue)</dc:language></cp:coreProperties>"
    }

    static func application(slides: Int) -> String {
        "\(declaration)<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
            + "<Application>Glassformer</Application><PresentationFormat>Widescreen</PresentationFormat>"
            + "<Slides>\(slides)</Slides><Notes>\(slides)</Notes></Properties>"
    }
}
