import Drawing
import Reading
import Tokenizers
import Wording

/// Tokens side by side, each over its number and its bytes; lines begin anew where the width ends, and each line says
/// at its left what its rows are.
struct TokenLines: Mark {
    struct Token: Sendable {
        var label: TokenLabel
        var id: Int
        var bytes: [UInt8]
        var tag: Tag
    }

    enum Slot: Sendable {
        case token(Token)
        /// How many are left out here.
        case gap(Int)
    }

    var slots: [Slot]
    /// The size of the tokens' letters; everything else follows from it.
    var size: Double
    /// Whether all tokens stand on one line, however wide.
    var isOneLine = false

    /// Bytes on one line under a token.
    private static let mostBytes = 4

    enum RowWords: PhraseTable {
        case tokens, ids, bytes

        var phrase: Phrase {
            switch self {
            case .tokens: Phrase(en: "tokens", zh: "词元")
            case .ids: Phrase(en: "ids", zh: "编号")
            case .bytes: Phrase(en: "bytes", zh: "字节")
            }
        }
    }

    private struct Measures {
        var widths: [Double]
        var lines: [Range<Int>]
        var left: Double
        var spacing: Double
        var chip: Double
        var arrow: Double
        var number: Double
        /// The height of one line of bytes, and how many lines there are at most.
        var byte: Double
        var byteLines: Int
        /// Between lines.
        var gap: Double

        var lineHeight: Double { chip + arrow + number + (byteLines > 0 ? 10 + byte * Double(byteLines) : 0) }
        func width(_ line: Range<Int>) -> Double {
            widths[line].reduce(left + Double(max(0, line.count - 1)) * spacing, +)
        }
    }

    private var chipFont: Font { Font(size: size) }
    private var idFont: Font { Font(.mono, size: max(Font.leastSize, size * 0.72), weight: .semibold) }
    private var byteFont: Font { Font(.mono, size: max(Font.leastSize, min(20, size * 0.5))) }
    private var rowFont: Font { Font(size: max(Font.leastSize, min(20, size * 0.55))) }

    /// Lines of bytes under a token; of more the first and the last are drawn.
    private static let mostLines = 8

    private func words(_ bytes: [UInt8]) -> [String] {
        let lines = ByteLines(bytes, most: Self.mostBytes).lines
        return Elision(lines.count, most: Self.mostLines).slots.map { slot in
            guard case .shown(let line) = slot else { return "⋯" }
            return lines[line].map { String(ByteText.hexadecimal([$0]).dropFirst().dropLast()) }.joined(separator: " ")
        }
    }

    private func chip(_ token: Token) -> Chip {
        Chip(token.label, tint: .role(.token)).font(chipFont).tagged(token.tag)
    }

    private func measure(_ space: Space) -> Measures {
        let widths = slots.map { slot -> Double in
            switch slot {
            case .gap(let count): ElisionMark(count: count).size(in: space).width
            case .token(let token):
                max(
                    chip(token).size(in: space).width, space.width(of: String(token.id), idFont),
                    words(token.bytes).map { space.width(of: $0, byteFont) }.max() ?? 0)
            }
        }
        let left = beside(space)
        let byteLines = slots.reduce(0) { most, slot in
            if case .token(let token) = slot { max(most, words(token.bytes).count) } else { most }
        }
        let spacing = size * 0.5
        var measures = Measures(
            widths: widths,
            lines: lines(widths, spacing: spacing, width: isOneLine ? .infinity : max(1, space.width - left)),
            left: left,
            spacing: spacing, chip: size * 1.9, arrow: max(24, size * 0.95), number: idFont.size * 1.25,
            byte: byteFont.size * 1.3, byteLines: byteLines, gap: max(18, size * 0.8))
        spread(&measures, space.density.stretch)
        return measures
    }

    /// What a page leaves beside the tokens goes between them, what it leaves below into the arrows and between lines.
    private func spread(_ measures: inout Measures, _ spread: Size) {
        let widest = measures.lines.max { measures.width($0) < measures.width($1) } ?? 0..<0
        if widest.count > 1, spread.width > 1 {
            let more = measures.width(widest) * (spread.width - 1) / Double(widest.count - 1)
            measures.spacing += min(size * 4, more)
        }
        guard spread.height > 1 else { return }
        let more = measures.lineHeight * (spread.height - 1)
        measures.arrow += min(size * 1.2, more * 0.5)
        measures.gap += min(size * 2, more * 0.5)
    }

