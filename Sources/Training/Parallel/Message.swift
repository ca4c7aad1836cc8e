/// One message between two workers.
public struct Message: Sendable, Hashable, Codable {
    /// The two halves of a ring all-reduce (Patarasuk & Yuan 2009).
    public enum Phase: String, Sendable, Hashable, Codable {
        /// What arrives is added to what is here.
        case reduceScatter = "reduce_scatter"
        /// What arrives is finished, and replaces what is here.
        case allGather = "all_gather"
    }

    /// Which exchange of the run it belongs to, counted from zero.
    public let exchange: Int
    /// What is exchanged: `gradients`, or the name of a step.
    public let what: String
    public let phase: Phase
    /// Counted from zero within the exchange; all messages of a round are under way at once.
    public let round: Int
    public let from: Int
    public let to: Int
    /// Which part of the tensor, counted from zero.
    public let chunk: Int
    public let bytes: Int
}

extension Message {
    /// By exchange, then round, then sender: the order in which they are sent.
    static func inOrder(_ left: Message, _ right: Message) -> Bool {
        (left.exchange, left.round, left.from) < (right.exchange, right.round, right.from)
    }
}

/// What one worker keeps in its memory, and what it has sent, in bytes.
public struct WorkerHolding: Sendable, Hashable, Codable {
    public let worker: Int
    public var parameters: Int
    public var gradients: Int
    public var optimizerState: Int
    /// The results of the forward pass, which the way back needs.
    public var activations: Int
    public var sent: Int
    public var messages: Int

    /// All that it keeps.
    public var total: Int { parameters + gradients + optimizerState + activations }
}
