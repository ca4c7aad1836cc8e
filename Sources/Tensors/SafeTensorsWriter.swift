import Foundation

/// Writes safetensors files: the same tensors in the same order give the same bytes.
public struct SafeTensorsWriter {
    private enum Numbers {
        case floats(Tensor)
        case integers([Int])

        var count: Int {
            switch self {
            case .floats(let tensor): tensor.count * 4
            case .integers(let integers): integers.count * 8
            }
        }

        func withBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
            switch self {
            case .floats(let floats): try floats.withUnsafeBuffer { try body(UnsafeRawBufferPointer($0)) }
            case .integers(let integers): try integers.map { Int64($0).littleEndian }.withUnsafeBytes(body)
            }
        }
    }

    private var tensors: [(name: String, shape: Shape, numbers: Numbers)] = []
    public var metadata: [(key: String, value: String)] = []

    public init() {}

    public mutating func add(_ name: String, _ tensor: Tensor) {
        tensors.append((name, tensor.shape, .floats(tensor)))
    }

    /// Adds whole numbers as 64-bit integers; they must fill the shape.
    public mutating func add(_ name: String, integers: [Int], shape: Shape) {
        tensors.append((name, shape, .integers(integers)))
    }

    public func data() -> Data {
        var data = Data()
        forEachPiece { data.append(contentsOf: $0) }
        return data
    }

    /// The file's bytes, piece by piece, tensors from where they lie.
    public func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        try header.withUnsafeBytes(body)
        for tensor in tensors { try tensor.numbers.withBytes(body) }
    }

    /// The length of the JSON, eight bytes, and the JSON.
    private var header: Data {
        var header = "{"
        if !metadata.isEmpty {
            let pairs = metadata.map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
            header += "\"__metadata__\":{\(pairs.joined(separator: ","))}"
        }
        var offset = 0
        for tensor in tensors {
            if header.utf8.count > 1 { header += "," }
            let kind = if case .floats = tensor.numbers { "F32" } else { "I64" }
            let shape = tensor.shape.dimensions.map(String.init).joined(separator: ",")
            header += "\(Self.quoted(tensor.name)):{\"dtype\":\"\(kind)\",\"shape\":[\(shape)],"
            header += "\"data_offsets\":[\(offset),\(offset + tensor.numbers.count)]}"
            offset += tensor.numbers.count
        }
        header += "}"
        // Numbers start at a multiple of eight bytes, so that readers can map them.
        header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        var data = Data(capacity: 8 + header.utf8.count)
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { data.append(contentsOf: $0) }
        data.append(contentsOf: header.utf8)
        return data
    }

    /// Writes beside the target and renames into place, so that a reader never sees half a file; tensors go from where
    /// they lie into the file, so that a large trace is never in memory twice.
    /// - Throws: ``SafeTensorsError/unwritable(path:reason:)`` where the folder cannot be written.
    public func write(to path: String) throws(SafeTensorsError) {
        do {
            try WholeFile.write(to: path) { file in
                try forEachPiece { try file.write(bytes: $0) }
            }
        } catch {
            throw .unwritable(path: path, reason: (error as NSError).localizedDescription)
        }
    }

    /// A JSON string.
    package static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 0x20:
                let hexadecimal = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
