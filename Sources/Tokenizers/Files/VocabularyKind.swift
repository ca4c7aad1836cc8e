import Reading
import Wording

/// What `tokenizer_config.json` says of a vocabulary with merges, which does not say itself how texts are split.
struct VocabularyKind {
    var method = BytePairMethod()
    /// Stands for what the vocabulary lacks.
    var unknown: String?

    /// GPT-2's, which RoBERTa, BART and most others have too.
    init() {}

    /// - Throws: `TokenizerError.unsupported` for a tokenizer that splits in a way of its own.
    init(_ bytes: [UInt8], source: String) throws(Failure) {
        var cursor = JSONCursor(bytes, source: source)
        guard case .object(let settings) = try cursor.readValue() else { return }
        var name = settings["tokenizer_class"]?.text ?? ""
        if name.hasSuffix("Fast") { name.removeLast(4) }
        switch name {
        case "Qwen2Tokenizer":
            method.normalizer = TextNormalizer(steps: [.form(.nfc)])
            method.preTokenizer = PreTokenizer([
                .split(
                    TextSplitter(cutter: .words(.cl100k(digits: 1, endIsOneWord: false)), behaviour: .isolated)),
                .byteLevel(addsPrefixSpace: false, splitsWords: false),
            ])
        case "CLIPTokenizer":
            try settleCLIP(source)
        case "OpenAIGPTTokenizer", "HerbertTokenizer", "XLMTokenizer", "FSMTTokenizer", "BioGptTokenizer",
            "CTRLTokenizer", "FlaubertTokenizer", "PhobertTokenizer", "BertweetTokenizer", "Speech2Text2Tokenizer":
            throw .unsupported(
                source: source, key: "tokenizer_class",
                expected: Phrase(en: "a byte-level tokenizer or a tokenizer.json", zh: "字节级分词器或 tokenizer.json"),
                found: name)
        default:
            if settings["add_prefix_space"]?.flag == true {
                method.preTokenizer = PreTokenizer([.byteLevel(addsPrefixSpace: true, splitsWords: true)])
            }
        }
    }

    private mutating func settleCLIP(_ source: String) throws(Failure) {
        let pattern =
            #"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"#
        guard let words = try? SplitRegex(pattern, .oniguruma), let spaces = try? SplitRegex(#"\s+"#, .oniguruma) else {
            return
        }
        method.normalizer = TextNormalizer(steps: [.form(.nfc), .replace(.regex(spaces), [0x20]), .lowercase])
        method.preTokenizer = PreTokenizer([
            .split(TextSplitter(cutter: .regex(words), behaviour: .removed, inverted: true)),
            .byteLevel(addsPrefixSpace: false, splitsWords: true),
        ])
        method.wordSuffix = Array("</w>".utf8)
        unknown = "<|endoftext|>"
    }
}
