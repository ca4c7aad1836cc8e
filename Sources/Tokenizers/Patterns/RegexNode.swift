/// Which library's regular expressions a pattern is written for.
enum RegexFlavour: Sendable, Hashable {
    /// Rust's `regex` and `fancy-regex`, which `tiktoken` uses: `$` is the end of the text.
    case rust
    /// Oniguruma with Ruby's syntax, which `tokenizers` uses: `$` is the end of a line.
    case oniguruma
}

/// A part of a regular expression.
indirect enum RegexNode: Sendable, Hashable {
    enum Greed: Sendable, Hashable {
        /// as much as possible, giving back
        case greedy
        /// as little as possible
        case lazy
        /// as much as possible, giving nothing back
        case possessive
    }

    enum Assertion: Sendable, Hashable {
        case startOfText, endOfText, endOfTextOrLastLine, startOfLine, endOfLine
        case wordBoundary, noWordBoundary
        /// the character before is in the set; at the beginning there is none
        case after(ScalarSet)
        case notAfter(ScalarSet)
    }

    case set(ScalarSet)
    case sequence([RegexNode])
    case alternatives([RegexNode])
    case repeated(RegexNode, minimum: Int, maximum: Int, Greed)
    case lookahead(RegexNode, negated: Bool)
    case atomic(RegexNode)
    case assertion(Assertion)

    /// Whether it can match without consuming anything.
    var canBeEmpty: Bool {
        switch self {
        case .set: false
        case .sequence(let parts): parts.allSatisfy { $0.canBeEmpty }
        case .alternatives(let parts): parts.contains(where: { $0.canBeEmpty })
        case .repeated(let part, let minimum, _, _): minimum == 0 || part.canBeEmpty
        case .atomic(let part): part.canBeEmpty
        case .lookahead, .assertion: true
        }
    }
}

/// What a pattern has that is not understood here.
struct RegexProblem: Error, Hashable {
    /// The part of the pattern, as it is written.
    let part: String
}
