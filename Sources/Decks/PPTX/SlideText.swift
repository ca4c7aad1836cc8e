import Drawing
import Platform
import Wording

/// The text of a slide's objects.
///
/// It is set from below: a line's descent differs little between faces, its ascent much, so that a machine without the
/// faces of the design still has each baseline where it belongs.
extension SlideWriter {
    /// - Parameters:
    ///   - bottom: what is free below it, in pixels.
    ///   - left: what is free before it.
    mutating func writeBody(
        _ lines: [[TextLine]], side: TextAlignments.Side, bottom: Double = 0, left: Double = 0, isUpward: Bool = false,
        link: String?
    ) {
        xml.raw("<p:txBody><a:bodyPr")
        if isUpward { xml.raw(" vert=\"vert270\"") }
        xml.raw(" wrap=\"none\"")
        xml.attribute("lIns", XMLText.emu(max(0, left)))
        xml.raw(" tIns=\"0\" rIns=\"0\"")
        xml.attribute("bIns", XMLText.emu(max(0, bottom)))
        xml.raw(" anchor=\"b\"><a:noAutofit/></a:bodyPr><a:lstStyle/><a:p>")
        writeSpacing(lines, algn: side == .left ? "l" : side == .right ? "r" : "ctr")
        for (number, line) in lines.enumerated() {
            if number > 0, let last = lines[number - 1].last {
                xml.raw("<a:br>")
                writeProperties(last, lang: language.tag, link: nil)
                xml.raw("</a:br>")
            }
            for piece in line { writeRun(piece.string, piece, link: link) }
        }
        xml.raw("</a:p></p:txBody>")
    }

    mutating func writeSpacing(_ lines: [[TextLine]], algn: StaticString?) {
        guard lines.count > 1, let first = lines.first?.first, let last = lines.last?.first else {
            guard let algn else { return }
            xml.raw("<a:pPr algn=\"")
            xml.raw(algn)
            return xml.raw("\"/>")
        }
        xml.raw("<a:pPr")
        if let algn {
            xml.raw(" algn=\"")
            xml.raw(algn)
            xml.raw("\"")
        }
        xml.raw("><a:lnSpc><a:spcPts")
        let step = (last.origin.y - first.origin.y) / Double(lines.count - 1)
        xml.attribute("val", min(158_400, max(0, XMLText.hundredths(step))))
        xml.raw("/></a:lnSpc></a:pPr>")
    }

    /// Chinese and other words are runs of their own: else signs and quotation marks that stand beside Chinese would take
    /// its face, and be as wide as its characters. In a Chinese text the punctuation is Chinese.
    mutating func writeRun(_ text: String, _ line: TextLine, link: String?, isTitle: Bool = false) {
        func isChinese(_ character: Character) -> Bool {
            character.isHan || language == .chinese && character.isChineseMark
        }
        var rest = text[...]
        while let first = rest.first {
            let kind = isChinese(first)
            // A space goes with what stands before it.
            let part = rest.prefix { isChinese($0) == kind || $0 == " " }
            writeRun(
                String(part), line, lang: (kind ? Language.chinese : .english).tag, isLatin: !kind, link: link,
                isTitle: isTitle)
            rest = rest.dropFirst(part.count)
        }
    }

    private mutating func writeRun(
        _ text: String, _ line: TextLine, lang: String, isLatin: Bool = false, link: String?, isTitle: Bool
    ) {
        xml.raw("<a:r>")
        writeProperties(line, lang: lang, isLatin: isLatin, link: link, isTitle: isTitle)
        xml.raw("<a:t>")
        xml.words(text)
        xml.raw("</a:t></a:r>")
    }

    /// - Parameter isLatin: whether even what stands between Chinese characters is set in the Latin face.
    private mutating func writeProperties(
        _ line: TextLine, lang: String, isLatin: Bool = false, link: String?, isTitle: Bool = false
    ) {
        xml.raw("<a:rPr lang=\"")
        xml.markup(lang)
        xml.raw("\"")
        xml.attribute("sz", min(400_000, max(100, XMLText.hundredths(line.font.size))))
        if line.font.weight.rawValue >= Font.Weight.semibold.rawValue { xml.raw(" b=\"1\"") }
        if line.font.italic { xml.raw(" i=\"1\"") }
        xml.raw(">")
        // A title in the deck's own ink follows the deck's colours.
        if isTitle, line.color == theme.ink {
            xml.raw("<a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill>")
        } else {
            xml.fill(line.color)
        }
        switch line.font.family {
        case .text: if isLatin, !line.string.utf8.allSatisfy({ $0 < 128 }) { xml.raw("<a:ea typeface=\"Inter\"/>") }
        case .mono:
            xml.raw("<a:latin typeface=\"JetBrains Mono\" pitchFamily=\"49\" charset=\"0\"/>")
            if isLatin { xml.raw("<a:ea typeface=\"JetBrains Mono\"/>") }
        case .math:
            // Letters of formulas lie beyond the plane that `latin` is asked for.
            xml.raw("<a:latin typeface=\"Latin Modern Math\"/>")
            if !line.string.contains(where: \.isHan) { xml.raw("<a:ea typeface=\"Latin Modern Math\"/>") }
            xml.raw("<a:cs typeface=\"Latin Modern Math\"/>")
        }
        if let link, link.hasPrefix("http") {
            xml.raw("<a:hlinkClick r:id=\"rId")
            xml.number(relations.address(link))
            xml.raw("\"/>")
        }
        xml.raw("</a:rPr>")
    }
}

extension Language {
    /// As Office names it.
    var tag: String { self == .chinese ? "zh-CN" : "en-US" }
}

extension Character {
    /// A Chinese character.
    var isHan: Bool { unicodeScalars.contains { $0.properties.isIdeographic } }

    /// A mark that a Chinese text sets as wide as its characters.
    var isChineseMark: Bool {
        guard let scalar = unicodeScalars.first else { return false }
        return (0x3000...0x303F).contains(scalar.value) || (0xFF00...0xFFEF).contains(scalar.value)
            || "“”‘’…—".contains(self)
    }
}
