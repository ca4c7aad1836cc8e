import Wording

/// What the matching of one pattern in one text remembers: the way back, what has been found out, and how much of the
/// work that is allowed is left.
///
/// Backtracking alone asks the same question, whether the text from here on matches from this instruction on, again
/// and again: `(a+)+$` twice as often for each further letter. Once it takes longer than honest patterns do, answers
/// are kept (Davis, Servant and Lee 2021), so that the work grows with pattern times text; what would still grow
/// beyond the limit is an error.
struct MatchMemory {
    /// Where to go on when what is being tried fails.
    struct Choice {
        var instruction: Int
        var offset: Int
        /// A run gives back one character after the other down to here; equal to `offset` for other choices.
        var lowest: Int
        /// How long the path was.
        var path: Int
    }

    /// What is known of a run of characters of one set.
    private struct Run {
        /// The last stretch of them that was walked along.
        var stretch = 0..<0
        /// Going on from anywhere in here, both ends included, fails.
        var failing: ClosedRange<Int>?
    }

    var stack: [Choice] = []
    private(set) var remembers = false
    private let most: Int
    private var left: Int
    /// What was left when the match that is looked for was begun.
    private var start: Int
    private let first: Int
    private let pattern: String
    /// Where the part of the pattern ends that an instruction belongs to, gone on from a place; −1 where it fails.
    private var answers: [UInt64: Int32] = [:]
    /// The questions that are being answered: what led to here.
    private var path: [UInt64] = []
    private var runs: [Int: Run] = [:]

    /// Steps that any text may take, and further ones for each of its bytes.
    private static let base = 1 << 19
    private static let steps = 256
    /// As many steps are taken without a memory.
    private static let calm = (base: 2048, steps: 64)
    private static let mostAnswers = 1 << 22

    init(_ pattern: String, _ range: Range<Int>) {
        self.pattern = pattern
        first = range.lowerBound
        most = Self.base + Self.steps * range.count
        left = most
        start = most
    }

    /// Pays for so many steps. - Throws: ``TokenizerError/patternLimit(pattern:steps:)``.
    @inline(__always)
    mutating func pay(_ steps: Int = 1) throws(Failure) {
        left -= steps
        if left < 0 { throw Failure(TokenizerError.patternLimit(pattern: pattern, steps: most)) }
    }

    /// Called where a match is begun.
    mutating func begin(at offset: Int) {
        if !stack.isEmpty { stack.removeAll(keepingCapacity: true) }
        if !path.isEmpty { path.removeAll(keepingCapacity: true) }
        start = left
        if most - left > Self.calm.base + Self.calm.steps * (offset - first) { remembers = true }
    }

    mutating func push(_ instruction: Int, _ offset: Int, lowest: Int) {
        stack.append(Choice(instruction: instruction, offset: offset, lowest: lowest, path: path.count))
    }

    /// The choice to go on with; what was tried since it was put off has failed.
    mutating func pop(above base: Int) -> Choice? {
        guard stack.count > base, let choice = stack.popLast() else { return nil }
        if start - left > Self.calm.base { remembers = true }
        path.removeLast(path.count - choice.path)
        return choice
    }

    // MARK: Answers

    /// The answer to a question if it is known; else it is one that is being answered.
    mutating func answer(_ instruction: Int, _ offset: Int) throws(Failure) -> Int32? {
        try pay(7)
        let question = UInt64(instruction) << 40 | UInt64(offset)
        if let known = answers[question] { return known }
        if answers.count >= Self.mostAnswers { answers.removeAll(keepingCapacity: true) }
        // Until it is found to end somewhere; who comes here again before comes from a way that has failed.
        answers[question] = -1
        path.append(question)
        return nil
    }

    var depth: Int { path.count }

    /// What led to here from `depth` on has an end.
    mutating func succeed(from depth: Int, end: Int) {
        for question in path[min(depth, path.count)...] { answers[question] = Int32(truncatingIfNeeded: end) }
        forget(from: depth)
    }

    mutating func forget(from depth: Int) { path.removeLast(max(0, path.count - depth)) }

    // MARK: Runs

    /// Wherever in here a run begins or comes along, it goes to the end.
    func stretch(ofRun instruction: Int) -> Range<Int> { runs[instruction]?.stretch ?? 0..<0 }

    mutating func keep(_ stretch: Range<Int>, ofRun instruction: Int) {
        runs[instruction, default: Run()].stretch = stretch
    }

    /// The highest place, not above this one, from which going on after a run is not known to fail.
    func place(_ instruction: Int, _ offset: Int, before: (Int) -> Int) -> Int {
        guard let failing = runs[instruction - 1]?.failing, failing.contains(offset) else { return offset }
        return failing.lowerBound == first ? first - 1 : before(failing.lowerBound)
    }

    /// Going on after a run from `offset` has failed; `next` is the place one character later.
    mutating func fail(_ instruction: Int, _ offset: Int, next: Int) {
        var run = runs[instruction - 1] ?? Run()
        if let failing = run.failing {
            if failing.contains(offset) { return }
            run.failing = failing.lowerBound == next ? offset...failing.upperBound : offset...offset
        } else {
            run.failing = offset...offset
        }
        runs[instruction - 1] = run
    }
}
