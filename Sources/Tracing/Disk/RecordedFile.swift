import Foundation
import Tensors
import Wording

/// A trace that another program recorded: tensors by name, with or without a few facts in the metadata.
///
/// Metadata, all of it optional and all of it text, as safetensors wants it: `tokens` and `target_tokens` (lists of
/// texts in JSON), `ids` and `target_ids` (lists of whole numbers), `model`, `family`, and whole numbers such as
/// `layers`, `heads`, `key_value_heads`, `width`, `vocabulary`.
struct RecordedFile {
    let file: SafeTensors
    private var lengths: [String: (length: Int, by: String)] = [:]

    init(_ file: SafeTensors) { self.file = file }

    struct Entry {
        let name: RecordedName
        /// As the file calls it.
        let written: String
        let tensor: Tensor
        let axes: [Axis]
    }

    /// - Throws: `SafeTensorsError`; ``TracingError/traceFile(path:problem:)`` naming the tensor that does not fit.
    mutating func trace() throws -> Trace {
        let norms = RecordedNorms(file)
        let names = file.entries.keys.sorted().map { (written: $0, name: norms.name($0)) }
            .sorted { $0.name.order.lexicographicallyPrecedes($1.name.order) }
        guard names.contains(where: { $0.name.axes != nil && $0.name.step.label != .tokens }) else {
            throw problem(
                en: "no tensor has a step's name, such as blocks.0.attn.hook_pattern or blocks.0.hook_resid_pre",
                zh: "没有一个张量以步骤命名，例如 blocks.0.attn.hook_pattern 或 blocks.0.hook_resid_pre")
        }
        var entries: [Entry] = []
        var taken: Set<StepName> = []
        for (written, name) in names {
            let axes = mayDiffer(written, name) ? nil : name.axes
            guard let axes, taken.insert(name.step).inserted else {
                // What no figure knows is kept as it is; a format that we cannot read is no reason to refuse the rest.
                guard let tensor = try? file.tensor(written) else { continue }
                entries.append(
                    Entry(
                        name: RecordedName(surplus: written), written: written, tensor: tensor,
                        axes: [Axis](repeating: .unknown, count: tensor.shape.rank)))
                continue
            }
            entries.append(
                Entry(name: name, written: written, tensor: try shaped(written, name, axes), axes: axes))
        }
        var links = RecordedLinks(file: file)
        return try links.trace(entries, model: card(entries), tokens: try tokens(entries))
    }

    /// Whether a tensor is something else than its name lets think, which is no mistake: what the TransformerBridge
    /// calls `attn.o.hook_in` may have its heads apart, and a normalisation may be recorded once a head.
    private mutating func mayDiffer(_ written: String, _ name: RecordedName) -> Bool {
        guard let axes = name.axes, let found = file.entries[written] else { return false }
        let rank = found.shape.rank
        let norms: [Label] = [.norm1, .norm1Scale, .norm2, .norm2Scale, .norm3, .norm3Scale]
        if norms.contains(name.step.label) { return rank > axes.count }
        guard name.isAlias else { return false }
        if axes.count == 2, !["I", "U"].contains(found.kind.prefix(1)) { return true }
        let before = lengths
        defer { lengths = before }
        return (try? shaped(written, name, axes)) == nil
    }

    // MARK: Shapes

