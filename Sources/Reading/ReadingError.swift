import Wording

/// Why a file could not be read or written: what was expected, what was found, where.
public enum ReadingError: ExplainedError, Equatable {
    /// The file could not be opened or read.
    case unreadable(path: String, reason: Phrase)
    /// The file could not be written.
    case unwritable(path: String, reason: Phrase)
    /// The text is no JSON, or has another kind of value here.
    case syntax(source: String, line: Int, expected: Phrase, found: String)
    /// The file is of another format, by its first bytes.
    case otherKind(path: String, expected: Phrase, found: FileKind)
    /// The file is no UTF-8; what else it is, where that is known.
    case encoding(path: String, found: FileKind?)

    public var explanation: Phrase {
        switch self {
        case .unreadable(let path, let reason):
            Phrase(en: "\(path): cannot be read: \(reason.english)", zh: "\(path)：无法读取：\(reason.chinese)")
        case .unwritable(let path, let reason):
            Phrase(en: "\(path): cannot be written: \(reason.english)", zh: "\(path)：无法写入：\(reason.chinese)")
        case .syntax(let source, let line, let expected, let found):
            Phrase(
                en: "\(source), line \(line): expected \(expected.english), found \(found)",
                zh: "\(source) 第 \(line) 行：应为\(expected.chinese)，实际为 \(found)")
        case .otherKind(let path, let expected, let found):
            Phrase(
                en: "\(path): expected \(expected.english), found \(found.phrase.english)",
                zh: "\(path)：应为 \(expected.chinese)，实际为 \(found.phrase.chinese)")
        case .encoding(let path, let found):
            Phrase(
                en: "\(path): expected UTF-8, found \(found?.phrase.english ?? "other bytes")",
                zh: "\(path)：应为 UTF-8 编码，实际\(found.map { "为 " + $0.phrase.chinese } ?? "不是")")
        }
    }
}
