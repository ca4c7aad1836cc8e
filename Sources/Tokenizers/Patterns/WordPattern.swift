/// The splitting patterns that most models use, read by hand; they leave no character out.
///
/// Where a word begins does not depend on what comes before it, only on what follows.
enum WordPattern: Sendable, Hashable {
    /// GPT-2 (Radford et al. 2019): `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
    case gpt2
    /// GPT-4's, with at most so many digits in a row: three, or one in Qwen2. White space at the very end of a text is
    /// one word in `tiktoken`'s `cl100k_base`, and split after its last newline in the patterns made after it.
    case cl100k(digits: Int, endIsOneWord: Bool)
    /// GPT-4o's: words are also split where a capital letter follows a small one.
    case o200k

    static let gpt2Text = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
    static let r50kText = #"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"#
    static let cl100kText =
        #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|"#
        + #"\s*[\r\n]|\s+(?!\S)|\s"#
    /// The same for Oniguruma, where `$` is the end of a line and `{1,3}+` repeats.
    static let cl100kLines =
        #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s+\z|"#
        + #"\s*[\r\n]+|\s+(?!\S)|\s+"#
    static let llama3Text =
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|"#
        + #"\s*[\r\n]+|\s+(?!\S)|\s+"#
    static let qwen2Text =
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|"#
        + #"\s*[\r\n]+|\s+(?!\S)|\s+"#
    static let o200kText =
        #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"#
        + #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"#
        + #"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#

    /// Every pattern that is read by hand, as its text.
    static let known: [(text: String, flavour: RegexFlavour, pattern: WordPattern)] = [
        (gpt2Text, .oniguruma, .gpt2), (gpt2Text, .rust, .gpt2), (r50kText, .rust, .gpt2),
        (cl100kText, .rust, .cl100k(digits: 3, endIsOneWord: true)),
        (cl100kLines, .oniguruma, .cl100k(digits: 3, endIsOneWord: true)),
        (llama3Text, .oniguruma, .cl100k(digits: 3, endIsOneWord: false)),
        (llama3Text, .rust, .cl100k(digits: 3, endIsOneWord: false)),
        (qwen2Text, .oniguruma, .cl100k(digits: 1, endIsOneWord: false)),
        (qwen2Text, .rust, .cl100k(digits: 1, endIsOneWord: false)),
        (o200kText, .oniguruma, .o200k), (o200kText, .rust, .o200k),
    ]

    /// The pattern as `tokenizers` is told it.
    var text: String {
        Self.known.first { $0.pattern == self && $0.flavour == .oniguruma }?.text ?? Self.gpt2Text
    }

    /// The words of a text of well-formed UTF-8.
    func words(of text: [UInt8]) -> [[UInt8]] {
        text.withUnsafeBufferPointer { buffer in
            var words: [[UInt8]] = []
            WordReader(text: buffer, last: buffer.count).forEachWord(self, from: 0) { words.append(Array(buffer[$0])) }
            return words
        }
    }

    /// The pattern of a regular expression that is spelt like one of the well-known ones; `nil` for any other.
    static func known(_ text: String, _ flavour: RegexFlavour) -> WordPattern? {
        known.first { $0.text == text && $0.flavour == flavour }?.pattern
    }
}

extension KindSet {
    /// What none of a pattern's words of letters, digits or white space holds.
    fileprivate static let other = KindSet.all.subtracting([.letter, .number, .whiteSpace])
    fileprivate static let anyCase = KindSet([
        CharacterKind.modifierLetter.set, CharacterKind.otherLetter.set, .mark,
    ])
    fileprivate static let upper = anyCase.union(KindSet(.uppercase, .titlecase))
    fileprivate static let lower = anyCase.union(KindSet(.lowercase))
}

/// Finds where words end in a text of well-formed UTF-8.
struct WordReader {
    let text: UnsafeBufferPointer<UInt8>
    /// Where the text ends.
    let last: Int
    let table = CharacterTable.shared

    /// Calls `body` with each word from a place on.
    @inline(__always)
    func forEachWord<Problem: Error>(
        _ pattern: WordPattern, from start: Int, _ body: (Range<Int>) throws(Problem) -> Void
    ) throws(Problem) {
        var offset = start
        while offset < last {
            let end = end(pattern, from: offset)
            try body(offset..<end)
            offset = end
        }
    }

    /// Where the word that begins at `start`, before the end, ends.
    @inline(__always)
    func end(_ pattern: WordPattern, from start: Int) -> Int {
        switch pattern {
        case .gpt2: gpt2(start)
        case .cl100k(let digits, let endIsOneWord): cl100k(start, digits, endIsOneWord)
        case .o200k: o200k(start)
        }
    }

    @inline(__always)
    private func kind(at offset: Int) -> (set: KindSet, length: Int) {
        let (value, length) = text.character(at: offset)
        return (table.kind(value), length)
    }

    /// The end of a run of characters of some kinds.
    @inline(__always)
    private func run(_ set: KindSet, from start: Int) -> Int {
        var offset = start
        while offset < last {
            let (kind, length) = kind(at: offset)
            guard set.isSuperset(of: kind) else { break }
            offset += length
        }
        return offset
    }

