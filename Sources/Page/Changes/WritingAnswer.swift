import Models
import Reading
import Subjects
import Tensors
import Tokenizers
import Tracing
import Wording

/// Goes on with a text, as `glassformer generate` does: behind what is put by hand already, each token drawn by the next
/// number of the seed, so that token by token and all at once are the same. A changed run is written on by the changed
/// model; an encoder fills in what is hidden, from left to right.
struct WritingAnswer {
    private let reader: TextReader
    private let run: TextRun
    private let count: Int
    private let sampling: Sampling

    private static let most = 64

    /// - Throws: what `Sampling.validate` says.
    init(model: LanguageModel, run: TextRun, _ question: PageQuestion) throws(Failure) {
        reader = TextReader(model: model)
        self.run = run
        count = min(max(question.whole("count") ?? 1, 1), Self.most)
        sampling = try Sampling(question)
    }

    private var model: LanguageModel { reader.model }
    private var put: [PutToken] { run.typed.put }

    /// - Throws: ``PageError/nothingWritten``; what the model says.
    func write(to json: inout JSONWriter) throws(Failure) {
        let all: [PutToken]
        switch model.network {
        case .decoder(let decoder): all = try goingOn(decoder)
        case .encoderDecoder(let translator): all = try translation(translator)
        case .encoder: all = try hidden()
        }
        json.object { json in
            json.member("put", all.numbers)
            json.member("count", all.count - put.count)
        }
    }

    /// The run as it is looked at, with other tokens put by hand.
    private func trace(_ put: [PutToken]) throws(Failure) -> Trace {
        var typed = run.typed
        typed.put = put
        return try reader.changed(try reader.unchanged(typed), typed)
    }

    private func goingOn(_ decoder: Decoder) throws(Failure) -> [PutToken] {
        let ids = try reader.input(run.typed).ids
        let more = min(count, decoder.configuration.context - ids.count)
        guard more > 0 else { return put }
        let written: [GeneratedToken]
        if run.changes.isEmpty {
            written = try decoder.generate(
                from: ids, count: more, sampling: sampling, stop: model.endOfText, candidates: 1, drawn: put.count)
        } else {
            written = try model.going(on: ids, count: more, sampling: sampling, drawn: put.count) {
                (read) throws(Failure) in
                let behind = read.indices.dropFirst(ids.count).map { PutToken(place: $0, id: read[$0]) }
                return try trace(put + behind).step(StepName(.logits)).tensor
            }
        }
        return put + written.enumerated().map { PutToken(place: ids.count + $0.offset, id: $0.element.id) }
    }

    /// A translation is written to its end.
    private func translation(_ translator: EncoderDecoder) throws(Failure) -> [PutToken] {
        let source = try reader.input(run.typed).ids
        let place = put.last?.place ?? 0
        let prefix = run.trace.targetTokens.prefix(place + 1).map { $0.id }
        let more = min(count, translator.configuration.context - prefix.count)
        let ends = model.rules.ends.isEmpty ? [translator.configuration.endID] : Set(model.rules.ends)
        guard more > 0, let last = prefix.last, put.isEmpty || !ends.contains(last) else { return put }
        let written: [GeneratedToken]
        if run.changes.isEmpty {
            written = try translator.generate(
                from: source, prefix: prefix, count: more, sampling: sampling, candidates: 1, drawn: put.count)
        } else {
            written = try model.going(on: prefix, reading: source, count: more, sampling: sampling, drawn: put.count) {
                (read) throws(Failure) in
                let target = read.indices.dropFirst(prefix.count).map { PutToken(place: $0, id: read[$0]) }
                let row = try trace(put + target).step(StepName(.logits)).row([0, read.count - 1])
                return try Tensor([1, 1, row.count], row)
            }
        }
        return put + written.enumerated().map { PutToken(place: prefix.count + $0.offset, id: $0.element.id) }
    }

    private func hidden() throws(Failure) -> [PutToken] {
        let mask = model.tokenizer?.id(of: .mask) ?? model.tokenizer?.id(ofSpelling: "[MASK]")
        var all = put
        var trace = run.changed
        var random = sampling.random(after: put.count)
        for _ in 0..<count {
            guard let place = trace.tokens.firstIndex(where: { $0.id == mask }) else { break }
            guard let logits = trace[StepName(.maskedLogits)] else { throw Failure(PageError.nothingWritten) }
            let row = try logits.row([0, place])
            all.append(PutToken(place: place, id: sampling.choose(row, using: &random)))
            trace = try self.trace(all)
        }
        return all
    }
}
