import Foundation
import Page

/// Texts that were read lately, each as a session that knows all its numbers. Who asks takes a session out, so that
/// nobody else asks it meanwhile, and puts it back.
final class SessionTable: @unchecked Sendable {
    // Unchecked: the table is used under its lock, a session by who took it.
    private struct Kept {
        var session: PageSession
        var bytes: Int64
        var used: UInt64
    }

    private let lock = NSLock()
    private var kept: [String: Kept] = [:]
    private var bytes: Int64 = 0
    private var clock: UInt64 = 0
    private let most: Int
    private let mostBytes: Int64

    init(most: Int, mostBytes: Int64) { (self.most, self.mostBytes) = (most, mostBytes) }

    var count: Int { lock.withLock { kept.count } }

    func take(_ key: String) -> PageSession? {
        lock.withLock {
            guard let found = kept.removeValue(forKey: key) else { return nil }
            bytes -= found.bytes
            return found.session
        }
    }

    /// Keeps a session for the next to ask; those that nobody asked for longest go.
    func give(_ session: PageSession, _ key: String, bytes size: Int64) {
        var gone: [PageSession] = []
        lock.withLock {
            clock += 1
            if let old = kept[key] { bytes -= old.bytes }
            kept[key] = Kept(session: session, bytes: size, used: clock)
            bytes += size
            while kept.count > most || bytes > mostBytes && kept.count > 1 {
                guard let oldest = kept.min(by: { $0.value.used < $1.value.used }) else { break }
                kept[oldest.key] = nil
                bytes -= oldest.value.bytes
                gone.append(oldest.value.session)
            }
        }
        // Let go of outside of the lock: a run is thousands of tensors.
        gone.removeAll()
    }
}
