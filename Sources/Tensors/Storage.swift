import Platform
import Synchronization
import Wording

/// Memory for floats, taken from and given back to a pool.
///
/// Touching fresh memory costs more than computing in it (a page fault for every 4 KiB), so
/// blocks are cut from large spans that the kernel may back with huge pages, and are reused.
final class Storage: @unchecked Sendable {
    // Unchecked: a tensor's memory is written only while its storage has a single owner.
    let pointer: UnsafeMutablePointer<Float>
    let capacity: Int
    /// How many floats, from the first on, some tensor may see.
    private let used: Atomic<Int>
    private let origin: Origin

    private enum Origin {
        case pool(sizeClass: Int)
        /// Memory that somebody else keeps, such as a mapped file.
        case borrowed(AnyObject)
    }

    init(count: Int) {
        let sizeClass = StoragePool.sizeClass(count)
        capacity = StoragePool.capacity(ofClass: sizeClass)
        pointer = StoragePool.take(sizeClass)
        used = Atomic(count)
        origin = .pool(sizeClass: sizeClass)
    }

    /// A view of memory that `owner` keeps alive; it must never be written.
    init(borrowing pointer: UnsafePointer<Float>, count: Int, owner: AnyObject) {
        self.pointer = UnsafeMutablePointer(mutating: pointer)
        capacity = count
        used = Atomic(count)
        origin = .borrowed(owner)
    }

    /// Takes `count` floats that no tensor sees yet, for one that sees everything before `end`: only one can go on
    /// from there.
    func claim(_ count: Int, from end: Int) -> Bool {
        end + count <= capacity && !isBorrowed
            && used.compareExchange(expected: end, desired: end + count, ordering: .relaxed).exchanged
    }

    var isBorrowed: Bool {
        if case .borrowed = origin { return true }
        return false
    }

    deinit {
        if case .pool(let sizeClass) = origin { StoragePool.give(back: pointer, sizeClass) }
    }
}

/// Free blocks by size class: powers of two and the three quarter steps between them, from 16 floats up.
private enum StoragePool {
    private struct Block: @unchecked Sendable { let pointer: UnsafeMutablePointer<Float> }

    private struct State: Sendable {
        var free: [[Block]] = Array(repeating: [], count: 200)
        var span: Block?
        var spanUsed = 0
    }

    private static let state = Mutex(State())
    private static let spanFloats = 8 << 20
    private static let hugePage = 2 << 20

    static func sizeClass(_ count: Int) -> Int {
        if count <= 16 { return 0 }
        let power = Int.bitWidth - (count - 1).leadingZeroBitCount - 1
        let base = 1 << power
        let quarter = (count - base + base / 4 - 1) / (base / 4)
        return (power - 4) * 4 + quarter
    }

    static func capacity(ofClass sizeClass: Int) -> Int {
        let base = 16 << (sizeClass / 4)
        return base + (base / 4) * (sizeClass % 4)
    }

    static func take(_ sizeClass: Int) -> UnsafeMutablePointer<Float> {
        state.withLock { state in
            if let block = state.free[sizeClass].popLast() { return block }
            let floats = capacity(ofClass: sizeClass)
            // A block of its own, once it is so large that cutting it from a span would waste the rest.
            if floats > spanFloats / 4 { return span(ofFloats: floats) }
            // Blocks start on a cache line.
            let needed = (floats + 15) & ~15
            if let current = state.span, state.spanUsed + needed <= spanFloats {
                let block = Block(pointer: current.pointer + state.spanUsed)
                state.spanUsed += needed
                return block
            }
            let fresh = span(ofFloats: spanFloats)
            state.span = fresh
            state.spanUsed = needed
            return fresh
        }.pointer
    }

    static func give(back pointer: UnsafeMutablePointer<Float>, _ sizeClass: Int) {
        let block = Block(pointer: pointer)
        state.withLock { $0.free[sizeClass].append(block) }
    }

    private static func span(ofFloats count: Int) -> Block {
        let bytes = (count * MemoryLayout<Float>.stride + hugePage - 1) / hugePage * hugePage
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: hugePage)
        #if os(Linux)
            madvise(raw, bytes, Int32(MADV_HUGEPAGE))
        #endif
        return Block(pointer: raw.bindMemory(to: Float.self, capacity: bytes / MemoryLayout<Float>.stride))
    }
}
