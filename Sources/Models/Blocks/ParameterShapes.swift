import Tensors
import Tracing
import Wording

/// The parameters that a configuration has, collected in their fixed order.
struct ParameterShapes {
    typealias Entry = (name: StepName, shape: Shape, axes: [Axis])

    private(set) var all: [Entry] = []
    /// The stack that the next parameters belong to.
    var stack = ""

    mutating func add(_ label: Label, _ shape: Shape, _ axes: [Axis], block: Int? = nil) {
        all.append((StepName(label, block: block, stack: stack), shape, axes))
    }

    mutating func norm(_ gain: Label, _ bias: Label, width: Int, kind: NormKind = .layer, block: Int? = nil) {
        add(gain, [width], [.width], block: block)
        if kind == .layer { add(bias, [width], [.width], block: block) }
    }

    /// The sizes of one attention.
    struct Heads {
        var width: Int
        var heads: Int
        var keyHeads: Int
        var headWidth: Int
        var hasInputBiases = true
        var hasOutputBias = true
    }

    mutating func attention(_ size: Heads, isCross: Bool = false, block: Int) {
        let projections: [(Label, Label, Int)] = [
            (.queryWeight, .queryBias, size.heads), (.keyWeight, .keyBias, size.keyHeads),
            (.valueWeight, .valueBias, size.keyHeads),
        ]
        func label(_ label: Label) -> Label { isCross ? label.crossed : label }
        for (weight, bias, heads) in projections {
            add(label(weight), [size.width, heads, size.headWidth], [.width, .head, .headWidth], block: block)
            if size.hasInputBiases {
                add(label(bias), [heads, size.headWidth], [.head, .headWidth], block: block)
            }
        }
        add(label(.outputWeight), [size.heads * size.headWidth, size.width], [.width, .width], block: block)
        if size.hasOutputBias { add(label(.outputBias), [size.width], [.width], block: block) }
    }

    mutating func feedForward(width: Int, hidden: Int, isGated: Bool = false, hasBiases: Bool = true, block: Int) {
        if isGated {
            add(.gateWeight, [width, hidden], [.width, .hidden], block: block)
            if hasBiases { add(.gateBias, [hidden], [.hidden], block: block) }
        }
        add(.hiddenWeight, [width, hidden], [.width, .hidden], block: block)
        if hasBiases { add(.hiddenBias, [hidden], [.hidden], block: block) }
        add(.feedForwardWeight, [hidden, width], [.hidden, .width], block: block)
        if hasBiases { add(.feedForwardBias, [width], [.width], block: block) }
    }
}

extension ParameterSet {
    /// - Throws: ``ModelError/checkpoint(path:missing:surplus:misshaped:)`` naming every parameter that does not fit.
    func check(_ wanted: [ParameterShapes.Entry], path: String) throws(Failure) {
        var missing: [String] = []
        var misshaped: [String] = []
        for (name, shape, _) in wanted {
            guard let found = self[name]?.tensor.shape else {
                missing.append(name.description)
                continue
            }
            if found != shape { misshaped.append("\(name): \(found) ≠ \(shape)") }
        }
        guard missing.isEmpty, misshaped.isEmpty else {
            throw Failure(ModelError.checkpoint(path: path, missing: missing, surplus: [], misshaped: misshaped))
        }
    }
}

extension Label {
    /// Whether a fresh parameter of this name is one: the gain of a normalisation.
    var isGain: Bool { rawValue.hasSuffix(".w") }
    /// Whether it is a matrix that starts with random numbers.
    var isWeight: Bool { rawValue.contains(".W") }
}
