/// Reads a regular expression of the syntax that Oniguruma and Rust's library share.
///
/// What they have and this lacks (references to groups, recursion, conditions, absent operators, …) is an error that
/// quotes it.
struct RegexParser {
    struct Flags {
        var ignoresCase = false
        var dotMatchesNewline = false
        var linesHaveEnds: Bool
    }

    let flavour: RegexFlavour
    let pattern: [Unicode.Scalar]
    var offset = 0
    private(set) var depth = 0

    private static let deepest = 100
    /// The longest published patterns have some thousand characters.
    private static let longest = 1 << 14
    static let unlimited = Int.max

    static func parse(_ pattern: String, _ flavour: RegexFlavour) throws(RegexProblem) -> RegexNode {
        let scalars = Array(pattern.unicodeScalars.prefix(longest + 1))
        guard scalars.count <= longest else { throw RegexProblem(part: String(pattern.prefix(60))) }
        var parser = RegexParser(flavour: flavour, pattern: scalars)
        var flags = Flags(linesHaveEnds: flavour == .oniguruma)
        let node = try parser.alternatives(&flags)
        guard parser.offset == parser.pattern.count else { throw parser.problem(from: parser.offset) }
        return node
    }

    private init(flavour: RegexFlavour, pattern: [Unicode.Scalar]) {
        self.flavour = flavour
        self.pattern = pattern
    }

    var next: Unicode.Scalar? { offset < pattern.count ? pattern[offset] : nil }

    mutating func take(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard pattern[offset...].starts(with: scalars) else { return false }
        offset += scalars.count
        return true
    }

    /// Moves past the characters that `belongs` lets pass, of at most so many bytes before the last.
    @discardableResult
    mutating func takeAll(bytes most: Int = .max, while belongs: (Unicode.Scalar) -> Bool) -> String {
        var text = ""
        while text.utf8.count < most, let scalar = next, belongs(scalar) {
            text.unicodeScalars.append(scalar)
            offset += 1
        }
        return text
    }

    func problem(from start: Int) -> RegexProblem {
        let part = pattern[min(start, pattern.count)...].prefix(max(1, min(24, offset - start)))
        return RegexProblem(part: String(String.UnicodeScalarView(part)))
    }

