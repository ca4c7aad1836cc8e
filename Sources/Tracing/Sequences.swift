import Tensors
import Wording

extension Trace {
    /// How many texts were read side by side; 1 of a single text.
    public var sequenceCount: Int { max(1, batches.reduce(0) { $0 + $1.count }) }

    /// How many texts each part of the run has read.
    private var batches: [(part: Int, count: Int)] {
        var found: [(part: Int, count: Int)] = []
        for step in steps where step.isOfTexts && !found.contains(where: { $0.part == step.name.part }) {
            found.append((step.name.part, step.shape[0]))
        }
        return found.sorted { $0.part < $1.part }
    }

    /// One of the texts that were read side by side, as if it had been read alone.
    ///
    /// What all of them together gave (a loss, the gradients of parameters) stays, without its arithmetic.
    ///
    /// - Parameter number: counted from zero, below ``sequenceCount``.
    /// - Throws: ``TracingError/sequence(_:count:)`` for another.
    public func sequence(_ number: Int) throws(Failure) -> Trace {
        var place = (part: 0, index: number)
        let batches = batches
        guard number >= 0, number < sequenceCount else {
            throw Failure(TracingError.sequence(number, count: sequenceCount))
        }
        for batch in batches {
            place.part = batch.part
            if place.index < batch.count { break }
            place.index -= batch.count
        }
        var places: [Int: Int] = [:]
        var isWhole: [Bool] = []
        var kept: [Step] = []
        for (old, step) in steps.enumerated() {
            let isOfTexts = step.axes.first == .batch && step.shape.rank > 0
            // Other parts read other texts.
            guard step.name.part == place.part || step.name.part == 0 && !isOfTexts else { continue }
            let isCut = isOfTexts && step.shape[0] > 1
            guard !isCut || place.index < step.shape[0] else { continue }
            let tensor =
                isCut
                ? try step.tensor.entry(place.index).reshaped(Shape([1] + step.shape.dimensions.dropFirst()))
                : step.tensor
            let inputs = step.inputs.compactMap { places[$0] }
            let reads = inputs.map { kept[$0].shape }
            let holds =
                step.isSource
                || inputs.count == step.inputs.count && (isOfTexts || inputs.allSatisfy { isWhole[$0] })
                    && (try? step.operation.outputShape(reads)) == tensor.shape
            var name = step.name
            name.part = 0
            places[old] = kept.count
            isWhole.append(!isOfTexts && (step.isSource || inputs.allSatisfy { isWhole[$0] }))
            kept.append(step.moved(reading: holds ? inputs : nil, as: name, tensor: tensor))
        }
        var trace = try holding(kept)
        trace.isPartial = true
        trace.otherTexts = []
        guard number > 0 else { return trace }
        if otherTexts.indices.contains(number - 1) {
            (trace.tokens, trace.targetTokens) = otherTexts[number - 1]
            return trace
        }
        trace.tokens = tokens(of: kept, [.single, .encoder]) ?? tokens
        trace.targetTokens = tokens(of: kept, [.decoder]) ?? targetTokens
        return trace
    }

    /// The words of ids that are known to be written so.
    private func tokens(of steps: [Step], _ stacks: [Stack]) -> [TraceToken]? {
        var known = vocabulary
        for token in tokens + targetTokens where known[token.id] == nil { known[token.id] = token.display }
        let step = steps.first { step in
            step.name.label == .tokens && step.name.pass == 0 && stacks.contains(step.name.stack)
        }
        return step.map { step in
            step.tensor.scalars.map { scalar in
                let id = Int(exactly: scalar) ?? -1
                return TraceToken(id: id, display: known[id] ?? "#\(id)")
            }
        }
    }
}

extension Step {
    /// Whether it has a number for each place of each text.
    fileprivate var isOfTexts: Bool {
        axes.first == .batch && shape.rank > 1 && (axes.contains(.position) || axes.contains(.query))
    }
}
