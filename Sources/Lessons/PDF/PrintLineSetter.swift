import Drawing
import Wording

/// Places the words of one line: letters, the grounds and lines under them, and links around them.
struct PrintLineSetter {
    let runs: [PrintRun]
    let measurer: AnyTextMeasurer
    let words: [PrintWordCut.Word]

    /// What is painted in one go.
    private struct Chunk {
        var run: Int
        var string: String
        var width = 0.0
        /// How willingly the line is stretched after it.
        var give = 0.0
    }

    /// More than this between two words, in ems, and the line is better left short.
    private static let mostStretch = 0.6

    func line(width: Double, _ alignment: PrintParagraph.Alignment, isLast: Bool) -> PrintLine {
        var chunks = measured(chunks(apart: alignment == .justified))
        var natural = chunks.reduce(0) { $0 + $1.width }
        let give = chunks.reduce(0) { $0 + $1.give }
        let size = runs.map(\.font.size).max() ?? 10
        var stretch = 0.0
        let extra = width - natural
        if alignment == .justified, give > 0, !isLast && extra / give < Self.mostStretch * size || extra < 0 {
            stretch = extra / give
        } else {
            chunks = measured(self.chunks(apart: false))
            natural = chunks.reduce(0) { $0 + $1.width }
        }
        var x =
            switch alignment {
            case .justified, .left: 0.0
            case .center: max(0, (width - natural) / 2)
            case .right: max(0, width - natural)
            }
        var line = PrintLine(width: natural)
        var spans: [Span] = []
        for chunk in chunks {
            let run = runs[chunk.run]
            add(chunk, run, at: x, to: &line, &spans)
            x += chunk.width + chunk.give * stretch
        }
        line.width = stretch == 0 ? natural : width
        line.items = items(spans)
        line.text = chunks.map(\.string).joined()
        line.terms = spans.filter { runs[$0.run].isTerm }.map(\.text)
        return line
    }

    // MARK: Chunks

    /// - Parameter apart: whether words are placed on their own, so that the line can be stretched between them.
    private func chunks(apart: Bool) -> [Chunk] {
        var chunks: [Chunk] = []
        for (place, word) in words.enumerated() {
            let isLast = place == words.count - 1
            for (index, part) in word.parts.enumerated() {
                let endsWord = index == word.parts.count - 1
                let string = part.string + (endsWord && word.space > 0 && !isLast ? " " : "")
                // An opening mark is set by what stands before it.
                let joins = index > 0 || !apart || (word.opens && chunks.last?.give == Self.wide)
                if joins, let last = chunks.last, last.run == part.run, isText(part.run) {
                    chunks[chunks.count - 1].string += string
                } else {
                    chunks.append(Chunk(run: part.run, string: string))
                }
                chunks[chunks.count - 1].give =
                    !endsWord || isLast ? 0 : word.space > 0 ? 1 : word.endsWide ? Self.wide : 0
            }
        }
        return chunks
    }

    private static let wide = 0.3

    private func isText(_ run: Int) -> Bool { if case .text = runs[run].content { true } else { false } }

    private func measured(_ chunks: [Chunk]) -> [Chunk] {
        chunks.map { chunk in
            var chunk = chunk
            switch runs[chunk.run].content {
            case .text:
                chunk.width = measurer.metrics(of: chunk.string, in: runs[chunk.run].font).width
            case .box(let box):
                // The space after a formula.
                let space = chunk.string.isEmpty ? 0 : measurer.metrics(of: " ", in: runs[chunk.run].font).width
                chunk.width = box.width + space
            }
            return chunk
        }
    }

    // MARK: Items

    /// Neighbours of one run: one ground, one line, one link.
    private struct Span {
        var run: Int
        var left: Double
        var right: Double
        var items: [Item]
        var text: String
    }

    private func add(
        _ chunk: Chunk, _ run: PrintRun, at x: Double, to line: inout PrintLine, _ spans: inout [Span]
    ) {
        var items: [Item] = []
        var right = x + chunk.width
        switch run.content {
        case .text:
            let metrics = measurer.metrics(of: chunk.string, in: run.font)
            items = [
                Item(
                    .text(
                        TextLine(
                            chunk.string, font: run.font, color: run.color, origin: Point(x, -run.rise),
                            metrics: metrics)))
            ]
            line.ascent = max(line.ascent, metrics.ascent * 0.8 + run.rise)
            line.descent = max(line.descent, metrics.descent * 0.8 - run.rise)
            if chunk.string.last == " " { right -= measurer.metrics(of: " ", in: run.font).width }
        case .box(let box):
            items = box.items.map { Zoom(1, offset: Point(x, 0))($0) }
            line.ascent = max(line.ascent, box.ascent + 1)
            line.descent = max(line.descent, box.descent + 1)
        }
        if let last = spans.last, last.run == chunk.run {
            spans[spans.count - 1].right = right
            spans[spans.count - 1].items += items
            spans[spans.count - 1].text += chunk.string
        } else {
            spans.append(Span(run: chunk.run, left: x, right: right, items: items, text: chunk.string))
        }
    }

    private func items(_ spans: [Span]) -> [Item] {
        var grounds: [Item] = []
        var letters: [Item] = []
        for span in spans {
            let run = runs[span.run]
            let size = run.font.size
            switch run.mark {
            case .sample:
                let box = Rect(span.left - 1.4, -size * 0.92, span.right - span.left + 2.8, size * 1.22)
                grounds.append(Item(.path(.rounded(box, radius: 2), fill: PrintStyle.theme.panel, stroke: nil)))
            case .quoted:
                grounds.append(under(span, size, Stroke(PrintStyle.theme.muted, width: 0.7, dashes: [1, 1.4])))
            case .link:
                grounds.append(under(span, size, Stroke(PrintStyle.theme.muted, width: 0.35)))
            case nil: break
            }
            if let link = run.link { letters.append(Item(.link(link, span.items))) } else { letters += span.items }
        }
        return grounds + letters
    }

    private func under(_ span: Span, _ size: Double, _ stroke: Stroke) -> Item {
        var stroke = stroke
        stroke.isRound = false
        let path = Path.line(Point(span.left, size * 0.2), Point(span.right, size * 0.2))
        return Item(.path(path, fill: nil, stroke: stroke))
    }
}
