import Wording

/// Splits a command as a POSIX shell would, as far as chapters go: quotes, backslashes, no expansions.
package enum CommandWords {
    /// - Returns: the words, or nil where a quotation mark is not closed or where a shell would do more than split.
    package static func split(_ command: String) -> [String]? {
        var words: [String] = []
        var current: String?
        var quote: Character?
        var rest = command[...]
        while let character = rest.popFirst() {
            if let open = quote {
                if character == open {
                    quote = nil
                } else if character == "\\", open == "\"", let next = rest.popFirst() {
                    current?.append(next)
                } else {
                    current?.append(character)
                }
            } else if character == "$", rest.first == "'" {
                rest.removeFirst()
                guard let text = escaped(&rest) else { return nil }
                current = (current ?? "") + text
            } else if character == "'" || character == "\"" {
                quote = character
                current = current ?? ""
            } else if character == "\\" {
                guard let next = rest.popFirst() else { return nil }
                current = (current ?? "") + String(next)
            } else if character.isWhitespace {
                if let word = current { words.append(word) }
                current = nil
            } else if "|&;<>()$`*?[]{}~#!".contains(character) {
                return nil
            } else {
                current = (current ?? "") + String(character)
            }
        }
        guard quote == nil else { return nil }
        if let word = current { words.append(word) }
        return words
    }

    /// What stands in `$'…'`, behind its opening mark; nil where it is not closed, or escapes what no command here has.
    private static func escaped(_ rest: inout Substring) -> String? {
        var text = ""
        while let character = rest.popFirst() {
            switch character {
            case "'": return text
            case "\\":
                switch rest.popFirst() {
                case "n"?: text += "\n"
                case let next? where next == "'" || next == "\\": text.append(next)
                default: return nil
                }
            default: text.append(character)
            }
        }
        return nil
    }

    /// The program's verbs, as the command line's contract lists them.
    static let verbs: Set<String> = [
        "draw", "figures", "trace", "steps", "explain", "verify", "ablate", "tokenize", "generate", "train", "evaluate",
        "compare", "parallel", "models", "page", "lessons", "slides",
    ]

    /// What is wrong with a command, or nil. `parse` is the program's own parser, given the words after its name.
    static func problem(in command: String, parse: (([String]) throws -> Void)?) -> Phrase? {
        guard let words = split(command) else {
            return Phrase(
                en: "‘\(command)’ needs quotation marks, or has too few", zh: "“\(command)”缺少引号，或引号没有闭合")
        }
        guard words.count >= 2, words[0] == "glassformer", verbs.contains(words[1]) else {
            return Phrase(en: "‘\(command)’ is not one of glassformer’s commands", zh: "“\(command)”不是 glassformer 的命令")
        }
        do {
            try parse?(Array(words.dropFirst()))
        } catch let error as any ExplainedError {
            return error.explanation
        } catch {
            return Phrase(en: "‘\(command)’: \(error)", zh: "“\(command)”：\(error)")
        }
        return nil
    }
}
