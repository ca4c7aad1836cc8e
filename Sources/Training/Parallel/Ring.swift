import Dispatch
import Foundation
import Synchronization
import Wording

/// Where a worker's neighbour leaves what it sends.
final class Mailbox: Sendable {
    private struct State {
        var waiting: [[Float]] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let arrived = DispatchSemaphore(value: 0)

    func put(_ numbers: [Float]) {
        state.withLock { $0.waiting.append(numbers) }
        arrived.signal()
    }

    /// Nobody will send any more: whoever waits must not wait for ever.
    func close() {
        state.withLock { $0.isClosed = true }
        arrived.signal()
    }

    /// Waits for the next message.
    func take() throws(ParallelError) -> [Float] {
        arrived.wait()
        let numbers: [Float]? = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        guard let numbers else {
            arrived.signal()
            throw .neighbourStopped
        }
        return numbers
    }
}

/// One worker's place in a ring: it sends to the next and hears from the one before.
///
/// Every worker calls the same exchanges in the same order. Used by its worker's thread alone.
final class RingPlace {
    let worker: Int
    let count: Int
    private let mailboxes: [Mailbox]
    private(set) var messages: [Message] = []
    private var exchanges = 0

    init(worker: Int, mailboxes: [Mailbox]) {
        self.worker = worker
        self.mailboxes = mailboxes
        count = mailboxes.count
    }

    private var next: Int { (worker + 1) % count }

    /// Where `total` numbers are cut into one chunk for each worker.
    static func chunks(of total: Int, workers: Int) -> [Range<Int>] {
        (0..<workers).map { total * $0 / workers..<total * ($0 + 1) / workers }
    }

    /// The sum over all workers, number by number, the same bits for each: first every chunk travels once around and
    /// is added to (reduce-scatter), then the finished chunks travel once around (all-gather).
    ///
    /// - Parameter watch: called before the first round and after each.
    func allReduce(
        _ numbers: inout [Float], what: String, watch: ([Float]) -> Void = { _ in }
    ) throws(ParallelError) {
        let chunks = Self.chunks(of: numbers.count, workers: count)
        watch(numbers)
        for round in 0..<count - 1 {
            let (out, into) = (chunk(worker - round), chunk(worker - round - 1))
            send(Array(numbers[chunks[out]]), chunk: out, round: round, .reduceScatter, what)
            let arrived = try mailboxes[worker].take()
            for (place, number) in zip(chunks[into], arrived) { numbers[place] += number }
            watch(numbers)
        }
        try gather(&numbers, chunks, firstRound: count - 1, ahead: 1, what, watch)
        exchanges += 1
    }

    /// Everyone's part, in the workers' order; parts may differ in length.
    func allGather(_ part: [Float], lengths: [Int], what: String) throws(ParallelError) -> [Float] {
        var numbers = [Float](repeating: 0, count: lengths.reduce(0, +))
        var chunks: [Range<Int>] = []
        for length in lengths {
            chunks.append((chunks.last?.upperBound ?? 0)..<(chunks.last?.upperBound ?? 0) + length)
        }
        numbers.replaceSubrange(chunks[worker], with: part)
        try gather(&numbers, chunks, firstRound: 0, ahead: 0, what) { _ in }
        exchanges += 1
        return numbers
    }

    /// - Parameter ahead: how far before its own chunk the finished one of each worker lies.
    private func gather(
        _ numbers: inout [Float], _ chunks: [Range<Int>], firstRound: Int, ahead: Int, _ what: String,
        _ watch: ([Float]) -> Void
    ) throws(ParallelError) {
        for round in 0..<count - 1 {
            let (out, into) = (chunk(worker + ahead - round), chunk(worker + ahead - round - 1))
            send(Array(numbers[chunks[out]]), chunk: out, round: firstRound + round, .allGather, what)
            numbers.replaceSubrange(chunks[into], with: try mailboxes[worker].take())
            watch(numbers)
        }
    }

    private func chunk(_ place: Int) -> Int { ((place % count) + count) % count }

    private func send(_ numbers: [Float], chunk: Int, round: Int, _ phase: Message.Phase, _ what: String) {
        mailboxes[next].put(numbers)
        messages.append(
            Message(
                exchange: exchanges, what: what, phase: phase, round: round, from: worker, to: next, chunk: chunk,
                bytes: numbers.count * MemoryLayout<Float>.size))
    }
}

/// Workers side by side, each on a thread of its own, in a ring.
enum Crew {
    /// More would teach nothing that these do not, and a figure has no room for them.
    static let most = 8

    /// - Throws: ``ParallelError/workers(found:most:)``.
    static func check(_ workers: Int) throws(ParallelError) {
        guard (1...most).contains(workers) else { throw .workers(found: workers, most: most) }
    }

    /// Runs `work` once for each worker and waits for all.
    ///
    /// Threads, not a queue: a worker waits for its neighbours, so that all must be under way however few cores there
    /// are.
    /// - Throws: what the first worker that failed threw.
    static func run<Result: Sendable>(
        _ workers: Int, _ work: @escaping @Sendable (RingPlace) throws -> Result
    ) throws -> (results: [Result], messages: [Message]) {
        let mailboxes = (0..<workers).map { _ in Mailbox() }
        let outcomes = Outcomes<(Result, [Message])>(count: workers)
        let group = DispatchGroup()
        for worker in 0..<workers {
            group.enter()
            let thread = Thread {
                let place = RingPlace(worker: worker, mailboxes: mailboxes)
                let outcome = Swift.Result { (try work(place), place.messages) }
                outcomes.store(worker, outcome)
                if case .failure = outcome {
                    for mailbox in mailboxes { mailbox.close() }
                }
                group.leave()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        group.wait()
        var failures: [any Error] = []
        var results: [Result] = []
        var messages: [Message] = []
        for worker in 0..<workers {
            switch outcomes.load(worker) {
            case .success(let (result, sent)):
                results.append(result)
                messages += sent
            case .failure(let error): failures.append(error)
            case nil: break
            }
        }
        let own = failures.first { error in
            // Operations wrap what the ring throws.
            (error as? ParallelError ?? (error as? Failure)?.cause(as: ParallelError.self)) != .neighbourStopped
        }
        if let failure = own ?? failures.first { throw failure }
        return (results, messages.sorted(by: Message.inOrder))
    }
}
