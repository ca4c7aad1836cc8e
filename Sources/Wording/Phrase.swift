/// One text in every language. `{name}` marks a place that `filled(_:)` fills.
///
/// Both texts are arguments of one initialiser, so a phrase that lacks a language does not compile.
public struct Phrase: Sendable, Hashable {
    public let english: String
    public let chinese: String

    public init(en english: String, zh chinese: String) {
        self.english = english
        self.chinese = chinese
    }

    /// The same text in every language: a symbol, a name, a number.
    public init(_ same: String) {
        english = same
        chinese = same
    }

    public subscript(_ language: Language) -> String {
        switch language {
        case .english: english
        case .chinese: chinese
        }
    }

    /// Replaces each `{key}` by its value, in both languages, and `{key|head|heads}` by the first word where the value
    /// is 1, else by the second: what is counted agrees with its number.
    public func filled(_ values: KeyValuePairs<String, Phrase>) -> Phrase {
        var result = self
        for (key, value) in values {
            result = Phrase(
                en: result.english.filled(key, with: value.english), zh: result.chinese.filled(key, with: value.chinese)
            )
        }
        return result
    }
}

extension String {
    /// With a value in place of each `{key}`. Byte by byte: figures fill phrases by the thousand.
    fileprivate func filled(_ key: String, with value: String) -> String {
        let place = [UInt8(ascii: "{")] + Array(key.utf8)
        let (end, bar) = (UInt8(ascii: "}"), UInt8(ascii: "|"))
        let text = Array(utf8)
        var filled: [UInt8] = []
        var start = 0
        var here = 0
        while here + place.count < text.count {
            let next = text[here + place.count]
            guard text[here] == place[0], next == end || next == bar,
                text[here..<here + place.count].elementsEqual(place),
                let close = next == end ? here + place.count : text[here...].firstIndex(of: end)
            else {
                here += 1
                continue
            }
            filled += text[start..<here]
            if next == end {
                filled += value.utf8
            } else {
                let words = text[here + place.count + 1..<close].split(separator: bar, omittingEmptySubsequences: false)
                filled += value == "1" ? words[0] : words[words.count - 1]
            }
            here = close + 1
            start = here
        }
        guard start > 0 else { return self }
        return String(decoding: filled + text[start...], as: UTF8.self)
    }

    /// Behind a Chinese character: with a space before it where it begins in another script.
    package var spaced: String { first?.isASCII == true ? " " + self : self }
}

extension Phrase: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self.init(value) }
}

/// An area of the string table: an enumeration whose every case has a phrase.
///
/// The compiler proves that no case lacks a phrase; `allCases` lets the tests lay out every one.
public protocol PhraseTable: CaseIterable, Sendable {
    var phrase: Phrase { get }
}

/// An error that says, in the reader's language and in one line, what was expected, what was found and where.
public protocol ExplainedError: Error, CustomStringConvertible {
    var explanation: Phrase { get }
}

extension ExplainedError {
    public var description: String { explanation.english }
}
