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
            (entries, metadata, start) = try Self.header(of: file)
        } catch {
            // One that is damaged is still what it is.
            guard FileKind(file.bytes) != .safetensors else { throw error }
            throw Failure.ifOfAnotherKind(file.bytes, path: path, expected: "safetensors") ?? error
        }
        self.file = file
    }

    /// As `safetensors` has it.
    private static let longestHeader = 100_000_000

    /// What the header says, and where it ends.
    private static func header(
        of file: FileBytes
    ) throws(Failure) -> (entries: [String: Entry], metadata: [String: String], end: Int) {
        let path = file.path
        guard file.count >= 8 else {
            throw .malformed(path, en: "\(file.count) bytes, expected at least 8", zh: "只有 \(file.count) 个字节，至少应有 8 个")
        }
        let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(file.bytes[$1]) << (8 * UInt64($1)) }
        guard length <= UInt64(file.count - 8) else {
            let start = Array(file.bytes.prefix(24))
            if start.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }) {
                let text = ByteText.visible(start)
                throw .malformed(path, en: "a text that begins “\(text)”", zh: "这是以“\(text)”开头的文本")
            }
            throw .malformed(
                path,
                en: "a header of \(length) bytes in a file of \(file.count)",
                zh: "文件共 \(file.count) 个字节，文件头却声称有 \(length) 个")
        }
        guard length <= longestHeader else {
            throw .malformed(
                path,
                en: "a header of \(length) bytes, expected at most \(longestHeader)",
                zh: "文件头有 \(length) 个字节，最多应为 \(longestHeader) 个")
        }
        let start = 8 + Int(length)
        let (entries, metadata) = try read(
            Array(file.bytes[8..<start]), path: path, available: file.count - start)
        try checkOrder(entries, path: path, available: file.count - start)
        return (entries, metadata, start)
    }

    private static func read(
        _ header: [UInt8], path: String, available: Int
    ) throws(Failure) -> ([String: Entry], [String: String]) {
        var entries: [String: Entry] = [:]
        var metadata: [String: String] = [:]
        var problem: Failure?
        do throws(Failure) {
            // A checkpoint may have a hundred thousand tensors: each is read straight into its entry.
            var cursor = JSONCursor(header, source: path)
            try cursor.readObject { (cursor, key) throws(Failure) in
                let name = String(decoding: key, as: UTF8.self)
                if name == "__metadata__" {
                    for (key, value) in try cursor.readValue().members ?? [:] { metadata[key] = value.text }
                    return
                }
                let fields = try Fields(&cursor)
                do throws(Failure) {
                    entries[name] = try entry(name, fields, path: path, available: available)
                } catch {
                    problem = error
                    throw error
                }
            }
            try cursor.expectEnd()
        } catch {
            // A line of a header that is one long line helps nobody.
            throw problem ?? .malformed(path, en: "its header is not a JSON object", zh: "文件头不是 JSON 对象")
        }
        return (entries, metadata)
    }

    /// What is written of a tensor; nothing where it is of another kind.
    private struct Fields {
        var kind: String?
        var dimensions: [Int]?
        var offsets: [Int]?

        init(_ cursor: inout JSONCursor) throws(Failure) {
            guard cursor.peek() == UInt8(ascii: "{") else {
                try cursor.skipValue()
                return
            }
            try cursor.readObject { (cursor, key) throws(Failure) in
                let isShape = key.elementsEqual("shape".utf8)
                if isShape || key.elementsEqual("data_offsets".utf8) {
                    let list = try Self.integers(&cursor)
                    if isShape { dimensions = list } else { offsets = list }
                } else if key.elementsEqual("dtype".utf8) {
                    kind = try cursor.readValue().text
                } else {
                    try cursor.skipValue()
                }
            }
        }

        private static func integers(_ cursor: inout JSONCursor) throws(Failure) -> [Int]? {
            guard cursor.peek() == UInt8(ascii: "[") else {
                try cursor.skipValue()
                return nil
            }
            var list: [Int] = []
            var isWhole = true
            try cursor.readArray { (cursor) throws(Failure) in
                if let value = try cursor.readValue().integer { list.append(value) } else { isWhole = false }
            }
            return isWhole ? list : nil
        }
    }

    private static func entry(
        _ name: String, _ fields: Fields, path: String, available: Int
    ) throws(Failure) -> Entry {
        guard let kind = fields.kind, let dimensions = fields.dimensions, let offsets = fields.offsets,
            offsets.count == 2, dimensions.allSatisfy({ $0 >= 0 })
        else {
            throw .malformed(
                path,
                en: "tensor “\(name)” lacks dtype, shape or data_offsets",
                zh: "张量“\(name)”缺少 dtype、shape 或 data_offsets")
        }
        guard let count = Self.count(dimensions) else {
            throw .malformed(path, en: "tensor “\(name)” has an impossible shape", zh: "张量“\(name)”的形状不可能存在")
        }
        guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= available,
            width(of: kind).map({ Int64(offsets[1] - offsets[0]) == Int64(count) * Int64($0) }) ?? true
        else {
            throw .malformed(
                path,
                en: "tensor “\(name)” does not fit its shape or the file",
                zh: "张量“\(name)”的字节数与形状或文件大小不符")
        }
        return Entry(kind: kind, shape: Shape(dimensions), range: offsets[0]..<offsets[1])
    }

    /// How many numbers; nil where a machine could not hold them.
    private static func count(_ dimensions: [Int]) -> Int? {
        var count: Int64 = 1
        // An axis of length zero must not excuse absurd lengths beside it: sums and products are made of them.
        for length in dimensions {
            let (product, overflow) = count.multipliedReportingOverflow(by: Int64(max(length, 1)))
            guard !overflow, product < 1 << 48 else { return nil }
            count = product
        }
        return dimensions.contains(0) ? 0 : Int(exactly: count)
    }

    /// Tensors lie one behind the other and fill the file, as the format demands: where two overlap or bytes are left
    /// over, header and numbers do not belong together.
    private static func checkOrder(
        _ entries: [String: Entry], path: String, available: Int
    ) throws(Failure) {
        var end = 0
        let order = entries.sorted {
            ($0.value.range.lowerBound, $0.value.range.upperBound)
                < ($1.value.range.lowerBound, $1.value.range.upperBound)
        }
        for (name, entry) in order {
            guard entry.range.lowerBound == end else {
                throw .malformed(
                    path,
                    en:
                        "tensor “\(name)” begins at byte \(entry.range.lowerBound), expected \(end), where the one before it ends",
                    zh: "张量“\(name)”从第 \(entry.range.lowerBound) 个字节开始，应从上一个张量结束的第 \(end) 个字节开始")
            }
            end = entry.range.upperBound
        }
        guard end == available else {
            throw .malformed(
                path,
                en: "its tensors end after \(end) bytes, the file after \(available)",
                zh: "各张量共 \(end) 个字节，文件里却有 \(available) 个")
        }
    }

    private static func width(of kind: String) -> Int? {
        switch kind {
        case "F64", "I64": 8
        case "F32", "I32": 4
        case "F16", "BF16": 2
        case "U8", "BOOL", "I8": 1
        default: nil
        }
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

extension Failure {
    fileprivate static func malformed(_ path: String, en: String, zh: String) -> Failure {
        Failure(SafeTensorsError.malformed(path: path, problem: Phrase(en: en, zh: zh)))
    }
}
