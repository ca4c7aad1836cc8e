// What the floors above want of the machine: the functions of the C library, a clock, locks. A file that imports this
// needs no list of systems, and the page is one more system (`Page.swift`).

#if canImport(Glibc)
    @_exported import Glibc
#elseif canImport(Musl)
    @_exported import Musl
#elseif canImport(Darwin)
    @_exported import Darwin
#endif

#if !hasFeature(Embedded)
    import Dispatch

    /// Does every part of `0..<count` at once, as far as there are cores.
    public func sideBySide(_ count: Int, _ body: @Sendable (Int) -> Void) {
        DispatchQueue.concurrentPerform(iterations: count) { body($0) }
    }

    /// In bytes.
    public func physicalMemory() -> Int64 {
        Int64(sysconf(Int32(_SC_PHYS_PAGES))) * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// A clock that only goes forward, in nanoseconds; `ContinuousClock` divides 128-bit numbers for what is one here.
    public func monotonicNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
#endif
