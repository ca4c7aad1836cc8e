import Wording

/// Text for a terminal: styled with ANSI escapes or not at all, wrapped at a width in columns.
struct TerminalText {
    enum Style: String {
        case plain = ""
        case bold = "1"
        case dim = "2"
        case italic = "3"
        case sample = "36"
        case number = "33"
        case title = "1;34"
    }

    let isStyled: Bool
    let width: Int
    private(set) var lines: [String] = []

    init(isStyled: Bool, width: Int) {
        self.isStyled = isStyled
        self.width = max(20, width)
    }

    typealias Span = (text: String, style: Style)

    var text: String { lines.joined(separator: "\n") + "\n" }

    mutating func blank() {
        if lines.last?.isEmpty == false { lines.append("") }
    }

    /// One line, never wrapped.
    mutating func line(_ spans: [Span], indent: Int = 0) {
        lines.append(joined([(String(repeating: " ", count: indent), .plain)] + spans))
    }

    /// A paragraph wrapped between the margins; `first` stands before its first line, spaces before the others.
    mutating func paragraph(_ spans: [Span], first: String = "", indent: Int = 0) {
        var line: [Span] = [(String(repeating: " ", count: indent) + first, .plain)]
        let hanging = indent + first.columns
        var column = hanging
        // A space is written only once something follows it on the line.
        var space: Piece?
        for piece in Self.pieces(spans.map { ($0.text.shown, $0.style) }) {
            if piece.text == " " {
                if column > hanging { space = piece }
                continue
            }
            let columns = piece.text.columns
            if column + columns + (space == nil ? 0 : 1) > width, column > hanging, !piece.sticks {
                self.line(line)
                line = [(String(repeating: " ", count: hanging), .plain)]
                column = hanging
                space = nil
            }
            if let waiting = space {
                line.append((waiting.text, waiting.style))
                column += 1
                space = nil
            }
            line.append((piece.text, piece.style))
            column += columns
        }
        self.line(line)
    }

    /// Spans of one style share one pair of escapes.
    private func joined(_ spans: [Span]) -> String {
        let spans = spans.map { (text: $0.text.shownInLine, style: $0.style) }
        guard isStyled else { return spans.map(\.text).joined() }
        var result = ""
        var style = Style.plain
        for span in spans where !span.text.isEmpty {
            if span.style != style {
                if style != .plain { result += "\u{1B}[0m" }
                if span.style != .plain { result += "\u{1B}[\(span.style.rawValue)m" }
                style = span.style
            }
            result += span.text
        }
        return style == .plain ? result : result + "\u{1B}[0m"
    }

    /// A piece that a line is never broken inside; `sticks` to the one before where a break would look wrong.
    private struct Piece {
        var text: String
        var style: Style
        var sticks: Bool
    }

    /// Words, spaces, and single Chinese characters with the punctuation that follows them.
    private static func pieces(_ spans: [Span]) -> [Piece] {
        var pieces: [Piece] = []
        for span in spans {
            var word = ""
            func flush() {
                if !word.isEmpty { pieces.append(Piece(text: word, style: span.style, sticks: false)) }
                word = ""
            }
            for character in span.text {
                if character == " " || character == "\n" {
                    flush()
                    pieces.append(Piece(text: " ", style: span.style, sticks: false))
                } else if character.isFullWidthPunctuation {
                    flush()
                    let opens = "“‘（《〈「『【".contains(character)
                    pieces.append(Piece(text: String(character), style: span.style, sticks: !opens))
                } else if character.isHan {
                    flush()
                    pieces.append(Piece(text: String(character), style: span.style, sticks: false))
                } else {
                    word.append(character)
                }
            }
            flush()
        }
        return pieces
    }
}

extension StringProtocol {
    /// The columns that a terminal gives the text: two for each wide character.
    var columns: Int { reduce(0) { $0 + ($1.unicodeScalars.first?.isWide ?? false ? 2 : 1) } }
}
