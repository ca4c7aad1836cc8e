import Synchronization
import Wording

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is mapped, so that a file that another program cuts short while it is read is an error that names it.
///
/// The system answers a read beyond a file's end by a signal, whichever thread reads, whenever it does.
enum MappedFiles {
    /// The handler must neither wait nor allocate: it looks through this table alone.
    private struct Range {
        var start: UInt = 0
        var end: UInt = 0
    }

    private static let most = 256
    nonisolated(unsafe) private static let ranges: UnsafeMutablePointer<Range> = {
        let ranges = UnsafeMutablePointer<Range>.allocate(capacity: most)
        ranges.initialize(repeating: Range(), count: most)
        return ranges
    }()
    /// Where a read went beyond; `most` while none did.
    private static let fault = Atomic(most)
    private static let paths = Mutex([String?](repeating: nil, count: most))
    nonisolated(unsafe) private static var before = sigaction()

    /// - Returns: its place in the table; nil where the table is full, or nobody would hear of a fault.
    static func add(_ bytes: UnsafeRawBufferPointer, path: String) -> Int? {
        guard Interruption.isWatched else { return nil }
        return paths.withLock { paths in
            guard let place = paths.firstIndex(where: { $0 == nil }) else { return nil }
            if paths.allSatisfy({ $0 == nil }) { listen() }
            paths[place] = path
            let start = UInt(bitPattern: bytes.baseAddress)
            ranges[place] = Range(start: start, end: start + UInt(bytes.count))
            return place
        }
    }

    static func remove(_ place: Int) {
        paths.withLock { paths in
            ranges[place] = Range()
            paths[place] = nil
        }
    }

    /// The file that was cut short, after ``Interruption/fault``.
    static var shortened: Failure? {
        let place = fault.load(ordering: .acquiring)
        guard place < most, let path = paths.withLock({ $0[place] }) else { return nil }
        return Failure(ReadingError.unreadable(path: path, reason: SystemReason.shrank.phrase))
    }

    private static func listen() {
        var action = sigaction()
        #if canImport(Darwin)
            action.__sigaction_u.__sa_sigaction = { _, info, _ in
                MappedFiles.hear(UInt(bitPattern: info?.pointee.si_addr))
            }
        #else
            action.__sigaction_handler.sa_sigaction = { _, info, _ in
                MappedFiles.hear(UInt(bitPattern: info?.pointee._sifields._sigfault.si_addr))
            }
        #endif
        action.sa_flags = SA_SIGINFO
        var previous = sigaction()
        sigaction(SIGBUS, &action, &previous)
        before = previous
    }

    private static func hear(_ address: UInt) {
        for place in 0..<most where ranges[place].start <= address && address < ranges[place].end {
            _ = fault.compareExchange(expected: most, desired: place, ordering: .acquiringAndReleasing)
            Interruption.wake(Interruption.fault)
            // The thread that hears of it ends the command.
            while true { pause() }
        }
        // Some other fault, which whoever was asked before may explain.
        sigaction(SIGBUS, &before, nil)
    }
}
