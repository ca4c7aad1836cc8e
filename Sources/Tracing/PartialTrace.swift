import Wording

extension Trace {
    /// The same run with some of its tensors only.
    ///
    /// What is left out is nobody's input any more: a step that read it is as if recorded elsewhere, so that nothing
    /// is explained by numbers that are not there.
    public func keeping(_ isKept: (Step) -> Bool) throws(Failure) -> Trace {
        var places: [Int: Int] = [:]
        var kept: [Step] = []
        for (place, step) in steps.enumerated() where isKept(step) {
            places[place] = kept.count
            let inputs = step.inputs.compactMap { places[$0] }
            kept.append(step.moved(reading: inputs.count == step.inputs.count ? inputs : nil))
        }
        var trace = try holding(kept)
        trace.isPartial = isPartial || kept.count < steps.count
        return trace
    }
}
