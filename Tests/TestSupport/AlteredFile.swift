import Foundation
import Reading
import Tensors

/// A safetensors file in memory, one number of which can be altered.
public struct AlteredFile {
    public let names: [String]
    private let bytes: [UInt8]
    private var places: [String: Range<Int>] = [:]

    /// - Throws: where the bytes are no such file.
    public init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = try JSONSerialization.jsonObject(with: Data(bytes[8..<8 + length])) as? [String: Any]
        for (name, entry) in header ?? [:] {
            guard let ends = (entry as? [String: Any])?["data_offsets"] as? [Int], ends[0] < ends[1] else { continue }
            places[name] = 8 + length + ends[0]..<8 + length + ends[1]
        }
        names = places.keys.sorted()
    }

    /// The file with one bit of one number of a tensor turned over, at a place that depends on the tensor's name: the
    /// highest of what follows a float's exponent.
    ///
    /// - Parameter name: nil for the file as it is.
    public func altered(_ name: String?) throws -> SafeTensors {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        copy.copyBytes(from: bytes)
        if let name, let range = places[name] {
            let width = range.count % 4 == 0 ? 4 : 2
            let seed = name.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
            copy[range.lowerBound + seed % (range.count / width) * width + width - 2] ^= 0x40
        }
        return try SafeTensors(OwnedBytes(copy))
    }

    private final class OwnedBytes: FileBytes, @unchecked Sendable {
        init(_ copy: UnsafeMutableRawBufferPointer) { super.init(UnsafeRawBufferPointer(copy), path: "altered") }
        deinit { bytes.deallocate() }
    }
}
