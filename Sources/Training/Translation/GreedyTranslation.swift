import Models
import Tensors
import Tracing
import Wording

extension EncoderDecoder {
    /// The most probable target of each source, token by token, many sources side by side; without the token that
    /// ends it.
    ///
    /// - Parameters:
    ///   - sources: `[text][position]`, of any lengths, none empty.
    ///   - limit: the most tokens of a target; nil as many as the context holds.
    ///   - size: how many texts are read at once.
    /// - Throws: `TracingError.notFinite(what:_:)` where the logits are no numbers.
    package func greedyTranslations(of sources: [[Int]], limit: Int? = nil, batch size: Int = 64) throws -> [[Int]] {
        var results: [[Int]] = Array(repeating: [], count: sources.count)
        // Texts of one length are read together, so that little is padded.
        let order = sources.indices.sorted { (sources[$0].count, $0) < (sources[$1].count, $1) }
        for places in order.batches(of: max(size, 1)) {
            let outputs = try greedy(places.map { sources[$0] }, limit: limit ?? configuration.context)
            for (place, output) in zip(places, outputs) { results[place] = output }
        }
        return results
    }

    private func greedy(_ sources: [[Int]], limit: Int) throws -> [[Int]] {
        let c = configuration
        let recorder = Recorder(recording: false)
        let mask = sources.map { $0.map { _ in 1 } }.padded(with: 0)
        let source = try encode(sources.padded(with: c.paddingID ?? c.endID), mask: mask, on: recorder)
        var cache: KeyValueCache? = KeyValueCache()
        var outputs: [[Int]] = Array(repeating: [], count: sources.count)
        var isOpen = Array(repeating: true, count: sources.count)
        var input = Array(repeating: [c.startID], count: sources.count)
        var read = input
        for _ in 0..<min(limit, c.context) where isOpen.contains(true) {
            let logits = try logits(input, reading: source, cache: &cache, on: recorder).tensor
            try NotFinite.check(logits, Evaluation.what) { (recorder) throws(Failure) in
                let source = try encode(sources.padded(with: c.paddingID ?? c.endID), mask: mask, on: recorder)
                var none: KeyValueCache?
                return try self.logits(read, reading: source, cache: &none, on: recorder)
            }
            logits.withUnsafeBuffer { buffer in
                for text in sources.indices {
                    let row = buffer[text * c.targetVocabulary..<(text + 1) * c.targetVocabulary]
                    let best = row.indices.max { row[$0] < row[$1] }.map { $0 - row.startIndex } ?? c.endID
                    // A text that has ended is read on with the others, and nobody listens.
                    input[text] = [best]
                    read[text].append(best)
                    if best == c.endID { isOpen[text] = false }
                    if isOpen[text] { outputs[text].append(best) }
                }
            }
        }
        return outputs
    }
}
