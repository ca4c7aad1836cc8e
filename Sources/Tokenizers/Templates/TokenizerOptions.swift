import Reading
import Wording

/// What a special token is for.
public enum SpecialRole: String, Sendable, CaseIterable {
    case beginning = "bos_token"
    case end = "eos_token"
    case unknown = "unk_token"
    case padding = "pad_token"
    case classification = "cls_token"
    case separator = "sep_token"
    case mask = "mask_token"
}

/// What `tokenizer_config.json` and `special_tokens_map.json` say beside a tokenizer's own file.
public struct TokenizerOptions: Sendable {
    /// How the special tokens are spelt.
    public var names: [SpecialRole: String] = [:]

    /// `do_lower_case`, `tokenize_chinese_chars` and `strip_accents` of BERT's tokenizers; `nil` where nothing is said.
    public var lowercases: Bool?
    public var separatesHan: Bool?
    public var stripsAccents: Bool?

    /// `add_bos_token` and `add_eos_token`; `nil` where nothing is said.
    public var addsBeginning: Bool?
    public var addsEnd: Bool?

    /// `tokenizer_class`, for what only the library's program says, not its files.
    public var className: String?

    /// Tokens with their ids, from `added_tokens_decoder`.
    var tokens: [AddedToken] = []

    /// Special tokens that are named without an id.
    private var named: [AddedToken] = []

    public init() {}

    /// A file's bytes and its path.
    typealias File = (bytes: [UInt8], source: String)

    /// Reads the files, where they are given.
    /// - Parameter added: `added_tokens.json` of older folders, which goes before nothing.
    /// - Throws: `TokenizerError` for what is malformed.
    init(configuration: File?, map: File?, added: File? = nil) throws(Failure) {
        if let map { try readNames(JSONPart(file: map.bytes, source: map.source)) }
        if let configuration {
            try readConfiguration(JSONPart(file: configuration.bytes, source: configuration.source))
        }
        if tokens.isEmpty, let added { try readAdded(JSONPart(file: added.bytes, source: added.source)) }
    }

    private mutating func readAdded(_ file: JSONPart) throws(Failure) {
        let special = Set(names.values).union(named.map { $0.content })
        for (content, value) in file.members {
            guard let id = value.tokenID, !content.isEmpty else {
                throw file.wrong(content, Phrase(en: "a token's id", zh: "词元的编号"))
            }
            let isSpecial = special.contains(content)
            tokens.append(AddedToken(id: id, content: content, isSpecial: isSpecial, isNormalized: !isSpecial))
        }
        tokens.sort { $0.id < $1.id }
    }

    private mutating func readConfiguration(_ file: JSONPart) throws(Failure) {
        try readNames(file)
        let name = "added_tokens_decoder"
        if let entries = file.members[name]?.members {
            for (key, value) in entries {
                guard let id = Int(key), (0..<BytePairTokenizer.idLimit).contains(id), case .object = value else {
                    let expected = Phrase(en: "a token under its id", zh: "以编号为键的词元")
                    throw JSONPart(entries, name, file.source).wrong(key, expected)
                }
                if let token = Self.token(value, id: id, isSpecial: false) { tokens.append(token) }
            }
            tokens.sort { $0.id < $1.id }
        }
        func bool(_ name: String) throws(Failure) -> Bool? { file.isAbsent(name) ? nil : try file.flag(name) }
        lowercases = try bool("do_lower_case")
        separatesHan = try bool("tokenize_chinese_chars")
        stripsAccents = try bool("strip_accents")
        addsBeginning = try bool("add_bos_token")
        addsEnd = try bool("add_eos_token")
        className = file.members["tokenizer_class"]?.text
        // The library makes letters small unless it is told not to.
        if lowercases == nil, className?.hasPrefix("Bert") == true { lowercases = true }
    }

    /// Tokens of a tokenizer and those that only these files name, where the vocabulary knows them.
    /// - Parameter id: the id of a token in the vocabulary.
    func adding(to tokens: [AddedToken], id: (String) -> Int? = { _ in nil }) -> [AddedToken] {
        var contents = Set(tokens.map { $0.content })
        let new = self.tokens.filter { contents.insert($0.content).inserted }
        // Another token of this id gives way, as a later one does in the library.
        var last: [Int: Int] = [:]
        for (place, token) in new.enumerated() { last[token.id] = place }
        var result = tokens.filter { last[$0.id] == nil }
        result += new.enumerated().filter { last[$1.id] == $0 }.map { $1 }
        for token in named where !contents.contains(token.content) {
            guard let id = id(token.content) else { continue }
            var known = token
            known.id = id
            result.append(known)
            contents.insert(token.content)
        }
        return result
    }

    /// Whether the tokenizer is of the kind whose `<s>` and `</s>` only the library's program knows.
    var namesRoBERTa: Bool {
        ["Roberta", "Bart", "Longformer", "LED"].contains { className?.hasPrefix($0) == true }
    }

    private mutating func readNames(_ file: JSONPart) throws(Failure) {
        let members = file.members
        for role in SpecialRole.allCases {
            guard let value = members[role.rawValue], value != .null, value != .bool(false) else { continue }
            guard let token = Self.token(value, id: 0, isSpecial: true) else {
                throw file.wrong(role.rawValue, Phrase(en: "a token", zh: "一个词元"))
            }
            names[role] = token.content
            named.append(token)
        }
        guard case .array(let extra)? = members["additional_special_tokens"] ?? members["extra_special_tokens"] else {
            return
        }
        named += extra.compactMap { Self.token($0, id: 0, isSpecial: true) }
    }

    /// A token written as its text, or as an object with its `content`.
    private static func token(_ value: JSONValue, id: Int, isSpecial: Bool) -> AddedToken? {
        switch value {
        case .string(let content) where !content.isEmpty: return AddedToken(id: id, content: content)
        case .object(let members):
            guard let content = members["content"]?.text, !content.isEmpty else { return nil }
            func bool(_ name: String, _ otherwise: Bool) -> Bool { members[name]?.flag ?? otherwise }
            let isSpecial = isSpecial || bool("special", false)
            return AddedToken(
                id: id, content: content, isSpecial: isSpecial, stripsLeft: bool("lstrip", false),
                stripsRight: bool("rstrip", false), isSingleWord: bool("single_word", false),
                isNormalized: bool("normalized", !isSpecial))
        default: return nil
        }
    }
}
