import Tensors
import Tracing

extension FigureRequest {
    /// How a layer's branches come back to the residual stream.
    enum Residual: Sendable {
        /// One after the other, each sum handed on as it is.
        case added
        /// One after the other, each sum normalised.
        case normalized
        /// Both at once, or with nothing recorded between them.
        case together
    }

    /// What the numbers of this layer bear out; nil where steps are missing, or the sums do not come out: what another
    /// program recorded under these names may not be what was added.
    var residual: Residual? {
        if isSum(.residualMid, of: [.residualPre, .attentionOut]) {
            if isSum(.residualPost, of: [.normalizedMid, .feedForwardOut]) { return .normalized }
            if isSum(.residualPost, of: [.residualMid, .feedForwardOut]) { return .added }
        }
        return isSum(.residualPost, of: [.residualPre, .attentionOut, .feedForwardOut]) ? .together : nil
    }

    /// Whether a picture may show the branches one after the other: where the numbers say so, and of a part of a run
    /// of ours that lacks some of them.
    var isSequential: Bool {
        let hasAll = has([.residualPre, .attentionOut, .feedForwardOut, .residualPost])
        guard hasAll || trace.isElsewhere else { return true }
        return residual.map { $0 != .together || !has([.residualMid]) && !trace.isElsewhere } ?? false
    }

    /// Whether a step is what its operation gives: of another program's traces that was tried when they were read.
    func isBorneOut(_ label: Label) -> Bool {
        trace[name(label)].map { !($0.isSource && trace.isElsewhere) } ?? true
    }

    private func isSum(_ label: Label, of parts: [Label]) -> Bool {
        let steps = parts.compactMap { trace[name($0)] }
        guard let sum = trace[name(label)], steps.count == parts.count else { return false }
        let made = sum.operation is Cast ? sum.inputs.first.map { trace.steps[$0] } ?? sum : sum
        if made.operation is Add, made.inputs.count == parts.count {
            // Of a training with dropout or in half precision: of what the part has become.
            let names = made.inputs.map { trace.steps[$0].name.label.rawValue }
            return zip(names, parts).allSatisfy { $0 == $1.rawValue || $0.hasPrefix($1.rawValue + ".") }
        }
        return sum.tensor.isNearlySum(of: steps.map { $0.tensor })
    }
}

extension Tensor {
    /// Whether numbers that are finite add up to these within what float32 rounds off.
    func isNearlySum(of parts: [Tensor]) -> Bool {
        guard parts.allSatisfy({ $0.shape == shape }) else { return false }
        let all = parts.map { $0.scalars }
        let sums = scalars
        let most = 1e-3 * max(sums.greatestMagnitude, 1e-9)
        return sums.indices.allSatisfy { place in
            let sum = all.reduce(0) { $0 + Double($1[place]) }
            let difference = abs(sum - Double(sums[place]))
            return !difference.isFinite || difference <= most
        }
    }
}
