import Drawing

extension XMLParts {
    /// The twelve colours of a theme, its faces, and the fills, lines and effects that the standard wants three of each.
    ///
    /// Latin and Chinese faces are named apart: Windows, WPS and macOS's Office have the Chinese one, and whoever lacks
    /// the Latin one changes it here, once for the whole deck.
    static func theme(_ theme: Theme, name: String) -> String {
        func color(_ color: Color) -> String { "<a:srgbClr val=\"\(color.hex.dropFirst())\"/>" }
        let accents: [Role] = [.query, .key, .value, .residual, .feedForward, .attentionOutput]
        let isLight = theme.mode == .light
        // `dk1` is the dark one of the two, whichever is the paper.
        let colors: [(String, Color)] =
            [
                ("dk1", isLight ? theme.ink : theme.paper), ("lt1", isLight ? theme.paper : theme.ink),
                ("dk2", isLight ? theme.muted : theme.panel), ("lt2", isLight ? theme.panel : theme.muted),
            ] + accents.enumerated().map { ("accent\($0.offset + 1)", theme.accent($0.element)) } + [
                ("hlink", theme.positive), ("folHlink", theme.accent(.attentionOutput)),
            ]
        let scheme = colors.map { "<a:\($0.0)>\(color($0.1))</a:\($0.0)>" }.joined()
        let faces =
            "<a:latin typeface=\"Inter\" pitchFamily=\"34\" charset=\"0\"/><a:ea typeface=\"Microsoft YaHei\"/>"
            + "<a:cs typeface=\"Arial\"/><a:font script=\"Hans\" typeface=\"Microsoft YaHei\"/>"
            + "<a:font script=\"Hant\" typeface=\"Microsoft JhengHei\"/><a:font script=\"Jpan\" typeface=\"Yu Gothic\"/>"
            + "<a:font script=\"Hang\" typeface=\"Malgun Gothic\"/>"
        let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
        let lines = [6350, 12700, 19050].map {
            "<a:ln w=\"\($0)\" cap=\"flat\" cmpd=\"sng\" algn=\"ctr\">\(fill)<a:prstDash val=\"solid\"/>"
                + "<a:miter lim=\"800000\"/></a:ln>"
        }.joined()
        let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
        func three(_ text: String) -> String { text + text + text }
        return
            "\(declaration)<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"\(name)\">"
            + "<a:themeElements><a:clrScheme name=\"\(name)\">\(scheme)</a:clrScheme><a:fontScheme name=\"\(name)\">"
            + "<a:majorFont>\(faces)</a:majorFont><a:minorFont>\(faces)</a:minorFont></a:fontScheme>"
            + "<a:fmtScheme name=\"\(name)\"><a:fillStyleLst>\(three(fill))</a:fillStyleLst><a:lnStyleLst>\(lines)"
            + "</a:lnStyleLst><a:effectStyleLst>\(three(effect))</a:effectStyleLst><a:bgFillStyleLst>\(three(fill))"
            + "</a:bgFillStyleLst></a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    }

    /// Which of the theme's colours are paper and ink.
    static func colorMap(_ theme: Theme) -> String {
        let (paper, ink) = theme.mode == .light ? ("lt", "dk") : ("dk", "lt")
        return "<p:clrMap bg1=\"\(paper)1\" tx1=\"\(ink)1\" bg2=\"\(paper)2\" tx2=\"\(ink)2\" accent1=\"accent1\" "
            + "accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" "
            + "hlink=\"hlink\" folHlink=\"folHlink\"/>"
    }
}
