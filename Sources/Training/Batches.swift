import Tensors

/// Cuts a stream of tokens into training windows that begin where a sentence begins, or at the end-of-text token
/// before it, so that the model learns to begin with either.
public struct Batches: Sendable {
    private let tokens: [Int]
    private let starts: [Int]
    private let length: Int

    /// - Throws: ``TrainingError/corpusTooSmall(tokens:context:)``.
    public init(sentences: [[Int]], end: Int, length: Int) throws(TrainingError) {
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
    }

    /// Windows drawn at random: inputs and targets, `[batch][position]`.
    public func draw(_ count: Int, using random: inout RandomSource) -> (inputs: [[Int]], targets: [[Int]]) {
        var inputs: [[Int]] = []
        var targets: [[Int]] = []
        for _ in 0..<count {
            let start = starts[random.integer(below: starts.count)] - random.integer(below: 2)
            inputs.append(Array(tokens[start..<start + length]))
            targets.append(Array(tokens[start + 1..<start + length + 1]))
        }
        return (inputs, targets)
    }
}