    /// With a batch axis, heads apart, hidden scores at minus infinity.
    private mutating func shaped(_ written: String, _ name: RecordedName, _ axes: [Axis]) throws -> Tensor {
        var tensor = try file.tensor(written)
        let found = tensor.shape
        var dimensions = found.dimensions
        if axes.contains(.headWidth), found.rank == 3, let heads = heads(name), dimensions[1] != heads,
            dimensions[2] % max(heads, 1) == 0, dimensions[0] == 1
        {
            dimensions = [dimensions[0], dimensions[1], heads, dimensions[2] / heads]
        } else if found.rank == axes.count - 1 {
            dimensions.insert(1, at: 0)
        }
        guard dimensions.count == axes.count, !dimensions.contains(0) else {
            throw mismatch(written, axes.dropFirst().map(\.rawValue).joined(separator: " × "), found)
        }
        let place = name.step.stack + "." + (name.step.block.map(String.init) ?? "")
        let source = name.step.stack == "decoder" ? "encoder" : name.step.stack
        let isCrossed = name.step.label.rawValue.hasPrefix("cross_")
        let isKey = [.key, .value, .rotatedKey].contains(where: {
            $0 == name.step.label || $0.crossed == name.step.label
        })
        var keys: [(axis: Axis, length: Int, key: String?)] = []
        for (axis, length) in zip(axes, dimensions) {
            let key: String?
            switch axis {
            case .batch: key = "batch"
            case .query: key = "position." + name.step.stack
            // Of two stacks the last one gives the logits.
            case .position
            where name.step.block == nil && name.step.stack.isEmpty && lengths["position.decoder"] != nil:
                key =
                    "position."
                    + (name.step.label == .logits || name.step.label == .probabilities ? "decoder" : "encoder")
            case .key, .position: key = "position." + (isCrossed && (isKey || axis == .key) ? source : name.step.stack)
            case .head: key = (isKey ? "key heads." : "heads.") + place
            case .headWidth where name.step.label == .query || name.step.label == .key: key = "head width." + place
            case .width where name.step.block != nil: key = "width." + name.step.stack
            case .hidden: key = "hidden." + place
            case .vocabulary: key = "vocabulary"
            case .single: key = "single"
            default: key = nil
            }
            if axis == .single, length != 1 { throw mismatch(written, "… × 1", found) }
            keys.append((axis, length, key))
        }
        for (_, length, key) in keys {
            guard let key else { continue }
            if let known = lengths[key], known.length != length {
                let expected = keys.map { entry in "\(entry.key.flatMap { lengths[$0]?.length } ?? entry.length)" }
                throw mismatch(written, expected.joined(separator: " × "), Shape(dimensions), by: known.by)
            }
            lengths[key] = lengths[key] ?? (length, written)
        }
        try checkGroups(written, place, found)
        if dimensions != found.dimensions { tensor = try tensor.reshaped(Shape(dimensions)) }
        return name.step.label == .scores || name.step.label == Label.scores.crossed ? Self.hidden(tensor) : tensor
    }

    /// Several heads may share one key and value, each the same number of them.
    private func checkGroups(_ written: String, _ place: String, _ found: Shape) throws {
        guard let heads = lengths["heads." + place], let keys = lengths["key heads." + place] else { return }
        guard heads.length % keys.length == 0 else {
            throw problem(
                en: "tensor “\(written)” (\(found)): \(keys.length) key heads do not divide \(heads.length) heads",
                zh: "张量“\(written)”（\(found)）：\(heads.length) 个头不能平均共用 \(keys.length) 个键头")
        }
    }

    private func heads(_ name: RecordedName) -> Int? {
        let isKey = name.step.label == .key || name.step.label == .value
        let known = (isKey ? number("key_value_heads") : nil) ?? number("heads")
        return known.flatMap { $0 > 0 ? $0 : nil }
    }

    /// Other programs hide with a large negative number in place of minus infinity.
    private static func hidden(_ tensor: Tensor) -> Tensor {
        guard tensor.withUnsafeBuffer({ $0.contains { $0 <= -9_000 && $0.isFinite } }) else { return tensor }
        return Tensor(tensor.shape) { target in
            tensor.withUnsafeBuffer {
                for place in $0.indices { target[place] = $0[place] <= -9_000 ? -.infinity : $0[place] }
            }
        }
    }

    // MARK: Metadata

    private func number(_ key: String) -> Int? { file.metadata[key].flatMap { Int($0) } }

