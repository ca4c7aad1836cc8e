import Drawing
import Wording

/// The masters and layouts: what slides and notes take over where they say nothing of their own.
extension XMLParts {
    private enum Frame {
        static let title = Rect(67.2, 60, 1465.6, 70)
        static let body = Rect(67.2, 180, 1465.6, 640)
        static let number = Rect(1332.8, 862, 200, 28)
    }

    private static func place(_ rect: Rect) -> String {
        let values = [rect.minX, rect.minY, rect.width, rect.height].map { XMLText.emu($0) }
        return "<p:spPr><a:xfrm><a:off x=\"\(values[0])\" y=\"\(values[1])\"/><a:ext cx=\"\(values[2])\" "
            + "cy=\"\(values[3])\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>"
    }

    /// - Parameters:
    ///   - kind: the placeholder's attributes.
    ///   - place: empty where it is the master's.
    private static func placeholder(
        _ id: Int, _ name: String, _ kind: String, _ place: String, body: String, text: String
    ) -> String {
        "<p:sp><p:nvSpPr><p:cNvPr id=\"\(id)\" name=\"\(name)\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr>"
            + "<p:nvPr><p:ph \(kind)/></p:nvPr></p:nvSpPr>\(place.isEmpty ? "<p:spPr/>" : place)<p:txBody>\(body)"
            + "<a:lstStyle/>\(text)</p:txBody></p:sp>"
    }

    private static func run(_ text: String, _ language: Language) -> String {
        "<a:p><a:r><a:rPr lang=\"\(language.tag)\"/><a:t>\(text.escaped)</a:t></a:r></a:p>"
    }

    private static func number(_ language: Language) -> String {
        "<a:p><a:fld id=\"{7A5C1E00-0000-4000-8000-000000000001}\" type=\"slidenum\">"
            + "<a:rPr lang=\"\(language.tag)\"/><a:t>‹#›</a:t></a:fld></a:p>"
    }

    private static func words(_ language: Language) -> (title: String, body: String) {
        language == .chinese ? ("单击此处编辑标题", "单击此处编辑文字") : ("Click to edit the title", "Click to edit the text")
    }

    private static let flush = "lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\""

