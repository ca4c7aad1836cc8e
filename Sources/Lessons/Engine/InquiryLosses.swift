import Foundation
import Tracing

/// How surprised the model was by what it was asked about.
extension Inquiry {
    /// −ln of the probability that the model gave to a token before it saw it.
    func tokenLoss(at place: Int) throws -> Double {
        let ids = try ids()
        guard place > 0, ids.indices.contains(place) else {
            throw EngineError.noToken(text: asked ?? query.source, position: "\(place)", count: ids.count)
        }
        return -log(try foretold(place, ids, trace()))
    }

    private func foretold(_ place: Int, _ ids: [Int], _ trace: Trace) throws -> Double {
        try engine.cell(trace, StepName(.probabilities).description, [0, place - 1, ids[place]])
    }

    func loss() throws -> Double {
        let (ids, trace) = (try ids(), try trace())
        guard ids.count > 1 else { throw EngineError.noContinuation(text: asked ?? query.source) }
        return try ids.indices.dropFirst().reduce(0) { $0 - log(try foretold($1, ids, trace)) } / Double(ids.count - 1)
    }

    /// The share of tokens that were the likeliest before they were seen.
    func accuracy() throws -> Double {
        let (ids, trace) = (try ids(), try trace())
        guard ids.count > 1 else { throw EngineError.noContinuation(text: asked ?? query.source) }
        let right = try ids.indices.dropFirst().count { place in
            try following(place - 1, in: trace).first?.id == ids[place]
        }
        return Double(right) / Double(ids.count - 1)
    }
}
