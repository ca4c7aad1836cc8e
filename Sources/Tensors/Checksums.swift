import Reading
import Wording

/// What shows that a number of a safetensors file is not the one that was written: in its metadata, under `checksums`, a
/// JSON object with the CRC-32 of each tensor's bytes by the tensor's name, eight hexadecimal digits.
///
/// Under `__metadata__` it has that of all other metadata: each key and its value, with a line feed behind both, in the
/// order of the keys' bytes.
public struct Checksums: Sendable, Equatable {
    static let key = "checksums"
    package static let facts = "__metadata__"

    /// How many tensors have one.
    public internal(set) var checked = 0
    /// The tensors whose bytes give another, by the file's names for them and in its order, and those that are gone.
    public internal(set) var altered: [String] = []
    /// The tensors that have none.
    public internal(set) var unlisted: [String] = []
    /// Whether what is said beside the tensors is not what was written.
    public internal(set) var isMetadataAltered = false

    static func of(_ metadata: [(key: String, value: String)]) -> UInt32 {
        var sum = CRC32()
        for (key, value) in metadata.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            Array("\(key)\n\(value)\n".utf8).withUnsafeBytes { sum.add($0) }
        }
        return sum.value
    }

    /// Of many pieces, on all cores.
    static func of<Piece: Sendable>(
        _ pieces: [Piece], bytes: Int, _ sum: @escaping @Sendable (Piece) -> UInt32
    ) -> [UInt32] {
        [UInt32](unsafeUninitializedCapacity: pieces.count) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            nonisolated(unsafe) let target = start
            inParallel(pieces.count, work: bytes / 4) { places in
                for place in places { (target + place).initialize(to: sum(pieces[place])) }
            }
            count = pieces.count
        }
    }
}

extension SafeTensors {
    /// Reads all bytes of the file and compares; nil where it has no checksums.
    package func checked() -> Checksums? {
        guard let text = metadata[Checksums.key] else { return nil }
        var known: [String: UInt32] = [:]
        var found = Checksums()
        do throws(Failure) {
            var cursor = JSONCursor(Array(text.utf8), source: path)
            try cursor.readObject { (cursor, key) throws(Failure) in
                known[String(decoding: key, as: UTF8.self)] =
                    try cursor.readValue().text.flatMap { UInt32($0, radix: 16) }
            }
        } catch {
            found.isMetadataAltered = true
        }
        let facts = metadata.filter { $0.key != Checksums.key }.map { (key: $0.key, value: $0.value) }
        if known.removeValue(forKey: Checksums.facts) != Checksums.of(facts) { found.isMetadataAltered = true }
        let names = namesInOrder
        let sums = Checksums.of(names, bytes: names.reduce(0) { $0 + (self.bytes(of: $1)?.count ?? 0) }) { name in
            self.bytes(of: name).map { CRC32.of($0) } ?? 0
        }
        for (name, sum) in zip(names, sums) {
            guard let written = known.removeValue(forKey: name) else {
                found.unlisted.append(name)
                continue
            }
            found.checked += 1
            if written != sum { found.altered.append(name) }
        }
        found.altered += known.keys.sorted()
        return found
    }
}

extension SafeTensorsWriter {
    /// Adds ``Checksums`` of all that was added so far.
    package mutating func addChecksums() {
        let sums = Checksums.of(tensors.map { $0.numbers }, bytes: tensors.reduce(0) { $0 + $1.numbers.count }) {
            numbers in
            var sum: UInt32 = 0
            numbers.withBytes { sum = CRC32.of($0) }
            return sum
        }
        func digits(_ sum: UInt32) -> String {
            let digits = String(sum, radix: 16)
            return String(repeating: "0", count: 8 - digits.utf8.count) + digits
        }
        var members = [(Checksums.facts, JSONText.text(digits(Checksums.of(metadata))))]
        for (tensor, sum) in zip(tensors, sums) { members.append((tensor.name, .text(digits(sum)))) }
        metadata.append((Checksums.key, JSONText.members(members).line))
    }
}
