import Reading
import Wording

/// What stands before a safetensors file's numbers: what is said of each tensor, and where it lies.
struct SafeTensorsHeader {
    private(set) var entries: [String: SafeTensors.Entry] = [:]
    private(set) var metadata: [String: String] = [:]
    /// Where the numbers begin.
    private(set) var end = 0

    /// As `safetensors` has it.
    private static let longestHeader = 100_000_000

    /// - Throws: ``SafeTensorsError/malformed(path:problem:)``.
    init(of file: FileBytes) throws(Failure) {
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
        guard length <= Self.longestHeader else {
            throw .malformed(
                path,
                en: "a header of \(length) bytes, expected at most \(Self.longestHeader)",
                zh: "文件头有 \(length) 个字节，最多应为 \(Self.longestHeader) 个")
        }
        end = 8 + Int(length)
        try read(Array(file.bytes[8..<end]), path: path, available: file.count - end)
        try checkOrder(path: path, available: file.count - end)
    }

    private mutating func read(_ header: [UInt8], path: String, available: Int) throws(Failure) {
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
                    entries[name] = try Self.entry(name, fields, path: path, available: available)
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
    ) throws(Failure) -> SafeTensors.Entry {
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
        return SafeTensors.Entry(kind: kind, shape: Shape(dimensions), range: offsets[0]..<offsets[1])
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
    private func checkOrder(path: String, available: Int) throws(Failure) {
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
}

extension Failure {
    fileprivate static func malformed(_ path: String, en: String, zh: String) -> Failure {
        Failure(SafeTensorsError.malformed(path: path, problem: Phrase(en: en, zh: zh)))
    }
}
