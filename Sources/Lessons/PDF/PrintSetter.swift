import Drawing
import Rendering
import Wording

/// Turns runs of text into bands of a column.
struct PrintSetter: Sendable {
    let style: PrintStyle
    var width = PrintStyle.width
    /// Words that the index looks for.
    var words: [String] = []

    func narrowed(by indent: Double) -> PrintSetter {
        PrintSetter(style: style, width: width - indent, words: words)
    }

    /// The same, for what the index does not look at.
    func plainWords() -> PrintSetter { PrintSetter(style: style, width: width) }

    /// A paragraph. No line of it stands alone at the foot or the head of a page.
    func paragraph(
        _ runs: [PrintRun], _ kind: PrintStyle.Kind, alignment: PrintParagraph.Alignment = .justified,
        before: Double = 0
    ) -> [PrintBand] {
        let runs = runs.joined(apart: !style.isChinese)
        let lines = PrintParagraph(runs: runs, measurer: style.measurer, alignment: alignment).lines(width: width)
        var bands = lines.map { band($0, kind) }.told(as: .paragraph).before(before)
        for index in bands.indices where index == 0 || index == bands.count - 2 {
            bands[index].keepsNext = index < bands.count - 1
        }
        return bands
    }

    /// Letters stand where the leading puts them; what is taller pushes the line down.
    private func band(_ line: PrintLine, _ kind: PrintStyle.Kind) -> PrintBand {
        let (up, down) = (kind.leading * 0.72, kind.leading * 0.28)
        let (ascent, descent) = (max(up, line.ascent), max(down, line.descent))
        var band = PrintBand(height: ascent + descent)
        band.pieces = [PDFDocument.Piece(line.items, Zoom(1, offset: Point(0, ascent)), role: .paragraph)]
        band.terms =
            line.terms.map { PrintBand.Term(name: $0, kind: .introduced) }
            + mentioned(in: line.text).map { PrintBand.Term(name: $0, kind: .mentioned) }
        return band
    }

    /// Whole words, in the singular or with an s; a word over two lines is not seen.
    private func mentioned(in line: String) -> [String] {
        guard !words.isEmpty else { return [] }
        let text = line.lowercased()
        return words.filter { word in
            text.ranges(of: word).contains { range in
                let before = range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : " "
                var after = text[range.upperBound...]
                if after.first == "s" { after = after.dropFirst() }
                let isWhole = { (character: Character) in character.isHan || !character.isLetter }
                return isWhole(before) && (after.first.map(isWhole) ?? true)
            }
        }
    }

    func plain(
        _ text: String, _ kind: PrintStyle.Kind, alignment: PrintParagraph.Alignment = .left, before: Double = 0,
        link: String? = nil
    ) -> [PrintBand] {
        let run = PrintRun(content: .text(text), font: kind.font, color: kind.color, link: link)
        return paragraph([run], kind, alignment: alignment, before: before)
    }

    /// One line, cut off where it is too long.
    func single(_ text: String, _ font: Font, _ color: Color, at x: Double = 0) -> (item: Item, width: Double) {
        let shown = style.space.shortened(text, font, to: max(20, width - x))
        let metrics = style.measurer.metrics(of: shown, in: font)
        let line = TextLine(shown, font: font, color: color, origin: Point(x, 0), metrics: metrics)
        return (Item(.text(line)), metrics.width)
    }

    /// A formula, as large as letters of this size; as small as the column wants it.
    func formula(_ notation: String, size: Double) -> Formula.Box? {
        guard let formula = try? Formula(parsing: notation) else { return nil }
        let box = formula.box(size: PrintStyle.formulaSize, style.space)
        var factor = size / PrintStyle.formulaSize
        if box.width * factor > width, box.width > 0 { factor = width / box.width }
        let zoom = Zoom(factor)
        return Formula.Box(
            width: box.width * factor, ascent: box.ascent * factor, descent: box.descent * factor,
            items: box.items.map { zoom($0) })
    }
}
