/// A file's bytes, wherever they lie, for as long as somebody holds on to this.
open class FileBytes: @unchecked Sendable {
    // Unchecked: nobody writes to the bytes, nor do they move.
    public let path: String
    public let bytes: UnsafeRawBufferPointer

    /// - Parameter bytes: must stay where they are for as long as this lives.
    public init(_ bytes: UnsafeRawBufferPointer, path: String) {
        self.bytes = bytes
        self.path = path
    }

    public var count: Int { bytes.count }

    /// A copy, made while the bytes are sure to be there.
    public var copy: [UInt8] { withExtendedLifetime(self) { Array(bytes) } }

    /// The bytes inside `range` were copied: they need not stay in memory where they can be had again.
    open func release(_ range: Range<Int>) {}
}
