import Tensors
import Wording

// Changes as people write them; the command line, chapters and addresses read them here.
extension Change {
    /// What is switched off: `L2H1` a head, `L2A` a layer's attention, `L2M` its feed-forward part, `L2` both, `L2N14` a
    /// neuron of the feed-forward part.
    ///
    /// `encoder.`, `decoder.` or `cross.` before it says which attention of a model of two stacks; without, the
    /// decoder's own. Every pass of a generation and every part of a batch is changed.
    /// - Throws: ``TracingError/change(_:problem:)``.
    public static func off(_ text: String, in trace: Trace) throws(Failure) -> [Change] {
        guard let place = ChangedPlace(text) else {
            throw wrong(
                text,
                Phrase(
                    en:
                        "expected a head such as L0H2, a neuron L0N14, a layer L0, its attention L0A or its feed-forward part L0M",
                    zh: "应写成头 L0H2、神经元 L0N14、层 L0、层中的注意力 L0A 或前馈部分 L0M 这样的形式"))
        }
        return try changes(of: place, by: 0, text, in: trace)
    }

    private static func changes(
        of place: ChangedPlace, by factor: Double, _ text: String, in trace: Trace
    ) throws(Failure) -> [Change] {
        let stack = place.stack(in: trace)
        func steps(_ label: Label) -> [Step] {
            trace.steps.filter {
                $0.name.label == (place.isCross ? label.crossed : label) && $0.name.block == place.layer
                    && $0.name.isOf(stack) && !$0.name.isGradient
            }
        }
        let labels: [Label]
        switch place.part {
        case .head(let head):
            return try scaled(steps(.z), .head, head, by: factor, text) { last in
                Phrase(en: "layer \(place.layer) has heads 0 to \(last)", zh: "第 \(place.layer) 层的头是 0 到 \(last)")
            }
        case .neuron(let neuron):
            return try scaled(steps(.hiddenPost), .hidden, neuron, by: factor, text) { last in
                Phrase(
                    en: "layer \(place.layer) has neurons 0 to \(last)", zh: "第 \(place.layer) 层的神经元是 0 到 \(last)")
            }
        case .attention: labels = [.attentionOut]
        case .feedForward: labels = [.feedForwardOut]
        case .layer: labels = place.isCross ? [.attentionOut] : [.attentionOut, .feedForwardOut]
        }
        let found = labels.flatMap { steps($0) }
        guard !found.isEmpty else { throw noLayer(text) }
        return found.map { .magnify($0.name, by: factor) }
    }

    /// One place along an axis of several steps.
    private static func scaled(
        _ steps: [Step], _ axis: Axis, _ place: Int, by factor: Double, _ text: String, range: (Int) -> Phrase
    ) throws(Failure) -> [Change] {
        guard let first = steps.first, let at = first.axes.firstIndex(of: axis) else { throw noLayer(text) }
        guard place < first.shape[at] else { throw wrong(text, range(first.shape[at] - 1)) }
        return steps.map { .scale($0.name, axis: at, place: place, by: factor) }
    }

    /// `PART=FACTOR`, a part as ``off(_:in:)`` reads it (`L0H2=0.5`); `STEP:PLACE=FACTOR`, a place along the step's last
    /// axis (`blocks.1.mlp.post:14=0`), or `STEP=FACTOR`.
    /// - Throws: ``TracingError/change(_:problem:)``, ``TracingError/unknownStep(_:nearest:)``.
    public static func scaled(_ text: String, in trace: Trace) throws(Failure) -> [Change] {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        guard sides.count == 2, let factor = Double(sides[1]), factor.isFinite else {
            throw wrong(
                text,
                Phrase(
                    en: "expected PART=FACTOR or STEP:PLACE=FACTOR, such as L0H2=0.5 or blocks.1.mlp.post:14=0",
                    zh: "应写成“部分=倍数”或“步骤:位置=倍数”，例如 L0H2=0.5、blocks.1.mlp.post:14=0"))
        }
        if let place = ChangedPlace(sides[0]) { return try changes(of: place, by: factor, text, in: trace) }
        let parts = sides[0].split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
        let step = try trace.step(StepName(parts[0]))
        guard parts.count > 1 else { return [.magnify(step.name, by: factor)] }
        let axis = step.shape.rank - 1
        guard parts.count == 2, let place = Int(parts[1]), place >= 0, axis >= 0, place < step.shape[axis] else {
            throw noPlace(parts[1], along: axis, of: step, text)
        }
        return [.scale(step.name, axis: axis, place: place, by: factor)]
    }

