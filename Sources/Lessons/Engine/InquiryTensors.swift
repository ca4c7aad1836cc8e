import Figures
import Subjects
import Tensors
import Tracing

/// Answers out of the tensors of a trace.
extension Inquiry {
    func slice() throws -> TensorSlice {
        guard rest.count > 1, case .slice(let pattern) = rest[1] else {
            throw EngineError.noCell(step: text(0), index: [], shape: [])
        }
        return try TensorSlice(trace().step(StepName(text(0))), pattern)
    }

    func inputShape() throws -> String {
        let trace = try trace()
        let step = try trace.step(StepName(text(0)))
        let place = try index(1)
        guard step.inputs.indices.contains(place), trace.steps.indices.contains(step.inputs[place]) else {
            throw EngineError.noInput(step: text(0), input: place, count: step.inputs.count)
        }
        return TraceShape(trace.steps[step.inputs[place]]).text
    }

    /// The largest absolute difference between two rows of `[batch, position, width]`.
    func rowDifference() throws -> Double {
        let (first, second) = try rows()
        return zip(first, second).reduce(0) { max($0, abs(Double($1.0) - Double($1.1))) }
    }

    func cosine() throws -> Double {
        let (first, second) = try rows()
        func dot(_ left: [Float], _ right: [Float]) -> Double {
            zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        let lengths = (dot(first, first) * dot(second, second)).squareRoot()
        return lengths > 0 ? dot(first, second) / lengths : 0
    }

    private func rows() throws -> ([Float], [Float]) {
        let first = try row(of: text(1), at: position(2, inText: 1))
        let second = try row(of: text(3), at: position(4, inText: 3))
        guard first.count == second.count, !first.isEmpty else { throw EngineError.differentRows(step: text(0)) }
        return (first, second)
    }

    private func row(of text: String, at position: Int) throws -> [Float] {
        let step = try engine.trace(query.model, ids: model.encode(text)).step(StepName(self.text(0)))
        guard step.shape.rank == 3 else { throw EngineError.differentRows(step: self.text(0)) }
        return (0..<step.shape[2]).compactMap { step.tensor.cell([0, position, $0]) }
    }

    /// One query's weights on every key, those of the future included, which are zero.
    func attentionRow() throws -> [Double] {
        let (layer, head, row) = (try index(0), try index(1), try position(2))
        let step = try trace().step(.block(layer, .pattern))
        return try (0..<step.shape[3]).map { key in
            guard let value = step.tensor.cell([0, head, row, key]) else {
                throw EngineError.noCell(
                    step: step.name.description, index: [0, head, row, key], shape: step.shape.dimensions)
            }
            return Double(value)
        }
    }

    /// The weights of the tokens that may be attended to.
    func ranking(_ weights: [Double]) throws -> [Answer.Entry] {
        zip(try ids(), weights).prefix(try position(2) + 1)
            .map { Answer.Entry(label: model.display($0), value: $1) }
    }
}
