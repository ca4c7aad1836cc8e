import Foundation
import Synchronization

/// How many threads one computation may use; 0: as many as the machine has cores.
private let limit = Atomic<Int>(0)
private let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)
private let pool = WorkerPool(workers: cores - 1)

/// Shorter work than this many numbers is done before a second thread has begun.
private let smallestShare = 1 << 15

/// How many threads a computation may use; large ones take every core unless told otherwise.
public func limitMatrixThreads(to count: Int) { limit.store(max(count, 1), ordering: .relaxed) }

/// Does `body` for every part of `0..<count`, the parts on threads of their own where the work is worth it.
///
/// - Parameters:
///   - work: how many numbers are computed in all.
///   - step: parts begin at multiples of it.
package func inParallel(_ count: Int, work: Int, step: Int = 1, _ body: @escaping @Sendable (Range<Int>) -> Void) {
    let limit = limit.load(ordering: .relaxed)
    let threads = limit == 0 ? cores : min(limit, cores)
    let steps = count / max(step, 1)
    let shares = min(threads, work / smallestShare, steps)
    guard shares > 1 else { return body(0..<count) }
    // Twice as many parts as threads: whoever is held up leaves the rest to the others.
    let parts = min(2 * shares, steps)
    pool.run(parts) { part in
        let first = steps * part / parts * step
        let end = part + 1 == parts ? count : steps * (part + 1) / parts * step
        body(first..<end)
    }
}
