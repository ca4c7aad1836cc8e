import CVectorMath
import Reading
import Wording

/// Why a file is no safetensors file, or lacks what is wanted of it.
public enum SafeTensorsError: ExplainedError, Equatable {
    case malformed(path: String, problem: Phrase)
    case missing(path: String, tensor: String)
    case kind(path: String, tensor: String, found: String)

    public var explanation: Phrase {
        switch self {
        case .malformed(let path, let problem):
            Phrase(
                en: "\(path): not a safetensors file: \(problem.english)",
                zh: "\(path)：不是 safetensors 文件：\(problem.chinese)")
        case .missing(let path, let tensor):
            Phrase(en: "\(path): expected a tensor “\(tensor)”, found none", zh: "\(path)：缺少张量“\(tensor)”")
        case .kind(let path, let tensor, let found):
            Phrase(
                en: "\(path): tensor “\(tensor)” is stored as \(found); read here: "
                    + SafeTensors.readableKinds.joined(separator: ", "),
                zh: "\(path)：张量“\(tensor)”存成了 \(found)；这里能读："
                    + SafeTensors.readableKinds.joined(separator: "、"))
        }
    }
}

/// A safetensors file in memory: eight bytes with the header's length, the header in JSON, the numbers.
public final class SafeTensors: Sendable {
    /// What the header says of one tensor.
    public struct Entry: Sendable, Hashable {
        public let kind: String
        public let shape: Shape
        let range: Range<Int>
    }

    /// The kinds of numbers that ``tensor(_:)`` gives as float32.
    public static let readableKinds = ["F32", "F16", "BF16", "F64", "I64", "I32", "U8", "BOOL"]

    public let path: String
    public let entries: [String: Entry]
    public let metadata: [String: String]
    private let file: FileBytes
    private let start: Int

    /// - Throws: ``SafeTensorsError/malformed(path:problem:)`` where the bytes are cut short or no such file.
    public init(_ file: FileBytes) throws(Failure) {
        path = file.path
        do throws(Failure) {
            let header = try SafeTensorsHeader(of: file)
            (entries, metadata, start) = (header.entries, header.metadata, header.end)
        } catch {
            // One that is damaged is still what it is.
            guard FileKind(file.bytes) != .safetensors else { throw error }
            throw Failure.ifOfAnotherKind(file.bytes, path: path, expected: "safetensors") ?? error
        }
        self.file = file
    }

    private func missing(_ name: String) -> Failure { Failure(SafeTensorsError.missing(path: path, tensor: name)) }

    private func wrongKind(_ name: String, _ found: String) -> Failure {
        Failure(SafeTensorsError.kind(path: path, tensor: name, found: found))
    }

    /// One tensor as float32: mapped where it is stored so, converted otherwise (and then no longer kept in memory as
    /// it is stored).
    /// - Throws: ``SafeTensorsError/missing(path:tensor:)``, ``SafeTensorsError/kind(path:tensor:found:)``.
    public func tensor(_ name: String) throws(Failure) -> Tensor {
        guard let entry = entries[name] else { throw missing(name) }
        let bytes = bytes(of: entry)
        if entry.kind == "F32", let base = bytes.baseAddress,
            Int(bitPattern: base) % MemoryLayout<Float>.alignment == 0, entry.shape.count > 0
        {
            return Tensor(
                borrowing: base.assumingMemoryBound(to: Float.self), shape: entry.shape, owner: file)
        }
        if let convert = Self.wholesaleConverter(entry.kind), let base = bytes.baseAddress {
            let width = bytes.count / max(entry.shape.count, 1)
            defer { release(name) }
            nonisolated(unsafe) let x = base
            return Tensor(entry.shape, parts: entry.shape.count, work: entry.shape.count) { range, y in
                convert(x + range.lowerBound * width, y + range.lowerBound, range.count)
            }
        }
        guard let convert = Self.converter(entry.kind) else { throw wrongKind(name, entry.kind) }
        return Tensor(entry.shape) { target in
            for place in target.indices { target[place] = convert(bytes, place) }
        }
    }

    /// A tensor's pages in memory are no longer needed, because what was made of it is a copy.
    package func release(_ name: String) {
        if let entry = entries[name] { file.release(place(of: entry)) }
    }

    /// The tensors' names as they lie in the file.
    package var namesInOrder: [String] {
        entries.sorted { ($0.value.range.lowerBound, $0.key) < ($1.value.range.lowerBound, $1.key) }.map { $0.key }
    }

    /// Bytes as they are stored; nil where there is no such tensor.
    package func bytes(of name: String) -> UnsafeRawBufferPointer? { entries[name].map(bytes(of:)) }

    private func bytes(of entry: Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.bytes[place(of: entry)])
    }

    /// Where a tensor lies in the file.
    private func place(of entry: Entry) -> Range<Int> {
        (start + entry.range.lowerBound)..<(start + entry.range.upperBound)
    }

    /// Whole numbers, exact. - Throws: as ``tensor(_:)``, also where the tensor holds other numbers.
    public func integers(_ name: String) throws(Failure) -> [Int] {
        guard let entry = entries[name] else { throw missing(name) }
        let bytes = bytes(of: entry)
        switch entry.kind {
        case "I64":
            return (0..<entry.shape.count).map {
                Int(clamping: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self))
            }
        case "I32":
            return (0..<entry.shape.count).map { Int(bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self)) }
        default: throw wrongKind(name, entry.kind)
        }
    }

    private static func converter(_ kind: String) -> ((UnsafeRawBufferPointer, Int) -> Float)? {
        switch kind {
        case "F32": { $0.loadUnaligned(fromByteOffset: $1 * 4, as: Float.self) }
        case "I64": { Float($0.loadUnaligned(fromByteOffset: $1 * 8, as: Int64.self)) }
        case "I32": { Float($0.loadUnaligned(fromByteOffset: $1 * 4, as: Int32.self)) }
        case "U8", "BOOL": { Float($0[$1]) }
        default: nil
        }
    }

    /// The formats that weights are stored in, many numbers at a time.
    private static func wholesaleConverter(
        _ kind: String
    ) -> (@Sendable (UnsafeRawPointer, UnsafeMutablePointer<Float>, Int) -> Void)? {
        switch kind {
        case "F64": { vm_from_float64($0, $1, $2) }
        case "F16": { vm_from_float16($0, $1, $2) }
        case "BF16": { vm_from_bfloat16($0, $1, $2) }
        default: nil
        }
    }
}
