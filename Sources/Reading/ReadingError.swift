import Wording

/// Why a file could not be read or written: what was expected, what was found, where.
public enum ReadingError: ExplainedError, Equatable {
    /// The file could not be opened or read.
    case unreadable(path: String, reason: Phrase)
    /// The file could not be written.
    case unwritable(path: String, reason: Phrase)
    /// Standard output could not be written.
    case output(reason: Phrase)
    /// What is there was written by somebody else.
    case foreign(path: String)
    /// Another process is writing there.
    case busy(path: String)
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
        case .output(let reason):
            Phrase(
                en: "standard output: cannot be written: \(reason.english)", zh: "标准输出：无法写入：\(reason.chinese)")
        case .foreign(let path):
            Phrase(
                en:
                    "\(path): not written by Glassformer, so it is left as it is; name another place, or replace it by --force",
                zh: "\(path)：不是 Glassformer 写的，未作改动；请换个位置，或用 --force 覆盖")
        case .busy(let path):
            Phrase(
                en: "\(path): another glassformer is writing there; wait until it ends, or name another place",
                zh: "\(path)：另一个 glassformer 正在往那里写；请等它结束，或换个位置")
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
