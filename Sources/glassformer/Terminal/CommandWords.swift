import Subjects
import Wording

/// The command line of this run, as it could be typed again.
enum CommandWords {
    static var line: String {
        (["glassformer"] + CommandLine.arguments.dropFirst().map(quoted)).joined(separator: " ")
    }

    /// A command with what was written about its subject, as it could be typed.
    static func line(_ command: String, _ words: SubjectWords) -> String {
        var parts = ["glassformer", command]
        var last: [String] = []
        for word in words.words {
            if word.key == "text" {
                // A text that begins as options do stands behind all of them.
                if word.value.hasPrefix("-") {
                    last = ["--", quoted(word.value)]
                } else {
                    parts.append(quoted(word.value))
                }
            } else {
                parts.append("--" + word.key)
                if !word.value.isEmpty { parts.append(quoted(word.value)) }
            }
        }
        return (parts + last).joined(separator: " ")
    }

    /// A word as a shell takes it literally.
    static func quoted(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_.,:/=@+".contains($0) }
        if isPlain { return word }
        // What is not seen by its number, which a shell reads only between such marks.
        guard word.unicodeScalars.contains(where: \.isUnseen) else {
            return "'" + word.replacing("'", with: "'\\''") + "'"
        }
        return "$'" + word.unicodeScalars.map(escaped).joined() + "'"
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "'", "\\": return "\\\(scalar)"
        case "\n": return "\\n"
        case "\t": return "\\t"
        case _ where scalar.isUnseen:
            let digits = String(scalar.value, radix: 16)
            let isLong = digits.count > 4
            return (isLong ? "\\U" : "\\u") + String(repeating: "0", count: (isLong ? 8 : 4) - digits.count) + digits
        default: return String(scalar)
        }
    }
}
