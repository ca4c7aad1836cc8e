import ArgumentParser
import Models
import Reading
import Subjects
import Tokenizers
import Wording

/// `glassformer tokenize`: a text as the numbers that a model reads.
struct Tokenize: GuidedCommand {
    static let guide = CommandGuide(
        name: "tokenize", abstract: TokenizeText.abstract.phrase, discussion: TokenizeText.discussion.phrase,
        examples: [
            "glassformer tokenize 'the cat sat on the'", "glassformer tokenize 中华人民 --merges",
            "glassformer tokenize 'a [MASK] cat' --model masked-word --special",
        ])

    @Argument(help: RunText.text.help("text"))
    var text: String?

    @Flag(name: .long, help: TokenizeText.merges.help)
    var merges = false

    @Flag(name: .long, help: TokenizeText.special.help)
    var special = false

    @Flag(name: .long, help: TokenizeText.literal.help)
    var literal = false

    @OptionGroup var model: ModelOptions

    @Option(name: .long, help: TokenizeText.tokenizer.help("file"))
    var tokenizer: String?

    @Option(name: .long, help: TokenizeText.file.help("file"))
    var file: String?

    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try TextOptions.requireOne([("TEXT", text != nil), ("--file", file != nil)])
        if tokenizer != nil, model.model != nil { throw CommandProblem.together("--model", "--tokenizer") }
        if file != nil, merges { throw CommandProblem.together("--file", "--merges") }
        if literal, merges { throw CommandProblem.together("--literal", "--merges") }
    }

    func run() throws {
        let (tokenizer, template, path) = try load()
        func encode(_ bytes: [UInt8]) throws -> [Int] {
            let ids = try tokenizer.encode(
                bytes: bytes, readingSpecialTokens: !literal && tokenizer.readsSpecialTokens)
            return special ? template.ids(ids).ids : ids
        }
        if let file { return try encodeLines(of: file, with: tokenizer, encode) }
        let bytes = try text == "-" ? InputFile.textBytes("-") : Array((text ?? "").utf8)
        let pieces = tokenizer.pieces(try encode(bytes))
        var ladders: [WordMerges] = []
        if merges {
            guard let pairs = tokenizer.bytePairs else { throw CommandProblem.merges(path: path) }
            ladders = try pairs.merges(of: String(decoding: bytes, as: UTF8.self))
        }
        try StandardOutput.write(
            facts.json
                ? TokenPage.json(pieces, ladders: merges ? ladders : nil, tokenizer: tokenizer).page
                : TokenPage.text(pieces, ladders: ladders, tokenizer: tokenizer, style: common.style))
    }

    private func load() throws -> (tokenizer: AnyTokenizer, template: TokenTemplate, path: String) {
        if let path = tokenizer {
            let tokenizer = try TokenizerFile.load(InputFile.path(path))
            return (tokenizer, tokenizer.template, path)
        }
        let folder = try Shelf.folder(model.name)
        // What a model's family puts around a text is known only with its configuration.
        if special {
            let model = try LanguageModel.load(folder: folder)
            if let tokenizer = model.tokenizer { return (tokenizer, model.template, folder) }
        }
        let tokenizer = try TokenizerFile.load(folder)
        return (tokenizer, tokenizer.template, folder)
    }

    /// Every line by itself, bytes as they are, one JSON value a line.
    private func encodeLines(
        of path: String, with tokenizer: AnyTokenizer, _ encode: ([UInt8]) throws -> [Int]
    ) throws {
        var pending = ""
        for line in try InputFile.lines(path) {
            let ids = try encode(line)
            let value = JSONText.object([
                "ids": .integers(ids), "tokens": .texts(ids.map { tokenizer.piece($0).display }),
            ])
            pending += value.line + "\n"
            if pending.utf8.count > 1 << 16 {
                try StandardOutput.write(pending)
                pending = ""
            }
        }
        try StandardOutput.write(pending)
    }
}
