import Tensors
import Wording

// Changes as people write them; the command line, chapters and addresses read them here.
extension Change {
    /// What is switched off: `L2H1` a head, `L2A` a layer's attention, `L2M` its feed-forward part, `L2` both.
    ///
    /// `encoder.`, `decoder.` or `cross.` before it says which attention of a model of two stacks; without, the
    /// decoder's own. Every pass of a generation and every part of a batch is changed.
    /// - Throws: ``TracingError/change(_:problem:)``.
    public static func off(_ text: String, in trace: Trace) throws(Failure) -> [Change] {
        guard let place = ChangedPlace(text) else {
            throw wrong(
                text,
                Phrase(
                    en: "expected a head such as L0H2, a layer L0, its attention L0A or its feed-forward part L0M",
                    zh: "应写成头 L0H2、层 L0、层中的注意力 L0A 或前馈部分 L0M 这样的形式"))
        }
        let stack = place.stack ?? (trace.stacks.contains(.decoder) ? .decoder : .single)
        func steps(_ label: Label) -> [Step] {
            trace.steps.filter {
                $0.name.label == (place.isCross ? label.crossed : label) && $0.name.block == place.layer
                    && $0.name.isOf(stack) && !$0.name.isGradient
            }
        }
        if let head = place.head {
            let found = steps(.z)
            guard let axis = found.first?.axes.firstIndex(of: .head), let shape = found.first?.shape else {
                throw wrong(
                    text, Phrase(en: "this run has no such layer", zh: "这次运行没有这一层"))
            }
            guard head < shape[axis] else {
                throw wrong(
                    text,
                    Phrase(
                        en: "layer \(place.layer) has heads 0 to \(shape[axis] - 1)",
                        zh: "第 \(place.layer) 层的头是 0 到 \(shape[axis] - 1)"))
            }
            return found.map { .scale($0.name, axis: axis, place: head, by: 0) }
        }
        let labels: [Label] = [
            place.isFeedForwardOnly ? nil : .attentionOut,
            place.isAttentionOnly || place.isCross ? nil : .feedForwardOut,
        ].compactMap { $0 }
        let found = labels.flatMap { steps($0) }
        guard !found.isEmpty else {
            throw wrong(text, Phrase(en: "this run has no such layer", zh: "这次运行没有这一层"))
        }
        return found.map { .magnify($0.name, by: 0) }
    }

    /// `STEP:PLACE=FACTOR`, a place along the step's last axis (`blocks.1.mlp.post:14=0`), or `STEP=FACTOR`.
    /// - Throws: ``TracingError/change(_:problem:)``, ``TracingError/unknownStep(_:nearest:)``.
    public static func scaled(_ text: String, in trace: Trace) throws(Failure) -> [Change] {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2, let factor = Double(sides[1]), factor.isFinite else {
            throw wrong(
                text,
                Phrase(
                    en: "expected STEP:PLACE=FACTOR, such as blocks.1.mlp.post:14=0",
                    zh: "应写成“步骤:位置=倍数”，例如 blocks.1.mlp.post:14=0"))
        }
        let parts = sides[0].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let step = try trace.step(StepName(parts[0]))
        guard parts.count > 1 else { return [.magnify(step.name, by: factor)] }
        let axis = step.shape.rank - 1
        guard parts.count == 2, let place = Int(parts[1]), place >= 0, axis >= 0, place < step.shape[axis] else {
            throw wrong(
                text,
                Phrase(
                    en: "\(step.name) has shape \(step.shape): no place “\(parts[1])” along its last axis",
                    zh: "\(step.name) 的形状是 \(step.shape)，最后一个轴上没有位置“\(parts[1])”"))
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

    private static func wrong(_ text: String, _ problem: Phrase) -> Failure {
        Failure(TracingError.change(text, problem: problem))
    }
}

/// `decoder.L2H1`, taken apart.
private struct ChangedPlace {
    var stack: Stack?
    var isCross = false
    var layer = 0
    var head: Int?
    var isAttentionOnly = false
    var isFeedForwardOnly = false

    init?(_ text: String) {
        var rest = text[...]
        if let dot = rest.firstIndex(of: "."), dot > rest.startIndex {
            isCross = rest[..<dot] == "cross"
            guard let stack = isCross ? .decoder : Stack(rawValue: String(rest[..<dot])) else { return nil }
            self.stack = stack
            rest = rest[rest.index(after: dot)...]
        }
        guard rest.first == "L", let layer = Self.number(&rest) else { return nil }
        self.layer = layer
        switch rest.first {
        case nil: break
        case "H":
            guard let head = Self.number(&rest), rest.isEmpty else { return nil }
            self.head = head
        case "A" where rest.count == 1: isAttentionOnly = true
        case "M" where rest.count == 1 && !isCross: isFeedForwardOnly = true
        default: return nil
        }
    }

    /// The number behind a letter.
    private static func number(_ rest: inout Substring) -> Int? {
        rest = rest.dropFirst()
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count)
        return Int(digits)
    }
}