    @inline(__always)
    private func isNewline(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private func gpt2(_ start: Int) -> Int {
        let first = text[start]
        if first == UInt8(ascii: "'"), let end = contraction(start, ignoringCase: false) { return end }
        let offset = first == UInt8(ascii: " ") ? start + 1 : start
        if offset < last {
            let (kind, length) = kind(at: offset)
            for set in [KindSet.letter, .number, .other] where set.isSuperset(of: kind) {
                return run(set, from: offset + length)
            }
        }
        return whiteSpace(start, newlinesEnd: false, endIsOneWord: true)
    }

    private func cl100k(_ start: Int, _ digits: Int, _ endIsOneWord: Bool) -> Int {
        let first = text[start]
        if first == UInt8(ascii: "'"), let end = contraction(start, ignoringCase: true) { return end }
        let (kind, length) = kind(at: start)
        if KindSet.letter.isSuperset(of: kind) { return run(.letter, from: start + length) }
        if KindSet.number.isSuperset(of: kind) { return number(start, digits) }
        if !isNewline(first), start + length < last {
            let (next, more) = self.kind(at: start + length)
            if KindSet.letter.isSuperset(of: next) { return run(.letter, from: start + length + more) }
        }
        if let end = others(start, slash: false) { return end }
        return whiteSpace(start, newlinesEnd: true, endIsOneWord: endIsOneWord)
    }

    private func o200k(_ start: Int) -> Int {
        let (kind, length) = kind(at: start)
        // Any character but a letter, a digit or a newline may come before a word's letters.
        let after =
            KindSet.letter.isSuperset(of: kind) || KindSet.number.isSuperset(of: kind) || isNewline(text[start])
            ? nil : start + length
        if let end = after.flatMap(endingSmall) ?? endingSmall(start) ?? after.flatMap(capitals) ?? capitals(start) {
            guard end < last, text[end] == UInt8(ascii: "'") else { return end }
            return contraction(end, ignoringCase: true) ?? end
        }
        if KindSet.number.isSuperset(of: kind) { return number(start, 3) }
        if let end = others(start, slash: true) { return end }
        return whiteSpace(start, newlinesEnd: true, endIsOneWord: false)
    }

    /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+`
    @inline(__always)
    private func endingSmall(_ start: Int) -> Int? {
        var offset = start
        var lastAnyCase: Int?
        while offset < last {
            let (kind, length) = kind(at: offset)
            guard KindSet.upper.isSuperset(of: kind) else {
                if KindSet.lower.isSuperset(of: kind) { return run(.lower, from: offset + length) }
                break
            }
            offset += length
            if KindSet.anyCase.isSuperset(of: kind) { lastAnyCase = offset }
        }
        return lastAnyCase
    }

    /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*`
    @inline(__always)
    private func capitals(_ start: Int) -> Int? {
        let offset = run(.upper, from: start)
        return offset == start ? nil : run(.lower, from: offset)
    }

    private func number(_ start: Int, _ digits: Int) -> Int {
        var offset = start
        for _ in 0..<digits where offset < last {
            let (kind, length) = kind(at: offset)
            guard KindSet.number.isSuperset(of: kind) else { break }
            offset += length
        }
        return offset
    }

    /// ` ?[^\s\p{L}\p{N}]+[\r\n]*`
    @inline(__always)
    private func others(_ start: Int, slash: Bool) -> Int? {
        let offset = text[start] == UInt8(ascii: " ") ? start + 1 : start
        var end = run(.other, from: offset)
        guard end > offset else { return nil }
        while end < last, isNewline(text[end]) || slash && text[end] == UInt8(ascii: "/") { end += 1 }
        return end
    }

    /// White space; its last character is left to the word that follows, if one follows.
    private func whiteSpace(_ start: Int, newlinesEnd: Bool, endIsOneWord: Bool) -> Int {
        var offset = start
        var lastStart = start
        var newline: Int?
        while offset < last {
            let (kind, length) = kind(at: offset)
            guard KindSet.whiteSpace.isSuperset(of: kind) else { break }
            if isNewline(text[offset]) { newline = offset + 1 }
            lastStart = offset
            offset += length
        }
        if newlinesEnd, !(endIsOneWord && offset == last), let newline { return newline }
        return offset == last || lastStart == start ? offset : lastStart
    }

    /// `'s`, `'t`, `'m`, `'d`, `'re`, `'ve`, `'ll`
    private func contraction(_ start: Int, ignoringCase: Bool) -> Int? {
        guard start + 1 < last else { return nil }
        func letter(_ offset: Int) -> UInt8 {
            guard offset < last else { return 0 }
            let byte = text[offset]
            return ignoringCase && (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
        }
        switch letter(start + 1) {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
        case UInt8(ascii: "r"), UInt8(ascii: "v"): return letter(start + 2) == UInt8(ascii: "e") ? start + 3 : nil
        case UInt8(ascii: "l"): return letter(start + 2) == UInt8(ascii: "l") ? start + 3 : nil
        // The long s folds to s.
        case 0xC5 where ignoringCase: return start + 2 < last && text[start + 2] == 0xBF ? start + 3 : nil
        default: return nil
        }
    }
}
