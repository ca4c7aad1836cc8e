import Wording

/// Reads the compact notation of the lessons, a small part of LaTeX: `\softmax\left(\frac{Q K^\top}{\sqrt{d}}\right) V`,
/// with `\role{query}{Q}` for colour, `\text{…}` for words, and Chinese characters as they are.
struct MathParser {
    private let characters: [Character]
    private let source: String
    private var position = 0

    static func parse(_ source: String) throws(DrawingError) -> MathNode {
        var parser = MathParser(characters: Array(source), source: source)
        let node = try parser.row(until: [])
        if parser.position < parser.characters.count {
            throw parser.problem(.unexpected(String(parser.characters[parser.position])))
        }
        return node
    }

    private init(characters: [Character], source: String) {
        self.characters = characters
        self.source = source
    }

    private func problem(_ problem: FormulaProblem) -> DrawingError {
        .badFormula(problem, formula: source, position: position)
    }

    private var current: Character? { position < characters.count ? characters[position] : nil }

    private mutating func skipBlanks() {
        while let character = current, character == " " || character == "\n" || character == "\t" { position += 1 }
    }

    private func peekCommand() -> String? {
        guard current == "\\", position + 1 < characters.count else { return nil }
        var end = position + 1
        while end < characters.count, characters[end].isASCII, characters[end].isLetter { end += 1 }
        return end == position + 1 ? String(characters[end]) : String(characters[(position + 1)..<end])
    }

    private mutating func takeCommand() -> String? {
        guard let name = peekCommand() else { return nil }
        position += 1 + name.count
        return name
    }

    /// Atoms with their scripts, up to one of the commands or characters in `ends` (which is left in place).
    private mutating func row(until ends: Set<String>) throws(DrawingError) -> MathNode {
        var nodes: [MathNode] = []
        while true {
            skipBlanks()
            guard let character = current else { break }
            if character == "}" || ends.contains(String(character)) { break }
            if let command = peekCommand(), ends.contains("\\" + command) { break }
            var node: MathNode = character == "^" || character == "_" ? .row([]) : try atom()
            node = try scripted(node)
            nodes.append(node)
        }
        return nodes.count == 1 ? nodes[0] : .row(nodes)
    }

    private mutating func scripted(_ base: MathNode) throws(DrawingError) -> MathNode {
        var sub: MathNode?
        var sup: MathNode?
        while true {
            skipBlanks()
            switch current {
            case "^":
                position += 1
                sup = try argument("^")
            case "_":
                position += 1
                sub = try argument("_")
            case "'":
                // h'' differs from h': primes add up.
                var primes = ""
                while current == "'" {
                    position += 1
                    primes += "′"
                }
                sup = .sign(primes, .ordinary)
            default:
                return sub == nil && sup == nil ? base : .scripts(base, sub: sub, sup: sup)
            }
        }
    }

    /// A group in braces, or one atom.
    private mutating func argument(_ after: String) throws(DrawingError) -> MathNode {
        skipBlanks()
        guard let character = current, character != "}" else { throw problem(.missing("{…} (\(after))")) }
        return try atom()
    }

    private mutating func atom() throws(DrawingError) -> MathNode {
        guard let character = current else { throw problem(.missing("{…}")) }
        if character == "{" {
            position += 1
            let body = try row(until: [])
            try take("}")
            return body
        }
        if character == "\\" { return try command() }
        if character.isASCII, character.isNumber {
            var text = ""
            while let digit = current,
                digit.isASCII && digit.isNumber
                    || digit == "." && position + 1 < characters.count && characters[position + 1].isNumber
            {
                text.append(digit)
                position += 1
            }
            return .number(text)
        }
        position += 1
        if let (text, kind) = MathSymbols.characters[character] { return .sign(text, kind) }
        if character.isASCII || !(character.unicodeScalars.first?.isWide ?? false) {
            return .identifier(String(character))
        }
        var text = String(character)
        while let next = current, next.unicodeScalars.first?.isWide ?? false {
            text.append(next)
            position += 1
        }
        return .text(text)
    }

