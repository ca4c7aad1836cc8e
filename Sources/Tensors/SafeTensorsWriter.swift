import Reading

/// Writes safetensors files: the same tensors in the same order give the same bytes.
public struct SafeTensorsWriter {
    enum Numbers {
        case floats(Tensor)
        case integers([Int])

        var count: Int {
            switch self {
            case .floats(let tensor): tensor.count * 4
            case .integers(let integers): integers.count * 8
            }
        }

        func withBytes<E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> Void) throws(E) {
            switch self {
            case .floats(let floats):
                try floats.withUnsafeBuffer { (floats) throws(E) in try body(UnsafeRawBufferPointer(floats)) }
            case .integers(let integers):
                try integers.map { Int64($0).littleEndian }.withUnsafeBufferPointer { (integers) throws(E) in
                    try body(UnsafeRawBufferPointer(integers))
                }
            }
        }
    }

    private(set) var tensors: [(name: String, shape: Shape, numbers: Numbers)] = []
    public var metadata: [(key: String, value: String)] = []

    public init() {}

    public mutating func add(_ name: String, _ tensor: Tensor) {
        tensors.append((name, tensor.shape, .floats(tensor)))
    }

    /// Adds whole numbers as 64-bit integers; they must fill the shape.
    public mutating func add(_ name: String, integers: [Int], shape: Shape) {
        tensors.append((name, shape, .integers(integers)))
    }

    public func bytes() -> [UInt8] {
        var bytes: [UInt8] = []
        forEachPiece { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// The file's bytes, piece by piece, tensors from where they lie.
    public func forEachPiece<E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> Void) throws(E) {
        try header.withUnsafeBufferPointer { (bytes) throws(E) in try body(UnsafeRawBufferPointer(bytes)) }
        for tensor in tensors { try tensor.numbers.withBytes(body) }
    }

    /// The length of the JSON, eight bytes, and the JSON.
    private var header: [UInt8] {
        var header = "{"
        if !metadata.isEmpty {
            let pairs = metadata.map { "\(JSONText.quoted($0.key)):\(JSONText.quoted($0.value))" }
            header += "\"__metadata__\":{\(pairs.joined(separator: ","))}"
        }
        var offset = 0
        for tensor in tensors {
            if header.utf8.count > 1 { header += "," }
            let kind = if case .floats = tensor.numbers { "F32" } else { "I64" }
            let shape = tensor.shape.dimensions.map(String.init).joined(separator: ",")
            header += "\(JSONText.quoted(tensor.name)):{\"dtype\":\"\(kind)\",\"shape\":[\(shape)],"
            header += "\"data_offsets\":[\(offset),\(offset + tensor.numbers.count)]}"
            offset += tensor.numbers.count
        }
        header += "}"
        // Numbers start at a multiple of eight bytes, so that readers can map them.
        header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        var bytes = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
        bytes += Array(header.utf8)
        return bytes
    }
}
