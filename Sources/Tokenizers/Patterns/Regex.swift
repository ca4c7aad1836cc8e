/// A regular expression over UTF-8, matched by backtracking, as Oniguruma and `fancy-regex` do: of several ways to
/// match the one that is tried first counts, not the longest.
struct SplitRegex: Sendable {
    enum Instruction: Sendable {
        /// one character of a set
        case one(Int)
        /// as many characters of a set as there are, up to a maximum
        case run(set: Int, minimum: Int, maximum: Int, givesBack: Bool)
        /// go on at the first; where that fails at the second
        case split(Int, Int)
        case jump(Int)
        /// the instructions that follow, up to `.matched`, must or must not match here; then go on at `next`
        case look(negated: Bool, next: Int)
        /// the instructions that follow, up to `.matched`, then go on at `next` and never come back into them
        case atomic(next: Int)
        case assertion(RegexNode.Assertion)
        case matched

        /// Whether there are several ways to go on, or a part by itself.
        var branches: Bool {
            switch self {
            case .run, .split, .look, .atomic: true
            case .one, .jump, .assertion, .matched: false
            }
        }
    }

    let pattern: String
    private(set) var instructions: [Instruction] = []
    private(set) var sets: [ScalarSet] = []
    let word: ScalarSet
    let table = CharacterTable.shared

    private var places: [ScalarSet: Int] = [:]
    /// How many parts were laid out: what repeats nothing at all writes no instruction.
    private var work = 0

    private static let longest = 20_000

    /// - Throws: `RegexProblem`, quoting what is not understood, or the beginning of what is too large.
    init(_ pattern: String, _ flavour: RegexFlavour) throws(RegexProblem) {
        self.pattern = pattern
        word = .word(flavour)
        try append(RegexParser.parse(pattern, flavour))
        instructions.append(.matched)
        places = [:]
    }

    private var tooLarge: RegexProblem { RegexProblem(part: String(pattern.prefix(60))) }

    private mutating func append(_ node: RegexNode) throws(RegexProblem) {
        work += 1
        guard instructions.count < Self.longest, work < 4 * Self.longest else { throw tooLarge }
        switch node {
        case .set(let set): instructions.append(.one(index(of: set)))
        case .sequence(let parts): for part in parts { try append(part) }
        case .alternatives(let branches): try append(branches: branches[...])
        case .repeated(let part, let minimum, let maximum, let greed):
            try append(part, minimum, maximum, greed)
        case .lookahead(let part, let negated):
            try append(enclosed: part) { .look(negated: negated, next: $0) }
        case .atomic(let part): try append(enclosed: part) { .atomic(next: $0) }
        case .assertion(let assertion): instructions.append(.assertion(assertion))
        }
    }

    private mutating func append(
        enclosed part: RegexNode, by instruction: (Int) -> Instruction
    ) throws(RegexProblem) {
        let start = reserve()
        try append(part)
        instructions.append(.matched)
        instructions[start] = instruction(instructions.count)
    }

    private mutating func append(branches: ArraySlice<RegexNode>) throws(RegexProblem) {
        var exits: [Int] = []
        for (index, branch) in zip(branches.indices, branches) {
            guard index < branches.endIndex - 1 else {
                try append(branch)
                break
            }
            let split = reserve()
            try append(branch)
            exits.append(reserve())
            instructions[split] = .split(split + 1, instructions.count)
        }
        for exit in exits { instructions[exit] = .jump(instructions.count) }
    }

    private mutating func append(
        _ part: RegexNode, _ minimum: Int, _ maximum: Int, _ greed: RegexNode.Greed
    ) throws(RegexProblem) {
        if case .set(let set) = part, greed != .lazy {
            instructions.append(
                .run(set: index(of: set), minimum: minimum, maximum: maximum, givesBack: greed == .greedy))
            return
        }
        if greed == .possessive {
            return try append(enclosed: .repeated(part, minimum: minimum, maximum: maximum, .greedy)) {
                .atomic(next: $0)
            }
        }
        guard minimum < Self.longest else { throw tooLarge }
        for _ in 0..<minimum { try append(part) }
        func split(_ into: Int, _ past: Int) -> Instruction { greed == .lazy ? .split(past, into) : .split(into, past) }
        if maximum == RegexParser.unlimited {
            let start = reserve()
            try append(part)
            instructions.append(.jump(start))
            instructions[start] = split(start + 1, instructions.count)
        } else {
            guard maximum < Self.longest else { throw tooLarge }
            var exits: [Int] = []
            for _ in minimum..<maximum {
                exits.append(reserve())
                try append(part)
            }
            for exit in exits { instructions[exit] = split(exit + 1, instructions.count) }
        }
    }

    /// Room for an instruction that is known only later.
    private mutating func reserve() -> Int {
        instructions.append(.matched)
        return instructions.count - 1
    }

    private mutating func index(of set: ScalarSet) -> Int {
        if let index = places[set] { return index }
        sets.append(set)
        places[set] = sets.count - 1
        return sets.count - 1
    }
}