    /// A step's numbers from another run of the same model.
    /// - Throws: ``TracingError/change(_:problem:)`` where the two runs' shapes differ,
    ///   ``TracingError/unknownStep(_:nearest:)``.
    public static func patched(_ name: StepName, in trace: Trace, from other: Trace) throws(Failure) -> Change {
        let (own, given) = (try trace.step(name), try other.step(name))
        guard own.shape == given.shape else {
            throw wrong(
                name.description,
                Phrase(
                    en:
                        "its shape is \(own.shape) here and \(given.shape) in the other text: give a text of as many tokens",
                    zh: "它在这里的形状是 \(own.shape)，在另一段文本里是 \(given.shape)：请给出词元数相同的文本"))
        }
        return .replace(name, by: given.tensor)
    }

    /// What is taken from another run, as people write it: a step, or a layer (`L1`: what enters it); behind a colon one
    /// token's place, of a text that may be longer or shorter (`L1:3`, `blocks.1.attn.z:3`).
    /// - Throws: as ``patched(_:in:from:)``, where the place is not in both texts too.
    public static func taken(_ text: String, in trace: Trace, from other: Trace) throws(Failure) -> Change {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
        var name = StepName(parts[0])
        if let place = ChangedPlace(parts[0]), place.part == .layer, !place.isCross {
            name = StepName(.residualPre, block: place.layer, stack: place.stack(in: trace))
        }
        guard parts.count > 1 else { return try patched(name, in: trace, from: other) }
        let (own, given) = (try trace.step(name), try other.step(name))
        let axis = own.axes.firstIndex(of: .position) ?? own.axes.firstIndex(of: .query)
        guard parts.count == 2, let axis, given.axes.count == own.axes.count, let place = Int(parts[1]), place >= 0,
            place < own.shape[axis]
        else { throw noPlace(parts[1], along: axis ?? 1, of: own, text) }
        guard place < given.shape[axis] else { throw noPlace(parts[1], along: axis, of: given, text) }
        guard let row = given.tensor.part(axis, place, as: own.shape) else {
            return try patched(name, in: trace, from: other)
        }
        return .replace(name, axis: axis, place: place, by: row)
    }

    private static func noPlace(_ place: String, along axis: Int, of step: Step, _ text: String) -> Failure {
        let isLast = axis == step.shape.rank - 1
        return wrong(
            text,
            Phrase(
                en: "\(step.name) has shape \(step.shape): no place “\(place)” along "
                    + (isLast ? "its last axis" : "axis \(axis)"),
                zh: "\(step.name) 的形状是 \(step.shape)，" + (isLast ? "最后一个轴" : "第 \(axis) 个轴") + "上没有位置“\(place)”"))
    }

    private static func noLayer(_ text: String) -> Failure {
        wrong(text, Phrase(en: "this run has no such layer", zh: "这次运行没有这一层"))
    }

    private static func wrong(_ text: String, _ problem: Phrase) -> Failure {
        Failure(TracingError.change(text, problem: problem))
    }
}

extension Tensor {
    /// A tensor of another length along an axis with this one's numbers at a place, and zeros elsewhere; nil where the
    /// other axes differ.
    fileprivate func part(_ axis: Int, _ place: Int, as shape: Shape) -> Tensor? {
        guard self.shape.rank == shape.rank, axis < shape.rank else { return nil }
        for other in 0..<shape.rank where other != axis && self.shape[other] != shape[other] { return nil }
        let inner = (axis + 1..<shape.rank).reduce(1) { $0 * shape[$1] }
        let outer = (0..<axis).reduce(1) { $0 * shape[$1] }
        let (ownLength, length) = (self.shape[axis], shape[axis])
        guard place < ownLength, place < length else { return nil }
        var result = Tensor(shape, repeating: 0)
        result.mutate { cells in
            withUnsafeBuffer { given in
                for block in 0..<outer {
                    let (to, from) = ((block * length + place) * inner, (block * ownLength + place) * inner)
                    for cell in 0..<inner { cells[to + cell] = given[from + cell] }
                }
            }
        }
        return result
    }
}
