import Wording
import Yams

/// The one way into YAML: bounded, and every mistake has its line.
package enum YAMLText {
    package struct Problem: Error {
        package let line: Int?
        package let reason: Phrase
    }

    /// A recipe or a chapter has some thousand bytes.
    private static let longest = 1 << 22
    private static let mostAliases = 32

    /// nil where there is nothing.
    package static func node(_ text: String) throws(Problem) -> Node? {
        let count = text.utf8.count
        guard count <= longest else {
            throw Problem(
                line: nil,
                reason: Phrase(
                    en: "\(count) bytes of YAML, expected at most \(longest)",
                    zh: "YAML 有 \(count) 个字节，最多应为 \(longest) 个"))
        }
        if let line = crowd(text) {
            throw Problem(
                line: line,
                reason: Phrase(
                    en: "more than \(mostAliases) references to anchors", zh: "引用锚点超过 \(mostAliases) 处"))
        }
        do {
            return try Yams.compose(yaml: text)
        } catch {
            throw problem(error)
        }
    }

    /// The line of the first reference (`*name`) that is too many. Each may stand for all that those before it stand
    /// for, so that a few dozen can mean more than any memory holds.
    private static func crowd(_ text: String) -> Int? {
        var (anchors, aliases, line) = (0, 0, 1)
        var before = UInt8(ascii: "\n")
        for byte in text.utf8 {
            let begins = before <= 0x20 || "[{,:?-".utf8.contains(before)
            if byte == UInt8(ascii: "\n") { line += 1 }
            if begins, byte == UInt8(ascii: "&") { anchors += 1 }
            if begins, byte == UInt8(ascii: "*") { aliases += 1 }
            if anchors > 0, aliases > mostAliases { return line }
            before = byte
        }
        return nil
    }

    /// The library says in English only what it met.
    private static func problem(_ error: any Error) -> Problem {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            Problem(
                line: mark.line,
                reason: problem.hasPrefix("Maximum nesting level")
                    ? Phrase(en: "nested too deeply", zh: "嵌套太深")
                    : Phrase(en: "not YAML: \(problem)", zh: "不符合 YAML 的写法"))
        case .duplicatedKeysInMapping(let keys, let context):
            Problem(
                line: context.mark.line,
                reason: Phrase(
                    en: "the key “\(keys.first ?? "")” is written here and once more",
                    zh: "键“\(keys.first ?? "")”写在这里，后面又写了一次"))
        default: Problem(line: nil, reason: Phrase(en: "not YAML", zh: "不是 YAML"))
        }
    }
}
