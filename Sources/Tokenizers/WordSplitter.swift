/// What GPT-2's splitting pattern asks of a character.
enum CharacterClass: UInt8, Sendable {
    /// `\p{L}`
    case letter
    /// `\p{N}`
    case number
    /// `\s`: the property White_Space
    case space
    /// anything else, and every byte that is not UTF-8
    case other

    init(_ scalar: Unicode.Scalar) {
        if scalar.value < 0x80 {
            self = Self.ascii[Int(scalar.value)]
        } else if (0x4E00...0x9FFF).contains(scalar.value) {
            self = .letter
        } else {
            self.init(property: scalar)
        }
    }

    private static let ascii: [CharacterClass] = (0..<0x80).map { CharacterClass(property: Unicode.Scalar($0)) }

    private init(property scalar: Unicode.Scalar) {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: self = .letter
        case .decimalNumber, .letterNumber, .otherNumber: self = .number
        default: self = scalar.properties.isWhitespace ? .space : .other
        }
    }
}

/// Cuts a text into the words within which byte pairs are merged.
///
/// The pattern of GPT-2 (Radford et al. 2019, `encoder.py`), read by hand:
///
///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
struct WordSplitter: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private let end: Int
    private var offset: Int

    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        end = range.upperBound
        offset = range.lowerBound
    }

    mutating func next() -> Range<Int>? {
        guard offset < end else { return nil }
        let start = offset
        offset = contraction(at: start) ?? run(at: start) ?? space(at: start)
        return start..<offset
    }

    private func character(at offset: Int) -> (kind: CharacterClass, length: Int) {
        guard let found = bytes.scalar(at: offset), offset + found.length <= end else { return (.other, 1) }
        return (CharacterClass(found.scalar), found.length)
    }

    private func contraction(at start: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: "'"), start + 1 < end else { return nil }
        let second = bytes[start + 1]
        switch second {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
        default: break
        }
        guard start + 2 < end else { return nil }
        switch (second, bytes[start + 2]) {
        case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
            (UInt8(ascii: "l"), UInt8(ascii: "l")):
            return start + 3
        default: return nil
        }
    }

    /// The end of a run of one class that begins here, perhaps after one space.
    private func run(at start: Int) -> Int? {
        var offset = start
        if bytes[offset] == UInt8(ascii: " ") {
            offset += 1
            guard offset < end else { return nil }
        }
        let (kind, length) = character(at: offset)
        guard kind != .space else { return nil }
        offset += length
        while offset < end {
            let next = character(at: offset)
            guard next.kind == kind else { break }
            offset += next.length
        }
        return offset
    }

    /// The end of a run of white space; its last character is left to the word that follows, if one follows.
    private func space(at start: Int) -> Int {
        var offset = start
        var last = start
        while offset < end {
            let (kind, length) = character(at: offset)
            guard kind == .space else { break }
            last = offset
            offset += length
        }
        return offset == end || last == start ? offset : last
    }
}
