#if hasFeature(Embedded)
    @_exported import CPage

    // Glibc's module overloads these for `Float`; the header of a page's C library has C's names only.
    @inlinable public func exp(_ x: Float) -> Float { expf(x) }
    @inlinable public func log(_ x: Float) -> Float { logf(x) }
    @inlinable public func pow(_ x: Float, _ y: Float) -> Float { powf(x, y) }
    @inlinable public func sin(_ x: Float) -> Float { sinf(x) }
    @inlinable public func cos(_ x: Float) -> Float { cosf(x) }
    @inlinable public func tanh(_ x: Float) -> Float { tanhf(x) }
    @inlinable public func erf(_ x: Float) -> Float { erff(x) }

    /// The page's own clock (`performance.now()`), in nanoseconds.
    public func monotonicNanoseconds() -> Int64 { Int64(page_milliseconds() * 1_000_000) }

    /// A page has one thread: one after the other.
    public func sideBySide(_ count: Int, _ body: (Int) -> Void) { for part in 0..<count { body(part) } }

    /// What a page of WebAssembly can have at most, in bytes.
    public func physicalMemory() -> Int64 { 4 << 30 }

    /// Nothing is locked.
    public struct Mutex<Value>: @unchecked Sendable {
        private final class Box {
            var value: Value
            init(_ value: Value) { self.value = value }
        }

        private let box: Box

        public init(_ value: Value) { box = Box(value) }

        public func withLock<Result, E: Error>(_ body: (inout Value) throws(E) -> Result) throws(E) -> Result {
            try body(&box.value)
        }
    }
#endif
