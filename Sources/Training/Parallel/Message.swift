/// One message between two workers.
package struct Message: Sendable, Hashable, Codable {
    /// The two halves of a ring all-reduce (Patarasuk & Yuan 2009).
    package enum Phase: String, Sendable, Hashable, Codable {
        /// What arrives is added to what is here.
        case reduceScatter = "reduce_scatter"
        /// What arrives is finished, and replaces what is here.
        case allGather = "all_gather"
    }

    /// Which exchange of the run it belongs to, counted from zero.
    package let exchange: Int
    /// What is exchanged: `gradients`, or the name of a step.
    package let what: String
    package let phase: Phase
    /// Counted from zero within the exchange; all messages of a round are under way at once.
    package let round: Int
    package let from: Int
    package let to: Int
    /// Which part of the tensor, counted from zero.
    package let chunk: Int
    package let bytes: Int
}

extension Message {
    /// By exchange, then round, then sender: the order in which they are sent.
    static func inOrder(_ left: Message, _ right: Message) -> Bool {
        (left.exchange, left.round, left.from) < (right.exchange, right.round, right.from)
    }
}

/// What one worker keeps in its memory, and what it has sent, in bytes.
package struct WorkerHolding: Sendable, Hashable, Codable {
    package let worker: Int
    package var parameters: Int
    package var gradients: Int
    package var optimizerState: Int
    /// The results of the forward pass, which the way back needs.
    package var activations: Int
    package var sent: Int
    package var messages: Int

    /// All that it keeps.
    package var total: Int { parameters + gradients + optimizerState + activations }
}
