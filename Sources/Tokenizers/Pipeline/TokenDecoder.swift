import Reading

/// One step of turning tokens back into text, in the words of `tokenizers`.
enum DecoderStep: Sendable {
    /// Each character of a token is a byte; all tokens are joined.
    case byteLevel
    /// Tokens written `<0xE4>` are bytes.
    case byteFallback
    case fuse
    case replace(TextCutter, [UInt8])
    /// Leaves out so many characters at the beginning and at the end of each token, where they are this one.
    case strip([UInt8], start: Int, stop: Int)
    /// Marks become spaces; the first token's are left out where one was put in front.
    case metaspace(mark: [UInt8], dropsFirst: Bool)
    /// The suffix that ends a word becomes a space, and nothing at the very end.
    case wordEnd([UInt8])
    /// The prefix of a word's later tokens is left out, every other token begins with a space.
    case wordPiece(prefix: [UInt8], cleansUp: Bool)
}

/// Turns tokens, as their vocabulary spells them, into bytes.
///
/// Where a token or several are a part of a character the bytes stay, so that they can be shown as `‹E4 B8›`.
struct TokenDecoder: Sendable {
    /// `nil`: tokens are joined by spaces.
    let steps: [DecoderStep]?

    static let byteLevel = TokenDecoder(steps: [.byteLevel])

    /// Whether tokens are bytes that are only to be joined.
    var joinsBytes: Bool {
        guard let steps, steps.count == 1, case .byteLevel = steps[0] else { return false }
        return true
    }

    func decode(_ tokens: [[UInt8]]) -> [UInt8] {
        guard let steps else { return Array(tokens.joined(separator: [UInt8(ascii: " ")])) }
        return Array(steps.reduce(tokens) { $1.apply($0) }.joined())
    }

    /// What one token stands for wherever it is.
    func bytes(of token: [UInt8]) -> [UInt8] {
        (steps ?? []).reduce(token) { token, step in
            switch step {
            case .byteLevel, .byteFallback, .replace: Array(step.apply([token]).joined())
            case .fuse, .strip, .wordPiece: token
            // With a token before it the mark is a space, with one after it the end of a word is.
            case .metaspace: step.apply([[], token]).last ?? token
            case .wordEnd: step.apply([token, []]).first ?? token
            }
        }
    }
}

extension DecoderStep {
    fileprivate func apply(_ tokens: [[UInt8]]) -> [[UInt8]] {
        switch self {
        case .byteLevel: [tokens.flatMap { ByteAlphabet.bytes(ofSpelling: $0) ?? $0 }]
        case .byteFallback: Self.joiningBytes(tokens)
        case .fuse: [Array(tokens.joined())]
        case .replace(let cutter, let content):
            tokens.map { ByteText.isText($0) ? Self.replacing(cutter, in: $0, by: content) : $0 }
        case .strip(let content, let start, let stop):
            tokens.map { token in
                var token = token[...]
                for _ in 0..<max(0, min(start, token.count)) where token.starts(with: content) {
                    token = token.dropFirst(content.count)
                }
                for _ in 0..<max(0, min(stop, token.count))
                where token.count >= content.count && token.suffix(content.count) == content[...] {
                    token = token.dropLast(content.count)
                }
                return Array(token)
            }
        case .metaspace(let mark, let dropsFirst):
            tokens.enumerated().map { index, token in
                Self.replacing(mark, in: token, by: index == 0 && dropsFirst ? [] : [UInt8(ascii: " ")])
            }
        case .wordEnd(let suffix):
            tokens.enumerated().map { index, token in
                Self.replacing(suffix, in: token, by: index == tokens.count - 1 ? [] : [UInt8(ascii: " ")])
            }
        case .wordPiece(let prefix, let cleansUp):
            tokens.enumerated().map { index, token in
                var token = token
                if index > 0 {
                    token =
                        token.starts(with: prefix)
                        ? Array(token.dropFirst(prefix.count)) : [UInt8(ascii: " ")] + token
                }
                return cleansUp ? Self.cleanedUp(token) : token
            }
        }
    }

    private static func replacing(_ part: [UInt8], in token: [UInt8], by content: [UInt8]) -> [UInt8] {
        replacing(.literal(part), in: token, by: content)
    }

    /// What a pattern cannot be looked for in stays as it is: tokens can always be shown.
    private static func replacing(_ cutter: TextCutter, in token: [UInt8], by content: [UInt8]) -> [UInt8] {
        (try? NormalizerStep.replace(cutter, content, token).0) ?? token
    }

    private static func joiningBytes(_ tokens: [[UInt8]]) -> [[UInt8]] {
        var result: [[UInt8]] = []
        var isJoining = false
        for token in tokens {
            guard let byte = byte(of: token) else {
                result.append(token)
                isJoining = false
                continue
            }
            if isJoining { result[result.count - 1].append(byte) } else { result.append([byte]) }
            isJoining = true
        }
        return result
    }

    /// The byte that a token written `<0xE4>` is.
    static func byte(of token: [UInt8]) -> UInt8? {
        guard token.count == 6, token.starts(with: "<0x".utf8), token.last == UInt8(ascii: ">") else { return nil }
        return UInt8(String(decoding: token[3..<5], as: UTF8.self), radix: 16)
    }

    /// English punctuation without the spaces that splitting put around it.
    private static func cleanedUp(_ token: [UInt8]) -> [UInt8] {
        let pairs = [
            (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"),
            (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
        ]
        return pairs.reduce(token) { replacing(Array($1.0.utf8), in: $0, by: Array($1.1.utf8)) }
    }
}
