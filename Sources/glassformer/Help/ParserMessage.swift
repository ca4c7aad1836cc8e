import Wording

/// The parser's own complaints, which it makes in English only, in the reader's language and in one line.
enum ParserMessage {
    /// `%` stands for whatever the message quotes.
    static let templates: [(english: String, translation: Phrase)] = [
        (
            "Unknown option '%'. Did you mean '%'?\n   or: Missing value for '%' in '%'",
            Phrase(
                en: "unknown option “%”: did you mean “%”? Or “%” needs a value in “%”",
                zh: "没有“%”这个选项，是不是“%”？或者“%”后面缺少值（写作“%”）")
        ),
        (
            "Unknown option '%'\n   or: Missing value for '%' in '%'",
            Phrase(
                en: "unknown option “%”; or “%” needs a value in “%”", zh: "没有“%”这个选项；或者“%”后面缺少值（写作“%”）")
        ),
        (
            "Unknown option '%'. Did you mean '%'?",
            Phrase(en: "unknown option “%”: did you mean “%”?", zh: "没有“%”这个选项，是不是“%”？")
        ),
        ("Unknown option '%'", Phrase(en: "unknown option “%”; see --help", zh: "没有“%”这个选项，可用 --help 查看")),
        ("Missing value for '%'", Phrase(en: "“%” needs a value", zh: "“%”后面缺少值")),
        (
            "The option '%' does not take any value, but '%' was specified.",
            Phrase(en: "“%” takes no value; found “%”", zh: "“%”后面不跟值，实际给了“%”")
        ),
        ("Unexpected argument '%'", Phrase(en: "unexpected argument “%”", zh: "多出了参数“%”")),
        ("% unexpected arguments: '%'", Phrase(en: "% unexpected arguments: “%”", zh: "多出了 % 个参数：“%”")),
        ("Missing expected argument '%'", Phrase(en: "expected “%”; see --help", zh: "缺少“%”，可用 --help 查看")),
        ("Missing one of: '%'", Phrase(en: "expected one of “%”", zh: "缺少以下之一：“%”")),
        (
            "The value '%' is invalid for '%'. Please provide one of %.",
            Phrase(en: "“%” does not fit “%”; expected one of %", zh: "“%”不适用于“%”；应为 % 之一")
        ),
        (
            "The value '%' is invalid for '%'. Please provide %.",
            Phrase(en: "“%” does not fit “%”; expected %", zh: "“%”不适用于“%”；应为 %")
        ),
        ("The value '%' is invalid for '%': %", Phrase(en: "“%” does not fit “%”: %", zh: "“%”不适用于“%”：%")),
        ("The value '%' is invalid for '%'", Phrase(en: "“%” does not fit “%”", zh: "“%”不适用于“%”")),
        (
            "The value '%' is invalid for '%'. Please provide one of the following:\n%",
            Phrase(en: "“%” does not fit “%”; expected one of %", zh: "“%”不适用于“%”；应为 % 之一")
        ),
        ("The value '%' is invalid.%", Phrase(en: "“%” does not fit%", zh: "“%”不适用%")),
        ("Invalid option: %", Phrase(en: "“%” is no option; see --help", zh: "“%”不是选项，可用 --help 查看")),
        (
            "Value to be set with % had already been set with %",
            Phrase(en: "% says again what % has said", zh: "% 与前面的 % 重复")
        ),
        (
            "Can't generate completion scripts for '%'.\nPlease use --generate-completion-script=<shell> with one of:\n%",
            Phrase(en: "no completion script for “%”; expected one of %", zh: "没有“%”的补全脚本；应为 % 之一")
        ),
        (
            "Can't autodetect a supported shell.\nPlease use --generate-completion-script=<shell> with one of:\n%",
            Phrase(
                en: "--generate-completion-script=<shell>: expected one of %",
                zh: "--generate-completion-script=<shell>：应为 % 之一")
        ),
        ("Missing required subcommand.", Phrase(en: "expected a subcommand; see --help", zh: "缺少子命令，可用 --help 查看")),
    ]

    static func translated(_ message: String) -> String {
        for (english, translation) in templates.sorted(by: { $0.english.utf8.count > $1.english.utf8.count }) {
            guard let found = match(message, english) else { continue }
            var rest = found[...]
            var text = ""
            for character in translation.text {
                if character == "%", let next = rest.popFirst() { text += list(next) } else { text.append(character) }
            }
            return text
        }
        // Ours are in the reader's language already; of the parser's none is left in English.
        let isOurs = Console.language == .english || message.unicodeScalars.contains { $0.value >= 0x2E80 }
        return isOurs ? message : "命令行有误，可用 --help 查看"
    }

    /// `'light' and 'dark'`, as the parser lists choices, without its English.
    private static func list(_ text: String) -> String {
        let comma = Console.language == .chinese ? "、" : ", "
        guard text.hasPrefix("'"), text.hasSuffix("'") else {
            // Several words between the marks of the template, or one on each line.
            let lines = text.split(separator: "\n").map {
                $0.trimmingPrefix("  - ").trimmingPrefix(while: { $0 == " " })
            }
            return lines.joined(separator: comma).replacing("', '", with: "”" + comma + "“")
        }
        return text.split(separator: "'").enumerated().filter { $0.offset % 2 == 0 }.map { String($0.element) }
            .joined(separator: Console.language == .chinese ? "、" : ", ")
    }

    /// What stands at each `%`, or nil if the message is not of this form.
    private static func match(_ message: String, _ template: String) -> [String]? {
        let parts = template.split(separator: "%", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, message.hasPrefix(first) else { return nil }
        var rest = message.dropFirst(first.count)
        var found: [String] = []
        for (place, part) in parts.enumerated().dropFirst() {
            let isLast = place == parts.count - 1
            if isLast {
                guard rest.hasSuffix(part) else { return nil }
                found.append(String(rest.dropLast(part.count)))
            } else {
                guard let range = rest.firstRange(of: part) else { return nil }
                found.append(String(rest[..<range.lowerBound]))
                rest = rest[range.upperBound...]
            }
        }
        return found
    }
}
