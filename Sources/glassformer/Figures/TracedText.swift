import Figures
import Models
import Tokenizers
import Tracing

/// A run to draw, with what is known of its text.
struct TracedText {
    let trace: Trace
    let tokenizer: AnyTokenizer?
    /// Empty where only ids are known.
    let text: String
    /// What people call it: the text, its ids, or the trace file's name.
    let title: String

    /// How many tokens a run goes on for, so that the chain of words can be drawn.
    private static let generated = 6

    /// - Parameters:
    ///   - options: what to run.
    ///   - count: how many tokens to generate; nil for as many as is usual.
    ///   - goesOn: whether a text usually goes on; a translation is always written.
    ///   - scaled: `--scale` of steps.
    init(_ options: TraceOptions, scaled: [String], generating count: Int?, goesOn: Bool) throws {
        if let path = options.trace {
            (trace, tokenizer) = Self.named(try options.run(scaled: scaled), by: options.model.model)
            text = ""
            title = path == "-" ? "trace" : String(path.split(separator: "/").last ?? "trace")
            return
        }
        let model = try options.model.load()
        let typed = try options.text.map(InputFile.text)
        let input = try options.others.reading(typed, options.ids, of: model)
        let ids = input.ids
        let room = max(0, model.network.sizes.context - ids.count)
        let isChanged = !options.changes.isEmpty(scaled: scaled)
        var usual = goesOn && !isChanged ? min(Self.generated, room) : 0
        switch model.network {
        case .decoder(let decoder): usual = decoder.configuration.hasHead ? usual : 0
        case .encoder: break
        case .encoderDecoder: usual = model.usualLength(input)
        }
        let own =
            try options.training.trace(ids, of: model)
            ?? model.trace(input, generating: count ?? usual, stop: model.endOfText)
        trace = try options.changes.changing(own, scaled: scaled) { try options.other($0, like: input, of: model) }
        tokenizer = model.tokenizer
        text = typed ?? ""
        title = typed ?? ids.map(String.init).joined(separator: " ")
    }

    /// A trace carries its model's name; where that model is on this machine, so is its tokenizer.
    ///
    /// Of a trace recorded elsewhere a name says little: only where every token is written as that tokenizer writes it
    /// do its words name the candidates, and how the text was cut is not told from it. Whoever names the model
    /// with `--model` vouches for it.
    private static func named(_ trace: Trace, by model: String?) -> (Trace, AnyTokenizer?) {
        let name = model ?? trace.model.name
        guard !name.isEmpty, let folder = try? Shelf.folder(name), let tokenizer = try? TokenizerFile.load(folder)
        else {
            return (trace, nil)
        }
        guard trace.isElsewhere, model == nil else { return (trace, tokenizer) }
        let isOurs = trace.tokens.allSatisfy { tokenizer.piece($0.id).display == $0.display }
        guard isOurs, trace[StepName(.logits)] ?? trace[StepName(.maskedLogits)] != nil else { return (trace, nil) }
        var trace = trace
        for id in 0..<tokenizer.vocabularySize { trace.vocabulary[id] = tokenizer.piece(id).display }
        return (trace, nil)
    }

    /// A folder's name: letters and digits of any script, the rest as hyphens.
    var slug: String {
        var slug = ""
        for character in title.lowercased().prefix(48) {
            if character.isLetter || character.isNumber {
                slug.append(character)
            } else if !slug.isEmpty, slug.last != "-" {
                slug.append("-")
            }
        }
        while slug.last == "-" { slug.removeLast() }
        return slug.isEmpty ? "text" : slug
    }
}
