import Tensors
import Tracing
import Wording

/// Which tensor of a file holds which parameters.
struct CheckpointLayout {
    /// One tensor of the file and the parameters it holds: one below the other or, of matrices as they are here, side
    /// by side.
    struct Entry {
        /// What it may be called; the first is what we write.
        let files: [String]
        let names: [StepName]
        /// `[out, in]` in the file, PyTorch's way; `[in, out…]` here.
        let isTransposed: Bool
        /// Whether its name never carries the prefix.
        let isOutside: Bool
        /// The shape in the file, where it is not the one that follows from the parameters'.
        let shape: Shape?
        var isSideBySide: Bool { names.count > 1 && !isTransposed && shape?.rank == 2 }
    }

    private(set) var entries: [Entry] = []
    var stack = Stack.single
    private let shapes: [ParameterShapes.Entry]
    private let shapeOf: [StepName: Shape]
    private let axesOf: [StepName: [Axis]]
    private let keys: ShapeKeys

    init(_ shapes: [ParameterShapes.Entry], keys: ShapeKeys) {
        self.shapes = shapes
        self.keys = keys
        axesOf = shapes.reversed().reduce(into: [:]) { $0[$1.name] = $1.axes }
        shapeOf = shapes.reversed().reduce(into: [:]) { $0[$1.name] = $1.shape }
    }

    /// Adds a tensor, if the model has its parameters.
    mutating func add(
        _ files: [String], _ labels: [Label], block: Int? = nil, transposed: Bool = false, shape: Shape? = nil,
        outside: Bool = false
    ) {
        let names = labels.map { StepName($0, block: block, stack: stack) }
        guard names.allSatisfy({ shapeOf[$0] != nil }) else { return }
        entries.append(
            Entry(files: files, names: names, isTransposed: transposed, isOutside: outside, shape: shape))
    }

    /// The four maps of an attention: `q_proj`, `k_proj`, `v_proj` and the output.
    mutating func attention(_ at: String, output: String, isCross: Bool = false, block: Int) {
        func label(_ label: Label) -> Label { isCross ? label.crossed : label }
        linear(at + "q_proj", label(.queryWeight), label(.queryBias), block: block)
        linear(at + "k_proj", label(.keyWeight), label(.keyBias), block: block)
        linear(at + "v_proj", label(.valueWeight), label(.valueBias), block: block)
        linear(at + output, label(.outputWeight), label(.outputBias), block: block)
    }

    /// A linear map's `weight` and `bias`.
    mutating func linear(
        _ file: String, _ weight: Label, _ bias: Label, block: Int? = nil, outside: Bool = false
    ) {
        add([file + ".weight"], [weight], block: block, transposed: true, outside: outside)
        add([file + ".bias"], [bias], block: block, outside: outside)
    }

    /// A normalisation's `weight` and `bias`; TensorFlow's files call them `gamma` and `beta`.
    mutating func norm(_ file: String, _ gain: Label, _ bias: Label, block: Int? = nil, outside: Bool = false) {
        add([file + ".weight", file + ".gamma"], [gain], block: block, outside: outside)
        add([file + ".bias", file + ".beta"], [bias], block: block, outside: outside)
    }

    private func fileShape(_ entry: Entry) -> Shape {
        if let shape = entry.shape { return shape }
        let shape = shapeOf[entry.names[0]] ?? []
        if entry.isTransposed { return [entry.names.count * (shape.count / shape[0]), shape[0]] }
        // A bias by heads is one row in the file.
        let isFlat = entry.names.count > 1 || entry.names[0].label.rawValue.contains(".b_")
        return isFlat ? [entry.names.count * shape.count] : shape
    }

    /// - Throws: ``ModelError/checkpoint(path:missing:surplus:misshaped:)`` naming every tensor that does not fit.
    func read(
        _ file: WeightFiles, prefixes: [String], ignoring isKnown: (String) -> Bool = { _ in false }
    ) throws(Failure) -> ParameterSet {
        var reader = CheckpointReader(file: file, prefixes: prefixes)
        var tensors: [StepName: Tensor] = [:]
        for entry in entries {
            let name = entry.files.first { reader.has($0) } ?? entry.files[0]
            let deciding = keys.names(axesOf[entry.names[0]] ?? [], of: entry.names[0])
            guard
                let tensor = reader.take(
                    name, shape: fileShape(entry), keys: deciding, isOutside: entry.isOutside)
            else { continue }
            let rows = tensor.shape[0] / entry.names.count
            for (place, name) in entry.names.enumerated() {
                let part =
                    entry.isSideBySide
                    ? tensor.columns(place, of: entry.names.count)
                    : entry.names.count == 1 ? tensor : try tensor.entries((place * rows)..<((place + 1) * rows))
                let turned = entry.isTransposed ? try part.permuted([1, 0]) : part
                tensors[name] = try turned.reshaped(shapeOf[name] ?? turned.shape)
            }
            if entry.isTransposed { reader.release(name, isOutside: entry.isOutside) }
        }
        try reader.finish(ignoring: isKnown)
        return ParameterSet(shapes, tensors)
    }

    /// A file of these parameters.
    func write(_ parameters: ParameterSet, prefix: String) throws(Failure) -> SafeTensorsWriter {
        var writer = SafeTensorsWriter()
        writer.metadata = [("format", "pt")]
        for entry in entries {
            let tensors = entry.names.compactMap { parameters[$0]?.tensor }
            guard let tensor = tensors.first, tensors.count == entry.names.count else { continue }
            let shape = fileShape(entry)
            let laid =
                entry.isTransposed
                ? try tensor.reshaped([shape[1], shape[0]]).permuted([1, 0])
                : try tensors.count == 1 ? tensor.reshaped(shape) : Tensor(sideBySide: tensors, as: shape)
            writer.add((entry.isOutside ? "" : prefix) + entry.files[0], laid)
        }
        return writer
    }
}

extension Tensor {
    /// A matrix's columns in so many equal parts: one of them, copied.
    fileprivate func columns(_ part: Int, of count: Int) -> Tensor {
        let (rows, columns) = (shape[0], shape[1] / count)
        return Tensor([rows, columns]) { target in
            withUnsafeBuffer { source in
                guard let y = target.baseAddress, let x = source.baseAddress else { return }
                for row in 0..<rows {
                    (y + row * columns).update(from: x + (row * count + part) * columns, count: columns)
                }
            }
        }
    }

    /// Tensors of one size as columns beside each other; of vectors as one row.
    fileprivate init(sideBySide parts: [Tensor], as shape: Shape) {
        let rows = shape.rank == 2 ? shape[0] : 1
        let columns = shape.count / max(1, rows * parts.count)
        self.init(shape) { target in
            for (part, tensor) in parts.enumerated() {
                tensor.withUnsafeBuffer { source in
                    guard let y = target.baseAddress, let x = source.baseAddress else { return }
                    for row in 0..<rows {
                        (y + (row * parts.count + part) * columns).update(from: x + row * columns, count: columns)
                    }
                }
            }
        }
    }
}
