import Drawing
import Rendering
import Wording

/// Sets a chapter's blocks as bands.
struct PrintProse: Sendable {
    var text: PrintText
    /// What the text is set in.
    var kind: PrintStyle.Kind

    private var setter: PrintSetter { text.setter }
    private var style: PrintStyle { setter.style }
    private var gap: Double { kind.leading * 0.46 }

    init(_ text: PrintText, _ kind: PrintStyle.Kind) {
        self.text = text
        self.kind = kind
    }

    private func narrowed(by indent: Double, _ kind: PrintStyle.Kind? = nil) -> PrintProse {
        PrintProse(text.narrowed(by: indent), kind ?? self.kind)
    }

    func blocks(_ blocks: [Block], before: Double? = nil) -> [PrintBand] {
        blocks.enumerated().flatMap { index, block -> [PrintBand] in
            let bands = self.block(block).before(index == 0 ? before ?? 0 : gap)
            // What a formula or a listing says is introduced by the line above it.
            guard index + 1 < blocks.count, blocks[index + 1].isShown, var last = bands.last else { return bands }
            last.keepsNext = true
            return bands.dropLast() + [last]
        }
    }

    private func block(_ block: Block) -> [PrintBand] {
        switch block {
        case .paragraph(let words): return setter.paragraph(text.runs(words, kind), kind)
        case .list(let start, let items): return list(start, items)
        case .code(let lines): return code(lines)
        case .askedCode(let template), .askedFormula(let template): return code(template.source)
        case .formula(let notation): return formula(notation)
        case .table(let table): return PrintTable(text: text, kind: style.small).bands(table)
        case .callout(let callout, let inner): return aside(callout, inner)
        case .footnote(let number, let inner):
            return marked("\(number)", narrowed(by: 16, style.small).blocks(inner), style.small)
        }
    }

    // MARK: Lists

    private func list(_ start: Int?, _ items: [[Block]]) -> [PrintBand] {
        let indent = style.isChinese ? 20.0 : 16
        return items.enumerated().flatMap { index, item -> [PrintBand] in
            let mark = start.map { "\($0 + index)." } ?? "•"
            return marked(mark, narrowed(by: indent).blocks(item), kind, indent: indent)
                .before(index == 0 ? 0 : gap * 0.55)
        }.joined
    }

    /// With a mark before the first line: a list of one.
    func marked(
        _ mark: String, _ bands: [PrintBand], _ kind: PrintStyle.Kind, indent: Double = 16
    ) -> [PrintBand] {
        var bands = bands.map { $0.moved(indent) }.within(.body)
        guard let baseline = bands.first?.pieces.first?.zoom.offset.y else { return bands }
        let item = setter.single(mark, kind.font, kind.color).item
        bands[0].pieces.insert(PDFDocument.Piece([item], Zoom(1, offset: Point(0, baseline)), role: .label), at: 0)
        return bands.within(.item).within(.list)
    }

    // MARK: What is set apart

    private func formula(_ notation: String) -> [PrintBand] {
        guard let box = setter.formula(notation, size: kind.font.size * 1.24) else { return code(notation) }
        var band = PrintBand(height: box.height + 8)
        let x = max(0, (setter.width - box.width) / 2)
        band.pieces = [
            PDFDocument.Piece(box.items, Zoom(1, offset: Point(x, box.ascent + 4)), role: .formula(notation))
        ]
        return [band]
    }

    func code(_ lines: String) -> [PrintBand] {
        let code = style.code
        let inner = setter.narrowed(by: 16)
        let rows = lines.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [PrintBand] in
            // The indent of a line is kept, and where it goes on is further in.
            let run = PrintRun(
                content: .text(line.isEmpty ? " " : String(line).replacing("  ", with: "\u{A0}\u{A0}")),
                font: code.font,
                color: code.color)
            return inner.paragraph([run], code, alignment: .left)
        }
        var bands = rows.map { $0.moved(8) }.told(as: .code).within(.paragraph)
        for index in bands.indices {
            let (top, bottom) = (index == 0 ? 5.0 : 0, index == bands.count - 1 ? 5.0 : 0)
            for piece in bands[index].pieces.indices { bands[index].pieces[piece].zoom.offset.y += top }
            bands[index].height += top + bottom
            let ground = Rect(0, 0, setter.width, bands[index].height + (bottom == 0 ? 0.3 : 0))
            bands[index].pieces.insert(
                PDFDocument.Piece(
                    [Item(.path(.rectangle(ground), fill: PrintStyle.theme.panel, stroke: nil))], Zoom(1)), at: 0)
        }
        return bands.count <= 24 ? bands.together : bands
    }

    /// An aside: a rule at its left, and its name.
    private func aside(_ callout: Callout, _ inner: [Block]) -> [PrintBand] {
        let indent = 14.0
        let narrow = narrowed(by: indent, style.small)
        let tint = callout == .document ? PrintStyle.theme.accent(.residual) : PrintStyle.theme.accent(.embedding)
        let font = style.label.font
        let label = narrow.setter.plain(
            callout.label[style.language], PrintStyle.Kind(font: font, leading: style.label.leading, color: tint))
        var bands = (label.leading + narrow.blocks(inner, before: 1)).map { $0.moved(indent) }
        for index in bands.indices {
            let next = index + 1 < bands.count ? bands[index + 1].before : 0
            let rule = Rect(2, 0, 2, bands[index].height + next)
            bands[index].pieces.insert(
                PDFDocument.Piece([Item(.path(.rectangle(rule), fill: tint, stroke: nil))], Zoom(1)), at: 0)
        }
        return bands.count <= 10 ? bands.together : bands
    }
}

extension Block {
    /// Whether it shows what the words before it speak of.
    fileprivate var isShown: Bool {
        switch self {
        case .formula, .askedFormula, .code, .askedCode, .table, .list: true
        case .paragraph, .callout, .footnote: false
        }
    }
}
