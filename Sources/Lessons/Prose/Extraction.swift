import Wording

/// Takes what is not Markdown out of a chapter before CommonMark sees it: formulas, placeholders, quoted figures
/// and escaped marks. Each leaves a token of two private characters and a number, which CommonMark keeps as a letter.
struct Extraction {
    enum Piece: Hashable {
        case formula(String, isDisplayed: Bool)
        case placeholder(Placeholder)
        case quoted(String)
        /// Words, and the name of the fact that they state.
        case fact(String, String)
        /// A mark written with a backslash.
        case mark(Character)
    }

    private(set) var text = ""
    private(set) var pieces: [Piece] = []
    /// The line of the file that each line of `text` began on, counted from one.
    private(set) var lines: [Int]

    static let open: Character = "\u{E000}"
    static let close: Character = "\u{E001}"

    private let source: [Character]
    private var index = 0
    private var line: Int
    private let file: String
    private let context: QueryContext

    init(_ source: String, file: String, firstLine: Int, context: QueryContext) throws {
        line = firstLine
        lines = [firstLine]
        self.source = Array(source.replacing("\r\n", with: "\n"))
        self.file = file
        self.context = context
        while index < self.source.count { try step() }
    }

    private var place: Place { Place(file: file, line: line) }

    private mutating func step() throws {
        let character = source[index]
        if starts(with: "```"), isLineStart {
            copyFence()
        } else if character == "`" {
            copyCode()
        } else if character == "\\", index + 1 < source.count, "*_${[\\".contains(source[index + 1]) {
            put(.mark(source[index + 1]))
            index += 2
        } else if character == "$" {
            let mark = starts(with: "$$") ? "$$" : "$"
            put(.formula(try body(until: mark, problem: .unclosedMath, opening: mark), isDisplayed: mark == "$$"))
        } else if starts(with: "{{") {
            let start = place
            let query = try body(until: "}}", problem: .unclosedPlaceholder, opening: "{{")
            put(.placeholder(try QueryParser(place: start, context: context).placeholder(query)))
        } else if character == "[", let (quotation, end) = quotedFigure {
            put(.quoted(quotation))
            index = end
        } else if character == "[", let (words, name, end) = statedFact {
            try check(words, states: name)
            put(.fact(words, name))
            index = end
        } else if let marker = ["{quoted}", "{fact:"].first(where: starts) {
            throw place.error(.unclosedMarker, ["found": Phrase(marker)])
        } else {
            copy()
        }
    }

    private var isLineStart: Bool {
        var back = index - 1
        while back >= 0, source[back] == " " { back -= 1 }
        return back < 0 || source[back] == "\n"
    }

    private func starts(with mark: String) -> Bool {
        source[index...].starts(with: mark)
    }

    private mutating func copy() {
        let character = source[index]
        text.append(character)
        index += 1
        if character == "\n" {
            line += 1
            lines.append(line)
        }
    }

    private mutating func put(_ piece: Piece) {
        text.append(Self.open)
        text += String(pieces.count)
        text.append(Self.close)
        pieces.append(piece)
    }

    /// A fenced block, up to and with its closing line.
    private mutating func copyFence() {
        while index < source.count, source[index] != "\n" { copy() }
        while index < source.count {
            copy()
            if isLineStart, index < source.count, starts(with: "```") {
                for _ in 0..<3 { copy() }
                return
            }
        }
    }

    /// A code span: as many back-quotes close it as opened it. Without a close they are literal.
    private mutating func copyCode() {
        var fence = 0
        while index < source.count, source[index] == "`" {
            copy()
            fence += 1
        }
        var probe = index
        while probe < source.count {
            var run = 0
            while probe < source.count, source[probe] == "`" {
                run += 1
                probe += 1
            }
            if run == fence {
                while index < probe { copy() }
                return
            }
            if run == 0 { probe += 1 }
        }
    }

    /// The text from after the opening mark to before the closing one; an empty line ends the hope of one.
    private mutating func body(until closing: String, problem: LessonProblem, opening: String) throws -> String {
        let start = place
        index += opening.count
        var body = ""
        while index < source.count, !starts(with: closing) {
            if source[index] == "\n" {
                if index + 1 < source.count, source[index + 1] == "\n" { break }
                line += 1
            }
            body.append(source[index])
            index += 1
        }
        guard index < source.count, starts(with: closing), !body.allSatisfy(\.isWhitespace) else {
            throw start.error(problem, ["found": Phrase(opening)])
        }
        index += closing.count
        return String(body.trimmingWhitespace)
    }

    /// `[97%]{quoted}` at the index: the words in the brackets, and the index after it.
    private var quotedFigure: (String, Int)? {
        guard let end = bracketEnd, source[end...].starts(with: "{quoted}") else { return nil }
        return (String(source[(index + 1)..<(end - 1)]), end + "{quoted}".count)
    }

    /// `[1957]{fact:perceptron}` at the index.
    private var statedFact: (words: String, name: String, end: Int)? {
        guard let end = bracketEnd, source[end...].starts(with: "{fact:") else { return nil }
        let start = end + "{fact:".count
        guard let close = source[start...].firstIndex(of: "}") else { return nil }
        return (String(source[(index + 1)..<(end - 1)]), String(source[start..<close]), close + 1)
    }

    /// The index after the bracket that closes the one at the index, on the same line.
    private var bracketEnd: Int? {
        var probe = index + 1
        while probe < source.count, source[probe] != "]", source[probe] != "[", source[probe] != "\n" { probe += 1 }
        return probe < source.count && source[probe] == "]" ? probe + 1 : nil
    }

    private func check(_ words: String, states name: String) throws {
        guard let value = context.facts[name] else {
            throw place.error(
                .unknownFact,
                ["found": Phrase(name), "expected": Phrase(context.facts.keys.sorted().joined(separator: ", "))])
        }
        guard words.contains(value) else {
            throw place.error(.factDiffers, ["found": Phrase(words), "expected": Phrase(value)])
        }
    }
}

extension StringProtocol {
    var trimmingWhitespace: SubSequence {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }
}

extension Extraction {
    enum Part {
        case literal(String)
        case piece(Piece)
    }

    /// Cuts a text of CommonMark's tree at the tokens that were left in it.
    func split(_ text: String) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: Self.open), let end = rest[start...].firstIndex(of: Self.close) {
            if start > rest.startIndex { parts.append(.literal(String(rest[..<start]))) }
            if let number = Int(rest[rest.index(after: start)..<end]), pieces.indices.contains(number) {
                parts.append(.piece(pieces[number]))
            }
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        return parts
    }

    func pieces(in text: String) -> [Piece] {
        split(text).compactMap { if case .piece(let piece) = $0 { piece } else { nil } }
    }

    /// A text for a message, with an ellipsis for what was taken out.
    func readable(_ text: some StringProtocol) -> String {
        split(String(text)).map { if case .literal(let words) = $0 { words } else { "…" } }.joined()
    }
}