    private mutating func take(_ character: Character) throws(DrawingError) {
        skipBlanks()
        guard current == character else { throw problem(.missing(String(character))) }
        position += 1
    }

    private mutating func command() throws(DrawingError) -> MathNode {
        guard let name = takeCommand() else { throw problem(.missing("\\…")) }
        if let letter = MathSymbols.letters[name] { return .identifier(letter) }
        if MathSymbols.functions.contains(name) { return .function(name) }
        if let (text, kind) = MathSymbols.signs[name] { return .sign(text, kind) }
        if let ems = MathSymbols.spaces[name] { return .space(ems) }
        if let mark = MathSymbols.accents[name] { return .accent(try argument(name), mark) }
        switch name {
        case "frac":
            let top = try argument(name)
            return .fraction(top, try argument(name))
        case "sqrt":
            skipBlanks()
            var degree: MathNode?
            if current == "[" {
                position += 1
                degree = try row(until: ["]"])
                try take("]")
            }
            return .root(try argument(name), degree: degree)
        case "text", "mathrm", "operatorname", "mathbf", "mathit":
            let words = try literal()
            return name == "mathbf"
                ? .bold(words)
                : name == "text" ? .text(words) : name == "mathit" ? .identifier(words) : .function(words)
        case "role":
            let role = try literal()
            guard let known = Role(notation: role) else { throw problem(.unknownRole(role)) }
            return .colored(known, try argument(name))
        case "left":
            let open = try delimiter()
            let body = try row(until: ["\\right"])
            guard takeCommand() == "right" else { throw problem(.missing("\\right")) }
            return .fenced(open, body, try delimiter())
        case "begin": return try environment()
        default: throw problem(.unknownCommand(name))
        }
    }

    private mutating func delimiter() throws(DrawingError) -> String {
        skipBlanks()
        if current == "\\" {
            guard let name = takeCommand(), let (text, _) = MathSymbols.signs[name] else {
                throw problem(.missing("( [ | \\{ ."))
            }
            return text
        }
        guard let character = current, "()[]|./⟨⟩‖".contains(character) else { throw problem(.missing("( [ | \\{ .")) }
        position += 1
        return character == "." ? "" : String(character)
    }

    /// What stands in braces, as it is.
    private mutating func literal() throws(DrawingError) -> String {
        try take("{")
        var text = ""
        var depth = 0
        while let character = current, depth > 0 || character != "}" {
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            text.append(character)
            position += 1
        }
        try take("}")
        return text
    }

    /// `\begin{pmatrix} a & b \\ c & d \end{pmatrix}`, also `matrix`, `bmatrix` and `cases`.
    private mutating func environment() throws(DrawingError) -> MathNode {
        let kind = try literal()
        let fences: [String: (String, String)] = [
            "matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|"), "cases": ("{", ""),
        ]
        guard let (open, close) = fences[kind] else { throw problem(.unknownCommand("begin{\(kind)}")) }
        var rows: [[MathNode]] = [[]]
        while true {
            let cell = try row(until: ["&", "\\\\", "\\end"])
            rows[rows.count - 1].append(cell)
            if current == "&" {
                position += 1
            } else if peekCommand() == "\\" {
                position += 2
                rows.append([])
            } else {
                guard takeCommand() == "end", try literal() == kind else { throw problem(.missing("\\end{\(kind)}")) }
                break
            }
        }
        if let last = rows.last, last.count == 1, last[0] == .row([]), rows.count > 1 { rows.removeLast() }
        let matrix = MathNode.matrix(rows)
        return open.isEmpty && close.isEmpty ? matrix : .fenced(open, matrix, close)
    }
}

extension Role {
    /// A role by its name in a formula or a lesson: `query`, `attention output`, `attentionOutput`, `feed-forward`.
    public init?(notation: String) {
        let wanted = notation.lowercased().filter { $0.isLetter }
        guard let role = Role.allCases.first(where: { $0.rawValue.filter { $0.isLetter } == wanted }) else {
            return nil
        }
        self = role
    }
}
