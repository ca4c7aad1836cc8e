import Wording

/// The command line of this run, as it could be typed again.
enum CommandWords {
    static var line: String {
        (["glassformer"] + CommandLine.arguments.dropFirst().map(quoted)).joined(separator: " ")
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
