import CVectorMath
import Foundation
import Synchronization

/// Threads that share out one piece of work after another.
///
/// A forward pass is a hundred short pieces: a thread that sleeps between them would take as long to wake as its share
/// takes to compute, so a worker looks out for the next piece for some microseconds before it goes to sleep. Nobody
/// waits for a worker that has not begun: whoever is late finds nothing left.
final class WorkerPool: Sendable {
    /// How often a worker looks before it sleeps: about a tenth of a millisecond.
    private static let patience = 4000

    /// Held by the caller whose work is being done.
    private let isBusy = Atomic<Bool>(false)
    /// Which piece of work (the upper 32 bits), how many parts it has (16) and which is next (16), in one word, so
    /// that a part of a piece that is over can never be taken.
    private let state = Atomic<UInt64>(0)
    private let finished = Atomic<Int>(0)
    private let sleeping = Atomic<Int>(0)
    private let bell = NSCondition()
    private let work = Work()

    /// What is to be done with a part. It changes only while no part is being done.
    private final class Work: @unchecked Sendable {
        var body: (@Sendable (Int) -> Void)?
    }

    /// - Parameter workers: threads beside the caller's own.
    init(workers: Int) {
        for _ in 0..<workers {
            let thread = Thread { [self] in serve() }
            thread.start()
        }
    }

    /// Does every part, at most 65,535, the caller's thread taking its share; where another thread's work is being
    /// done, the caller's alone.
    func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        guard count <= 0xFFFF,
            isBusy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
        else {
            for part in 0..<count { body(part) }
            return
        }
        work.body = body
        finished.store(0, ordering: .relaxed)
        let piece = (state.load(ordering: .relaxed) >> 32) &+ 1
        state.store(piece << 32 | UInt64(count) << 16, ordering: .sequentiallyConsistent)
        if sleeping.load(ordering: .sequentiallyConsistent) > 0 {
            bell.lock()
            bell.broadcast()
            bell.unlock()
        }
        while takePart() {}
        var looks = 0
        while finished.load(ordering: .acquiring) < count {
            looks += 1
            if looks % Self.patience == 0 { sched_yield() } else { vm_pause() }
        }
        work.body = nil
        isBusy.store(false, ordering: .releasing)
    }

    /// Does the next part, if there is one.
    private func takePart() -> Bool {
        var seen = state.load(ordering: .acquiring)
        while true {
            let (count, next) = (seen >> 16 & 0xFFFF, seen & 0xFFFF)
            guard next < count else { return false }
            let (won, current) = state.compareExchange(
                expected: seen, desired: seen + 1, ordering: .acquiringAndReleasing)
            if won {
                // The piece cannot end before this part has.
                work.body?(Int(next))
                finished.add(1, ordering: .releasing)
                return true
            }
            seen = current
        }
    }

    private func serve() {
        while true {
            var looks = 0
            while looks < Self.patience {
                if takePart() { looks = 0 } else { looks += 1 }
                vm_pause()
            }
            bell.lock()
            sleeping.add(1, ordering: .sequentiallyConsistent)
            while !hasParts { bell.wait() }
            sleeping.subtract(1, ordering: .relaxed)
            bell.unlock()
        }
    }

    private var hasParts: Bool {
        let seen = state.load(ordering: .sequentiallyConsistent)
        return seen & 0xFFFF < seen >> 16 & 0xFFFF
    }
}