    /// Flags that are set within hold to the end of the group that surrounds them.
    private mutating func alternatives(_ flags: inout Flags) throws(RegexProblem) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { throw problem(from: offset) }
        var branches = [try sequence(&flags)]
        while take("|") { branches.append(try sequence(&flags)) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence(_ flags: inout Flags) throws(RegexProblem) -> RegexNode {
        var parts: [RegexNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            try refuseCaseVariants(flags)
            guard let atom = try atom(&flags) else { continue }
            parts.append(try repetitions(of: atom))
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    /// What has more equals without regard to case than its own upper and lower case: Oniguruma matches `ss` with
    /// `ß`, and letters beyond Latin and Cyrillic have variants.
    private func refuseCaseVariants(_ flags: Flags) throws(RegexProblem) {
        guard flags.ignoresCase, let scalar = next else { return }
        let pair = String(String.UnicodeScalarView(pattern[offset...].prefix(2))).lowercased()
        if flavour == .oniguruma, ["ss", "ff", "fi", "fl", "st"].contains(pair) { throw problem(from: offset) }
        guard scalar.value >= 0x80, scalar.properties.isCased else { return }
        let isSimple = (0xC0..<0x250).contains(scalar.value) || (0x400..<0x530).contains(scalar.value)
        if !isSimple || scalar.properties.uppercaseMapping.unicodeScalars.count > 1 { throw problem(from: offset) }
    }

    private mutating func repetitions(of atom: RegexNode) throws(RegexProblem) -> RegexNode {
        var node = atom
        var count = 0
        while let scalar = next {
            let start = offset
            count += 1
            guard count < 8 else { throw problem(from: start) }
            let bounds: (Int, Int)
            switch scalar {
            case "*": bounds = (0, Self.unlimited)
            case "+": bounds = (1, Self.unlimited)
            case "?": bounds = (0, 1)
            case "{":
                guard let counted = counts() else { return node }
                bounds = counted
                offset -= 1
            default: return node
            }
            offset += 1
            var greed = RegexNode.Greed.greedy
            // In Ruby's syntax `{n,m}+` is a repetition of the repetition, and gives back.
            if take("?") {
                greed = .lazy
            } else if flavour == .rust || scalar != "{", take("+") {
                greed = .possessive
            }
            if node.canBeEmpty, bounds.1 == Self.unlimited { throw problem(from: start) }
            guard bounds.0 <= bounds.1 else { throw problem(from: start) }
            node = .repeated(node, minimum: bounds.0, maximum: bounds.1, greed)
        }
        return node
    }

    /// `{n}`, `{n,}`, `{n,m}` or `{,m}`; anything else is text.
    private mutating func counts() -> (Int, Int)? {
        let start = offset
        offset += 1
        let least = number()
        var most = least
        if take(",") { most = number() ?? (least == nil ? nil : Self.unlimited) }
        guard take("}"), let most else {
            offset = start
            return nil
        }
        return (least ?? 0, most)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let scalar = next, ("0"..."9").contains(scalar) {
            // What is larger than any text has its place among the limits.
            value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), 100_000_000)
            offset += 1
        }
        return value
    }

    private mutating func atom(_ flags: inout Flags) throws(RegexProblem) -> RegexNode? {
        let start = offset
        guard let scalar = next else { return nil }
        switch scalar {
        case "(": return try group(&flags)
        case "[": return .set(try characterClass(flags))
        case ".":
            offset += 1
            return .set(flags.dotMatchesNewline ? .everything : ScalarSet(0x0A).complement)
        case "^":
            offset += 1
            return .assertion(flags.linesHaveEnds ? .startOfLine : .startOfText)
        case "$":
            offset += 1
            return .assertion(flags.linesHaveEnds ? .endOfLine : .endOfText)
        case "\\": return try escape(flags)
        case "*", "+", "?":
            offset += 1
            throw problem(from: start)
        default:
            offset += 1
            return .set(Self.literal(scalar.value, flags))
        }
    }

    private mutating func group(_ flags: inout Flags) throws(RegexProblem) -> RegexNode? {
        let start = offset
        offset += 1
        var inner = flags
        var wrap: (RegexNode) throws(RegexProblem) -> RegexNode = { $0 }
        if take("?") {
            if take("=") {
                wrap = { .lookahead($0, negated: false) }
            } else if take("!") {
                wrap = { .lookahead($0, negated: true) }
            } else if take(">") {
                wrap = { .atomic($0) }
            } else if take("<=") || take("<!") {
                let negated = pattern[offset - 1] == "!"
                let failure = problem(from: start)
                wrap = { node throws(RegexProblem) in
                    guard case .set(let set) = node else { throw failure }
                    return .assertion(negated ? .notAfter(set) : .after(set))
                }
            } else if take("#") {
                takeAll { $0 != ")" }
                guard take(")") else { throw problem(from: start) }
                return nil
            } else if take("<") || take("P<") {
                takeAll { $0 != ">" }
                guard take(">") else { throw problem(from: start) }
            } else {
                inner = try readFlags(flags, from: start)
                if take(")") {
                    flags = inner
                    return nil
                }
                guard take(":") else { throw problem(from: start) }
            }
        }
        let node = try alternatives(&inner)
        guard take(")") else {
            offset = pattern.count
            throw problem(from: start)
        }
        return try wrap(node)
    }

    private mutating func readFlags(_ flags: Flags, from start: Int) throws(RegexProblem) -> Flags {
        var flags = flags
        var value = true
        while let scalar = next, scalar != ":", scalar != ")" {
            offset += 1
            switch (scalar, flavour) {
            case ("-", _): value = false
            case ("i", _): flags.ignoresCase = value
            case ("s", .rust), ("m", .oniguruma): flags.dotMatchesNewline = value
            case ("m", .rust): flags.linesHaveEnds = value
            case ("u", .rust) where value: break
            default: throw problem(from: start)
            }
        }
        return flags
    }
}
