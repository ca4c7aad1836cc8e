import Tensors

/// Cuts a stream of tokens into training windows that begin where a sentence begins, or at the end-of-text token
/// before it, so that the model learns to begin with either.
package struct Batches: Sendable {
    private let tokens: [Int]
    private let starts: [Int]
    private let length: Int
    private let end: Int
    /// The tokens that occur in the sentences: what drills draw from.
    private let words: [Int]
    private let drillShare: Double

    /// - Parameters:
    ///   - sentences: `[sentence][token]`.
    ///   - end: the token that ends each.
    ///   - length: how many tokens a window has.
    ///   - drillShare: which part of the windows are drills: random tokens, repeated.
    /// - Throws: ``TrainingError/corpusTooSmall(tokens:context:)``.
    package init(sentences: [[Int]], end: Int, length: Int, drillShare: Double = 0) throws(TrainingError) {
        var tokens: [Int] = [end]
        var starts: [Int] = []
        for sentence in sentences {
            starts.append(tokens.count)
            tokens += sentence
            tokens.append(end)
        }
        // A window reads `length` tokens and predicts the one after each.
        self.starts = starts.filter { $0 + length + 1 <= tokens.count }
        guard !self.starts.isEmpty else { throw .corpusTooSmall(tokens: tokens.count, context: length) }
        self.tokens = tokens
        self.length = length
        self.end = end
        self.drillShare = drillShare
        words = Set(sentences.joined()).subtracting([end]).sorted()
    }

    /// Windows drawn at random: inputs and targets, `[batch][position]`.
    package func draw(_ count: Int, using random: inout RandomSource) -> (inputs: [[Int]], targets: [[Int]]) {
        var inputs: [[Int]] = []
        var targets: [[Int]] = []
        for _ in 0..<count {
            if drillShare > 0, random.uniform() < drillShare {
                let window = drill(using: &random)
                inputs.append(window.input)
                targets.append(window.target)
                continue
            }
            let start = starts[random.integer(below: starts.count)] - random.integer(below: 2)
            inputs.append(Array(tokens[start..<start + length]))
            targets.append(Array(tokens[start + 1..<start + length + 1]))
        }
        return (inputs, targets)
    }

    /// Random tokens said again and again: nothing but looking back at what followed last time predicts them, so that
    /// an induction head (Olsson et al. 2022) pays from the start. What cannot be foreseen is not a target (−1).
    private func drill(using random: inout RandomSource) -> (input: [Int], target: [Int]) {
        let period = 4 + random.integer(below: max(length / 2 - 4, 1))
        let said = (0..<period).map { _ in words[random.integer(below: words.count)] }
        let stream = [end] + (0..<length).map { said[$0 % period] }
        let target = (0..<length).map { $0 < period ? -1 : stream[$0 + 1] }
        return (Array(stream.prefix(length)), target)
    }
}