    /// How much the words beside the rows take.
    func beside(_ space: Space) -> Double {
        (RowWords.allCases.map { space.width(of: space.text($0.phrase), rowFont) }.max() ?? 0) + size
    }

    /// Lines about equally long; parts of one character stay together.
    private func lines(_ widths: [Double], spacing: Double, width: Double) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        for index in widths.indices {
            if let last = groups.last, isInside(index) {
                groups[groups.count - 1] = last.lowerBound..<index + 1
            } else {
                groups.append(index..<index + 1)
            }
        }
        let whole = groups.map { group in
            widths[group].reduce(0, +) + Double(group.count - 1) * spacing
        }
        // A character of more parts than fit is broken like any other text.
        guard whole.allSatisfy({ $0 <= width }) else { return Flow.broken(widths, spacing: spacing, width: width) }
        return Flow.balanced(whole, spacing: spacing, width: width).map { line in
            groups[line.lowerBound].lowerBound..<groups[line.upperBound - 1].upperBound
        }
    }

    /// Whether a token begins inside a character.
    private func isInside(_ index: Int) -> Bool {
        guard case .token(let token) = slots[index], let first = token.bytes.first else { return false }
        return ByteLines.isContinuation(first)
    }

    func extent(in space: Space) -> Extent {
        let measures = measure(space)
        let count = Double(measures.lines.count)
        return Extent(
            measures.lines.map(measures.width).max() ?? 0,
            count * measures.lineHeight + max(0, count - 1) * measures.gap)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let measures = measure(space.with(width: rect.width + 0.01))
        let whole = measures.lines.map(measures.width).max() ?? 0
        var y = rect.minY
        for line in measures.lines {
            var x = rect.minX + (rect.width - whole) / 2
            paintWords(at: Point(x, y), measures, space, &canvas)
            x += measures.left
            for index in line {
                let column = Rect(x, y, measures.widths[index], measures.lineHeight)
                switch slots[index] {
                case .gap(let count):
                    ElisionMark(count: count).place(
                        in: Rect(x, y, column.width, measures.chip), space, onto: &canvas)
                case .token(let token): paint(token, in: column, measures, space, &canvas)
                }
                x += measures.widths[index] + measures.spacing
            }
            y += measures.lineHeight + measures.gap
        }
    }

    private func numberY(_ measures: Measures) -> Double { measures.chip + measures.arrow + measures.number / 2 }
    private func byteY(_ measures: Measures) -> Double {
        measures.chip + measures.arrow + measures.number + 10 + measures.byte / 2
    }

    private func paintWords(at origin: Point, _ measures: Measures, _ space: Space, _ canvas: inout Canvas) {
        var rows: [(RowWords, Double)] = [(.tokens, measures.chip / 2), (.ids, numberY(measures))]
        if measures.byteLines > 0 { rows.append((.bytes, byteY(measures))) }
        for (words, offset) in rows {
            canvas.text(
                space.text(words.phrase), at: Point(origin.x, origin.y + offset), rowFont, space.theme.muted, .leading,
                in: space)
        }
    }

    private func paint(
        _ token: Token, in rect: Rect, _ measures: Measures, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let chip = chip(token)
        let size = chip.size(in: space)
        chip.place(
            in: Rect(rect.midX - size.width / 2, rect.minY, size.width, measures.chip), space, onto: &canvas)
        let top = rect.minY + measures.chip
        canvas.arrow(
            Point(rect.midX, top + 4), Point(rect.midX, top + measures.arrow - 3), Stroke(theme.muted, width: 1.75),
            head: 9)
        canvas.text(
            String(token.id), at: Point(rect.midX, rect.minY + numberY(measures)), idFont, theme.accent(.token),
            tag: token.tag, in: space)
        for (line, words) in words(token.bytes).enumerated() {
            canvas.text(
                words, at: Point(rect.midX, rect.minY + byteY(measures) + Double(line) * measures.byte), byteFont,
                theme.muted, in: space)
        }
        canvas.hotSpot(rect, "\(token.label.whole): \(token.id)", value: String(token.id), tag: token.tag)
    }
}
