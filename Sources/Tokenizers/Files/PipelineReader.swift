import Reading
import Wording

extension BytePairMethod {
    /// Takes what surrounds the model from a `tokenizer.json`.
    /// - Parameter spells: whether the model reads bytes as the characters that they are spelt with.
    mutating func surround(with parts: TokenizerParts, spells: Bool = false) throws(Failure) {
        let reader = PipelineReader(source: parts.source)
        normalizer = try reader.normalizer(parts["normalizer"])
        preTokenizer = try reader.preTokenizer(parts["pre_tokenizer"], spells: spells)
        decoder = try reader.decoder(parts["decoder"])
    }
}

/// Reads the parts of a `tokenizer.json` that surround its model. A part that is not known is an error that names it,
/// because leaving it out would give other ids.
struct PipelineReader {
    let source: String

    private static let mostSteps = 128

    func normalizer(_ value: JSONValue?) throws(Failure) -> TextNormalizer {
        TextNormalizer(steps: try normalizerSteps(value, "normalizer"))
    }

    func preTokenizer(_ value: JSONValue?, spells: Bool = false) throws(Failure) -> PreTokenizer {
        PreTokenizer(try preTokenizerSteps(value, "pre_tokenizer"), spells: spells)
    }

    func decoder(_ value: JSONValue?) throws(Failure) -> TokenDecoder {
        guard let value, value != .null else { return TokenDecoder(steps: nil) }
        return TokenDecoder(steps: try decoderSteps(value, "decoder"))
    }

    private func steps<Step>(
        of part: JSONPart, _ list: String, _ read: (JSONValue?, String) throws(Failure) -> [Step]
    ) throws(Failure) -> [Step] {
        var steps: [Step] = []
        _ = try part.list(list) { (each) throws(Failure) in
            steps += try read(each.value, each.key)
            // Each goes through the whole text.
            guard steps.count <= Self.mostSteps else {
                throw part.wrong(list, Phrase(en: "at most \(Self.mostSteps) steps", zh: "最多 \(Self.mostSteps) 步"))
            }
        }
        return steps
    }

    private func normalizerSteps(_ value: JSONValue?, _ key: String) throws(Failure) -> [NormalizerStep] {
        guard let part = try JSONPart(value, key, source) else { return [] }
        switch part.type {
        case "Sequence": return try steps(of: part, "normalizers", normalizerSteps)
        case "NFC", "NFD", "NFKC", "NFKD": return UnicodeForm(rawValue: part.type).map { [.form($0)] } ?? []
        case "Lowercase": return [.lowercase]
        case "StripAccents": return [.stripMarks]
        case "Strip": return [.strip(left: try part.flag("strip_left"), right: try part.flag("strip_right"))]
        case "Prepend": return [.prepend(try part.bytes("prepend"))]
        case "Replace": return [.replace(try cutter(part), try part.bytes("content"))]
        case "ByteLevel": return [.byteLevel]
        case "Precompiled": return [.precompiled(try precompiled(part))]
        case "BertNormalizer": return [.bert(try bertNormalizer(part))]
        default:
            throw part.unsupported(
                "Sequence, NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, Strip, Prepend, Replace, ByteLevel, "
                    + "BertNormalizer, Precompiled")
        }
    }

