import Reading
import Wording

/// A unigram language model over pieces (Kudo 2018), as SentencePiece makes it: of all ways to cut a word into pieces
/// the one whose probabilities have the largest product. T5, XLM-RoBERTa, mBART and Marian have it.
///
/// Ids are those of Hugging Face's `tokenizers` for the same `tokenizer.json`.
public struct UnigramTokenizer: Tokenizer {
    /// What surrounds the model is what surrounds byte-pair encoding: normal form, words, added tokens, decoding.
    private let surroundings: BytePairTokenizer
    /// Logarithms of probabilities, by id.
    private let scores: [Double]
    private let unknownID: Int?
    /// The tokens `<0x00>` to `<0xFF>`; empty where the tokenizer does not fall back to bytes.
    private let fallbackIDs: [Int?]
    private let unknownScore: Double
    /// How many bytes pieces have, ascending.
    private let lengths: [Int]

    init(_ surroundings: BytePairTokenizer, scores: [Double], unknownID: Int?) {
        self.surroundings = surroundings
        self.scores = scores
        self.unknownID = unknownID
        let table = surroundings.table
        fallbackIDs = surroundings.method.fallbackIDs(in: table)
        // SentencePiece's penalty for what it does not know.
        unknownScore = (scores.min() ?? 0) - 10
        lengths = Set(scores.indices.map { table.length(of: UInt32($0)) }).filter { $0 > 0 }.sorted()
    }

    public var vocabularySize: Int { surroundings.vocabularySize }
    public var addedTokens: [AddedToken] { surroundings.addedTokens }
    public var template: TokenTemplate { surroundings.template }
    public var readsSpecialTokens: Bool { surroundings.readsSpecialTokens }

    public func bytes(of id: Int) -> [UInt8]? { surroundings.bytes(of: id) }
    public func spelling(of id: Int) -> String? { surroundings.spelling(of: id) }
    public func id(ofSpelling spelling: String) -> Int? { surroundings.id(ofSpelling: spelling) }

    public func decode(_ ids: [Int], skippingSpecialTokens skips: Bool) -> String {
        surroundings.decode(ids, skippingSpecialTokens: skips)
    }

    /// The ids of any bytes; U+FFFD is read in place of those that are no UTF-8.
    public func encode(bytes: [UInt8], readingSpecialTokens: Bool) throws(Failure) -> [Int] {
        var ids: [Int] = []
        try surroundings.forEachPart(of: bytes.repaired, readingSpecialTokens) {
            append(UnsafeBufferPointer(rebasing: $0[$1]), to: &ids)
        } rest: { _ in
        } token: {
            ids.append($0)
        }
        return ids
    }

    /// The same tokenizer with what the files beside its own say.
    func applying(_ options: TokenizerOptions) -> UnigramTokenizer {
        UnigramTokenizer(surroundings.applying(options), scores: scores, unknownID: unknownID)
    }

    /// The best way to a place in a word: where its last piece begins, and which it is.
    private struct Node {
        var score = 0.0
        var start = -1
        var id = -1
    }

    /// Viterbi's algorithm: the best cut of each beginning of the word, from the best cuts of shorter ones.
    private func append(_ word: UnsafeBufferPointer<UInt8>, to ids: inout [Int]) {
        var nodes = [Node](repeating: Node(), count: word.count + 1)
        func offer(_ score: Double, _ id: Int, _ start: Int, _ end: Int) {
            let candidate = score + nodes[start].score
            if nodes[end].start < 0 || candidate > nodes[end].score {
                nodes[end] = Node(score: candidate, start: start, id: id)
            }
        }
        var start = 0
        while start < word.count {
            let length = word.character(at: start).length
            var isKnown = false
            for more in lengths {
                let end = start + more
                guard end <= word.count else { break }
                guard end == word.count || word[end] & 0xC0 != 0x80,
                    let id = surroundings.table.id(of: UnsafeBufferPointer(rebasing: word[start..<end])),
                    scores.indices.contains(id)
                else { continue }
                offer(scores[id], id, start, end)
                if end - start == length { isKnown = true }
            }
            if !isKnown { offer(unknownScore, unknownID ?? -1, start, start + length) }
            start += length
        }
        // From the end; unknown characters that follow one another are one piece.
        var pieces: [Range<Int>] = []
        var isUnknown = false
        var end = word.count
        while end > 0, nodes[end].start >= 0 {
            let node = nodes[end]
            let wasUnknown = isUnknown
            isUnknown = node.id == unknownID ?? -1
            if isUnknown, wasUnknown, let last = pieces.popLast() {
                pieces.append(node.start..<last.upperBound)
            } else {
                pieces.append(node.start..<end)
            }
            end = node.start
        }
        for piece in pieces.reversed() { append(piece: UnsafeBufferPointer(rebasing: word[piece]), to: &ids) }
    }

