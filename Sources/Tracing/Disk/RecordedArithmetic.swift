import Tensors
import Wording

/// What the steps of a recorded file usually are, by their names.
struct RecordedArithmetic {
    /// What the file holds, as the trace reads it.
    let tensors: [StepName: Tensor]

    /// The operations that a step may be, the likeliest first.
    func candidates(_ name: StepName) -> [(any Operation, [StepName])] {
        let isCrossed = name.label.uncrossed != nil
        func own(_ label: Label) -> StepName { Self.beside(name, isCrossed ? label.crossed : label) }
        func sums(_ sums: [[Label]]) -> [(any Operation, [StepName])] {
            sums.map { (Add(), $0.map { Self.beside(name, $0) }) }
        }
        func out(_ label: Label) -> StepName { StepName(label, stack: name.stack) }
        switch name.label.uncrossed ?? name.label {
        case .residualPre:
            guard let block = name.block, block > 0 else {
                return [
                    (Add(), [out(.embed), out(.positionEmbed)]), (Same(), [out(.fullEmbed)]), (Same(), [out(.embed)]),
                ]
            }
            return [Label.residualPost, .normalizedPost].map {
                (Same(), [StepName($0, block: block - 1, stack: name.stack)])
            }
        case .dotProducts: return Self.compared.map { (DotProducts(), $0.map(own)) }
        case .unmaskedScores:
            let width = tensors[own(.query)]?.shape[-1] ?? 1
            return [
                (Scale(dividingBy: Double(width).squareRoot()), [own(.dotProducts)]), (Same(), [own(.dotProducts)]),
            ]
        case .scores: return [(CausalMask(), [own(.unmaskedScores)]), (Same(), [own(.unmaskedScores)])]
        case .pattern: return [(Softmax(), [own(.scores)])]
        case .z: return [(WeightedSum(), [own(.pattern), own(.value)])]
        case .joined: return [(JoinHeads(), [own(.z)])]
        case .residualMid: return sums([[.residualPre, .attentionOut]])
        case .residualMidCross:
            return sums([[.residualMid, .crossAttentionOut], [.normalizedMid, .crossAttentionOut]])
        case .hiddenPost:
            // GELU and its approximation differ by little: the nearest first.
            guard let found = tensors[name], let before = tensors[own(.hiddenPre)] else { return [] }
            return ActivationFunction.allCases.map { ($0, Self.distance(before.activated($0), found)) }
                .sorted { $0.1 < $1.1 }.prefix(1).map { (Activation($0.0), [own(.hiddenPre)]) }
        case .residualPost:
            return sums(
                [.residualMidCross, .normalizedMidCross, .residualMid, .normalizedMid].map { [$0, .feedForwardOut] })
        case .probabilities: return [(Softmax(), [out(.logits)])]
        default: return []
        }
    }

    /// What a step may be by arithmetic of more than one operation, or with weights that no trace has.
    func further(_ name: StepName) -> [Tensor] {
        let isCrossed = name.label.uncrossed != nil
        func own(_ label: Label) -> Tensor? { tensors[Self.beside(name, isCrossed ? label.crossed : label)] }
        switch name.label.uncrossed ?? name.label {
        case .pattern:
            var patterns: [Tensor] = []
            _ = chain(name) { chain in
                patterns.append(chain.scores.softmax())
                return false
            }
            return patterns
        case .hiddenPost:
            guard let gate = own(.hiddenPre), let linear = own(.hiddenPreLinear), gate.shape == linear.shape else {
                return []
            }
            return ActivationFunction.allCases.map { gate.activated($0).multiplying(linear) }
        case .norm1Scale, .norm2Scale, .norm3Scale, .finalNormScale:
            return normalized(name).flatMap { x in
                [1e-5, 1e-6, 1e-12].flatMap { epsilon -> [(any Operation)] in
                    [LayerNormScale(epsilon: epsilon), RMSNormScale(epsilon: epsilon)]
                }.compactMap { try? $0.evaluate([x]) }
            }
        case .norm1, .norm2, .norm3, .finalNorm:
            let scales: [Label: Label] = [.norm1: .norm1Scale, .norm2: .norm2Scale, .norm3: .norm3Scale]
            guard let scale = own(scales[name.label] ?? .finalNormScale) else { return [] }
            return normalized(name).flatMap { x -> [Tensor] in
                let (ones, zeros) = (Tensor([x.shape[-1]], repeating: 1), Tensor([x.shape[-1]], repeating: 0))
                return [
                    try? LayerNorm().evaluate([x, scale, ones, zeros]), try? RMSNorm().evaluate([x, scale, ones]),
                ].compactMap { $0 }
            }
        case .residualPost:
            // Models that normalise first and read an encoder, where the sum in between is not recorded.
            guard let mid = own(.residualMid), let cross = own(.crossAttentionOut), let out = own(.feedForwardOut),
                mid.shape == cross.shape, cross.shape == out.shape
            else { return [] }
            return [mid.adding(cross).adding(out)]
        case .logits:
            let weights = tensors[StepName(Label(rawValue: "other.unembed.W_U"))]
            let bias = tensors[StepName(Label(rawValue: "other.unembed.b_U"))]
            guard let last = tensors[StepName(.finalNorm, stack: name.stack)], let weights else { return [] }
            return [[last, weights], bias.map { [last, weights, $0] }].compactMap { $0 }
                .compactMap { try? Linear().evaluate($0) }
        default: return []
        }
    }