    private func preTokenizerSteps(_ value: JSONValue?, _ key: String) throws(Failure) -> [PreTokenizerStep] {
        guard let part = try JSONPart(value, key, source) else { return [] }
        func split(_ cutter: TextCutter, _ behaviour: SplitBehaviour, inverted: Bool = false) -> [PreTokenizerStep] {
            [.split(TextSplitter(cutter: cutter, behaviour: behaviour, inverted: inverted))]
        }
        switch part.type {
        case "Sequence": return try steps(of: part, "pretokenizers", preTokenizerSteps)
        case "ByteLevel":
            return [
                .byteLevel(
                    addsPrefixSpace: try part.flag("add_prefix_space", otherwise: true),
                    splitsWords: try part.flag("use_regex", otherwise: true))
            ]
        case "Split":
            return split(
                try cutter(part), try part.choice("behavior"), inverted: try part.flag("invert", otherwise: false))
        case "Digits":
            let isolates = try part.flag("individual_digits", otherwise: false)
            return split(.characters(.libraryNumber), isolates ? .isolated : .contiguous)
        case "Punctuation":
            return split(.characters(.libraryPunctuation), try part.choice("behavior", otherwise: .isolated))
        case "Whitespace":
            return split(.regex(try regex(#"\w+|[^\w\s]+"#, .rust, part)), .removed, inverted: true)
        case "WhitespaceSplit": return split(.characters(.whiteSpace), .removed)
        case "BertPreTokenizer":
            return split(.characters(.whiteSpace), .removed) + split(.characters(.libraryPunctuation), .isolated)
        case "CharDelimiterSplit": return split(.literal(try part.bytes("delimiter")), .removed)
        case "FixedLength": return [.fixedLength(max(1, try part.integer("length", otherwise: 5)))]
        case "Metaspace":
            let scheme = try metaspaceScheme(part)
            return [
                .metaspace(
                    mark: try part.bytes("replacement"), scheme: scheme, splits: try part.flag("split", otherwise: true)
                )
            ]
        default:
            throw part.unsupported(
                "Sequence, ByteLevel, Split, Digits, Punctuation, Whitespace, WhitespaceSplit, BertPreTokenizer, "
                    + "CharDelimiterSplit, FixedLength, Metaspace")
        }
    }

    private func decoderSteps(_ value: JSONValue?, _ key: String) throws(Failure) -> [DecoderStep] {
        guard let part = try JSONPart(value, key, source) else { return [] }
        switch part.type {
        case "Sequence": return try steps(of: part, "decoders", decoderSteps)
        case "ByteLevel": return [.byteLevel]
        case "ByteFallback": return [.byteFallback]
        case "Fuse": return [.fuse]
        case "Replace": return [.replace(try cutter(part), try part.bytes("content"))]
        case "Strip":
            return [
                .strip(
                    try part.bytes("content"), start: try part.integer("start", otherwise: 0),
                    stop: try part.integer("stop", otherwise: 0))
            ]
        case "Metaspace":
            let scheme = try metaspaceScheme(part)
            return [.metaspace(mark: try part.bytes("replacement"), dropsFirst: scheme != .never)]
        case "BPEDecoder": return [.wordEnd(try part.bytes("suffix", otherwise: "</w>"))]
        case "WordPiece":
            return [
                .wordPiece(
                    prefix: try part.bytes("prefix", otherwise: "##"),
                    cleansUp: try part.flag("cleanup", otherwise: true))
            ]
        default:
            throw part.unsupported(
                "Sequence, ByteLevel, ByteFallback, Fuse, Replace, Strip, Metaspace, BPEDecoder, WordPiece")
        }
    }

    private func precompiled(_ part: JSONPart) throws(Failure) -> PrecompiledMap {
        var bytes: [UInt8] = []
        guard Base64.decode(try part.bytes("precompiled_charsmap")[...], into: &bytes),
            let map = PrecompiledMap(bytes)
        else {
            throw part.wrong("precompiled_charsmap", Phrase(en: "SentencePiece's table", zh: " SentencePiece 的替换表"))
        }
        return map
    }

    private func bertNormalizer(_ part: JSONPart) throws(Failure) -> BERTNormalizer {
        let lowercases = try part.flag("lowercase", otherwise: true)
        return BERTNormalizer(
            cleansText: try part.flag("clean_text", otherwise: true),
            separatesHan: try part.flag("handle_chinese_chars", otherwise: true),
            stripsAccents: try part.flag("strip_accents", otherwise: lowercases), lowercases: lowercases)
    }

    /// Older files say `add_prefix_space`.
    private func metaspaceScheme(_ part: JSONPart) throws(Failure) -> PreTokenizerStep.PrependScheme {
        guard try part.flag("add_prefix_space", otherwise: true) else { return .never }
        return try part.choice("prepend_scheme", otherwise: .always)
    }

    private func cutter(_ part: JSONPart) throws(Failure) -> TextCutter {
        guard let members = part.members["pattern"]?.members else {
            throw part.wrong("pattern", Phrase(en: "an object", zh: "一个对象"))
        }
        if let text = members["String"]?.text { return .literal(Array(text.utf8)) }
        guard let text = members["Regex"]?.text else {
            throw part.wrong("pattern", Phrase(en: "a String or a Regex", zh: " String 或 Regex"))
        }
        if let known = WordPattern.known(text, .oniguruma) { return .words(known) }
        return .regex(try regex(text, .oniguruma, part))
    }

    private func regex(_ text: String, _ flavour: RegexFlavour, _ part: JSONPart) throws(Failure) -> SplitRegex {
        do {
            return try SplitRegex(text, flavour)
        } catch {
            throw .unsupported(
                source: source, key: part.key + ".pattern", expected: Phrase(en: "a simpler pattern", zh: "较简单的模式"),
                found: "…\(error.part)…")
        }
    }
}
