import Foundation

/// Work that waits for a thread. Readers take turns, however much one of them asks for; and as long as others may come,
/// one reader never has every thread.
final class FairQueue: @unchecked Sendable {
    // Unchecked: everything is read and written under the condition's lock.
    struct Job: Sendable {
        /// Whose turn it takes.
        var reader: String
        /// What only one thread may be at: the same text.
        var lane: String
        var givenUp: GivenUp
        var work: @Sendable () -> Void
    }

    private let condition = NSCondition()
    /// Of each reader what waits, first come first.
    private var lines: [String: [Job]] = [:]
    /// Whose turn is next.
    private var turns: [String] = []
    private var waiting = 0
    private var running: [String: Int] = [:]
    private var lanes: Set<String> = []
    private let most: Int
    private let mostOfOne: Int
    private let threads: Int

    init(threads: Int, most: Int, mostOfOne: Int) {
        (self.most, self.mostOfOne, self.threads) = (most, mostOfOne, max(threads, 1))
    }

    func start() {
        for number in 0..<threads {
            let thread = Thread { [self] in work() }
            thread.name = "answers \(number)"
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    /// - Returns: whether there was room for it.
    func add(_ job: Job) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        if waiting >= most || lines[job.reader]?.count ?? 0 >= mostOfOne { sweep() }
        guard waiting < most, lines[job.reader]?.count ?? 0 < mostOfOne else { return false }
        if lines[job.reader] == nil { turns.append(job.reader) }
        lines[job.reader, default: []].append(job)
        waiting += 1
        condition.signal()
        return true
    }

    private func work() {
        while true {
            condition.lock()
            var found = next()
            while found == nil {
                condition.wait()
                found = next()
            }
            condition.unlock()
            if let job = found {
                if !job.givenUp.isTrue { job.work() }
                condition.lock()
                running[job.reader] = running[job.reader].flatMap { $0 > 1 ? $0 - 1 : nil }
                lanes.remove(job.lane)
                condition.broadcast()
                condition.unlock()
            }
        }
    }

    /// The first that may begin, in the order of turns; its reader's next turn is after everybody else's.
    private func next() -> Job? {
        let mostRunning = max(1, threads - 1)
        for (place, reader) in turns.enumerated() {
            guard running[reader] ?? 0 < mostRunning, let line = lines[reader],
                let free = line.firstIndex(where: { !lanes.contains($0.lane) })
            else { continue }
            let job = line[free]
            turns.remove(at: place)
            if line.count > 1 {
                lines[reader]?.remove(at: free)
                turns.append(reader)
            } else {
                lines[reader] = nil
            }
            waiting -= 1
            running[reader, default: 0] += 1
            lanes.insert(job.lane)
            return job
        }
        return nil
    }

    /// Lets go of what nobody waits for.
    private func sweep() {
        for (reader, line) in lines {
            let left = line.filter { !$0.givenUp.isTrue }
            waiting -= line.count - left.count
            lines[reader] = left.isEmpty ? nil : left
        }
        turns.removeAll { lines[$0] == nil }
    }
}