    /// What a normalisation may read.
    private func normalized(_ name: StepName) -> [Tensor] {
        let labels: [Label]
        switch name.label {
        case .norm1, .norm1Scale: labels = [.residualPre, .residualMid]
        case .norm2, .norm2Scale: labels = [.residualMid, .residualPost]
        case .norm3, .norm3Scale: labels = [.residualMidCross]
        default:
            let last = tensors.keys.filter { $0.label == .residualPost && $0.stack == name.stack }
                .max { ($0.block ?? 0) < ($1.block ?? 0) }
            return last.flatMap { tensors[$0] }.map { [$0] } ?? []
        }
        return labels.compactMap { tensors[Self.beside(name, $0)] }
    }

    // MARK: Scores

    /// How scores may have come from queries and keys.
    struct Chain {
        let compared: [StepName]
        let divisor: Double
        let isCausal: Bool
        let scores: Tensor
    }

    private static let compared: [[Label]] = [[.rotatedQuery, .rotatedKey], [.query, .key]]

    /// The first that is the one: queries and keys, divided by the root of the head's width or not, masked or not.
    /// Positions may enter in between, or another factor.
    func chain(_ name: StepName, _ isTheOne: (Chain) -> Bool) -> Chain? {
        let isCrossed = name.label.uncrossed != nil
        for labels in Self.compared {
            let pair = labels.map { Self.beside(name, isCrossed ? $0.crossed : $0) }
            let found = pair.compactMap { tensors[$0] }
            guard found.count == 2, let products = try? DotProducts().evaluate(found) else { continue }
            for divisor in [Double(found[0].shape[-1]).squareRoot(), 1] {
                let scaled = products.scaled(by: Float(1 / divisor))
                let masked = try? CausalMask().evaluate([scaled])
                for (isCausal, scores) in [(true, masked), (false, scaled)] {
                    guard let scores else { continue }
                    let chain = Chain(compared: pair, divisor: divisor, isCausal: isCausal, scores: scores)
                    if isTheOne(chain) { return chain }
                }
            }
        }
        return nil
    }

    // MARK: Agreement

    /// Another step of the same block.
    static func beside(_ name: StepName, _ label: Label) -> StepName {
        StepName(label, block: name.block, stack: name.stack)
    }

    /// Whether two tensors are one but for rounding, relative to the greatest number.
    static func agree(_ a: Tensor, _ b: Tensor, _ tolerance: Float) -> Bool {
        a.shape == b.shape && differing(a, b, tolerance) { _ in false }
    }

    /// Calls `body` for each cell that differs until that says no.
    /// - Returns: whether it never did.
    static func differing(_ a: Tensor, _ b: Tensor, _ tolerance: Float, _ goesOn: (_ cell: Int) -> Bool) -> Bool {
        a.withUnsafeBuffer { x in
            b.withUnsafeBuffer { y in
                var largest: Float = 0
                for value in y where value.isFinite { largest = max(largest, abs(value)) }
                let most = tolerance * max(largest, 1e-3)
                return x.indices.allSatisfy { x[$0] == y[$0] || abs(x[$0] - y[$0]) <= most || goesOn($0) }
            }
        }
    }

    private static func distance(_ a: Tensor, _ b: Tensor) -> Float {
        guard a.shape == b.shape else { return .infinity }
        return a.withUnsafeBuffer { x in
            b.withUnsafeBuffer { y in x.indices.reduce(Float(0)) { max($0, abs(x[$1] - y[$1])) } }
        }
    }
}
