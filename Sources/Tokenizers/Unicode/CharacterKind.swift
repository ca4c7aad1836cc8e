/// The general category of a character, with the white space among the control characters apart.
enum CharacterKind: UInt8, Sendable, CaseIterable {
    case uppercase, lowercase, titlecase, modifierLetter, otherLetter
    case nonspacingMark, spacingMark, enclosingMark
    case decimalNumber, letterNumber, otherNumber
    case connector, dash, open, close, initialQuote, finalQuote, otherPunctuation
    case mathSymbol, currency, modifierSymbol, otherSymbol
    case space, lineSeparator, paragraphSeparator
    case control, format, surrogate, privateUse, unassigned
    /// U+0009 to U+000D and U+0085: of category Cc, and white space.
    case controlSpace

    var set: KindSet { KindSet(rawValue: 1 << UInt32(rawValue)) }
}

/// Some kinds of characters, one bit each.
struct KindSet: OptionSet, Sendable, Hashable {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ kinds: CharacterKind...) { self = kinds.reduce(into: []) { $0.formUnion($1.set) } }

    static let all = KindSet(rawValue: (1 << UInt32(CharacterKind.allCases.count)) - 1)
    /// `\p{L}`
    static let letter = KindSet(.uppercase, .lowercase, .titlecase, .modifierLetter, .otherLetter)
    /// `\p{M}`
    static let mark = KindSet(.nonspacingMark, .spacingMark, .enclosingMark)
    /// `\p{N}`
    static let number = KindSet(.decimalNumber, .letterNumber, .otherNumber)
    /// `\p{P}`
    static let punctuation = KindSet(
        .connector, .dash, .open, .close, .initialQuote, .finalQuote, .otherPunctuation)
    /// `\p{S}`
    static let symbol = KindSet(.mathSymbol, .currency, .modifierSymbol, .otherSymbol)
    /// `\s`: the property White_Space
    static let whiteSpace = KindSet(.space, .lineSeparator, .paragraphSeparator, .controlSpace)

    /// The set that a general category is called by in a regular expression: `L`, `Lu`, …; `nil` for another name.
    static func named(_ name: String) -> KindSet? {
        if let set = groups[name] { return set }
        guard let index = abbreviations.firstIndex(of: name), let kind = CharacterKind(rawValue: UInt8(index)) else {
            return nil
        }
        return kind == .control ? KindSet(.control, .controlSpace) : kind.set
    }

    private static let groups: [String: KindSet] = [
        "L": letter, "Letter": letter, "M": mark, "Mark": mark, "N": number, "Number": number, "P": punctuation,
        "Punctuation": punctuation, "S": symbol, "Symbol": symbol,
        "Z": KindSet(.space, .lineSeparator, .paragraphSeparator),
        "C": KindSet(.control, .controlSpace, .format, .surrogate, .privateUse, .unassigned),
        "LC": KindSet(.uppercase, .lowercase, .titlecase),
    ]

    private static let abbreviations = [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn",
    ]
}

/// The kind of every character: pages of 256, equal ones stored once.
///
/// Of Unicode 16, as the regular expressions of `tokenizers` and `tiktoken` know it, so that newer characters are
/// split as they are there; asking Swift for the properties of each character would be of another version, and slow.
struct CharacterTable: @unchecked Sendable {
    static let shared = CharacterTable()

    // Written once, never freed and never changed, so that copies cost nothing in the loops that split text.
    private let pages: UnsafePointer<UInt16>
    private let kinds: UnsafePointer<UInt8>

    private init() {
        var all: [UInt8] = []
        all.reserveCapacity(0x11_0000)
        var letter: UInt8?
        var length = 0
        func close() {
            guard let letter else { return }
            all += repeatElement(letter, count: max(1, length))
            length = 0
        }
        CategoryRuns.runs.withUTF8Buffer { text in
            for byte in text {
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): length = length * 10 + Int(byte - UInt8(ascii: "0"))
                case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    close()
                    letter = byte - UInt8(ascii: "A")
                default:
                    close()
                    letter = byte - UInt8(ascii: "a") + 26
                }
            }
        }
        close()
        for value in Array(0x09...0x0D) + [0x85] where value < all.count {
            all[value] = CharacterKind.controlSpace.rawValue
        }
        var pages: [UInt16] = []
        var kinds: [UInt8] = []
        var known: [[UInt8]: UInt16] = [:]
        for start in stride(from: 0, to: all.count, by: 256) {
            let page = Array(all[start..<min(start + 256, all.count)])
            if let index = known[page] {
                pages.append(index)
            } else {
                known[page] = UInt16(known.count)
                pages.append(UInt16(known.count - 1))
                kinds += page
            }
        }
        self.pages = Self.immortal(pages)
        self.kinds = Self.immortal(kinds)
    }

    private static func immortal<Element>(_ values: [Element]) -> UnsafePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: values.count)
        memory.initialize(from: values, count: values.count)
        return UnsafePointer(memory)
    }

    /// The kind's number for a scalar value; values beyond U+10FFFF are unassigned.
    @inline(__always)
    func rawKind(_ value: UInt32) -> UInt8 {
        guard value < 0x11_0000 else { return CharacterKind.unassigned.rawValue }
        return kinds[Int(pages[Int(value >> 8)]) << 8 | Int(value & 0xFF)]
    }

    /// The kind as a set of one, for testing against other sets.
    @inline(__always)
    func kind(_ value: UInt32) -> KindSet { KindSet(rawValue: 1 << UInt32(rawKind(value))) }
}
