import Synchronization
import Wording

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is half written goes when the command is interrupted, told to end, or loses its reader.
public enum Interruption {
    struct Unfinished {
        /// Files, and folders with all that is in them.
        var paths: [String] = []
        /// Folders that were made for them: they go where nothing else came into them.
        var folders: [String] = []
    }

    /// Whoever begins or ends a file holds this, so that an interruption comes before or after, never between.
    private static let unfinished = Mutex(Unfinished())

    /// The signals that end a command. One of `nohup` stays ignored, as it asks.
    private static let signals: [Int32] = {
        let before = unsafeBitCast(signal(SIGHUP, SIG_DFL), to: Int.self)
        let isIgnored = before == unsafeBitCast(SIG_IGN, to: Int.self)
        if isIgnored { signal(SIGHUP, SIG_IGN) }
        return [SIGINT, SIGTERM] + (isIgnored ? [] : [SIGHUP])
    }()

    /// Stands for a read beyond the end of a file (``MappedFiles``), where others are signals' numbers.
    static let fault: Int32 = 0

    /// From whatever thread a signal comes to, to the one that waits for it.
    private static let pipeline: (end: Int32, start: Int32) = {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }()

    /// All that a handler does: it may neither wait nor allocate.
    static func wake(_ number: Int32) {
        let code = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(pipeline.start, &byte, 1)
        errno = code
    }

    private static let explain = Mutex<(@Sendable (Failure) -> Void)?>(nil)
    private static let usual = Mutex(false)

    /// From now on an interrupt from the keyboard is how the command ends when all is well, as of a server, which has no
    /// end of its own.
    public static func isUsualEnd() { usual.withLock { $0 = true } }

    private static let watched = Mutex(false)
    static var isWatched: Bool { watched.withLock { $0 } }

    /// To be called first of all. The signals are handled whatever the parent made of them, and by a thread of their own,
    /// whatever the others are at; a library may have begun some before.
    /// - Parameter explain: says why the command ends, where not because of a signal from outside.
    public static func watch(explain: @escaping @Sendable (Failure) -> Void) {
        watched.withLock { $0 = true }
        self.explain.withLock { $0 = explain }
        // A reader that closes its pipe, and a file that may not grow, are errors of writing.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        var set = sigset_t()
        sigemptyset(&set)
        for number in signals { sigaddset(&set, number) }
        _ = pipeline
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        pthread_create(
            &thread, nil,
            { _ in
                var byte: UInt8 = 0
                while read(Interruption.pipeline.end, &byte, 1) != 1 {}
                let number = Int32(byte)
                let failure = number == Interruption.fault ? MappedFiles.shortened : nil
                if let failure { Interruption.explain.withLock { $0 }?(failure) }
                Interruption.unfinished.withLock { unfinished in
                    Interruption.remove(unfinished)
                    let isUsual = number == SIGINT && Interruption.usual.withLock { $0 }
                    _exit(failure != nil ? 1 : isUsual ? 0 : 128 + number)
                }
                return nil
            }, nil)
        for number in signals { signal(number) { Interruption.wake($0) } }
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    /// Waits for ever where an interruption has begun: what fails because of it is no news.
    public static func settle() { unfinished.withLock { _ in } }

    /// Ends as a program without a handler does whose reader has gone.
    static func endByClosedPipe() -> Never {
        unfinished.withLock { unfinished in
            remove(unfinished)
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
            _exit(128 + SIGPIPE)
        }
    }

    static func changing<Value: Sendable>(_ body: (inout Unfinished) -> Value) -> Value {
        unfinished.withLock { body(&$0) }
    }

    private static func remove(_ unfinished: Unfinished) {
        for path in unfinished.paths {
            // Under another name, other threads that still draw find no folder to write to.
            let away = UnfinishedName.away(path)
            let isAway = rename(path, away) == 0
            for _ in 0..<3 { removeAll(isAway ? away : path) }
        }
        for folder in unfinished.folders.reversed() { rmdir(folder) }
    }
}