    private func append(piece: UnsafeBufferPointer<UInt8>, to ids: inout [Int]) {
        if let id = surroundings.table.id(of: piece) { return ids.append(id) }
        let bytes = fallbackIDs.isEmpty ? [] : piece.compactMap { fallbackIDs[Int($0)] }
        if bytes.count == piece.count {
            ids += bytes
            return
        }
        if let unknownID { ids.append(unknownID) }
    }
}

extension UnigramTokenizer {
    private static let longest = 1024

    /// Reads a `tokenizer.json` whose model is `Unigram`.
    /// - Throws: `TokenizerError`.
    init(tokenizerJSON bytes: [UInt8], source: String) throws(Failure) {
        let parts = try TokenizerParts(bytes, source: source)
        var settings: [String: JSONValue] = [:]
        var table = TokenTable()
        var scores: [Double] = []
        var hasVocabulary = false
        var cursor = parts.model
        try cursor.readObject { (cursor, key) throws(Failure) in
            guard key.elementsEqual("vocab".utf8) else {
                settings[String(decoding: key, as: UTF8.self)] = try cursor.readValue()
                return
            }
            hasVocabulary = true
            try cursor.readArray { (cursor) throws(Failure) in
                var place = 0
                try cursor.readArray { (cursor) throws(Failure) in
                    if place == 0 {
                        let piece = try cursor.readString()
                        // Each beginning of a word is compared with pieces of every length.
                        guard piece.count <= Self.longest else {
                            throw cursor.failure(
                                Phrase(en: "a piece of at most \(Self.longest) bytes", zh: "不超过 \(Self.longest) 字节的片段"))
                        }
                        table.insert(piece, id: scores.count, form: .characters)
                    }
                    if place == 1 { scores.append(try cursor.readScore()) }
                    if place > 1 { throw cursor.failure("“]”") }
                    place += 1
                }
                guard place == 2 else {
                    throw cursor.failure(Phrase(en: "a piece and its score", zh: "片段及其分数"))
                }
            }
        }
        guard hasVocabulary else { throw .missingKey(source: source, key: "model.vocab") }
        var method = BytePairMethod()
        try method.surround(with: parts, spells: true)
        method.fallsBackToBytes = settings["byte_fallback"]?.flag ?? false
        var unknown: Int?
        let model = JSONPart(settings, "model", source)
        if !model.isAbsent("unk_id") {
            guard let id = settings["unk_id"]?.integer, scores.indices.contains(id) else {
                throw model.wrong("unk_id", Phrase(en: "the id of a piece", zh: "某个片段的编号"))
            }
            unknown = id
        }
        var surroundings = BytePairTokenizer(
            table: table, merges: [], addedTokens: try parts.addedTokens { table.id(ofSpelling: Array($0.utf8)) },
            method: method, unknownID: unknown)
        surroundings.template = try TokenTemplate(parts["post_processor"], source: source)
        self.init(surroundings, scores: scores, unknownID: unknown)
    }
}

extension JSONCursor {
    /// A number as `tokenizers` reads it: its digits as a whole number, divided by a power of ten.
    ///
    /// That is not always the nearest number to what is written, and where two cuts of a word are equally good
    /// the last bit decides.
    fileprivate mutating func readScore() throws(Failure) -> Double {
        _ = peek()
        let start = offset
        guard case .number(let nearest) = try readValue() else {
            throw failure(Phrase(en: "a score", zh: "一个分数"))
        }
        var digits: UInt64 = 0
        var exponent = 0
        var isFraction = false
        for byte in bytes[start..<offset] {
            switch byte {
            case UInt8(ascii: "-"): continue
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
                let (sum, carry) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
                // Digits that do not fit are of no account after the point; before it the number is read as it is.
                if overflow || carry {
                    guard isFraction else { return nearest }
                    continue
                }
                digits = sum
                if isFraction { exponent += 1 }
            default: return nearest
            }
        }
        guard exponent <= 22 else { return nearest }
        let power = (0..<exponent).reduce(1.0) { power, _ in power * 10 }
        let value = Double(digits) / power
        return nearest < 0 ? -value : value
    }
}
