import Wording

/// What an EPUB says of itself: its container, its package, its table of contents and its style.
struct EPUBPackage<Source: FigureSource> {
    let course: Course
    let language: Language
    let chapters: [ElectronicBook<Source>.Part]
    let answers: [ElectronicBook<Source>.Part]

    private var title: String { course.title[language].shownInLine }

    /// By their names in the archive.
    func files(_ parts: [ElectronicBook<Source>.Part]) -> [(String, String)] {
        [
            (
                "META-INF/container.xml",
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>\
                <rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>

                """
            ),
            ("OEBPS/book.opf", package(parts)), ("OEBPS/nav.xhtml", contents), ("OEBPS/book.css", Self.style),
        ]
    }

    private func package(_ parts: [ElectronicBook<Source>.Part]) -> String {
        let items = parts.map { part in
            let properties = part.properties.map { " properties=\"\($0)\"" } ?? ""
            return
                "<item id=\"\(part.id)\" href=\"\(part.name.escaped)\" media-type=\"\(part.media)\"\(properties)/>"
        }
        let order = (chapters + answers).map { "<itemref idref=\"\($0.id)\"/>" }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" \
            xml:lang="\(language.rawValue)">
            <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
            <dc:identifier id="id">urn:glassformer:course:\(language.rawValue)</dc:identifier>
            <dc:title>\(title.escaped)</dc:title><dc:language>\(language.rawValue)</dc:language>
            <dc:creator>Glassformer</dc:creator><dc:rights>MIT</dc:rights>
            <meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
            <meta property="schema:accessMode">textual</meta><meta property="schema:accessMode">visual</meta>
            <meta property="schema:accessibilityFeature">alternativeText</meta>
            <meta property="schema:accessibilityFeature">MathML</meta>
            <meta property="schema:accessibilityHazard">none</meta>
            </metadata>
            <manifest>
            <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
            <item id="style" href="book.css" media-type="text/css"/>
            \(items.joined(separator: "\n"))
            </manifest>
            <spine><itemref idref="nav"/>\(order.joined())</spine>
            </package>

            """
    }

    private var contents: String {
        func line(_ part: ElectronicBook<Source>.Part) -> String {
            "<li><a href=\"\(part.name.escaped)\">\((part.title ?? part.name).escaped)</a></li>"
        }
        let parts = course.parts.compactMap { part -> String? in
            let own = chapters.filter { $0.chapter?.part == part.number }
            guard !own.isEmpty else { return nil }
            return "<li><span>\(part.title[language].escaped)</span><ol>\(own.map(line).joined())</ol></li>"
        }
        let keys =
            "<li><span>\(BookWords.answers[language].escaped)</span><ol>\(answers.map(line).joined())</ol></li>"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
            xml:lang="\(language.rawValue)" lang="\(language.rawValue)">
            <head><title>\(title.escaped)</title><link rel="stylesheet" type="text/css" href="book.css"/></head>
            <body><nav epub:type="toc"><h1>\(title.escaped)</h1><ol>\(parts.joined())\(keys)</ol></nav></body>
            </html>

            """
    }

    private static var style: String {
        """
        body { line-height: 1.5; }
        figure { margin: 1em 0; break-inside: avoid; }
        figure img { width: 100%; height: auto; }
        figcaption, .command, .goal, .facts, .kicker { font-size: 0.9em; }
        .kicker { font-weight: bold; margin-bottom: 0; }
        table { border-collapse: collapse; margin: 0.8em 0; }
        th, td { padding: 0.2em 0.6em; border-bottom: 1px solid #bbb; text-align: start; }
        .quoted { text-decoration: underline dotted; }
        aside { margin: 1em 0; padding-left: 1em; border-left: 3px solid #888; }
        .formula { text-align: center; margin: 0.8em 0; }
        .choices { list-style-type: upper-alpha; }
        code { font-family: monospace; }

        """
    }
}