    private func card(_ entries: [Entry]) -> ModelCard {
        var numbers: [String: Double] = [:]
        for key in ["layers", "heads", "key_value_heads", "width", "hidden", "vocabulary", "context", "parameters"] {
            if let number = number(key) { numbers[key] = Double(number) }
        }
        func length(_ label: Label, _ axis: Int) -> Double? {
            entries.first { $0.name.step.label == label }.map { Double($0.tensor.shape[axis]) }
        }
        numbers["heads"] = numbers["heads"] ?? length(.pattern, 1) ?? length(.query, 2) ?? length(.z, 2)
        numbers["width"] = numbers["width"] ?? length(.residualPre, 2) ?? length(.residualPost, 2)
        numbers["vocabulary"] = numbers["vocabulary"] ?? length(.logits, 2)
        numbers["layers"] =
            numbers["layers"] ?? entries.compactMap(\.name.step.block).max().map { Double($0 + 1) }
        return ModelCard(
            name: file.metadata["model"] ?? "", family: file.metadata["family"] ?? "", numbers: numbers)
    }

    /// The text's tokens and, of a model of two stacks, those of its decoder.
    private func tokens(_ entries: [Entry]) throws -> (own: [TraceToken], target: [TraceToken], ids: [Int]?) {
        let hasTwo = lengths["position.decoder"] != nil
        let own = try list("tokens", "ids", entries, stack: hasTwo ? "encoder" : "")
        let target = hasTwo ? try list("target_tokens", "target_ids", [], stack: "decoder").0 : []
        return (own.0, target, own.1)
    }

    private func list(
        _ words: String, _ numbers: String, _ entries: [Entry], stack: String
    ) throws -> ([TraceToken], [Int]?) {
        let count = lengths["position." + stack]?.length
        var ids = try json(numbers, [Int].self)
        if ids == nil, let entry = entries.first(where: { $0.name.step.label == .tokens }) {
            let length = entry.tensor.shape[-1]
            ids = entry.tensor.scalars.prefix(length).map { Int(exactly: $0) ?? -1 }
            if let all = try? file.integers(entry.written) { ids = Array(all.prefix(length)) }
        }
        let texts = try json(words, [String].self)
        for (key, found) in [(words, texts?.count), (numbers, ids?.count)] {
            guard let found, let count, found != count else { continue }
            throw problem(
                en: "“\(key)” has \(found) entries, expected \(count)", zh: "“\(key)”有 \(found) 项，应有 \(count) 项")
        }
        let length = count ?? texts?.count ?? ids?.count ?? 0
        var seen: [String: Int] = [:]
        let tokens = (0..<length).map { place in
            let text = texts.map { Self.visible($0[place]) }
            let id = ids?[place] ?? text.map { seen[$0, default: place] } ?? place
            if let text { seen[text] = id }
            return TraceToken(
                id: id, display: text ?? (ids == nil ? "\(place)" : "#\(id)"),
                isSpecial: text.map { $0.count > 2 && "<[".contains($0.prefix(1)) && ">]".contains($0.suffix(1)) }
                    ?? false)
        }
        return (tokens, ids)
    }

    private static func visible(_ text: String) -> String {
        // Bytes that are part of a character are written apart.
        if text.hasPrefix("‹"), text.hasSuffix("›") { return text }
        return String(text.map { [" ": "␣", "Ġ": "␣", "▁": "␣", "\n": "⏎", "Ċ": "⏎", "\t": "⇥"][$0] ?? $0 })
    }

    private func json<Value: Decodable>(_ key: String, _ type: Value.Type) throws -> Value? {
        guard let text = file.metadata[key] else { return nil }
        guard let value = try? JSONDecoder().decode(type, from: Data(text.utf8)) else {
            throw problem(en: "metadata “\(key)” is not a list in JSON", zh: "元数据“\(key)”不是 JSON 列表")
        }
        return value
    }

    // MARK: Errors

    private func problem(en: String, zh: String) -> Failure {
        .traceFile(file.path, Phrase(en: en, zh: zh))
    }

    private func mismatch(_ tensor: String, _ expected: String, _ found: Shape, by other: String? = nil) -> Failure {
        problem(
            en: "tensor “\(tensor)”: expected \(expected)\(other.map { " as in “\($0)”" } ?? ""), found \(found)",
            zh: "张量“\(tensor)”：应为 \(expected)\(other.map { "（与“\($0)”一致）" } ?? "")，实为 \(found)")
    }
}
