import Platform
import Wording

/// Breaks coloured runs into lines: at spaces, and between Chinese characters, but never before a closing mark such as
/// `，` or after an opening one such as `（` (the rules of GB/T 15834 and JLREQ that a reader would notice).
package struct LineBreaker {
    struct Piece {
        var string: String
        var font: Font
        var tint: Tint
        var metrics = TextMetrics(
            width: 0, ascent: 0, descent: 0, inkAscent: 0, inkDescent: 0, inkLeft: 0, inkRight: 0)

        init(_ string: String, _ font: Font, _ tint: Tint) {
            self.string = string
            self.font = font
            self.tint = tint
        }
    }

    struct Line {
        var pieces: [Piece]
        var width: Double { pieces.reduce(0) { $0 + $1.metrics.width } }
        var ascent: Double { pieces.map { $0.metrics.ascent }.max() ?? 0 }
        var descent: Double { pieces.map { $0.metrics.descent }.max() ?? 0 }
        var height: Double { ascent + descent }
    }

    var pieces: [Piece]
    var measurer: AnyTextMeasurer

    func lines(width: Double) -> [Line] {
        let whole = measured(pieces)
        let hasNewline = pieces.contains { $0.string.contains("\n") }
        if !hasNewline, whole.width <= width { return [whole] }
        var lines: [Line] = []
        var current: [Piece] = []
        for word in words().flatMap({ parts(of: $0, width: width) }) {
            if word.count == 1, word[0].string == "\n" {
                lines.append(measured(current))
                current = []
                continue
            }
            let longer = current + word
            if !current.isEmpty, measured(trimmed(longer)).width > width {
                lines.append(measured(trimmed(current)))
                current = word
            } else {
                current = longer
            }
        }
        lines.append(measured(trimmed(current)))
        return lines
    }

    /// Only words longer than this are ever broken within.
    private static let longestWord = 24

    /// A word that no line of this width holds, cut where it must be; every other word as it is.
    private func parts(of word: [Piece], width: Double) -> [[Piece]] {
        let whole = measured(word).width
        guard whole > width, width > 0, word.reduce(0, { $0 + $1.string.count }) > Self.longestWord else {
            return [word]
        }
        var parts: [[Piece]] = []
        for piece in word {
            var rest = piece.string[...]
            let pitch = max(1, measured([piece]).width / Double(max(1, rest.count)))
            while !rest.isEmpty {
                var count = max(1, Int(clamping: min(width / pitch, Double(rest.count))))
                var part = Piece(String(rest.prefix(count)), piece.font, piece.tint)
                while count > 1, measured([part]).width > width {
                    count = count * 9 / 10
                    part.string = String(rest.prefix(count))
                }
                parts.append([part])
                rest = rest.dropFirst(count)
            }
        }
        return parts
    }

    /// The shortest pieces that must stay together; a break is allowed after each.
    private func words() -> [[Piece]] {
        var words: [[Piece]] = []
        var word: [Piece] = []
        var last: Character?
        for piece in pieces {
            var text = ""
            func flush() {
                if !text.isEmpty { word.append(Piece(text, piece.font, piece.tint)) }
                text = ""
            }
            for character in piece.string {
                if character == "\n" {
                    flush()
                    if !word.isEmpty { words.append(word) }
                    words.append([Piece("\n", piece.font, piece.tint)])
                    word = []
                    last = nil
                    continue
                }
                if let last, LineBreaker.mayBreak(between: last, and: character) {
                    flush()
                    if !word.isEmpty { words.append(word) }
                    word = []
                }
                text.append(character)
                last = character
            }
            flush()
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// Whether a line may end between two characters.
    package static func mayBreak(between left: Character, and right: Character) -> Bool {
        if right == " " { return false }
        if left == " " { return true }
        if left == "\u{A0}" || right == "\u{A0}" { return false }
        let wide = isWide(left) || isWide(right)
        return wide && !closing.contains(right) && !opening.contains(left)
    }

    private static func isWide(_ character: Character) -> Bool {
        character.unicodeScalars.first?.isWide ?? false
    }

    private static let closing: Set<Character> = [
        "，", "。", "、", "；", "：", "！", "？", "）", "】", "》", "〉", "」", "』", "”", "’", "…", "—", "·", "%", ",", ".", ";",
        ":", "!", "?", ")", "]", "}", "‰", "°", "×",
    ]
    private static let opening: Set<Character> = ["（", "【", "《", "〈", "「", "『", "“", "‘", "(", "[", "{", "—", "…"]

    private func trimmed(_ pieces: [Piece]) -> [Piece] {
        guard var last = pieces.last else { return pieces }
        while last.string.last == " " { last.string.removeLast() }
        return pieces.dropLast() + (last.string.isEmpty ? [] : [last])
    }

    /// Joins neighbours of one font and colour, and measures what is left.
    private func measured(_ pieces: [Piece]) -> Line {
        var joined: [Piece] = []
        for piece in pieces where !piece.string.isEmpty {
            if let last = joined.last, last.font == piece.font, last.tint == piece.tint {
                joined[joined.count - 1].string += piece.string
            } else {
                joined.append(piece)
            }
        }
        for index in joined.indices {
            joined[index].metrics = measurer.metrics(of: joined[index].string, in: joined[index].font)
        }
        if joined.isEmpty, let first = pieces.first ?? self.pieces.first {
            var blank = Piece("", first.font, first.tint)
            blank.metrics = measurer.metrics(of: "", in: first.font)
            joined = [blank]
        }
        return Line(pieces: joined)
    }
}
