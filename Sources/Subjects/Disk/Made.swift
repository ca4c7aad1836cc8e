import Synchronization

/// A value that many threads ask for and one of them makes; the others wait for it.
package final class Made<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    package init() {}

    /// - Throws: what making it throws; the next to ask tries again.
    package func value(_ make: () throws -> Value) throws -> Value {
        try kept.withLock { kept in
            if let kept { return kept }
            let made = try make()
            kept = made
            return made
        }
    }
}

/// Values by their keys, each made once, whoever asks first.
package final class MadeTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let kept = Mutex<[Key: Made<Value>]>([:])

    package init() {}

    package func value(_ key: Key, _ make: () throws -> Value) throws -> Value {
        let made = kept.withLock { kept in
            if let known = kept[key] { return known }
            let new = Made<Value>()
            kept[key] = new
            return new
        }
        return try made.value(make)
    }
}