    static func master(_ theme: Theme, _ language: Language) -> String {
        let words = words(language)
        func style(_ size: Int, bold: Bool = false, faces: String) -> String {
            "<a:defRPr sz=\"\(size)\"\(bold ? " b=\"1\"" : "") kern=\"1200\"><a:solidFill><a:schemeClr val=\"tx1\"/>"
                + "</a:solidFill><a:latin typeface=\"+\(faces)-lt\"/><a:ea typeface=\"+\(faces)-ea\"/>"
                + "<a:cs typeface=\"+\(faces)-cs\"/></a:defRPr>"
        }
        let levels = (1...9).map { level in
            "<a:lvl\(level)pPr marL=\"\(level * 228_600)\" indent=\"-228600\" algn=\"l\" defTabSz=\"914400\" rtl=\"0\" "
                + "eaLnBrk=\"1\" latinLnBrk=\"0\" hangingPunct=\"1\"><a:spcBef><a:spcPts val=\"600\"/></a:spcBef>"
                + "<a:buFont typeface=\"Arial\"/><a:buChar char=\"•\"/>"
                + style(max(1400, 2000 - (level - 1) * 200), faces: "mn") + "</a:lvl\(level)pPr>"
        }.joined()
        let others = (1...9).map { level in
            "<a:lvl\(level)pPr marL=\"0\" algn=\"l\" defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\" latinLnBrk=\"0\" "
                + "hangingPunct=\"1\">" + style(1800, faces: "mn") + "</a:lvl\(level)pPr>"
        }.joined()
        return "\(declaration)<p:sldMaster\(namespaces)><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/>"
            + "</a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree>\(root)"
            + placeholder(
                2, "Title", "type=\"title\"", place(Frame.title),
                body: "<a:bodyPr \(flush) anchor=\"b\"><a:normAutofit/></a:bodyPr>", text: run(words.title, language))
            + placeholder(
                3, "Text", "type=\"body\" idx=\"1\"", place(Frame.body),
                body: "<a:bodyPr \(flush)><a:normAutofit/></a:bodyPr>", text: run(words.body, language))
            + placeholder(
                4, "Number", "type=\"sldNum\" sz=\"quarter\" idx=\"4\"", place(Frame.number),
                body: "<a:bodyPr \(flush) anchor=\"ctr\"/>", text: number(language)
            ).replacing("<a:lstStyle/><a:p><a:fld", with: "<a:lstStyle>\(numberStyle(theme))</a:lstStyle><a:p><a:fld")
            + "</p:spTree></p:cSld>\(colorMap(theme))<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/>"
            + "<p:sldLayoutId id=\"2147483650\" r:id=\"rId2\"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle>"
            + "<a:lvl1pPr algn=\"l\" defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\" latinLnBrk=\"0\" hangingPunct=\"1\">"
            + "<a:spcBef><a:spcPct val=\"0\"/></a:spcBef><a:buNone/>\(style(2468, bold: true, faces: "mj"))</a:lvl1pPr>"
            + "</p:titleStyle><p:bodyStyle>\(levels)</p:bodyStyle><p:otherStyle>\(others)</p:otherStyle></p:txStyles>"
            + "</p:sldMaster>"
    }

    private static func numberStyle(_ theme: Theme) -> String {
        "<a:lvl1pPr algn=\"r\"><a:defRPr sz=\"1080\"><a:solidFill><a:srgbClr val=\"\(theme.muted.hex.dropFirst())\"/>"
            + "</a:solidFill></a:defRPr></a:lvl1pPr>"
    }

    /// A title and a number; with `hasText` a field for words between them, for slides that a lecturer adds.
    static func layout(hasText: Bool, _ language: Language) -> String {
        let words = words(language)
        let name = (hasText ? DeckText.textLayout : .figureLayout).phrase[language]
        let plain = "<a:bodyPr/>"
        return "\(declaration)<p:sldLayout\(namespaces) type=\"\(hasText ? "obj" : "titleOnly")\" preserve=\"1\">"
            + "<p:cSld name=\"\(name.escaped)\"><p:spTree>\(root)"
            + placeholder(2, "Title", "type=\"title\"", "", body: plain, text: run(words.title, language))
            + (hasText ? placeholder(3, "Text", "idx=\"1\"", "", body: plain, text: run(words.body, language)) : "")
            + placeholder(
                4, "Number", "type=\"sldNum\" sz=\"quarter\" idx=\"12\"", "", body: plain, text: number(language))
            + "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    }

    // MARK: Notes

    private static let notesFrame = (
        picture: "<p:spPr><a:xfrm><a:off x=\"685800\" y=\"1143000\"/><a:ext cx=\"5486400\" cy=\"3086100\"/></a:xfrm>"
            + "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/><a:ln w=\"12700\"><a:solidFill>"
            + "<a:prstClr val=\"black\"/></a:solidFill></a:ln></p:spPr>",
        words: "<p:spPr><a:xfrm><a:off x=\"685800\" y=\"4400550\"/><a:ext cx=\"5486400\" cy=\"3600450\"/></a:xfrm>"
            + "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>"
    )

    private static func picture(_ place: String) -> String {
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" "
            + "noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\"\(place.isEmpty ? "" : " idx=\"2\"")/></p:nvPr>"
            + "</p:nvSpPr>\(place.isEmpty ? "<p:spPr/>" : place)</p:sp>"
    }

    static func notesMaster(_ language: Language) -> String {
        let levels = (1...9).map { level in
            "<a:lvl\(level)pPr marL=\"\((level - 1) * 457_200)\" algn=\"l\" defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\" "
                + "latinLnBrk=\"0\" hangingPunct=\"1\"><a:spcBef><a:spcPts val=\"400\"/></a:spcBef>"
                + "<a:defRPr sz=\"1200\" kern=\"1200\"><a:solidFill>"
                + "<a:schemeClr val=\"tx1\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/><a:ea typeface=\"+mn-ea\"/>"
                + "<a:cs typeface=\"+mn-cs\"/></a:defRPr></a:lvl\(level)pPr>"
        }.joined()
        return
            "\(declaration)<p:notesMaster\(namespaces)><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/>"
            + "</p:bgRef></p:bg><p:spTree>\(root)\(picture(notesFrame.picture))"
            + placeholder(
                3, DeckText.notes.phrase[language], "type=\"body\" sz=\"quarter\" idx=\"3\"", notesFrame.words,
                body: "<a:bodyPr/>", text: run(words(language).body, language))
            + "</p:spTree></p:cSld>\(colorMap(.light))<p:notesStyle>\(levels)</p:notesStyle></p:notesMaster>"
    }

    static func notes(_ paragraphs: [String], _ language: Language) -> String {
        let text = paragraphs.map { paragraph -> String in
            let tag = paragraph.contains(where: \.isHan) ? Language.chinese.tag : language.tag
            var words = XMLText()
            words.words(paragraph)
            return
                "<a:p><a:r><a:rPr lang=\"\(tag)\"/><a:t>\(String(decoding: words.bytes, as: UTF8.self))</a:t></a:r></a:p>"
        }.joined()
        return "\(declaration)<p:notes\(namespaces)><p:cSld><p:spTree>\(root)\(picture(""))"
            + placeholder(
                3, DeckText.notes.phrase[language], "type=\"body\" idx=\"1\"", "", body: "<a:bodyPr/>",
                text: text.isEmpty ? "<a:p/>" : text)
            + "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    }
}
