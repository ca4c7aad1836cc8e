import Reading
import Subjects
import Tokenizers
import Wording

/// A question as the page asks it: one JSON object.
struct PageQuestion {
    private let members: [String: JSONValue]

    /// - Throws: ``PageError/notAQuestion``, or what the reader of JSON finds.
    init(_ bytes: [UInt8]) throws(Failure) {
        var cursor = JSONCursor(bytes, source: "question")
        let value = try cursor.readValue()
        try cursor.expectEnd()
        guard case .object(let members) = value else { throw Failure(PageError.notAQuestion) }
        self.members = members
    }

    func text(_ name: String) -> String? { members[name]?.text }

    func number(_ name: String) -> Double? {
        if case .number(let number)? = members[name], number.isFinite { number } else { nil }
    }

    /// A whole number of a size that a place can have.
    func whole(_ name: String) -> Int? { members[name]?.integer.flatMap { Self.isPlace($0) ? $0 : nil } }

    func isTrue(_ name: String) -> Bool? {
        if case .bool(let isTrue)? = members[name] { isTrue } else { nil }
    }

    func wholes(_ name: String) -> [Int]? {
        members[name]?.integers.flatMap { $0.allSatisfy(Self.isPlace) ? $0 : nil }
    }

    func texts(_ name: String) -> [String]? {
        if case .array(let values)? = members[name] { values.compactMap { $0.text } } else { nil }
    }

    func numbers(_ name: String) -> [Double]? {
        guard case .array(let values)? = members[name] else { return nil }
        return values.compactMap { if case .number(let number) = $0, number.isFinite { number } else { nil } }
    }

    private static func isPlace(_ number: Int) -> Bool { (-999_999_999...999_999_999).contains(number) }

    /// Those members that say something about a subject, as words: a list of texts is several, of numbers one.
    func words(_ keys: [String]) -> SubjectWords {
        var words = SubjectWords()
        for key in keys {
            switch members[key] {
            case .string(let text)?: words.add(key, text)
            case .bool(let isTrue)?: words.add(key, if: isTrue)
            case .number(let number)?: words.add(key, Int(exactly: number).map { String($0) } ?? String(number))
            case .array(let values)?:
                if let numbers = members[key]?.integers {
                    words.add(key, numbers.map { String($0) }.joined(separator: ","))
                } else {
                    words.add(key, all: values.compactMap { $0.text })
                }
            case .object?, .null?, nil: break
            }
        }
        return words
    }

    // MARK: What must be there

    func needed(_ name: String) throws(Failure) -> String {
        guard let text = text(name) else { throw Failure(PageError.missing(name)) }
        return text
    }

    func neededWholes(_ name: String) throws(Failure) -> [Int] {
        guard let numbers = wholes(name) else { throw Failure(PageError.missing(name)) }
        return numbers
    }
}

/// Why a question has no answer.
enum PageError: ExplainedError, Hashable {
    case notAQuestion
    case unknown(String)
    case missing(String)
    case noText
    case nothingToRead
    case notIds
    case noFigure(String)
    case noModel
    case tooLong
    case put(place: Int, last: Int)
    case nothingWritten
    case noOtherText

    var explanation: Phrase {
        switch self {
        case .notAQuestion: Phrase(en: "expected a question: a JSON object", zh: "应为一个问题，即一个 JSON 对象")
        case .unknown(let name): Phrase(en: "there is no question “\(name)”", zh: "没有“\(name)”这个问题")
        case .missing(let name):
            Phrase(en: "the question lacks “\(name)”, or it is of the wrong kind", zh: "问题缺少“\(name)”，或其类型不对")
        case .noText: Phrase(en: "no text has been read yet", zh: "还没有读入文本")
        case .nothingToRead: Phrase(en: "type something: there is no token to read", zh: "请写点什么：还没有可读的词元")
        case .notIds:
            Phrase(
                en: "this model has no tokenizer: expected token ids such as 5, 1, 3", zh: "这个模型没有分词器：应为词元编号，如 5, 1, 3")
        case .noFigure(let name): Phrase(en: "this text gives no figure “\(name)”", zh: "这段文本没有“\(name)”这幅图")
        case .tooLong: Phrase(en: "this address is too long for a QR code", zh: "这个地址太长，放不进二维码")
        case .noModel: Phrase(en: "no model has been loaded", zh: "还没有载入模型")
        case .put(let place, let last):
            Phrase(
                en: "no token can be put at position \(place): expected at most \(last)",
                zh: "位置 \(place) 放不了词元：最多到 \(last)")
        case .nothingWritten:
            Phrase(en: "here nothing is written on: there is no model that writes", zh: "这里没有能续写的模型")
        case .noOtherText:
            Phrase(
                en: "this run is over: no other text can be read, so nothing can be taken from one",
                zh: "这次运行已经结束，读不了别的文本，也就不能从中取数")
        }
    }
}
