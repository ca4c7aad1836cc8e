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
        if let map { try readNames(Self.members(map.bytes, map.source), map.source) }
        if let configuration { try readConfiguration(configuration.bytes, configuration.source) }
        if tokens.isEmpty, let added { try readAdded(added.bytes, added.source) }
    }

    private mutating func readAdded(_ bytes: [UInt8], _ source: String) throws(Failure) {
        let special = Set(names.values).union(named.map { $0.content })
        for (content, value) in try Self.members(bytes, source) {
            guard case .number(let number) = value, let id = Int(exactly: number),
                (0..<BytePairTokenizer.idLimit).contains(id),
                !content.isEmpty
            else {
                throw .wrongValue(
                    source: source, key: content, expected: Phrase(en: "a token's id", zh: "词元的编号"),
                    found: value.summary)
            }
            let isSpecial = special.contains(content)
            tokens.append(AddedToken(id: id, content: content, isSpecial: isSpecial, isNormalized: !isSpecial))
        }
        tokens.sort { $0.id < $1.id }
    }

    private mutating func readConfiguration(_ bytes: [UInt8], _ source: String) throws(Failure) {
        let members = try Self.members(bytes, source)
        try readNames(members, source)
        if case .object(let entries)? = members["added_tokens_decoder"] {
            for (key, value) in entries {
                guard let id = Int(key), (0..<BytePairTokenizer.idLimit).contains(id), case .object = value else {
                    throw .wrongValue(
                        source: source, key: "added_tokens_decoder.\(key)",
                        expected: Phrase(en: "a token under its id", zh: "以编号为键的词元"), found: value.summary)
                }
                if let token = Self.token(value, id: id, isSpecial: false) { tokens.append(token) }
            }
            tokens.sort { $0.id < $1.id }
        }
        func bool(_ name: String) throws(Failure) -> Bool? {
            switch members[name] {
            case nil, .null: return nil
            case .bool(let value): return value
            case .some(let value):
                throw .wrongValue(
                    source: source, key: name, expected: Phrase(en: "true or false", zh: " true 或 false"),
                    found: value.summary)
            }
        }
        lowercases = try bool("do_lower_case")
        separatesHan = try bool("tokenize_chinese_chars")
        stripsAccents = try bool("strip_accents")
        addsBeginning = try bool("add_bos_token")
        addsEnd = try bool("add_eos_token")
        if case .string(let name)? = members["tokenizer_class"] { className = name }
        // The library makes letters small unless it is told not to.
        if lowercases == nil, className?.hasPrefix("Bert") == true { lowercases = true }
    }

    /// Tokens of a tokenizer and those that only these files name, where the vocabulary knows them.
    /// - Parameter id: the id of a token in the vocabulary.
    func adding(to tokens: [AddedToken], id: (String) -> Int? = { _ in nil }) -> [AddedToken] {
        var result = tokens
        var contents = Set(tokens.map { $0.content })
        for token in self.tokens where !contents.contains(token.content) {
            // Another token of this id gives way, as a later one does in the library.
            result.removeAll { $0.id == token.id }
            result.append(token)
            contents.insert(token.content)
        }
        for token in named where !contents.contains(token.content) {
            guard let id = id(token.content) else { continue }
            result.append(
                AddedToken(
                    id: id, content: token.content, stripsLeft: token.stripsLeft, stripsRight: token.stripsRight,
                    isSingleWord: token.isSingleWord, isNormalized: token.isNormalized))
            contents.insert(token.content)
        }
        return result
    }

    /// Whether the tokenizer is of the kind whose `<s>` and `</s>` only the library's program knows.
    var namesRoBERTa: Bool {
        ["Roberta", "Bart", "Longformer", "LED"].contains { className?.hasPrefix($0) == true }
    }

    private mutating func readNames(_ members: [String: JSONValue], _ source: String) throws(Failure) {
        for role in SpecialRole.allCases {
            guard let value = members[role.rawValue], value != .null, value != .bool(false) else { continue }
            guard let token = Self.token(value, id: 0, isSpecial: true) else {
                throw .wrongValue(
                    source: source, key: role.rawValue, expected: Phrase(en: "a token", zh: "一个词元"),
                    found: value.summary)
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
            guard case .string(let content)? = members["content"], !content.isEmpty else { return nil }
            func bool(_ name: String, _ otherwise: Bool) -> Bool {
                if case .bool(let value)? = members[name] { value } else { otherwise }
            }
            let isSpecial = isSpecial || bool("special", false)
            return AddedToken(
                id: id, content: content, isSpecial: isSpecial, stripsLeft: bool("lstrip", false),
                stripsRight: bool("rstrip", false), isSingleWord: bool("single_word", false),
                isNormalized: bool("normalized", !isSpecial))
        default: return nil
        }
    }

    private static func members(_ bytes: [UInt8], _ source: String) throws(Failure) -> [String: JSONValue] {
        var cursor = JSONCursor(bytes, source: source)
        var members: [String: JSONValue] = [:]
        try cursor.readObject { (cursor, key) throws(Failure) in
            members[String(decoding: key, as: UTF8.self)] = try cursor.readValue()
        }
        try cursor.expectEnd()
        return members
    }
}
