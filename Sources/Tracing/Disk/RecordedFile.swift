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

    /// The trace, what its steps may be beyond what it says, and which step each tensor is.
    /// - Throws: `SafeTensorsError`; ``TracingError/traceFile(path:problem:)`` where no tensor is a step.
    func contents() throws -> (trace: Trace, arithmetic: RecordedArithmetic, names: [String: StepName]) {
        let norms = RecordedNorms(file)
        let names = file.entries.keys.sorted().map { (written: $0, name: norms.name($0)) }
            .map { (pair: $0, order: $0.name.order) }
            .sorted { $0.order.lexicographicallyPrecedes($1.order) }.map { $0.pair }
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
        func list<Value: Decodable>(_ key: String, _ type: Value.Type) -> [Value]? {
            file.metadata[key].flatMap { try? JSONDecoder().decode([Value].self, from: Data($0.utf8)) }
        }
        let count = list("tokens", String.self)?.count ?? list("ids", Int.self)?.count
        var check = ShapeCheck(claims, isElsewhere: true, tokens: count)
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
        let arithmetic = RecordedArithmetic(
            tensors: Dictionary(entries.map { ($0.name.step, $0.tensor) }) { _, last in last })
        var links = RecordedLinks(file: file, arithmetic)
        var notes: [Phrase] = []
        let tokens = try tokens(entries, check, &notes)
        var trace = try links.trace(entries, model: card(entries), tokens: tokens)
        trace.notes += notes + check.notes(names.map(\.written).filter { known[$0]?.isAlias == false })
        let steps = Dictionary(entries.map { ($0.written, $0.name.step) }) { first, _ in first }
        return (trace, arithmetic, steps)
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

    /// Each text's tokens and, of a model of two stacks, those of its decoder; the ids where they are known.
    struct Tokens {
        var own: [[TraceToken]]
        var target: [[TraceToken]]
        var ids: [[Int]]?
    }

    private func tokens(_ entries: [Entry], _ check: ShapeCheck, _ notes: inout [Phrase]) throws -> Tokens {
        let hasTwo = check.positions(.decoder) != nil
        let count = hasTwo ? check.positions(.encoder) : check.keys(.single)
        var ids = try lists("ids", Int.self, check, count: count, &notes)
        if let last = check.vocabulary(hasTwo ? .encoder : .single).map({ $0 - 1 }),
            let wrong = ids?.joined().first(where: { !(0...max(last, 0)).contains($0) })
        {
            notes.append(
                Phrase(
                    en: "“ids” is set aside: expected 0 … \(last), found \(wrong)",
                    zh: "“ids”不予采用：应为 0 … \(last)，实为 \(wrong)"))
            ids = nil
        }
        if file.metadata["ids"] == nil, let entry = entries.first(where: { $0.name.step.label == .tokens }) {
            let length = max(entry.tensor.shape[-1], 1)
            let all =
                (try? file.integers(entry.written)) ?? entry.tensor.scalars.map { Int(exactly: $0) ?? -1 }
            ids = Self.cut(all, length)
        }
        return Tokens(
            own: Self.texts(try lists("tokens", String.self, check, count: count, &notes), ids, count: count),
            target: hasTwo
                ? Self.texts(
                    try lists("target_tokens", String.self, check, count: check.keys(.decoder), &notes),
                    try lists("target_ids", Int.self, check, count: check.keys(.decoder), &notes),
                    count: check.keys(.decoder)) : [], ids: ids)
    }

    private static func cut<Value>(_ list: [Value], _ length: Int) -> [[Value]] {
        stride(from: 0, to: list.count, by: length).map { Array(list[$0..<min($0 + length, list.count)]) }
    }

    /// A list of the metadata, one for each text: a list of lists, or all behind one another; of one text a plain list.
    private func lists<Value: Decodable>(
        _ key: String, _ type: Value.Type, _ check: ShapeCheck, count: Int?, _ notes: inout [Phrase]
    ) throws -> [[Value]]? {
        guard let text = file.metadata[key] else { return nil }
        let data = Data(text.utf8)
        let flat = try? JSONDecoder().decode([Value].self, from: data)
        guard let found = flat.map({ [$0] }) ?? (try? JSONDecoder().decode([[Value]].self, from: data)) else {
            throw problem(en: "metadata “\(key)” is not a list in JSON", zh: "元数据“\(key)”不是 JSON 列表")
        }
        guard let count, count > 0 else { return found }
        if let flat, let batch = check.batch, batch > 1, flat.count == Shape.product(batch, count) {
            return Self.cut(flat, count)
        }
        guard let wrong = found.first(where: { $0.count != count }) else { return found }
        notes.append(TraceFile.miscounted(key, wrong.count, count))
        return nil
    }

    private static func texts(_ words: [[String]]?, _ ids: [[Int]]?, count: Int?) -> [[TraceToken]] {
        (0..<max(words?.count ?? 0, ids?.count ?? 0, 1)).map { row in
            let texts = words.flatMap { $0.indices.contains(row) ? $0[row] : nil }
            let ids = ids.flatMap { $0.indices.contains(row) ? $0[row] : nil }
            var seen: [String: Int] = [:]
            return (0..<(count ?? texts?.count ?? ids?.count ?? 0)).map { place in
                let text = texts.flatMap { $0.indices.contains(place) ? visible($0[place]) : nil }
                let known = ids.flatMap { $0.indices.contains(place) ? $0[place] : nil }
                let id = known ?? text.map { seen[$0, default: place] } ?? place
                if let text { seen[text] = id }
                return TraceToken(
                    id: id, display: text ?? (known == nil ? "\(place)" : "#\(id)"),
                    isSpecial: text.map { $0.count > 2 && "<[".contains($0.prefix(1)) && ">]".contains($0.suffix(1)) }
                        ?? false)
            }
        }
    }

    private static func visible(_ text: String) -> String {
        // Bytes that are part of a character are written apart.
        if text.hasPrefix("‹"), text.hasSuffix("›") { return text }
        return String(text.map { ["Ġ": "␣", "▁": "␣", "Ċ": "⏎"][$0] ?? $0 }).shownAsToken
    }

    // MARK: Errors

    private func problem(en: String, zh: String) -> Failure {
        .traceFile(file.path, Phrase(en: en, zh: zh))
    }
}
