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

    init(_ file: SafeTensors) { self.file = file }

    struct Entry {
        let name: RecordedName
        /// As the file calls it.
        let written: String
        let tensor: Tensor
        let axes: [Axis]
    }

    /// - Parameter sequence: which text of a batch, counted from zero.
    /// - Throws: `SafeTensorsError`; ``TracingError/traceFile(path:problem:)`` where no tensor is a step.
    func trace() throws -> Trace {
        let norms = RecordedNorms(file)
        let names = file.entries.keys.sorted().map { (written: $0, name: norms.name($0)) }
            .sorted { $0.name.order.lexicographicallyPrecedes($1.name.order) }
        guard names.contains(where: { $0.name.axes != nil && $0.name.step.label != .tokens }) else {
            throw problem(
                en: "no tensor has a step's name, such as blocks.0.attn.hook_pattern or blocks.0.hook_resid_pre",
                zh: "没有一个张量以步骤命名，例如 blocks.0.attn.hook_pattern 或 blocks.0.hook_resid_pre")
        }
        var claims: [ShapeCheck.Claim] = []
        var taken: Set<StepName> = []
        for (written, name) in names {
            guard let axes = name.axes, !isOther(written, name), taken.insert(name.step).inserted,
                let shape = shape(written, name, axes)
            else { continue }
            claims.append(
                ShapeCheck.Claim(name: name.step, shape: shape, axes: axes, written: written, isAlias: name.isAlias))
        }
        let texts = try json("tokens", [String].self)?.count ?? json("ids", [Int].self)?.count
        var check = ShapeCheck(claims, isElsewhere: true, tokens: texts)
        var entries: [Entry] = []
        let known = Dictionary(uniqueKeysWithValues: claims.map { ($0.written, $0) })
        for (written, name) in names {
            guard let claim = known[written], check.lies[written] == nil || !name.isAlias else {
                // What no figure knows is kept as it is; a format that we cannot read is no reason to refuse the rest.
                guard let tensor = try? file.tensor(written) else { continue }
                entries.append(
                    Entry(
                        name: RecordedName(surplus: written), written: written, tensor: tensor,
                        axes: [Axis](repeating: .unknown, count: tensor.shape.rank)))
                continue
            }
            guard check.lies[written] == nil else { continue }
            var tensor = try file.tensor(written).reshaped(Shape(claim.shape))
            check.checkIDs(name.step, tensor, written: written)
            guard check.lies[written] == nil else { continue }
            if name.step.label == .scores || name.step.label == Label.scores.crossed { tensor = Self.hidden(tensor) }
            entries.append(Entry(name: name, written: written, tensor: tensor, axes: claim.axes))
        }
        var links = RecordedLinks(file: file)
        var notes: [Phrase] = []
        let tokens = try tokens(entries, check, &notes)
        var trace = try links.trace(entries, model: card(entries), tokens: tokens)
        trace.notes += notes + check.notes(names.map(\.written).filter { known[$0]?.isAlias == false })
        return trace
    }

    /// Whether a tensor is something else than its name lets think, which is no mistake: a normalisation may be
    /// recorded once a head, and what the TransformerBridge calls `embed.hook_in` may be no ids.
    private func isOther(_ written: String, _ name: RecordedName) -> Bool {
        guard let axes = name.axes, let found = file.entries[written] else { return false }
        let norms: [Label] = [.norm1, .norm1Scale, .norm2, .norm2Scale, .norm3, .norm3Scale]
        if norms.contains(name.step.label) { return found.shape.rank > axes.count }
        guard name.isAlias else { return false }
        return axes.count == 2 && !["I", "U"].contains(found.kind.prefix(1))
            || shape(written, name, axes)?.count != axes.count
    }

    // MARK: Shapes

    /// With a batch axis, heads apart.
    private func shape(_ written: String, _ name: RecordedName, _ axes: [Axis]) -> [Int]? {
        guard var dimensions = file.entries[written]?.shape.dimensions else { return nil }
        if axes.contains(.headWidth), dimensions.count == 3, let heads = heads(name), dimensions[1] != heads,
            dimensions[2] % heads == 0, dimensions[0] == 1
        {
            dimensions = [dimensions[0], dimensions[1], heads, dimensions[2] / heads]
        } else if dimensions.count == axes.count - 1 {
            dimensions.insert(1, at: 0)
        }
        return dimensions
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
        // What the tensors show goes before what is said of them.
        numbers["heads"] = length(.pattern, 1) ?? length(.query, 2) ?? length(.z, 2) ?? numbers["heads"]
        numbers["width"] = length(.residualPre, 2) ?? length(.residualPost, 2) ?? numbers["width"]
        numbers["hidden"] = length(.hiddenPost, 2) ?? length(.hiddenPre, 2) ?? numbers["hidden"]
        numbers["vocabulary"] = length(.logits, 2) ?? numbers["vocabulary"]
        let blocks = Set(entries.compactMap(\.name.step.block))
        // Of a model whose blocks are not all there nobody knows how many it has.
        if numbers["layers"] == nil, blocks.max() == blocks.count - 1 { numbers["layers"] = Double(blocks.count) }
        return ModelCard(
            name: file.metadata["model"] ?? "", family: file.metadata["family"] ?? "", numbers: numbers)
    }

    /// The text's tokens and, of a model of two stacks, those of its decoder.
    private func tokens(
        _ entries: [Entry], _ check: ShapeCheck, _ notes: inout [Phrase]
    ) throws -> (own: [TraceToken], target: [TraceToken], ids: [Int]?) {
        let hasTwo = check.positions("decoder") != nil
        let count = hasTwo ? check.positions("encoder") : check.keys("")
        let own = try list("tokens", "ids", entries, count: count, &notes)
        let target = hasTwo ? try list("target_tokens", "target_ids", [], count: check.keys("decoder"), &notes).0 : []
        return (own.0, target, own.1)
    }

    private func list(
        _ words: String, _ numbers: String, _ entries: [Entry], count: Int?, _ notes: inout [Phrase]
    ) throws -> ([TraceToken], [Int]?) {
        var ids = try json(numbers, [Int].self)
        if ids == nil, let entry = entries.first(where: { $0.name.step.label == .tokens }) {
            let length = entry.tensor.shape[-1]
            ids = entry.tensor.scalars.prefix(length).map { Int(exactly: $0) ?? -1 }
            if let all = try? file.integers(entry.written) { ids = Array(all.prefix(length)) }
        }
        var texts = try json(words, [String].self)
        if let count, let found = texts?.count, found != count {
            notes.append(Self.miscounted(words, found, count))
            texts = nil
        }
        if let count, let found = ids?.count, found != count {
            notes.append(Self.miscounted(numbers, found, count))
            ids = nil
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
        return String(text.map { ["Ġ": "␣", "▁": "␣", "Ċ": "⏎"][$0] ?? $0 }).shownAsToken
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

    /// Said of a list that does not fit the tensors.
    static func miscounted(_ list: String, _ found: Int, _ expected: Int) -> Phrase {
        Phrase(
            en: "“\(list)” has \(found) entries, expected \(expected): it is set aside",
            zh: "“\(list)”有 \(found) 项，应有 \(expected) 项，不予采用")
    }
}
