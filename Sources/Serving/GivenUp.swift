import Synchronization

/// Whether somebody still waits for an answer; told by the connection, asked by the work.
final class GivenUp: Sendable {
    private let flag = Atomic(false)

    var isTrue: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }
}
