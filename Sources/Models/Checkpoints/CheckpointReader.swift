import Tensors
import Wording

/// Takes tensors out of a file and remembers what did not fit, so that one error can name it all.
struct CheckpointReader {
    private let file: WeightFiles
    private let prefix: String
    private var taken: Set<String> = []
    private var missing: [String] = []
    private var misshaped: [String] = []
    /// Tensors whose numbers are of a kind that is not read, by the kind.
    private var unread: [String: [String]] = [:]

    /// The first prefix that any tensor of the file carries is the one that is used.
    init(file: WeightFiles, prefixes: [String]) {
        self.file = file
        prefix = prefixes.first { prefix in file.entries.keys.contains { $0.hasPrefix(prefix) } } ?? ""
    }

    /// Whether the file has it, with the prefix or without.
    func has(_ name: String) -> Bool { file.entries[full(name)] != nil }

    /// Whether two names hold the same numbers.
    func holdsSame(_ first: String, as second: String) -> Bool { file.holdsSame(full(first), as: full(second)) }

    /// Whether a head that should be the embedding is: it is not where the file holds both and they differ, as
    /// `transformers` 5 has it.
    func areTied(_ head: String, _ embedding: String) -> Bool {
        !(has(head) && has(embedding)) || holdsSame(head, as: embedding)
    }

    private func full(_ name: String, isOutside: Bool = false) -> String {
        isOutside || file.entries[prefix + name] == nil && file.entries[name] != nil ? name : prefix + name
    }

    /// - Parameters:
    ///   - keys: the configuration's keys that decide the shape.
    ///   - isOutside: whether the name never carries the prefix.
    mutating func take(_ name: String, shape: Shape, keys: [String], isOutside: Bool = false) -> Tensor? {
        let full = full(name, isOutside: isOutside)
        guard let entry = file.entries[full] else {
            missing.append(full)
            return nil
        }
        taken.insert(full)
        guard SafeTensors.readableKinds.contains(entry.kind) else {
            unread[entry.kind, default: []].append(full)
            return nil
        }
        guard entry.shape == shape else {
            let deciding = keys.isEmpty ? "" : " (\(keys.joined(separator: ", ")))"
            misshaped.append("\(full): \(entry.shape) ≠ \(shape)" + deciding)
            return nil
        }
        do {
            return try file.tensor(full)
        } catch {
            misshaped.append("\(full): \(entry.kind)")
            return nil
        }
    }

    /// The tensor was copied: see ``WeightFiles/release(_:)``.
    func release(_ name: String, isOutside: Bool = false) { file.release(full(name, isOutside: isOutside)) }

    /// - Throws: ``ModelError/checkpoint(path:missing:surplus:misshaped:)`` if anything did not fit.
    func finish(ignoring isKnown: (String) -> Bool) throws(Failure) {
        if let kind = unread.keys.min(), let names = unread[kind] {
            let read = SafeTensors.readableKinds
            throw .weights(
                path: file.path,
                en: "\(names[0]) (of \(names.count) such tensors) is stored as \(kind); read here: "
                    + read.joined(separator: ", "),
                zh: "\(names[0])（这样的张量共 \(names.count) 个）存成了 \(kind)；这里能读："
                    + read.joined(separator: "、"))
        }
        let surplus = file.entries.keys.filter { !taken.contains($0) && !isKnown($0) }.sorted()
        guard missing.isEmpty, misshaped.isEmpty, surplus.isEmpty else {
            throw Failure(
                ModelError.checkpoint(path: file.path, missing: missing, surplus: surplus, misshaped: misshaped))
        }
    }
}
