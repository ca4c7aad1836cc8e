import Tensors

/// Which normalisation a recorded file means by `ln1` and `ln2`.
///
/// TransformerLens' HookedEncoder calls so what follows a sum (BERT); its TransformerBridge keeps what enters and leaves
/// a normalisation as `ln1.hook_in` and `ln1.hook_out`, and `hook_normalized` there lacks gain and bias. In its BERT
/// `hook_attn_out`, `hook_resid_mid` and `hook_resid_post` are other places than in every other model.
struct RecordedNorms {
    private var plain: Set<String> = []
    private var isPost: Set<String> = []

    init(_ file: SafeTensors) {
        var written: [String: String] = [:]
        for name in file.entries.keys { written[RecordedName.plain(name)] = name }
        plain = Set(written.keys)
        for scale in plain where scale.hasSuffix(".ln1.scale") {
            let block = String(scale.dropLast("ln1.scale".count))
            let found = written[scale].flatMap { try? file.tensor($0) }
            func divides(_ name: String) -> Bool {
                guard let found, let input = written[block + name].flatMap({ try? file.tensor($0) }) else {
                    return false
                }
                return Self.isScale(found, of: input)
            }
            if divides("resid_pre") { continue }
            if divides("ln1.in") || divides("resid_mid") || plain.contains(block + "normalized_resid_post") {
                isPost.insert(block)
            }
        }
    }

    /// The step that a tensor is, by its name and by what the file's other names say.
    func name(_ text: String) -> RecordedName {
        let own = RecordedName.plain(text)
        let parts = own.split(separator: ".", omittingEmptySubsequences: false)
        let count = parts.firstIndex { $0 == "blocks" }.map { $0 + 2 } ?? parts.count - min(2, parts.count)
        let block = parts.prefix(count).joined(separator: ".") + (count > 0 ? "." : "")
        let label = String(own.dropFirst(block.count))
        if isPost.contains(block) {
            let isBridge = plain.contains(block + "ln1.in")
            if let step = Self.afterSums[label], isBridge || label.hasSuffix("normalized") {
                let isOwn = isBridge == !label.hasSuffix("normalized")
                return isOwn ? RecordedName(text, as: block + step) : RecordedName(surplus: text)
            }
            if isBridge, Self.displaced.contains(label) { return RecordedName(surplus: text) }
        }
        if label.hasSuffix(".normalized"), plain.contains(block + label.dropLast("normalized".count) + "out") {
            return RecordedName(surplus: text)
        }
        return RecordedName(text)
    }

    /// Of a block that normalises its sums.
    private static let afterSums = [
        "ln1.in": "resid_mid", "ln1.out": "normalized_resid_mid", "ln2.in": "resid_post",
        "ln2.out": "normalized_resid_post", "ln1.normalized": "normalized_resid_mid",
        "ln2.normalized": "normalized_resid_post",
    ]
    private static let displaced: Set = ["attn_out", "attn.out", "resid_mid", "resid_post", "out"]

    /// Whether these are the roots of the mean squares, with or without the mean taken away.
    private static func isScale(_ scale: Tensor, of input: Tensor) -> Bool {
        let width = input.shape.rank > 0 ? input.shape[-1] : 0
        guard width > 0, scale.count > 0, input.count == scale.count * width else { return false }
        return scale.withUnsafeBuffer { scales in
            input.withUnsafeBuffer { cells in
                [true, false].contains { isCentred in
                    scales.indices.allSatisfy { row in
                        let part = cells[row * width..<(row + 1) * width]
                        let mean = isCentred ? part.reduce(0, +) / Float(width) : 0
                        let squares = part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
                        let root = (squares / Float(width)).squareRoot()
                        return abs(root - scales[row]) <= 0.01 * max(abs(scales[row]), 1e-3)
                    }
                }
            }
        }
    }
}
