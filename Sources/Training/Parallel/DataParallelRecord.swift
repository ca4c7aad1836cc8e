import Tracing

/// One update that workers made together: who had what, and what they sent one another.
package struct DataParallelRecord: Sendable {
    /// A worker's part of the batch.
    package struct Part: Sendable, Hashable {
        package let worker: Int
        /// How many predictions are asked of it.
        package let targets: Double
        /// How much its mean gradient counts in the whole batch's, 0 … 1.
        package let share: Double
        /// Its own part's mean loss.
        package let loss: Double
    }

    /// One number of the gradient, followed around the ring.
    package struct Watched: Sendable, Hashable {
        /// Which chunk it travels in.
        package let chunk: Int
        package let parameter: StepName
        package let index: [Int]
        /// What each worker has for it: `[round][worker]`, before the first round and after each.
        package let rounds: [[Float]]

        /// The averaged gradient, which all have at the end.
        package var result: Float { rounds.last?.first ?? .nan }
    }

    /// Counted from one.
    package let step: Int
    /// The whole batch's mean loss.
    package let loss: Double
    package let learningRate: Double
    /// Of the averaged gradients, before clipping.
    package let gradientNorm: Double
    package let parts: [Part]
    package let holdings: [WorkerHolding]
    /// In the order in which they were sent.
    package let messages: [Message]
    /// The mean over the whole batch, all parameters in one row, before clipping.
    package let gradients: [Float]
    /// One number of each chunk.
    package let watched: [Watched]

    package var workers: Int { parts.count }
}
