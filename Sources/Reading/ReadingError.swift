import Wording

/// Why a file could not be read or written: what was expected, what was found, where.
public enum ReadingError: ExplainedError, Equatable {
    /// The file could not be opened or read.
    case unreadable(path: String, reason: String)
    /// The file could not be written.
    case unwritable(path: String, reason: String)
    /// The text is no JSON, or has another kind of value here.
    case syntax(source: String, line: Int, expected: Phrase, found: String)

    public var explanation: Phrase {
        switch self {
        case .unreadable(let path, let reason):
            Phrase(en: "\(path): cannot be read: \(reason)", zh: "\(path)：无法读取：\(reason)")
        case .unwritable(let path, let reason):
            Phrase(en: "\(path): cannot be written: \(reason)", zh: "\(path)：无法写入：\(reason)")
        case .syntax(let source, let line, let expected, let found):
            Phrase(
                en: "\(source), line \(line): expected \(expected.english), found \(found)",
                zh: "\(source) 第 \(line) 行：应为\(expected.chinese)，实际为 \(found)")
        }
    }
}
