import Synchronization

/// A value that many threads ask for and one of them makes; the others wait for it.
final class Made<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    /// - Throws: what making it throws; the next to ask tries again.
    func value(_ make: () throws -> Value) throws -> Value {
        try kept.withLock { kept in
            if let kept { return kept }
            let made = try make()
            kept = made
            return made
        }
    }
}
