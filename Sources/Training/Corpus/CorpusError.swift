import Wording

/// Why a grammar could not be read or does not make sentences: what was expected, what was found, where.
package enum CorpusError: ExplainedError, Equatable {
    /// There is no grammar file.
    case unreadable(path: String)
    /// The file is no YAML.
    case syntax(source: String, line: Int, message: Phrase)
    /// A value is not what its key asks for.
    case value(source: String, line: Int, key: String, expected: Phrase, found: String)
    /// A text names a word list, a word of its own or a feature that is not there.
    case unknown(source: String, line: Int, key: String, name: String, known: [String])
    /// A word list contains itself.
    case cycle(source: String, lists: [String])
    /// A slot asks for more different words than its list has.
    case exhausted(source: String, list: String)
    /// No sentence of the grammar is of this split.
    case emptySplit(source: String, split: CorpusGrammar.Split)

    package var explanation: Phrase {
        switch self {
        case .unreadable(let path):
            Phrase(en: "\(path): no such grammar", zh: "\(path)：没有这个文法文件")
        case .syntax(let source, let line, let message):
            Phrase(
                en: "\(source), line \(line): \(message.english)", zh: "\(source) 第 \(line) 行：\(message.chinese)")
        case .value(let source, let line, let key, let expected, let found):
            Phrase(
                en: "\(source), line \(line), \(key): expected \(expected.english), found \(found)",
                zh: "\(source) 第 \(line) 行，\(key)：应为\(expected.chinese)，实际为 \(found)")
        case .unknown(let source, let line, let key, let name, let known):
            Phrase(
                en: "\(source), line \(line), \(key): nothing is named \"\(name)\"; there is \(list(known, ", "))",
                zh: "\(source) 第 \(line) 行，\(key)：没有名为 \"\(name)\" 的词表或词；已有的是 \(list(known, "、"))")
        case .cycle(let source, let lists):
            Phrase(
                en: "\(source): word lists contain each other: \(lists.joined(separator: " → "))",
                zh: "\(source)：词表互相包含：\(lists.joined(separator: " → "))")
        case .exhausted(let source, let list):
            Phrase(
                en: "\(source): the word list \"\(list)\" has too few words to choose different ones",
                zh: "\(source)：词表 \"\(list)\" 的词太少，选不出互不相同的词")
        case .emptySplit(let source, let split):
            split == .training
                ? Phrase(
                    en: "\(source): the grammar makes no sentences to learn from", zh: "\(source)：这套文法产生不出供学习的句子")
                : Phrase(
                    en: "\(source): the grammar makes no sentences that are held out",
                    zh: "\(source)：这套文法产生不出留作测量的句子")
        }
    }

    private func list(_ names: [String], _ separator: String) -> String {
        names.isEmpty ? "—" : names.prefix(12).joined(separator: separator) + (names.count > 12 ? " …" : "")
    }
}
