import Tracing

/// One update that workers made together: who had what, and what they sent one another.
public struct DataParallelRecord: Sendable {
    /// A worker's part of the batch.
    public struct Part: Sendable, Hashable {
        public let worker: Int
        /// How many predictions are asked of it.
        public let targets: Double
        /// How much its mean gradient counts in the whole batch's, 0 … 1.
        public let share: Double
        /// Its own part's mean loss.
        public let loss: Double
    }

    /// One number of the gradient, followed around the ring.
    public struct Watched: Sendable, Hashable {
        /// Which chunk it travels in.
        public let chunk: Int
        public let parameter: StepName
        public let index: [Int]
        /// What each worker has for it: `[round][worker]`, before the first round and after each.
        public let rounds: [[Float]]

        /// The averaged gradient, which all have at the end.
        public var result: Float { rounds.last?.first ?? .nan }
    }

    /// Counted from one.
    public let step: Int
    /// The whole batch's mean loss.
    public let loss: Double
    public let learningRate: Double
    /// Of the averaged gradients, before clipping.
    public let gradientNorm: Double
    public let parts: [Part]
    public let holdings: [WorkerHolding]
    /// In the order in which they were sent.
    public let messages: [Message]
    /// The mean over the whole batch, all parameters in one row, before clipping.
    public let gradients: [Float]
    /// One number of each chunk.
    public let watched: [Watched]

    public var workers: Int { parts.count }
}
