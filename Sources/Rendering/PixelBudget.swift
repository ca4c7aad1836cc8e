import Foundation

/// The memory that pictures may take while they are painted, shared by all threads: as many are painted at once as fit
/// into it, however many cores there are.
final class PixelBudget: @unchecked Sendable {
    // Safe to share: `used` is touched only while the condition is locked.
    private let condition = NSCondition()
    private let bytes: Int
    private var used = 0

    static let shared = PixelBudget(bytes: 800 << 20)

    init(bytes: Int) { self.bytes = bytes }

    /// Waits until so many bytes are free; what is larger than all of them is painted alone.
    func holding<Result>(_ wanted: Int, _ body: () throws -> Result) rethrows -> Result {
        let share = min(max(0, wanted), bytes)
        condition.lock()
        while used + share > bytes { condition.wait() }
        used += share
        condition.unlock()
        defer {
            condition.lock()
            used -= share
            condition.broadcast()
            condition.unlock()
        }
        return try body()
    }
}
