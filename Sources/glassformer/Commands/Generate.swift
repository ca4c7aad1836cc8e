import ArgumentParser
import Drawing
import Models
import Reading
import Subjects
import Wording

/// `glassformer generate`: a text goes on, one token at a time.
struct Generate: GuidedCommand {
    static let guide = CommandGuide(
        name: "generate", abstract: GenerateText.abstract.phrase, discussion: GenerateText.discussion.phrase,
        examples: [
            "glassformer generate 中华人民",
            "glassformer generate 'the cat sat on the' --tokens 5 --temperature 0.8 --seed 7",
        ])

    @OptionGroup var input: TextOptions

    @Option(
        name: [.customShort("n"), .long], parsing: .unconditional, help: GenerateText.tokens.help("n"),
        transform: Typed.read(Count.init))
    var tokens = Count(20)

    @Option(
        name: .long, parsing: .unconditional, help: GenerateText.temperature.help("t"),
        transform: Typed.read(PlainNumber.finite))
    var temperature = 0.0

    @Option(
        name: .long, parsing: .unconditional, help: GenerateText.topK.help("k"),
        transform: Typed.read(PlainNumber.whole))
    var topK: Int?

    @Option(
        name: .long, parsing: .unconditional, help: GenerateText.topP.help("p"),
        transform: Typed.read(PlainNumber.finite))
    var topP: Double?

    @Option(
        name: .long, parsing: .unconditional, help: GenerateText.seed.help("n"), transform: Typed.read(PlainNumber.seed)
    )
    var seed: UInt64 = 0

    @Option(
        name: .long, parsing: .unconditional, help: GenerateText.stopIDs.help("1,2"),
        transform: Typed.read(IndexList.init))
    var stopIds: IndexList?

    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    /// How many candidates a line of the terminal has room for.
    private static let shown = 4

    func run() throws {
        let sampling = Sampling(temperature: temperature, topK: topK, topP: topP, seed: seed)
        try sampling.validate()
        let model = try input.model.load()
        let read = try input.tokens(of: model)
        // A translation begins anew; a decoder goes on from its text.
        var prompt = read
        if case .encoderDecoder = model.network { prompt = [] }
        let isTalking = !facts.json && !common.quiet
        var place = prompt.count
        func say(_ token: GeneratedToken) throws(Failure) {
            defer { place += 1 }
            guard isTalking else { return }
            do throws(CommandProblem) {
                try StandardOutput.write(line(token, at: place, of: model))
            } catch {
                throw Failure(error)
            }
        }
        let generated: [GeneratedToken]
        if case .encoderDecoder(let translator) = model.network {
            generated = try translator.generate(
                from: read, count: tokens.value, sampling: sampling, stop: stopIds.map { Set($0.values) }, onToken: say)
        } else {
            generated = try model.decoder.generate(
                from: read, count: tokens.value, sampling: sampling,
                stop: stopIds.map { Set($0.values) } ?? model.endOfText,
                onToken: say)
        }
        if !common.quiet { note(model, read: read, wrote: generated) }
        let ids = prompt + generated.map(\.id)
        let text = model.tokenizer?.decode(ids, skippingSpecialTokens: true)
        if facts.json { return try StandardOutput.write(json(text, ids, generated, model).page) }
        let written = text ?? ids.map(String.init).joined(separator: " ")
        try StandardOutput.write((isTalking && !generated.isEmpty ? "\n" : "") + written + "\n")
        if isTalking, temperature == 0, generated.contains(where: \.isAgainstOdds) {
            StandardError.write(GenerateText.ruled.phrase.text + "\n")
        }
    }

    /// What a reader of the text alone would not know.
    private func note(_ model: LanguageModel, read: [Int], wrote: [GeneratedToken]) {
        // Whoever gives a temperature draws by chance already.
        let unheeded = model.rules.unheeded.filter { $0 != "do_sample" || temperature == 0 }
        if !unheeded.isEmpty {
            let keys = unheeded.joined(separator: ", ")
            StandardError.write(GenerateText.unheeded.text(["keys": .init(keys)]) + "\n")
        }
        let context = model.network.sizes.context
        // A target begins with its start token; the last token written has not been read yet.
        var length = read.count
        if case .encoderDecoder = model.network { length = 1 }
        guard wrote.count < tokens.value, length + wrote.count > context else { return }
        StandardError.write(GenerateText.full.text(["context": .init("\(context)")]) + "\n")
    }

    /// `   4  共和国      94%    共和国 94% · 政府 3% · …`
    private func line(_ token: GeneratedToken, at place: Int, of model: LanguageModel) -> String {
        let others = token.candidates.prefix(Self.shown).map {
            "\(model.display($0.id)) \(Numbers.percent($0.probability))"
        }
        let name = model.display(token.id).padded(to: 16)
        let share = Numbers.percent(token.probability).leftPadded(to: 6)
        let style = common.style
        return "\("\(place)".leftPadded(to: 4))  \(style.strong(name)) \(style.number(share))   "
            + style.dim(others.joined(separator: " · ")) + "\n"
    }

    private func json(_ text: String?, _ ids: [Int], _ tokens: [GeneratedToken], _ model: LanguageModel) -> JSONText {
        func share(_ id: Int, _ probability: Double) -> [(String, JSONText)] {
            [("id", .integer(id)), ("token", .text(model.display(id))), ("probability", .number(probability))]
        }
        let steps = tokens.map { token -> JSONText in
            let candidates = token.candidates.map { JSONText.members(share($0.id, $0.probability)) }
            return .members(share(token.id, token.probability) + [("candidates", .array(candidates))])
        }
        return .object([
            "text": text.map { .text($0) } ?? .null, "ids": .integers(ids), "steps": .array(steps),
        ])
    }
}

extension GeneratedToken {
    /// Whether the model itself gave another token more.
    fileprivate var isAgainstOdds: Bool { candidates.contains { $0.probability > probability } }
}
