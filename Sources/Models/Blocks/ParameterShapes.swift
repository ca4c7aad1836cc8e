import Tensors
import Tracing
import Wording

/// The parameters that a configuration has, collected in their fixed order.
struct ParameterShapes {
    typealias Entry = (name: StepName, shape: Shape, axes: [Axis])

    private(set) var all: [Entry] = []
    /// The stack that the next parameters belong to.
    var stack = Stack.single

    mutating func add(_ label: Label, _ shape: Shape, _ axes: [Axis], block: Int? = nil) {
        all.append((StepName(label, block: block, stack: stack), shape, axes))
    }

    mutating func norm(_ gain: Label, _ bias: Label, width: Int, kind: NormKind = .layer, block: Int? = nil) {
        add(gain, [width], [.width], block: block)
        if kind == .layer { add(bias, [width], [.width], block: block) }
    }

    /// A matrix, and a bias for all its axes but the first.
    mutating func linear(
        _ weight: Label, _ bias: Label, _ shape: Shape, _ axes: [Axis], hasBias: Bool = true, block: Int? = nil
    ) {
        add(weight, shape, axes, block: block)
        if hasBias { add(bias, Shape(Array(shape.dimensions.dropFirst())), Array(axes.dropFirst()), block: block) }
    }

    /// The sizes of one attention.
    struct Heads {
        var width: Int
        var heads: Int
        var keyHeads: Int
        var headWidth: Int
        var hasInputBiases = true
        var hasOutputBias = true
        /// Whether queries and keys are normalised, head by head.
        var hasNorms = false
    }

    mutating func attention(_ size: Heads, isCross: Bool = false, block: Int) {
        let projections: [(Label, Label, Int)] = [
            (.queryWeight, .queryBias, size.heads), (.keyWeight, .keyBias, size.keyHeads),
            (.valueWeight, .valueBias, size.keyHeads),
        ]
        func label(_ label: Label) -> Label { isCross ? label.crossed : label }
        for (weight, bias, heads) in projections {
            linear(
                label(weight), label(bias), [size.width, heads, size.headWidth], [.width, .head, .headWidth],
                hasBias: size.hasInputBiases, block: block)
        }
        if size.hasNorms {
            for gain in [Label.queryNormGain, .keyNormGain] { add(gain, [size.headWidth], [.headWidth], block: block) }
        }
        linear(
            label(.outputWeight), label(.outputBias), [size.heads * size.headWidth, size.width], [.width, .width],
            hasBias: size.hasOutputBias, block: block)
    }

    mutating func feedForward(width: Int, hidden: Int, isGated: Bool = false, hasBiases: Bool = true, block: Int) {
        func map(_ weight: Label, _ bias: Label, _ shape: Shape, _ axes: [Axis]) {
            linear(weight, bias, shape, axes, hasBias: hasBiases, block: block)
        }
        if isGated { map(.gateWeight, .gateBias, [width, hidden], [.width, .hidden]) }
        map(.hiddenWeight, .hiddenBias, [width, hidden], [.width, .hidden])
        map(.feedForwardWeight, .feedForwardBias, [hidden, width], [.hidden, .width])
    }
}

extension ParameterSet {
    /// What there is of the parameters, in their order.
    init(_ shapes: [ParameterShapes.Entry], _ tensors: [StepName: Tensor]) {
        self.init(
            shapes.compactMap { name, _, axes in
                tensors[name].map { Parameter(name: name, tensor: $0, axes: axes) }
            })
    }

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

extension Parameter {
    /// A parameter before any training: gains of normalisations are one, matrices normal numbers, biases zero.
    static func fresh(
        _ entry: ParameterShapes.Entry, deviation: @autoclosure () -> Double, using random: inout RandomSource
    ) -> Parameter {
        let tensor: Tensor =
            if entry.name.label.rawValue.hasSuffix(".w") {
                Tensor(entry.shape, repeating: 1)
            } else if entry.name.label.rawValue.contains(".W") {
                .normal(entry.shape, deviation: deviation(), using: &random)
            } else {
                Tensor(entry.shape, repeating: 0)
            }
        return Parameter(name: entry.name, tensor: tensor, axes: entry.axes)
    }
}
