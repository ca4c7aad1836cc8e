import Tracing

/// The keys and values that earlier passes computed, so that a new token need not compute them again.
public struct KeyValueCache: Sendable {
    private struct Place: Hashable {
        let block: Int
        let isCross: Bool
    }

    private var entries: [Place: (keys: Value, values: Value)] = [:]
    /// How many positions have been read.
    public internal(set) var length = 0

    public init() {}

    func entry(_ block: Int, isCross: Bool = false) -> (keys: Value, values: Value)? {
        entries[Place(block: block, isCross: isCross)]
    }

    mutating func store(keys: Value, values: Value, block: Int, isCross: Bool = false) {
        entries[Place(block: block, isCross: isCross)] = (keys, values)
    }
}
