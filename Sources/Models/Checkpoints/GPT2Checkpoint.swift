import Tensors
import Tracing
import Wording

/// GPT-2's tensors in the Hugging Face layout: names, packed query–key–value matrices, weights `[in, out]`.
///
/// Names may carry the prefix `transformer.`; the Hub's causal-mask buffers (`attn.bias`) are passed over.
enum GPT2Checkpoint {
    private static let prefixes = ["transformer.", ""]
    private static let embedding = "wte.weight"
    private static let head = "lm_head.weight"

    /// Whether the file has a head that is not the embedding.
    static func isTied(_ file: WeightFiles) -> Bool {
        CheckpointReader(file: file, prefixes: prefixes).areTied(head, embedding)
    }

    static func hasHead(_ file: WeightFiles) -> Bool { CheckpointReader(file: file, prefixes: prefixes).has(head) }

    /// - Throws: ``ModelError/checkpoint(path:missing:surplus:misshaped:)`` naming every tensor that does not fit.
    static func read(_ file: WeightFiles, configuration c: DecoderConfiguration) throws(Failure) -> ParameterSet {
        var reader = CheckpointReader(file: file, prefixes: prefixes)
        var tensors: [StepName: Tensor] = [:]
        for entry in entries(c) {
            // A tied matrix may be there under the head's name only.
            let isHead = entry.file == head
            let isElsewhere = entry.file == embedding && c.tiedOutput && !reader.has(embedding) && reader.has(head)
            let name = isElsewhere ? head : entry.file
            let deciding = ShapeKeys.gpt2.names(entry.axes, of: entry.names[0])
            guard
                let tensor = reader.take(
                    name, shape: entry.shape, keys: deciding, isOutside: isHead || isElsewhere)
            else { continue }
            if entry.names.count == 1 {
                tensors[entry.names[0]] = try tensor.reshaped(entry.parameterShape)
            } else {
                // q | k | v lie side by side in every row.
                let parts = try splitColumns(tensor, into: entry.names.count)
                for (name, part) in zip(entry.names, parts) {
                    tensors[name] = try part.reshaped(entry.parameterShape)
                }
            }
        }
        try reader.finish { name in
            (c.tiedOutput && name == head) || name.hasSuffix(".attn.bias") || name.hasSuffix(".attn.masked_bias")
        }
        return ParameterSet(Decoder.shapes(c), tensors)
    }

    static func write(_ decoder: Decoder) throws(Failure) -> SafeTensorsWriter {
        var writer = SafeTensorsWriter()
        writer.metadata = [("format", "pt")]
        for entry in entries(decoder.configuration) {
            let parts = entry.names.compactMap { decoder.parameters[$0]?.tensor }
            let tensor = parts.count == 1 ? parts[0] : try joinColumns(parts, rows: entry.rows)
            writer.add(entry.file, try tensor.reshaped(entry.shape))
        }
        return writer
    }

    /// One tensor of the file and the parameters it holds.
    private struct Entry {
        let file: String
        let shape: Shape
        let names: [StepName]
        let parameterShape: Shape
        let axes: [Axis]
        var rows: Int { shape.rank == 2 ? shape[0] : 1 }
    }

    private static func entries(_ c: DecoderConfiguration) -> [Entry] {
        let shapes = Dictionary(uniqueKeysWithValues: Decoder.shapes(c).map { ($0.name, ($0.shape, $0.axes)) })
        var all: [Entry] = []
        func add(_ file: String, _ labels: [Label], block: Int? = nil, shape: Shape? = nil) {
            let names = labels.map { StepName($0, block: block) }
            guard let (parameter, axes) = shapes[names[0]] else { return }
            all.append(
                Entry(file: file, shape: shape ?? parameter, names: names, parameterShape: parameter, axes: axes))
        }
        func pair(_ file: String, _ weight: Label, _ bias: Label, block: Int? = nil) {
            add(file + ".weight", [weight], block: block)
            add(file + ".bias", [bias], block: block)
        }
        add(embedding, [.embedding])
        add("wpe.weight", [.positions])
        for block in 0..<c.layers {
            let at = "h.\(block)."
            pair(at + "ln_1", .norm1Gain, .norm1Bias, block: block)
            let packed: Shape = [c.width, 3 * c.width]
            add(at + "attn.c_attn.weight", [.queryWeight, .keyWeight, .valueWeight], block: block, shape: packed)
            add(at + "attn.c_attn.bias", [.queryBias, .keyBias, .valueBias], block: block, shape: [packed[1]])
            pair(at + "attn.c_proj", .outputWeight, .outputBias, block: block)
            pair(at + "ln_2", .norm2Gain, .norm2Bias, block: block)
            pair(at + "mlp.c_fc", .hiddenWeight, .hiddenBias, block: block)
            pair(at + "mlp.c_proj", .feedForwardWeight, .feedForwardBias, block: block)
        }
        pair("ln_f", .finalNormGain, .finalNormBias)
        if !c.tiedOutput, c.hasHead { add(head, [.unembedding]) }
        return all
    }

    private static func splitColumns(_ tensor: Tensor, into count: Int) throws(Failure) -> [Tensor] {
        let columns = tensor.shape[-1] / count
        let rows = tensor.count / tensor.shape[-1]
        return (0..<count).map { part in
            Tensor([rows, columns]) { target in
                tensor.withUnsafeBuffer { source in
                    guard let y = target.baseAddress, let x = source.baseAddress else { return }
                    for row in 0..<rows {
                        (y + row * columns).update(from: x + (row * count + part) * columns, count: columns)
                    }
                }
            }
        }
    }

    private static func joinColumns(_ parts: [Tensor], rows: Int) throws(Failure) -> Tensor {
        let columns = parts[0].count / rows
        return Tensor([rows, columns * parts.count]) { target in
            for (part, tensor) in parts.enumerated() {
                tensor.withUnsafeBuffer { source in
                    for row in 0..<rows {
                        guard let y = target.baseAddress, let x = source.baseAddress else { return }
                        (y + (row * parts.count + part) * columns).update(from: x + row * columns, count: columns)
                    }
                }
            }
        }
    }
}
